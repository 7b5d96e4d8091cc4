"""From the vendor's errors to ours.

Owns the one mapping of openai's exceptions, the notion of what may be retried, and the
reading of Retry-After. The messages hold codes and numbers, never what was sent or received.
Sources: OpenAI, "Error codes"; RFC 9110, 10.2.3 (Retry-After).
"""

import json
import math
import re
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import openai

from service.errors import (
    AuthenticationError,
    ContentFilterError,
    EndpointRequestError,
    EndpointUnavailableError,
    InvalidReplyError,
    QuotaError,
    RateLimitError,
    ReaderError,
    ReaderTimeoutError,
)

_QUOTA_CODES = frozenset(
    {"insufficient_quota", "billing_hard_limit_reached", "billing_not_active", "quota_exceeded"}
)
_CODE = re.compile(r"[A-Za-z0-9_.\[\]-]{1,64}")
"""What may be shown of a vendor's code or parameter; anything else may be what was sent."""
_MAX_PAUSE_S = 86_400.0
"""Longest pause that is passed on: a day."""
_RETRIED_STATUSES = frozenset({408, 409, 429})


def is_transient(error: BaseException) -> bool:
    """Say whether the same call may succeed later: timeouts, connections, 408, 409, 429, 5xx.

    A spent quota is not transient, and the endpoint's own ``x-should-retry`` decides where it
    is given.
    """
    if isinstance(error, (openai.APIConnectionError, TimeoutError)):
        return True
    if not isinstance(error, openai.APIStatusError) or _is_quota(error):
        return False
    advice = error.response.headers.get("x-should-retry")
    if advice in {"true", "false"}:
        return advice == "true"
    return error.status_code in _RETRIED_STATUSES or error.status_code >= 500


def find_retry_after(error: BaseException, *, now: datetime | None = None) -> float | None:
    """Return the seconds that the endpoint asks to wait, a day at most; ``None`` for not said.

    Read are ``retry-after-ms`` (milliseconds) and ``Retry-After`` (seconds or an HTTP date,
    measured from the answer's own Date where it has one, else from ``now``).
    """
    if not isinstance(error, openai.APIStatusError):
        return None
    headers = error.response.headers
    milliseconds = _parse_number(headers.get("retry-after-ms"))
    if milliseconds is not None:
        return min(milliseconds / 1_000, _MAX_PAUSE_S)
    value = headers.get("retry-after")
    seconds = _parse_number(value)
    if seconds is not None:
        return min(seconds, _MAX_PAUSE_S)
    until = _parse_date(value)
    if until is None:
        return None
    start = _parse_date(headers.get("date")) or now or datetime.now(UTC)
    return min(max((until - start).total_seconds(), 0.0), _MAX_PAUSE_S)


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


def translate_fault(error: Exception) -> ReaderError:
    """Return our error for anything that a call to the SDK can raise."""
    if isinstance(error, ReaderError):
        return error
    if isinstance(error, openai.APIStatusError):
        return _translate_status(error)
    for kinds, make in _WITHOUT_STATUS:
        if isinstance(error, kinds):
            return make()
    return ReaderError(f"the LLM client failed ({type(error).__name__})")


_WITHOUT_STATUS: tuple[tuple[tuple[type[Exception], ...], Callable[[], ReaderError]], ...] = (
    (
        (openai.APITimeoutError, TimeoutError),
        lambda: ReaderTimeoutError(
            "the LLM endpoint did not answer in time; try again or raise READOUT_TIMEOUT_S"
        ),
    ),
    (
        (openai.APIResponseValidationError, json.JSONDecodeError),
        lambda: InvalidReplyError("the endpoint's answer is no chat completion"),
    ),
    (
        (openai.APIConnectionError,),
        lambda: EndpointUnavailableError(
            "the LLM endpoint cannot be reached; check OPENAI_BASE_URL and the network"
        ),
    ),
)
"""What the SDK raises without an HTTP status, the most specific first."""


def _translate_status(error: openai.APIStatusError) -> ReaderError:
    status, facts = error.status_code, _describe(error)
    if _is_quota(error):
        return QuotaError(f"the LLM account's quota or credit is spent ({facts})")
    if error.code == "content_filter":
        return ContentFilterError(f"the provider's filter refuses the article ({facts})")
    if status in {401, 403}:
        return AuthenticationError(f"the LLM endpoint refuses the key ({facts})")
    if status in _RETRIED_STATUSES or status >= 500:
        return _translate_transient(status, facts, find_retry_after(error))
    return EndpointRequestError(
        f"the LLM endpoint does not take the request ({facts}); "
        "check READOUT_MODEL, READOUT_MODE and OPENAI_BASE_URL"
    )


def _translate_transient(status: int, facts: str, pause_s: float | None) -> ReaderError:
    if status == 429:
        message = f"the LLM endpoint takes no more requests for now ({facts})"
        return RateLimitError(message, retry_after_s=pause_s)
    if status == 408:
        return ReaderTimeoutError(f"the LLM endpoint gave up waiting ({facts})")
    message = f"the LLM endpoint fails ({facts}); try again later"
    return EndpointUnavailableError(message, retry_after_s=pause_s)


def _is_quota(error: openai.APIStatusError) -> bool:
    return error.status_code == 402 or bool({error.code, error.type} & _QUOTA_CODES)


def _describe(error: openai.APIStatusError) -> str:
    named = (("code", error.code), ("param", error.param))
    words = (f"{name} {value}" for name, value in named if _CODE.fullmatch(str(value or "")))
    return ", ".join((str(error.status_code), *words))
