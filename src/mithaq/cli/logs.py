"""What commands tell a log: plain lines, or one JSON object a line for programs that gather logs."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from enum import StrEnum
from typing import TextIO


class LogFormat(StrEnum):
    """Forms of a log."""

    text = "text"
    json = "json"


class JsonLines(logging.Formatter):
    """Writes a record as one JSON object: time (UTC), level, logger, message, what the record tells besides, and the error."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, object] = {"time": at, "level": record.levelname.lower(), "logger": record.name, "message": record.getMessage()}
        told = getattr(record, "told", None)
        if isinstance(told, dict):
            line |= {name: value for name, value in told.items() if name not in line}
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


class Stderr(logging.StreamHandler[TextIO]):
    """Writes to what is stderr at the time."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record."""
        self.stream = sys.stderr
        super().emit(record)


def set_up(form: LogFormat) -> None:
    """Send the log of mithaq to stderr: as text what needs attention, as JSON also what goes well."""
    log = logging.getLogger("mithaq")
    for handler in list(log.handlers):
        log.removeHandler(handler)
    handler = Stderr()
    if form is LogFormat.json:
        handler.setFormatter(JsonLines())
    log.addHandler(handler)
    log.setLevel(logging.INFO if form is LogFormat.json else logging.WARNING)
