"""How old something must be: ``90d``, or the day before which it was made.

Owns the two ways of saying it on the command line.
"""

import re
from datetime import UTC, datetime, timedelta

from service.errors import QueryError

_AGE = re.compile(r"([0-9]{1,9})([hdw])")
_HOURS = {"h": 1, "d": 24, "w": 7 * 24}


def find_instant(age: str | None, before: str | None, now: datetime) -> datetime:
    """Return the instant that ``age`` before ``now``, or ``before``, stands for; in UTC.

    An age is a whole number of hours, days or weeks: ``36h``, ``90d``, ``12w``. ``before`` is
    an ISO 8601 date, then its beginning in UTC is meant, or a date-time, in UTC where it names
    no zone. Raises ``QueryError`` for what is neither, and unless exactly one is given.
    """
    if age is not None and before is not None:
        raise QueryError("--older-than and --before say the same twice; give one of them")
    if age is not None:
        return _subtract(age, now)
    if before is not None:
        return _parse_instant(before)
    raise QueryError(
        "nothing is removed without an age: give --older-than 90d or --before 2026-01-31"
    )


def _subtract(age: str, now: datetime) -> datetime:
    match = _AGE.fullmatch(age.strip())
    if match is None:
        raise QueryError(
            f"--older-than {age!r} is no age; write a whole number of hours, days or weeks: 36h, "
            "90d, 12w"
        )
    try:
        return now - timedelta(hours=int(match[1]) * _HOURS[match[2]])
    except OverflowError as error:
        raise QueryError(f"--older-than {age!r} reaches back before the year 1") from error


def _parse_instant(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text.strip())
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise QueryError(
            f"--before {text!r} is no date; write it as 2026-01-31 or 2026-01-31T12:00Z"
        ) from error
