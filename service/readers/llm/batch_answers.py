"""What a line of a Batch answer file says: a reply that was paid for, or an error.

Owns both shapes of error and the way from them to ours. Source: OpenAI API reference, "The request
output object" of the Batch API; its documents differ from what is sent (an error of the endpoint
stands in ``response.body``, one of the batch in ``error``), so both are read, and neither is
required to be complete.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import httpx2
import openai
from openai.types.chat import ChatCompletion

from schemas.reading import PaidReply, Usage
from service.errors import (
    EndpointUnavailableError,
    InvalidReplyError,
    ReaderError,
    ReaderTimeoutError,
)
from service.readers.llm.faults import translate_fault
from service.readers.llm.session import ComputeCost
from service.readers.llm.wire import count_usage, normalise
from service.showing import show

_EXPIRED = "batch_expired"
"""The code of a line that the batch did not come to within its 24 hours."""


def read_reply(
    key: str, line: Mapping[str, Any], *, compute_cost: ComputeCost, now: datetime | None = None
) -> PaidReply | None:
    """Return the reply that ``line`` holds for ``key``; ``None`` where it holds none.

    A completion is a reply whatever stands beside it: it was paid for. Its latency is 0: a batch
    does not tell it.
    """
    status, body = _find_response(line)
    if status not in {None, 200} or not isinstance(body, dict):
        return None
    completion = normalise(ChatCompletion.model_construct(**_name_members(body)))
    if completion is None:
        return None
    usage: Usage = count_usage(completion)
    return PaidReply(
        key=key,
        response=completion.model_dump_json(exclude_none=True),
        model=completion.model,
        usage=usage,
        cost_usd=compute_cost(completion.model, usage),
        latency_ms=0,
        received_at=now or datetime.now(UTC),
    )


def _name_members(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the members that a completion has; any other name could be the constructor's own."""
    return {name: body[name] for name in ChatCompletion.model_fields if name in body}


def write_error(line: Mapping[str, Any]) -> str:
    """Return what ``line`` says of its error, as JSON: status, body and error; no reply."""
    status, body = _find_response(line)
    return json.dumps({"status": status, "body": body, "error": line.get("error")})


def explain_error(written: str) -> ReaderError:
    """Return our error for what ``write_error`` wrote; it holds codes, never what was sent."""
    said: dict[str, Any] = json.loads(written)
    status, body = said["status"], said["body"]
    if isinstance(status, int) and 400 <= status <= 599:
        return translate_fault(_restore_status_error(status, body))
    code = _find_code(said["error"])
    if code == _EXPIRED:
        return ReaderTimeoutError("the batch expired before it came to this article; ask again")
    if code:
        return EndpointUnavailableError(
            f"the batch did not read this article ({show(code)}); ask again"
        )
    return InvalidReplyError("the answer is neither a chat completion nor an error; ask again")


def _find_response(line: Mapping[str, Any]) -> tuple[int | None, Any]:
    response = line.get("response")
    if not isinstance(response, dict):
        return None, None
    status = response.get("status_code")
    return (status if isinstance(status, int) else None), response.get("body")


def _find_code(error: object) -> str | None:
    if not isinstance(error, dict):
        return "unknown" if error else None
    code = error.get("code")
    return code if isinstance(code, str) and code else "unknown"


def _restore_status_error(status: int, body: object) -> openai.APIStatusError:
    """Return what the SDK would have raised, had the call been made at once."""
    told = body.get("error", body) if isinstance(body, dict) else None
    request = httpx2.Request("POST", "https://batch.invalid/v1/chat/completions")
    return openai.APIStatusError("", response=httpx2.Response(status, request=request), body=told)
