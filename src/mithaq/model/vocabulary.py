"""The closed lists of the record: a value outside them is an error, never a default.

Definitions and labels in three languages live in ``knowledge/vocabularies``; the codes stand here so that the type checker knows them.
"""

from typing import Literal, get_args

Language = Literal["ar", "fr", "en"]
SegmentKind = Literal[
    "title", "byline", "dateline", "body", "caption", "related", "boilerplate", "comment_policy", "reader_comment", "notice"
]
BodyKind = Literal["public_body", "company", "association", "io", "university", "other"]
EventType = Literal["meeting", "visit", "agreement", "event", "project", "training", "funding", "appointment"]
Stage = Literal[
    "planned", "signed", "approved", "in_force", "held", "launched", "running", "completed", "suspended", "cancelled"
]
PartRole = Literal[
    "host", "visitor", "leader", "signatory", "attendee", "organiser", "funder", "implementer", "represented", "mentioned"
]
StatementKind = Literal["need", "offer", "intent", "commitment", "achievement", "appraisal", "refusal"]
Reported = Literal["direct", "indirect", "narrator"]
SideBasis = Literal["stated", "inferred"]
DateBasis = Literal["explicit", "relative", "weekday", "published"]
PublishedBasis = Literal["metadata", "url", "text"]
# What was noticed while a page was read: its bytes end inside a letter, letters were lost, or decoded wrongly before it was saved; or it
# only says that its article was taken down.
Note = Literal["cut", "lost_letters", "mojibake", "taken_down"]
Comparator = Literal["=", "<=", ">=", "~"]
Modality = Literal["south-south", "triangular"]
PlaceKind = Literal["country", "city", "region"]
Topic = Literal[
    "digital_government",
    "infrastructure",
    "artificial_intelligence",
    "cybersecurity",
    "data_governance",
    "digital_skills",
    "startups_innovation",
    "digital_economy",
    "digital_identity_trust",
    "telecom_post_regulation",
    "digital_inclusion",
    "research_education",
    "media_content",
    "fintech_payments",
    "sector_applications",
    "space",
]

LANGUAGES: tuple[Language, ...] = get_args(Language)
SEGMENT_KINDS: tuple[SegmentKind, ...] = get_args(SegmentKind)
BODY_KINDS: tuple[BodyKind, ...] = get_args(BodyKind)
EVENT_TYPES: tuple[EventType, ...] = get_args(EventType)
STAGES: tuple[Stage, ...] = get_args(Stage)
PART_ROLES: tuple[PartRole, ...] = get_args(PartRole)
STATEMENT_KINDS: tuple[StatementKind, ...] = get_args(StatementKind)
COMPARATORS: tuple[Comparator, ...] = get_args(Comparator)
TOPICS: tuple[Topic, ...] = get_args(Topic)

# Segments on which a fact may rest; everything else on a page is furniture (law 7).
SUPPORTING_SEGMENTS: frozenset[SegmentKind] = frozenset({"title", "dateline", "caption", "body"})
