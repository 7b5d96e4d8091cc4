"""Transport faults, written by hand after the vendor's documented shapes."""

import json
from pathlib import Path

import pytest

from service import errors
from tests.recorded.test_reader import read
from tests.standin import Answer, fail

FAULTS = sorted((Path(__file__).parent / "faults").glob("*.json"))


def load(path: Path) -> tuple[Answer, str]:
    """Return the fault's answer and the name of the error that it must become."""
    fault = json.loads(path.read_text(encoding="utf-8"))
    response = fault["response"]
    body = response["body"]
    text = body if isinstance(body, str) else json.dumps(body)
    return Answer(text.encode(), response["status"], response["headers"]), fault["expected"]


@pytest.mark.parametrize("path", FAULTS, ids=[path.stem for path in FAULTS])
async def test_a_documented_fault_becomes_its_typed_error(path: Path) -> None:
    """What the vendor documents, a caller can tell apart."""
    answer, expected = load(path)

    outcome = await read([answer] * 3)
    assert type(outcome.error) is getattr(errors, expected)


@pytest.mark.parametrize("path", FAULTS, ids=[path.stem for path in FAULTS])
async def test_every_reply_of_a_fault_that_was_paid_for_is_kept(path: Path) -> None:
    """Refusals and truncations are billed; what broke in transport is not a reply."""
    answer, _expected = load(path)

    outcome = await read([answer] * 3)
    assert outcome.error is not None
    assert len(outcome.account.kept) == len(outcome.error.attempts)
    assert all(reply.usage.input_tokens == 4200 for reply in outcome.account.kept)


@pytest.mark.parametrize(
    ("name", "seconds"),
    [
        ("rate_limit_seconds", 61.0),
        ("rate_limit_milliseconds", 90.0),
        ("rate_limit_date", 300.0),
    ],
)
async def test_each_form_of_retry_after_reaches_the_caller(name: str, seconds: float) -> None:
    """A wait that is too long for us is the caller's to plan."""
    answer, _expected = load(Path(__file__).parent / "faults" / f"{name}.json")

    outcome = await read([answer])
    assert outcome.error is not None
    assert outcome.error.retry_after_s == seconds


def test_every_fault_is_labelled_as_written_by_hand() -> None:
    """Nobody may take one for a recording."""
    labels = {json.loads(path.read_text())["provenance"]["made"] for path in FAULTS}

    assert labels == {"by hand"}


async def test_a_pause_without_end_is_passed_on_as_a_day() -> None:
    """A header of 300 digits helps nobody."""
    outcome = await read([fail(429, headers={"retry-after": "1e300"})] * 3)

    assert outcome.error is not None
    assert outcome.error.retry_after_s == 86_400
