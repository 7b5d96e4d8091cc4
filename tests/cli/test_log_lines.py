"""The form of the service's log."""

import logging

from service.cli.log_lines import LineFormatter


def make_record(message: str, *arguments: object) -> logging.LogRecord:
    """Return a record of the moment 1700000000.25 with ``message``."""
    record = logging.LogRecord("readout", logging.INFO, "a.py", 1, message, arguments, None)
    record.created = 1_700_000_000.25
    return record


def test_a_line_begins_with_its_time_in_utc() -> None:
    """Logs of several machines are laid side by side."""
    line = LineFormatter().format(make_record("GET %s 200", "/healthz"))

    assert line == "2023-11-14T22:13:20Z INFO GET /healthz 200"


def test_what_was_asked_for_cannot_forge_a_line() -> None:
    """Line breaks in an address, terminal control, text that runs backwards."""
    line = LineFormatter().format(make_record("%s", "/a\n2023 INFO\r\x1b[2J\u202e\udcff é中"))

    first, second = line.split("\n")
    assert first.endswith("INFO /a")
    assert second == r"    2023 INFO\r\x1b[2J\u202e\udcff é中"


def test_a_traceback_stands_below_its_line() -> None:
    """It is read by people."""
    record = make_record("a defect")
    error = ValueError("wrong")
    record.exc_info = (ValueError, error, None)

    assert LineFormatter().format(record).endswith("INFO a defect\nValueError: wrong")
