"""The command ``compare``: readings against golden fixtures, held against bars.

Owns the order of its steps: all input is checked before anything is read or paid for, and
all reports are written before the verdict is.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from schemas.comparison import ComparisonReport
from service.cli.case_reading import read_cases
from service.cli.output import open_page, write_json
from service.cli.readings import load_actual
from service.cli.written import check_writable
from service.compare.bars import Bars, report_runs
from service.errors import EXIT_BELOW_BAR, EXIT_GOOD
from service.golden.baselines import load_baseline
from service.golden.fixtures import GoldenCase, load_cases
from service.golden.matching import compare_readings
from service.golden.readings import NamedReading
from service.outputs.replacing import write_file
from service.report.comparison_page import render_page
from service.report.comparison_terminal import print_comparison
from service.report.junit import render_junit
from service.settings import Settings


class Request(NamedTuple):
    """What was asked for on the command line."""

    actual: Path | None
    """Summaries, or with ``reads`` articles; ``None`` reads the fixtures' own."""
    golden: Path
    root: Path | None
    bars: Bars
    baseline: Path | None
    reads: bool
    repetitions: int
    html: Path | None
    junit: Path | None
    as_json: bool


def run(request: Request) -> int:
    """Compare, write the reports, print one, and return the exit code."""
    settings = Settings.load()
    check_writable((request.html, request.junit))
    baseline = load_baseline(request.baseline) if request.baseline else None
    cases = load_cases([request.golden], root=request.root, max_chars=settings.max_chars)
    runs = [compare_readings(cases, readings) for readings in _collect(request, cases, settings)]
    report = report_runs(runs, request.bars, baseline)
    _write_reports(request, cases, report)
    if request.as_json:
        write_json(report.model_dump(mode="json"))
    else:
        print_comparison(report, open_page())
    return EXIT_BELOW_BAR if report.shortfalls else EXIT_GOOD


def _collect(
    request: Request, cases: Sequence[GoldenCase], settings: Settings
) -> Iterator[Sequence[NamedReading]]:
    if not request.reads:
        assert request.actual is not None
        yield load_actual(request.actual)
        return
    yield from read_cases(cases, request.actual, settings, repetitions=request.repetitions)


def _write_reports(request: Request, cases: Sequence[GoldenCase], report: ComparisonReport) -> None:
    """Write the files that were asked for, once all of them are rendered."""
    bodies = []
    if request.html:
        texts = {case.fixture.article: case.article.text for case in cases}
        bodies.append((request.html, render_page(report, texts).encode()))
    if request.junit:
        bodies.append((request.junit, render_junit(report)))
    for path, body in bodies:
        write_file(path, body)
