"""Problem details: the members of RFC 9457, and what a program can act on."""

import json

import pytest
from pydantic import ValidationError

from schemas import Problem
from tests.builders import build_usage


def _build_problem(**overrides: object) -> Problem:
    defaults: dict[str, object] = {
        "type": "/problems/empty-article",
        "title": "The article is empty",
        "status": 422,
        "detail": "the article holds white space only; send its text",
    }
    return Problem.model_validate({**defaults, **overrides})


def test_problem_has_the_five_members_of_rfc_9457() -> None:
    """Generic clients know these names and no others (RFC 9457, section 3.1)."""
    assert list(Problem.model_fields)[:5] == ["type", "title", "status", "detail", "instance"]


def test_problem_extends_the_standard_by_facts_only() -> None:
    """Extension members are part of the contract, too (RFC 9457, section 3.2)."""
    extensions = list(Problem.model_fields)[5:]

    assert extensions == ["limit", "actual", "retry_after_s", "attempts", "usage"]


@pytest.mark.parametrize("member", ["type", "title", "status", "detail"])
def test_member_that_every_problem_has_is_needed(member: str) -> None:
    """A problem without its kind or its reason helps nobody."""
    parts = _build_problem().model_dump()
    del parts[member]

    with pytest.raises(ValidationError, match=member):
        Problem.model_validate(parts)


@pytest.mark.parametrize(
    "kind",
    [
        "",
        "about:blank",
        "/problems/",
        "/problems/Empty",
        "/problems/empty article",
        "/problems/empty/article",
        "/problems/empty-article\n",
        "https://example.org/problems/empty-article",
        "javascript:alert(1)",
    ],
)
def test_type_of_another_form_is_refused(kind: str) -> None:
    """The type is a link that clients compare and follow, so its form is fixed."""
    with pytest.raises(ValidationError, match="type"):
        _build_problem(type=kind)


@pytest.mark.parametrize("status", [400, 404, 422, 500, 599])
def test_status_of_an_error_is_taken(status: int) -> None:
    """Client and server errors are problems, from the first code to the last."""
    assert _build_problem(status=status).status == status


@pytest.mark.parametrize("status", [0, 200, 302, 399, 600])
def test_status_that_is_no_error_is_refused(status: int) -> None:
    """A problem of status 200 would be taken for an answer."""
    with pytest.raises(ValidationError, match="status"):
        _build_problem(status=status)


def test_facts_are_null_until_there_are_any() -> None:
    """A zero would claim that waiting or paying is over; null says that nothing is known."""
    problem = _build_problem()

    assert problem.model_dump(exclude={"type", "title", "status", "detail"}) == dict.fromkeys(
        ("instance", "limit", "actual", "retry_after_s", "attempts", "usage")
    )


@pytest.mark.parametrize("member", ["retry_after_s", "attempts"])
def test_counts_and_pauses_are_never_negative(member: str) -> None:
    """A client would sleep for this long."""
    assert _build_problem(**{member: 0}).model_dump()[member] == 0
    with pytest.raises(ValidationError, match=member):
        _build_problem(**{member: -1})


def test_problem_refuses_unknown_members() -> None:
    """Debug output must not slip into what clients see."""
    with pytest.raises(ValidationError, match="traceback"):
        _build_problem(traceback="line 1")


def test_problem_round_trips_through_json() -> None:
    """The same object is printed by the command line and sent over HTTP."""
    problem = _build_problem(
        limit=10, actual=12, retry_after_s=1.5, attempts=2, usage=build_usage()
    )

    served = json.loads(problem.model_dump_json())

    assert served["usage"]["input_tokens"] == build_usage().input_tokens
    assert Problem.model_validate(served) == problem
