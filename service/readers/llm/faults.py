"""From the vendor's errors to ours.

Owns the one mapping of openai's exceptions, and the notions of what may be retried and of what is
overload. The messages hold codes and numbers, never what was sent or received. Source: OpenAI,
"Error codes".
"""

import json
import re
from collections.abc import Callable, Iterator

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
from service.readers.llm.pauses import find_pause

_QUOTA_CODES = frozenset(
    {"insufficient_quota", "billing_hard_limit_reached", "billing_not_active", "quota_exceeded"}
)
_CODE = re.compile(r"[A-Za-z0-9_.\[\]-]{1,64}")
"""What may be shown of a vendor's code or parameter; anything else may be what was sent."""
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
    return error.status_code in _RETRIED_STATUSES or _fails(error)


def is_overload(error: BaseException) -> bool:
    """Say whether fewer calls at once may help: timeouts, 408, 429 and 5xx, but no spent quota."""
    if isinstance(error, openai.APIStatusError):
        return not _is_quota(error) and (error.status_code in {408, 429} or _fails(error))
    return _is_timeout(error)


def concerns_everybody(error: BaseException) -> bool:
    """Say whether all calls to the endpoint have to wait: after a 429, and when a 5xx says so.

    Not after a spent quota, which no wait mends.
    """
    if not isinstance(error, openai.APIStatusError) or _is_quota(error):
        return False
    return error.status_code == 429 or (_fails(error) and find_pause(error) is not None)


def _fails(error: openai.APIStatusError) -> bool:
    return error.status_code >= 500


def _is_timeout(error: BaseException) -> bool:
    """Say whether no answer came in time.

    What the SDK has over aiohttp calls a timeout that a connection was dropped, too; then no
    timeout is among the causes.
    """
    if not isinstance(error, openai.APITimeoutError):
        return isinstance(error, TimeoutError)
    causes = list(_iterate_causes(error))
    return not causes or any(isinstance(cause, TimeoutError) for cause in causes)


def _iterate_causes(error: BaseException) -> Iterator[BaseException]:
    while error.__cause__ is not None:
        error = error.__cause__
        yield error


def translate_fault(error: Exception) -> ReaderError:
    """Return our error for anything that a call to the SDK can raise."""
    if isinstance(error, ReaderError):
        return error
    if isinstance(error, openai.APIStatusError):
        return _translate_status(error)
    if _is_timeout(error):
        return ReaderTimeoutError(
            "the LLM endpoint did not answer in time; try again or raise READOUT_TIMEOUT_S"
        )
    for kinds, make in _WITHOUT_STATUS:
        if isinstance(error, kinds):
            return make()
    return ReaderError(f"the LLM client failed ({type(error).__name__})")


_WITHOUT_STATUS: tuple[tuple[tuple[type[Exception], ...], Callable[[], ReaderError]], ...] = (
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
"""What else the SDK raises without an HTTP status, the most specific first."""


def _translate_status(error: openai.APIStatusError) -> ReaderError:
    status, facts = error.status_code, _describe(error)
    if _is_quota(error):
        return QuotaError(f"the LLM account's quota or credit is spent ({facts})")
    if error.code == "content_filter":
        return ContentFilterError(f"the provider's filter refuses the article ({facts})")
    if status in {401, 403}:
        return AuthenticationError(f"the LLM endpoint refuses the key ({facts})")
    if status in _RETRIED_STATUSES or status >= 500:
        return _translate_transient(status, facts, find_pause(error))
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
