"""What the OpenAPI document says beyond the types: request bodies, problems, examples.

Owns the examples, which are real: the article and draft of the prompt's worked example, and the
summary that the service derives from them. Nothing here is needed to answer a request.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import JsonValue

from schemas.api import ComparisonRequest, SummaryRequest
from schemas.article import Article
from schemas.batch import ArticleLine, BatchProblem, BatchSummary
from schemas.draft import Draft
from schemas.problem import Problem
from schemas.reading import Attempt, Reading, Usage
from schemas.summary import Summary
from service.checking.context import build_context
from service.derivation import derive_summary
from service.errors import (
    HTTP_FORMS,
    EmptyArticleError,
    HttpForm,
    ReadoutError,
    describe_problem,
)
from service.intake.media_types import READABLE_TYPES
from service.intake.metadata import Metadata
from service.prompting import PROMPT_VERSION, ReaderSpec, build_request, load_examples
from service.routes.answers import EVENT_TYPE, PROBLEM_TYPE
from service.routes.arrivals import FILE_FIELD, FORM_TYPE, JSON_TYPE
from service.routes.parameters import describe_parameter

Responses = dict[int | str, dict[str, Any]]
"""What FastAPI takes as ``responses``; the values are OpenAPI's, of any shape."""

_READ_AT = datetime(2026, 1, 15, 12, tzinfo=UTC)
_MODEL = "example-model"


def list_problems(*kinds: type[ReadoutError]) -> Responses:
    """Return the OpenAPI responses for the problems of ``kinds`` and of what stands below them."""
    forms: dict[int, list[HttpForm]] = defaultdict(list)
    for kind, form in HTTP_FORMS.items():
        if issubclass(kind, kinds):
            forms[form.status].append(form)
    return {status: _describe_problems(forms[status]) for status in sorted(forms)}


def _describe_problems(forms: Sequence[HttpForm]) -> dict[str, Any]:
    described: dict[str, Any] = {
        "description": "; ".join(f"{form.title} (`/problems/{form.slug}`)" for form in forms),
        "content": {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    if any(form.retry_after_s is not None for form in forms):
        described["headers"] = _describe_headers("Retry-After")
    return described


_HEADERS = {
    "ETag": "Strong entity tag of the summary as it is stored.",
    "Location": "Address of the summary.",
    "Cache-Status": "`readout; hit`, or `fwd=miss` where the article was read now; then "
    "`detail=fallback` where no LLM could be reached (RFC 9211).",
    "Cache-Control": "`no-cache`: ask again with `If-None-Match`; a summary may be deleted.",
    "Retry-After": "Seconds after which the same request may succeed.",
}


def _describe_headers(*names: str) -> dict[str, Any]:
    return {name: {"description": _HEADERS[name], "schema": {"type": "string"}} for name in names}


POSTED: Responses = {
    200: {
        "description": "The summary; with `Accept: text/event-stream`, the events of its reading.",
        "headers": _describe_headers("ETag", "Location", "Cache-Status"),
        "content": {EVENT_TYPE: {"schema": {"type": "string"}}},
    }
}
"""What a POST answers with, beside the summary's own schema."""
FETCHED: Responses = {
    200: {"headers": _describe_headers("ETag", "Cache-Control")},
    304: {"description": "The client has it already."},
}
"""What a conditional GET answers with."""


def _describe_form() -> dict[str, JsonValue]:
    properties: dict[str, JsonValue] = {
        FILE_FIELD: {
            "type": "string",
            "format": "binary",
            "description": "Its media type is that of the part, else its suffix tells.",
        },
        **{name: {"type": "string"} for name in Metadata.model_fields},
    }
    return {"schema": {"type": "object", "required": [FILE_FIELD], "properties": properties}}


def _describe_bodies() -> dict[str, Any]:
    raw = {name: {"schema": {"type": "string", "format": "binary"}} for name in READABLE_TYPES}
    request = {"schema": {"$ref": "#/components/schemas/SummaryRequest"}}
    fields = SummaryRequest.model_json_schema()["properties"]
    return {
        "requestBody": {
            "required": True,
            "content": {JSON_TYPE: request, FORM_TYPE: _describe_form(), **raw},
        },
        "parameters": [
            describe_parameter(
                name,
                f"For a raw body only. {fields[name].get('description', '')}",
                {"type": "string"},
            )
            for name in Metadata.model_fields
        ],
    }


POST_BODIES = _describe_bodies()
"""The bodies that a POST of an article takes, and the query parameters of a raw one."""


@cache
def build_example() -> tuple[SummaryRequest, Summary]:
    """Return a request and the summary that the service gives where a model reads it well."""
    example = load_examples()[0]
    article = Article(text=example.text, published=example.published)
    draft = Draft.model_validate(example.draft)
    spec = ReaderSpec(engine="llm/1", model=_MODEL, mode="json_schema")
    attempt = Attempt(
        outcome="accepted",
        reply=draft.model_dump_json(),
        complaints=[],
        model=_MODEL,
        usage=Usage(input_tokens=5_000, output_tokens=600),
        latency_ms=9_000,
    )
    reading = Reading(
        key=build_request(article, spec).key,
        engine="llm",
        model=_MODEL,
        prompt_version=PROMPT_VERSION,
        draft=draft,
        discarded=[],
        attempts=[attempt],
        cost_usd=None,
        created_at=_READ_AT,
        latency_ms=attempt.latency_ms,
    )
    request = SummaryRequest(text=article.text, published=article.published)
    return request, derive_summary(reading, build_context(article))


def describe_service(app: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI document of ``app``, with its examples; it is made once."""
    if app.openapi_schema is None:
        app.openapi_schema = _describe(app)
    return app.openapi_schema


_DOCUMENTED = (
    SummaryRequest,
    ComparisonRequest,
    ArticleLine,
    BatchSummary,
    BatchProblem,
    Problem,
)
"""Models that stand in bodies which routes parse, or write, themselves."""


def _describe(app: FastAPI) -> dict[str, Any]:
    document = get_openapi(
        title=app.title, version=app.version, description=app.description, routes=app.routes
    )
    schemas = document["components"]["schemas"]
    for model in (
        SummaryRequest,
        ComparisonRequest,
        ArticleLine,
        BatchSummary,
        BatchProblem,
        Problem,
    ):
        found = model.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas |= found.pop("$defs", {})
        schemas[model.__name__] = found
    _drop_foreign_errors(document)
    request, summary = build_example()
    problem = describe_problem(EmptyArticleError("the article is empty: send its text"))
    examples: Mapping[str, object] = {
        "SummaryRequest": request.model_dump(mode="json", exclude_none=True),
        "Summary": summary.model_dump(mode="json"),
        "Problem": problem.model_dump(mode="json", exclude_none=True),
    }
    for name, example in examples.items():
        schemas[name]["examples"] = [example]
    return document


def _drop_foreign_errors(document: dict[str, Any]) -> None:
    """Take out the errors that FastAPI adds to whatever has a parameter; ours are problems."""
    for name in ("HTTPValidationError", "ValidationError"):
        document["components"]["schemas"].pop(name, None)
    for operations in document["paths"].values():
        for operation in operations.values():
            if "application/json" in operation["responses"].get("422", {}).get("content", {}):
                del operation["responses"]["422"]
