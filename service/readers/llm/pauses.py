"""How long an endpoint asks to wait.

Owns the reading of the headers that say so. Knows not who waits. Sources: RFC 9110, 10.2.3
(Retry-After); OpenAI, "Rate limits" (x-ratelimit-remaining and -reset).
"""

import math
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx2
import openai

_MAX_PAUSE_S = 86_400.0
"""Longest pause that is passed on: a day."""
_UNITS_S = {"d": 86_400.0, "h": 3_600.0, "m": 60.0, "s": 1.0, "ms": 0.001, "us": 1e-6, "µs": 1e-6}
_PART = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)(ms|us|µs|[dhms])")
_RESET = "x-ratelimit-reset-"
_REMAINING = "x-ratelimit-remaining-"


def find_pause(error: BaseException, *, now: datetime | None = None) -> float | None:
    """Return the seconds that the endpoint asks to wait, a day at most; ``None`` for not said.

    Read are ``retry-after-ms`` (milliseconds) and ``Retry-After`` (seconds or an HTTP date,
    measured from the answer's own Date where it has one, else from ``now``); for a 429 without
    these, when the limit that it ran into is reset.
    """
    if not isinstance(error, openai.APIStatusError):
        return None
    headers = error.response.headers
    seconds = _find_retry_after(headers, now)
    if seconds is None and error.status_code == 429:
        seconds = _find_reset(headers)
    return None if seconds is None else min(seconds, _MAX_PAUSE_S)


def _find_retry_after(headers: httpx2.Headers, now: datetime | None) -> float | None:
    milliseconds = _parse_number(headers.get("retry-after-ms"))
    if milliseconds is not None:
        return milliseconds / 1_000
    value = headers.get("retry-after")
    seconds = _parse_number(value)
    if seconds is not None:
        return seconds
    until = _parse_date(value)
    if until is None:
        return None
    start = _parse_date(headers.get("date")) or now or datetime.now(UTC)
    return max((until - start).total_seconds(), 0.0)


def _find_reset(headers: httpx2.Headers) -> float | None:
    """Return when the limits of which nothing remains are reset.

    Where something remains of all of them, it is not said which one was too small: then the one
    that is reset first, since a call too many costs less than a wait for the wrong limit.
    """
    resets = {
        name.removeprefix(_RESET): seconds
        for name, value in headers.items()
        if name.startswith(_RESET) and (seconds := _parse_duration(value)) is not None
    }
    spent = [s for name, s in resets.items() if _parse_number(headers.get(_REMAINING + name)) == 0]
    return max(spent) if spent else min(resets.values(), default=None)


def _parse_duration(value: str) -> float | None:
    """Return the seconds of ``1h2m3.5s`` or ``20ms``, or of a plain number."""
    if not _PART.sub("", value):
        parts = _PART.findall(value)
        return sum(float(number) * _UNITS_S[unit] for number, unit in parts) if parts else None
    return _parse_number(value)


def _parse_number(value: str | None) -> float | None:
    try:
        number = float(value or "")
    except ValueError:
        return None
    return number if math.isfinite(number) and number >= 0 else None


def _parse_date(value: str | None) -> datetime | None:
    try:
        date = parsedate_to_datetime(value or "")
    except ValueError:
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)
