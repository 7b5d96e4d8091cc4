"""What the service answers with: stored bytes, conditional or not, and problems.

Owns the headers that tell where an answer comes from. Statuses and slugs stand in the table
of ``service.errors``.
"""

import logging
import math
import traceback
from typing import Literal

from fastapi import Response

from service.errors import ReadoutError, RequestError, describe_problem
from service.store import StoredSummary

CACHE_NAME = "readout"
"""How the service names itself in Cache-Status (RFC 9211)."""
PROBLEM_TYPE = "application/problem+json"
EVENT_TYPE = "text/event-stream"

DEFECT = "Readout failed at this request; please report it with the service's log"

_log = logging.getLogger(__name__)

CacheStatus = Literal[
    "hit",
    "fwd=miss",
    "fwd=miss; collapsed",
    "fwd=miss; detail=fallback",
    "fwd=miss; collapsed; detail=fallback",
]
"""Whether a summary was stored, was read now, or was being read for another caller; with
``detail=fallback`` the LLM was asked in vain, and the answer is not served again."""


def answer_stored(stored: StoredSummary, status: CacheStatus) -> Response:
    """Return the summary as it is stored, with its ``ETag``, ``Location`` and ``Cache-Status``."""
    headers = {
        "etag": stored.etag,
        "cache-status": f"{CACHE_NAME}; {status}",
        "location": f"/v1/summaries/{stored.id}",
    }
    return Response(stored.body, headers=headers, media_type="application/json")


def answer_conditionally(stored: StoredSummary, if_none_match: str | None) -> Response:
    """Return the summary, or 304 where the client has it already (RFC 9110, 13.1.2).

    The client must ask every time: a summary may be deleted.
    """
    headers = {"etag": stored.etag, "cache-control": "no-cache"}
    if if_none_match is not None and _matches(stored.etag, if_none_match):
        return Response(status_code=304, headers=headers)
    return Response(stored.body, headers=headers, media_type="application/json")


def _matches(etag: str, if_none_match: str) -> bool:
    """Compare weakly, as ``If-None-Match`` asks for."""
    if if_none_match.strip() == "*":
        return True
    return etag in (tag.strip().removeprefix("W/") for tag in if_none_match.split(","))


def answer_problem(error: ReadoutError) -> Response:
    """Return the problem document for ``error`` (RFC 9457), with the headers that belong to it."""
    problem = describe_problem(error)
    headers = dict(error.headers) if isinstance(error, RequestError) else {}
    if problem.retry_after_s is not None:
        headers["retry-after"] = str(math.ceil(problem.retry_after_s))
    return Response(
        problem.model_dump_json(exclude_none=True),
        status_code=problem.status,
        headers=headers,
        media_type=PROBLEM_TYPE,
    )


def log_defect(error: BaseException) -> None:
    """Log where a fault of our own happened, without its message: it may hold an article."""
    frames = "".join(traceback.format_tb(error.__traceback__))
    _log.error("defect: %s\n%s", type(error).__name__, frames)
