"""Tell people what is new: saved questions, what each has told, and delivery by file, mail, webhook and terminal."""
