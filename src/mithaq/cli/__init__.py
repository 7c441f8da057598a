"""The command line: ``mithaq read``, ``ingest``, ``dossier`` and the others; what can be asked, and how answers are printed."""

from mithaq.cli.main import main

__all__ = ["main"]
