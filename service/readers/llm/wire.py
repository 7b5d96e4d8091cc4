"""The Chat Completions wire format: what is sent, and what a completion says.

Owns the request body, in both modes, and the reading of a completion. Knows nothing of
retries or of drafts. Source: OpenAI API reference, "Create chat completion".
"""

import json
from collections.abc import Awaitable, Callable, Sequence
from typing import Literal

from openai.types.chat import ChatCompletion
from pydantic import JsonValue

from schemas.reading import AttemptOutcome, ReadingRequest, Usage
from service.errors import (
    ContentFilterError,
    EmptyReplyError,
    ReaderError,
    RefusalError,
    TruncationError,
)

SCHEMA_NAME = "readout_draft"
"""The schema's name on the wire: the response format's, or the forced function's."""

_FINISH_REASONS = frozenset({"stop", "length", "tool_calls", "content_filter", "function_call"})

_MAX_COUNT = 10**12
"""Tokens that no call has; a database could not hold every number that JSON can."""

Body = dict[str, JsonValue]
Keep = Callable[[ChatCompletion], Awaitable[None]]
"""Has a completion on disk when it returns."""
Mode = Literal["json_schema", "tools"]


def build_body(request: ReadingRequest) -> Body:
    """Return the JSON body of the first call for ``request``."""
    messages: list[JsonValue] = [
        {"role": message.role, "content": message.content} for message in request.messages
    ]
    return {"model": request.model, "messages": messages, **_build_format(request)}


def _build_format(request: ReadingRequest) -> Body:
    if request.mode == "json_schema":
        named: Body = {"name": SCHEMA_NAME, "strict": True, "schema": request.response_schema}
        return {"response_format": {"type": "json_schema", "json_schema": named}}
    function: Body = {
        "name": SCHEMA_NAME,
        "description": "Return the facts of the article.",
        "strict": True,
        "parameters": request.response_schema,
    }
    return {
        "tools": [{"type": "function", "function": function}],
        "tool_choice": {"type": "function", "function": {"name": SCHEMA_NAME}},
    }


def build_reask_messages(
    first: Sequence[JsonValue], completion: ChatCompletion, reask: str
) -> list[JsonValue]:
    """Return the messages that send a reply back: the first ones, the reply, what to mend.

    Earlier rounds are left out: the last reply holds what they mended.
    """
    message = completion.choices[0].message
    calls: list[JsonValue] = [
        {
            "id": call.id,
            "type": "function",
            "function": {"name": call.function.name, "arguments": call.function.arguments},
        }
        for call in message.tool_calls or []
        if call.type == "function"
    ]
    if not calls:
        return [
            *first,
            {"role": "assistant", "content": message.content or ""},
            {"role": "user", "content": reask},
        ]
    answers: list[JsonValue] = [
        {"role": "tool", "tool_call_id": call["id"], "content": reask}
        for call in calls
        if isinstance(call, dict)
    ]
    return [*first, {"role": "assistant", "content": None, "tool_calls": calls}, *answers]


def normalise(answer: object) -> ChatCompletion | None:
    """Return ``answer`` as a completion in which every member has its documented type.

    The SDK does not validate what arrives, and gateways send every shape. A member of another
    type becomes what is nearest (a text, an unknown model, no usage); ``None`` for an answer
    that has no list of choices at all.
    """
    choices = getattr(answer, "choices", None)
    if not isinstance(choices, list):
        return None
    usage = getattr(answer, "usage", None)
    details = getattr(usage, "prompt_tokens_details", None)
    counts = {name: _read_count(usage, name) for name in ("prompt_tokens", "completion_tokens")}
    return ChatCompletion.model_validate(
        {
            "id": _read_text(answer, "id") or "unknown",
            "object": "chat.completion",
            "created": _read_count(answer, "created"),
            "model": _read_text(answer, "model") or "unknown",
            "choices": [_normalise_choice(choice) for choice in choices[:1]],
            "usage": {
                **counts,
                "total_tokens": sum(counts.values()),
                "prompt_tokens_details": {"cached_tokens": _read_count(details, "cached_tokens")},
            },
        }
    )


def _normalise_choice(choice: object) -> dict[str, object]:
    message = getattr(choice, "message", None)
    calls = getattr(message, "tool_calls", None)
    reason = getattr(choice, "finish_reason", None)
    return {
        "index": 0,
        "finish_reason": reason if reason in _FINISH_REASONS else "stop",
        "message": {
            "role": "assistant",
            "content": _read_text(message, "content"),
            "refusal": _read_text(message, "refusal"),
            "tool_calls": [_normalise_call(call) for call in calls if hasattr(call, "function")]
            if isinstance(calls, list)
            else None,
        },
    }


def _normalise_call(call: object) -> dict[str, object]:
    function = getattr(call, "function", None)
    return {
        "id": _read_text(call, "id") or "unknown",
        "type": "function",
        "function": {
            "name": _read_text(function, "name") or SCHEMA_NAME,
            "arguments": _read_text(function, "arguments") or "",
        },
    }


def _read_text(holder: object, name: str) -> str | None:
    """Return a member as text: anything else as its JSON, a lone surrogate as its escape."""
    value = getattr(holder, name, None)
    if value is None:
        return None
    text = value if isinstance(value, str) else json.dumps(value, default=str)
    return text.encode("utf-8", "backslashreplace").decode()


def _read_count(holder: object, name: str) -> int:
    """Return a member as a count of tokens; 0 for what can be none."""
    count = getattr(holder, name, None)
    if not isinstance(count, int) or isinstance(count, bool):
        return 0
    return count if 0 < count <= _MAX_COUNT else 0


def find_reply(completion: ChatCompletion) -> str | None:
    """Return the reply's text, from a function call or the content; ``None`` for none."""
    if not completion.choices:
        return None
    message = completion.choices[0].message
    for call in message.tool_calls or []:
        if call.type == "function":
            return call.function.arguments
    return message.content or message.refusal or None


def find_fault(completion: ChatCompletion) -> tuple[AttemptOutcome, ReaderError] | None:
    """Return why the completion cannot be used at all; ``None`` when it can be parsed."""
    if not completion.choices:
        return "empty", EmptyReplyError("the endpoint's reply has no choices; try again")
    choice = completion.choices[0]
    if choice.finish_reason == "length":
        return "truncated", TruncationError(
            "the model's reply was cut at its token limit; set READOUT_MODEL to a model with a "
            "larger output or send a shorter article"
        )
    if choice.finish_reason == "content_filter":
        return "content_filter", ContentFilterError("the provider's filter stopped the reply")
    if choice.message.refusal:
        return "refusal", RefusalError("the model refuses to read this article")
    if not (find_reply(completion) or "").strip():
        return "empty", EmptyReplyError("the model's reply is empty; try again")
    return None


def count_usage(completion: ChatCompletion) -> Usage:
    """Return the tokens that the endpoint counted; zeros where it says nothing."""
    usage = completion.usage
    details = usage.prompt_tokens_details if usage else None
    return Usage(
        input_tokens=usage.prompt_tokens if usage else 0,
        cached_input_tokens=(details.cached_tokens or 0) if details else 0,
        output_tokens=usage.completion_tokens if usage else 0,
    )
