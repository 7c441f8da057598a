"""What things are: the frozen structures that every other room speaks in."""

from mithaq.model.document import Document, hash_text
from mithaq.model.entity import Body, Coreference, Person, Place, Programme, Time
from mithaq.model.event import Amount, Event, Group, Pair, Part
from mithaq.model.span import Evidence, Match, Segment, Sentence, Span, Token, find_kinds
from mithaq.model.statement import Indicator, Statement

__all__ = [
    "Amount",
    "Body",
    "Coreference",
    "Document",
    "Event",
    "Evidence",
    "Group",
    "Indicator",
    "Match",
    "Pair",
    "Part",
    "Person",
    "Place",
    "Programme",
    "Segment",
    "Sentence",
    "Span",
    "Statement",
    "Time",
    "Token",
    "find_kinds",
    "hash_text",
]
