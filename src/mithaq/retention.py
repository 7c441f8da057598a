"""How long what is no evidence is kept: pages held back by the gate, unreadable ones, news that were told, requests of the collector.

Documents, facts, captures and people's decisions are never deleted by age. The rules stand in ``retention.toml`` in the workspace:

    [days]
    gated = 180          # pages that the gate held back
    quarantine = 365     # pages that could not be read
    told = 90            # news that alerts have delivered
    requests = 90        # what the collector asked for, and what came of it
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from mithaq.errors import QuestionError
from mithaq.store import Store

FILE = "retention.toml"
_STRANGE = timedelta(days=366)  # a clock so far ahead of the newest page is wrong, or nobody has looked for a year


class Days(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """For how many days each kind is kept; None: for good."""

    gated: int | None = None
    quarantine: int | None = None
    told: int | None = None
    requests: int | None = None

    def __post_init__(self) -> None:
        for name in self.__struct_fields__:
            days = getattr(self, name)
            if days is not None and days < 1:
                raise ValueError(f"{name} must be one day or more")


class Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The rules of a workspace."""

    days: Days = Days()


def read_rules(root: Path) -> Rules:
    """Return the rules of a workspace, empty ones where it has none; raises QuestionError when the file is wrong."""
    path = root / FILE
    if not path.is_file():
        return Rules()
    try:
        return msgspec.convert(tomllib.loads(path.read_text("utf-8")), Rules)
    except (OSError, UnicodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        kinds = ", ".join(Days.__struct_fields__)
        raise QuestionError(f"{path}: {error}; it has a table [days] with {kinds}, each a number of days") from error


def prune(root: Path, store: Store, rules: Rules, at: str, *, apply: bool, force: bool = False) -> dict[str, int]:
    """Return how much of each kind is older than its rule allows at a time (ISO 8601, UTC); with *apply* it is deleted.

    Raises QuestionError when the clock is more than a year ahead of the newest page, unless *force* is set: a clock that jumped would
    delete everything.
    """
    newest = store.newest()
    if newest and datetime.fromisoformat(at) - datetime.fromisoformat(newest) > _STRANGE and not force:
        raise QuestionError(
            f"the clock says {at[:10]}, and the newest page came on {newest[:10]}: is the clock right? If it is, say so with --force"
        )
    limits: Mapping[str, int | None] = {name: getattr(rules.days, name) for name in Days.__struct_fields__}
    aged = {name: _before(at, days) for name, days in limits.items() if days is not None}
    if not apply:
        return {name: store.count_aged(name, before) for name, before in aged.items()}
    deleted = {}
    for name, before in aged.items():
        deleted[name], files = store.delete_aged(name, before)
        for file in files:
            with suppress(OSError):
                (root / file).unlink()
    return deleted


def _before(at: str, days: int) -> str:
    return (datetime.fromisoformat(at) - timedelta(days=days)).isoformat(timespec="seconds")
