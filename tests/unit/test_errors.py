"""The error tree: its picture, its HTTP forms, its exit codes."""

import re
from collections.abc import Iterator

import pytest

from service import errors
from service.errors import (
    HTTP_FORMS,
    UNREACHABLE,
    ArticleTooLongError,
    ClaimError,
    ComparisonError,
    EmptyArticleError,
    FixtureError,
    IntakeError,
    NoEndpointError,
    RateLimitError,
    ReaderError,
    ReadoutError,
    RequestTooLongError,
    SettingsError,
    SourceError,
    UnreadableSourceError,
    describe_problem,
    find_http_form,
)
from tests.builders import build_attempt, build_usage


def _walk(kind: type[ReadoutError]) -> Iterator[type[ReadoutError]]:
    yield kind
    for child in kind.__subclasses__():
        if child.__module__ == errors.__name__:
            yield from _walk(child)


TREE = list(_walk(ReadoutError))
READER_ERRORS = [kind for kind in TREE if issubclass(kind, ReaderError)]
OTHER_ERRORS = [kind for kind in TREE if not issubclass(kind, ReaderError)]

STATUSES = {
    "EmptyArticleError": 422,
    "ArticleTooLongError": 413,
    "UndecodableArticleError": 422,
    "UnsupportedMediaTypeError": 415,
    "NoMainTextError": 422,
    "EncryptedArticleError": 422,
    "BrokenArticleError": 422,
    "MetadataError": 422,
    "IntakeError": 422,
    "RequestError": 422,
    "MalformedRequestError": 400,
    "QueryError": 422,
    "ResourceMissingError": 404,
    "RequestTooLongError": 413,
    "MethodError": 405,
    "ForeignOriginError": 403,
    "ComparisonError": 422,
    "FixtureError": 422,
    "ClaimError": 422,
    "SourceError": 422,
    "UnreadableSourceError": 422,
    "BatchFileError": 422,
    "BusyError": 429,
    "BatchHeldError": 409,
    "NoEndpointError": 503,
    "AddressError": 503,
    "SettingsError": 503,
    "StoreError": 503,
    "StoreBusyError": 503,
    "StoreAwayError": 503,
    "MigrationError": 503,
    "OutputError": 500,
    "OutputExistsError": 409,
    "OutputFormatError": 422,
    "DefectError": 500,
    "ReaderTimeoutError": 504,
    "RateLimitError": 503,
    "QuotaError": 503,
    "AuthenticationError": 502,
    "EndpointRequestError": 502,
    "EndpointUnavailableError": 503,
    "RefusalError": 502,
    "TruncationError": 502,
    "ContentFilterError": 502,
    "EmptyReplyError": 502,
    "InvalidReplyError": 502,
    "EmbeddedReaderError": 500,
    "ReaderError": 502,
    "ReadoutError": 500,
}
"""What clients rely on: 413 and 415 and 422 for what they sent, 5xx for what is not theirs."""


def _build_error(kind: type[ReadoutError]) -> ReadoutError:
    if issubclass(kind, (ArticleTooLongError, RequestTooLongError)):
        return kind(limit=10, actual=12, unit="characters")
    return kind("something was wrong")


def _read_picture() -> dict[str, str | None]:
    """Return each class of the docstring's tree with the class that it hangs from."""
    parents: dict[str, str | None] = {}
    path: list[str] = []
    for line in (errors.__doc__ or "").splitlines():
        if found := re.match(r"([│├└─ ]*)(\w+Error)\b", line):
            depth = len(found[1]) // 4
            path = [*path[:depth], found[2]]
            parents[found[2]] = path[-2] if depth else None
    return parents


def test_picture_of_the_tree_is_the_tree() -> None:
    """Whoever catches an error reads the picture; it must name every class, and its parent."""
    real = {kind.__name__: kind.__base__.__name__ for kind in TREE[1:] if kind.__base__}

    assert _read_picture() == {"ReadoutError": None, **real}


