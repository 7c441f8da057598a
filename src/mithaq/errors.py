"""Everything that can go wrong, as one tree.

    MithaqError
    ├── InputError          a page or path that cannot be read (the page is quarantined, the run goes on)
    │   ├── GoneError       a page of the web that is no longer at its address (what was kept of it is marked withdrawn)
    │   └── LaterError      a page of the web that cannot be had now, and may be another time
    ├── KnowledgeError      a knowledge file that is wrong (names file, line, word and what to do)
    ├── EvidenceError       a fact without words behind it (a bug, never an input problem)
    ├── StoreError          the database cannot be opened, is locked, or comes from a newer version
    └── QuestionError       a question that cannot be answered as asked (unknown country, language, format)
        └── ConflictError   a decision about something that somebody else has decided meanwhile
"""


class MithaqError(Exception):
    """Base of all errors that mithaq raises on purpose; its text names thing, place and next step."""


class InputError(MithaqError):
    """A page or path cannot be read."""


class GoneError(InputError):
    """A page is no longer at its address."""


class LaterError(InputError):
    """A page of the web cannot be had now; the same request may succeed later."""


class KnowledgeError(MithaqError):
    """A knowledge file breaks a rule."""


class EvidenceError(MithaqError, ValueError):
    """A span or fact does not rest on the exact words of its text."""


class StoreError(MithaqError):
    """The store cannot be opened or written."""


class QuestionError(MithaqError):
    """A question cannot be answered as asked.

    ``key`` names the message that says so in the reader's language, with *values*; "" where there is none yet.
    """

    def __init__(self, words: str, key: str = "", **values: object) -> None:
        super().__init__(words)
        self.key = key
        self.values = values


class ConflictError(QuestionError):
    """Somebody else has decided about the same meanwhile: ``number`` is their judgement."""

    def __init__(self, number: int) -> None:
        super().__init__(f"somebody has decided about this meanwhile (judgement {number}); look at it, then decide again")
        self.number = number
