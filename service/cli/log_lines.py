"""The log of the service: plain lines on standard error, one an event.

Owns its form. What is logged is the business of those who do it.
"""

import logging
import sys
import time


class LineFormatter(logging.Formatter):
    """Time in UTC, level, message; what has more lines, as a traceback has, is indented."""

    def __init__(self) -> None:
        """Write times as RFC 3339 has them."""
        super().__init__("%(asctime)sZ %(levelname)s %(message)s", "%Y-%m-%dT%H:%M:%S")
        self.converter = time.gmtime

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # the name is the base class's
        """Return the event's lines; what was asked for can forge none."""
        record.message = "\n    ".join(map(_escape_controls, record.message.split("\n")))
        return super().formatMessage(record)


def _escape_controls(line: str) -> str:
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode() for char in line
    )


def start_logging() -> None:
    """Log to standard error: our own events from INFO on, those of libraries from WARNING on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(LineFormatter())
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    logging.getLogger("readout").setLevel(logging.INFO)