def test_module_has_no_error_outside_the_tree() -> None:
    """An error that is not of the tree passes every handler that is meant for all."""
    defined = {
        value
        for value in vars(errors).values()
        if isinstance(value, type)
        and issubclass(value, BaseException)
        and value.__module__ == errors.__name__
    }

    assert defined == set(TREE)


def test_every_error_has_one_parent() -> None:
    """With two parents, two rows of the tables would be right."""
    assert all(len(kind.__bases__) == 1 for kind in TREE)


def test_every_error_has_a_row_of_its_own() -> None:
    """A class without a row would tell a client its parent's reason."""
    assert set(HTTP_FORMS) == set(TREE)


def test_statuses_are_the_documented_ones() -> None:
    """Clients retry, report or give up by the status alone."""
    assert {kind.__name__: form.status for kind, form in HTTP_FORMS.items()} == STATUSES


def test_another_reader_is_asked_where_an_endpoint_gave_no_answer_and_only_there() -> None:
    """A refusal or a bad key must be seen; an endpoint that is down need not be."""
    down = {kind for kind in READER_ERRORS if HTTP_FORMS[kind].status in {503, 504}}

    assert set(UNREACHABLE) == down | {NoEndpointError}


def test_slugs_are_unique() -> None:
    """The slug is the only stable name of a kind of problem."""
    slugs = [form.slug for form in HTTP_FORMS.values()]

    assert len(set(slugs)) == len(slugs)


def test_titles_are_unique() -> None:
    """Two kinds that read the same are one kind to a person."""
    titles = [form.title for form in HTTP_FORMS.values()]

    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("kind", TREE)
def test_every_error_makes_a_problem(kind: type[ReadoutError]) -> None:
    """The last handler must never fail while it describes a failure."""
    problem = describe_problem(_build_error(kind))

    assert problem.type == f"/problems/{HTTP_FORMS[kind].slug}"
    assert (problem.status, problem.title) == (HTTP_FORMS[kind].status, HTTP_FORMS[kind].title)


@pytest.mark.parametrize("kind", TREE)
def test_detail_is_the_message(kind: type[ReadoutError]) -> None:
    """What was wrong this time stands in the message, and the client needs just that."""
    error = _build_error(kind)

    assert describe_problem(error).detail == str(error) != ""


def test_class_without_a_row_takes_its_nearest_ancestors() -> None:
    """A new error is shown as the kind that it belongs to, never as an internal one."""

    class WholesaleError(EmptyArticleError):
        pass

    class RetailError(WholesaleError):
        pass

    assert find_http_form(RetailError) is HTTP_FORMS[EmptyArticleError]


@pytest.mark.parametrize("kind", READER_ERRORS)
def test_reader_errors_exit_with_four(kind: type[ReadoutError]) -> None:
    """Scripts tell a failed reader, which may work later, from a wrong call."""
    assert kind.exit_code == 4


@pytest.mark.parametrize("kind", OTHER_ERRORS)
def test_other_errors_exit_with_two(kind: type[ReadoutError]) -> None:
    """The command could not run: the article, the settings or the call must change."""
    assert kind.exit_code == 2


def test_exit_codes_are_the_documented_ones() -> None:
    """Scripts compare with these numbers; 130 is what a shell gives for an interrupt."""
    codes = (
        errors.EXIT_GOOD,
        errors.EXIT_BELOW_BAR,
        errors.EXIT_COULD_NOT_RUN,
        errors.EXIT_SOME_FAILED,
        errors.EXIT_READER_FAILED,
        errors.EXIT_INTERRUPTED,
        errors.EXIT_PIPE_CLOSED,
    )

    assert codes == (0, 1, 2, 3, 4, 130, 141)


@pytest.mark.parametrize("unit", ["characters", "bytes"])
def test_too_long_says_both_numbers_in_their_unit(unit: str) -> None:
    """Whoever sent the article must see by how much it is too long."""
    error = ArticleTooLongError(limit=100_000, actual=1_234_567, unit=unit)

    assert f"1,234,567 {unit}" in str(error)
    assert "100,000" in str(error)
    assert (error.limit, error.actual, error.unit) == (100_000, 1_234_567, unit)


