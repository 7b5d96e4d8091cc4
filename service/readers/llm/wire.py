"""The Chat Completions wire format: what is sent, and what a completion says.

Owns the request body, in both modes, and the reading of a completion. Knows nothing of
retries or of drafts. Source: OpenAI API reference, "Create chat completion".
"""

from collections.abc import Sequence
from typing import Literal, TypeGuard

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

Body = dict[str, JsonValue]
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


def is_completion(answer: object) -> TypeGuard[ChatCompletion]:
    """Say whether ``answer`` has a completion's shape; the SDK itself does not look."""
    choices = getattr(answer, "choices", None)
    return isinstance(choices, list) and all(
        getattr(choice, "message", None) is not None for choice in choices
    )


def find_model(completion: ChatCompletion) -> str:
    """Return the model's name as the endpoint reports it, else ``unknown``."""
    model: object = getattr(completion, "model", None)
    return model if isinstance(model, str) and model else "unknown"


def find_finish_reason(completion: ChatCompletion) -> str | None:
    """Return why the model stopped, as the endpoint reports it."""
    return completion.choices[0].finish_reason if completion.choices else None


def find_reply(completion: ChatCompletion) -> str | None:
    """Return the reply's text, from a function call or the content; ``None`` for none."""
    if not completion.choices:
        return None
    message = completion.choices[0].message
    for call in message.tool_calls or []:
        if call.type == "function":
            return call.function.arguments
    texts: tuple[object, ...] = (message.content, message.refusal)
    return next((text for text in texts if isinstance(text, str) and text), None)


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
    usage: object = getattr(completion, "usage", None)
    details: object = getattr(usage, "prompt_tokens_details", None)
    return Usage(
        input_tokens=_read_count(usage, "prompt_tokens"),
        cached_input_tokens=_read_count(details, "cached_tokens"),
        output_tokens=_read_count(usage, "completion_tokens"),
    )


def _read_count(holder: object, name: str) -> int:
    count = getattr(holder, name, None)
    return count if isinstance(count, int) and count > 0 else 0
