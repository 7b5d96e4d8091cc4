"""Results to be written, and plain ways to look at what was.

Owns what the tests of outputs and of a batch's reports share.
"""

import csv
import os
import subprocess
import sys
from pathlib import Path

from schemas.batch import BatchReport, JobCounts
from schemas.problem import Problem
from schemas.reading import Usage
from service.errors import EmptyArticleError, describe_problem
from service.outputs.opening import OutputFormat, open_output
from tests.builders import CREATED_AT, build_summary
from tests.unit.data_store import ROOT

BODY = build_summary().model_dump_json().encode()
"""A summary as the store has it, with one item in each list."""
PROBLEM = describe_problem(EmptyArticleError("the article holds nothing; send its text"))
PATIENCE_S = 90
"""Seconds after which a child that should have ended is taken for one that hangs."""


def list_names(folder: Path) -> set[str]:
    """Return the names of what stands in ``folder``, hidden files included."""
    return {path.name for path in folder.iterdir()}


def read_csv(path: Path) -> list[list[str]]:
    """Return the cells of ``path``, headings first."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def write_and_interrupt(
    output_format: OutputFormat, target: Path, *, begins_again: bool = False
) -> None:
    """Write a summary, then raise ``KeyboardInterrupt`` as Ctrl-C does."""
    with open_output(output_format, target, replaces=True, begins_again=begins_again) as sink:
        sink.write("a.txt", BODY)
        raise KeyboardInterrupt


def start_child(script: str, *arguments: str) -> subprocess.Popen[str]:
    """Start a Python of its own that runs ``script``, which can import what tests can."""
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", script, *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run_child(script: str, *arguments: str) -> tuple[int, str, str]:
    """Run ``script`` to its end; return exit code, output and errors."""
    child = start_child(script, *arguments)
    out, err = child.communicate(timeout=PATIENCE_S)
    return child.returncode, out, err


def build_problem(detail: str = "nothing in it", **overrides: object) -> Problem:
    """Build the problem of an empty article."""
    return PROBLEM.model_copy(update={"detail": detail, **overrides})


def build_counts(**overrides: int) -> JobCounts:
    """Build the counts of a batch of ten: six done, two of these hits, one failed, three to go."""
    defaults = {
        "total": 10,
        "queued": 2,
        "running": 1,
        "done": 6,
        "failed": 1,
        "dead": 0,
        "cancelled": 0,
        "hits": 2,
    }
    return JobCounts.model_validate({**defaults, **overrides})


def build_report(counts: JobCounts | None = None, **overrides: object) -> BatchReport:
    """Build the report on an open batch that has cost something."""
    defaults = {
        "id": "0123456789abcdef" * 2,
        "state": "open",
        "created_at": CREATED_AT,
        "finished_at": None,
        "counts": counts or build_counts(),
        "usage": Usage(input_tokens=12_345, cached_input_tokens=10_000, output_tokens=3_210),
        "cost_usd": 1.5,
        "unpriced": 0,
    }
    return BatchReport.model_validate({**defaults, **overrides})