def test_a_request_that_is_too_long_says_both_numbers_in_their_unit() -> None:
    """It may have too many bytes, or too many of something else."""
    error = RequestTooLongError(limit=200, actual=1_201, unit="pairs")

    assert str(error) == "the body has 1,201 pairs, the limit is 200; send it in parts"
    assert (error.limit, error.actual, error.unit) == (200, 1_201, "pairs")


@pytest.mark.parametrize("kind", [ArticleTooLongError, RequestTooLongError])
def test_too_long_problem_carries_the_numbers(
    kind: type[ArticleTooLongError | RequestTooLongError],
) -> None:
    """A program splits what it sent by them, without reading the sentence."""
    problem = describe_problem(kind(limit=10, actual=12, unit="bytes"))

    assert (problem.limit, problem.actual) == (10, 12)
    assert (problem.attempts, problem.usage) == (None, None)


def test_reader_error_keeps_what_was_paid_for() -> None:
    """Failed attempts cost money, so the books need them."""
    attempts = [build_attempt(outcome="invalid"), build_attempt(usage=build_usage(1, 0, 2))]

    error = ReaderError("the reply was no JSON", attempts=attempts)

    assert error.attempts == tuple(attempts)
    assert error.usage == build_usage() + build_usage(1, 0, 2)


def test_reader_error_does_not_follow_the_callers_list() -> None:
    """A list that grows afterwards must not rewrite what the error reported."""
    attempts = [build_attempt()]

    error = ReaderError("the reply was no JSON", attempts=attempts)
    attempts.clear()

    assert len(error.attempts) == 1


def test_reader_problem_counts_attempts_and_tokens() -> None:
    """A client sees what its failed request has cost."""
    error = ReaderError("the reply was no JSON", attempts=[build_attempt(), build_attempt()])

    problem = describe_problem(error)

    assert (problem.attempts, problem.usage) == (2, build_usage() + build_usage())


def test_reader_problem_never_shows_a_reply() -> None:
    """Replies hold article text, which has no place in an error."""
    attempt = build_attempt(outcome="invalid", reply="SECRET REPLY")

    served = describe_problem(ReaderError("no JSON", attempts=[attempt])).model_dump_json()

    assert "SECRET" not in served


def test_retry_pause_reaches_the_problem() -> None:
    """The pause becomes a Retry-After header, in seconds."""
    problem = describe_problem(RateLimitError("the endpoint is busy", retry_after_s=1.5))

    assert problem.retry_after_s == 1.5


def test_retry_pause_is_the_tables_where_the_endpoint_gave_none() -> None:
    """Zero, or nothing, would tell every client to come back at once."""
    assert describe_problem(RateLimitError("the endpoint is busy")).retry_after_s == 10


@pytest.mark.parametrize("kind", TREE)
def test_every_503_and_429_says_when_to_come_back(kind: type[ReadoutError]) -> None:
    """And nothing else does: waiting mends no bad article."""
    form = HTTP_FORMS[kind]

    assert (form.retry_after_s is not None) == (form.status in {429, 503})


@pytest.mark.parametrize("kind", [EmptyArticleError, NoEndpointError])
def test_problem_of_no_reader_has_no_reader_facts(kind: type[ReadoutError]) -> None:
    """Zero attempts would claim that a model was to be asked."""
    problem = describe_problem(_build_error(kind))

    assert (problem.attempts, problem.usage) == (None, None)


@pytest.mark.parametrize(
    ("kind", "root"),
    [
        (EmptyArticleError, IntakeError),
        (FixtureError, ComparisonError),
        (ClaimError, ComparisonError),
        (NoEndpointError, SettingsError),
        (UnreadableSourceError, SourceError),
    ],
)
def test_family_is_caught_by_its_root(kind: type[ReadoutError], root: type[ReadoutError]) -> None:
    """A batch goes on after a bad article, and stops at a bad setting."""
    with pytest.raises(root):
        raise _build_error(kind)
