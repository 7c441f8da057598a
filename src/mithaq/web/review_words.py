"""The words of the review: what sort of fact is asked about, why it is in doubt, what was decided by whom and why."""

from __future__ import annotations

import re
from collections.abc import Callable

from mithaq.answers.decided import Decided
from mithaq.model.judgement import Judgement
from mithaq.web.speech import Speech

_SURE = re.compile(r"the machine is (\d+) % sure")
_OTHERS = re.compile(r"other pages say (.+)")


def name_kind(messages: Speech, found: Decided) -> str:
    """Return in the reader's words what sort of fact this is."""
    layer, value = found.fact.layer, (found.now or found.fact).value
    if layer == "events":
        return messages.term("event_types", getattr(value, "type", None))
    if layer == "statements":
        return messages.term("statement_kinds", getattr(value, "kind", None))
    return messages.text(f"review.what.{layer}")


def tell_reasons(messages: Speech) -> Callable[[str], str]:
    """Return what says a reason for doubt in the reader's language."""

    def tell(reason: str) -> str:
        sure, others = _SURE.fullmatch(reason), _OTHERS.fullmatch(reason)
        if sure:
            return messages.text("doubt.sure", percent=messages.number(int(sure[1])))
        if others:
            return messages.text("doubt.others", values=others[1])
        return messages.text(f"doubt.{reason}")

    return tell


def tell_decision(messages: Speech, judgement: Judgement) -> str:
    """Say what was decided, by whom, when and why."""
    j = judgement
    if j.verb == "correct" and j.field:
        said = {"field": messages.text(f"field.{j.field}"), "value": j.value or messages.text("not_stated")}
        told = messages.text("decided.correct", **said, name=j.by, date=messages.date(j.at[:10]))
    else:
        told = messages.text(f"decided.{j.verb}", name=j.by, date=messages.date(j.at[:10]))
    return messages.text("judged.why", said=told, why=j.why) if j.why else told
