"""The page people work in: ``mithaq serve`` shows a workspace in Arabic, French and English, and takes new pages in."""
