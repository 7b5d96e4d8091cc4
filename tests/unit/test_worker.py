"""What a process beside the service does with what it is sent."""

import io
import pickle
from typing import NoReturn

import pytest

from schemas.summary import Tariff
from service.errors import DefectError, EmbeddedReaderError, ReadoutError
from service.prompting import build_article_request
from service.worker import (
    HEAD_BYTES,
    Done,
    Outcome,
    ReadingTask,
    ReviewTask,
    Task,
    serve,
    write_frame,
)
from tests.builders import build_article, build_lie, build_reading, build_summary

ARTICLE = build_article()
TASK = ReadingTask(build_article_request(ARTICLE, "embedded/1"), ARTICLE, stands_in=False)
LIE = build_lie()
DONE = Done(build_reading(), build_summary())
SECRET = "what the article says"


def read_frames(told: bytes) -> list[Outcome]:
    """Return what stands in the frames of ``told``."""
    outcomes = []
    while told:
        end = HEAD_BYTES + int.from_bytes(told[:HEAD_BYTES])
        outcomes.append(pickle.loads(told[HEAD_BYTES:end]))
        told = told[end:]
    return outcomes


def test_article_and_request_become_a_reading_and_its_summary() -> None:
    """Both of the same draft, as if they had been made in the service itself."""
    reading, summary = TASK.work_out()

    assert (reading.key, reading.engine) == (TASK.request.key, "embedded")
    assert (summary.article, summary.provenance.engine) == (ARTICLE, "embedded")
    assert "fallback_reader" not in [warning.code for warning in summary.warnings]


def test_a_stand_in_is_marked() -> None:
    """The mark is part of what is stored, and of its id."""
    plain, marked = (TASK._replace(stands_in=it).work_out().summary for it in (False, True))

    assert [warning.code for warning in marked.warnings][-1] == "fallback_reader"
    assert plain.id != marked.id


def test_a_draft_is_held_against_its_article() -> None:
    """As in the service itself; and what of a summary follows is there at once."""
    complaints, content = ReviewTask(ARTICLE, LIE).work_out()

    assert [complaint.path for complaint in complaints] == ["tariffs[0].rate"]
    assert [tariff.rate for tariff in content.items["tariffs"] if isinstance(tariff, Tariff)] == [
        None
    ]


def test_whose_process_failed_is_told() -> None:
    """Rules, or the check of what a model said and was paid for."""
    reading, review = (
        task.make_error("took too long") for task in (TASK, ReviewTask(ARTICLE, LIE))
    )

    assert (type(reading), str(reading)) == (
        EmbeddedReaderError, "the embedded reader took too long",
    )  # fmt: skip
    assert (type(review), str(review)) == (
        DefectError, "the check of the model's reply, which is kept, took too long",
    )  # fmt: skip


def test_each_task_is_answered_in_its_turn_until_there_are_no_more() -> None:
    """The service tells answers apart by their order alone."""
    told = io.BytesIO()

    serve(io.BytesIO(write_frame(TASK) * 3), told, lambda _task: DONE)
    assert read_frames(told.getvalue()) == [DONE] * 3


@pytest.mark.parametrize("cut", [1, HEAD_BYTES, HEAD_BYTES + 10])
def test_a_task_that_was_cut_off_ends_the_process_in_silence(cut: int) -> None:
    """The service was killed while it wrote; there is nobody to answer."""
    told = io.BytesIO()

    serve(io.BytesIO(write_frame(TASK)[:cut]), told, lambda _task: DONE)
    assert told.getvalue() == b""


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (EmbeddedReaderError("failed at x.py:1"), EmbeddedReaderError),
        (KeyError(SECRET), DefectError),
        (RecursionError(SECRET), DefectError),
    ],
)
def test_a_failure_is_told_and_the_next_article_is_read(
    error: Exception, kind: type[ReadoutError]
) -> None:
    """One article does not end the others; what it says stands in no message."""
    told = io.BytesIO()
    errors: list[Exception] = [error]

    def work(_task: Task[object]) -> Done:
        if errors:
            raise errors.pop()
        return DONE

    serve(io.BytesIO(write_frame(TASK) * 2), told, work)
    failure, done = read_frames(told.getvalue())
    assert type(failure) is kind
    assert SECRET not in str(failure)
    assert done == DONE


def test_a_fault_in_the_checks_is_a_defect_with_its_place() -> None:
    """It is not the rules' fault, and must be found."""
    told = io.BytesIO()

    def fail(_task: Task[object]) -> NoReturn:
        raise ValueError(SECRET)

    serve(io.BytesIO(write_frame(TASK)), told, fail)
    (failure,) = read_frames(told.getvalue())
    assert "ValueError at test_worker.py:" in str(failure)
