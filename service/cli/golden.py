"""The commands ``golden check`` and ``golden update``.

Owns their output and exit codes. What is wrong with a fixture, and what would change in it, is
told by ``service.golden``.
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from pydantic import JsonValue
from rich.text import Text

from schemas.claimed import ClaimedSummary
from service.cli.output import open_page, write_json, write_text
from service.cli.readings import load_actual
from service.errors import (
    EXIT_BELOW_BAR,
    EXIT_COULD_NOT_RUN,
    EXIT_GOOD,
    ComparisonError,
    FixtureError,
)
from service.golden.checking import FixtureFault, check_case
from service.golden.diffs import render_diff
from service.golden.files import list_files
from service.golden.fixtures import SUFFIX, SeenArticles, load_case, load_cases, note_article
from service.golden.matching import match_readings
from service.golden.proposing import propose_text
from service.outputs.replacing import write_file
from service.settings import Settings
from service.showing import show_path, show_reason


class _Checked(NamedTuple):
    path: Path
    error: ComparisonError | None
    """Why the fixture cannot be used."""
    faults: Sequence[FixtureFault]


def run_check(
    paths: Sequence[Path], *, root: Path | None, shows_doubts: bool, as_json: bool
) -> int:
    """Print what is wrong with each fixture at ``paths``; return the exit code."""
    files = [file for path in paths for file in list_files(path, (SUFFIX,))]
    if not files:
        raise FixtureError(f"{', '.join(map(show_path, paths))}: there is no fixture")
    checked = list(_check_files(files, root, Settings.load().max_chars))
    if as_json:
        write_json([_dump(one) for one in checked])
    else:
        page = open_page()
        for line in _describe(checked, shows_doubts=shows_doubts):
            page.print(line, soft_wrap=True)
    if any(one.error for one in checked):
        return EXIT_COULD_NOT_RUN
    has_faults = any(fault.kind == "fault" for one in checked for fault in one.faults)
    return EXIT_BELOW_BAR if has_faults else EXIT_GOOD


def _check_files(files: Sequence[Path], root: Path | None, max_chars: int) -> Iterator[_Checked]:
    seen: SeenArticles = {}
    for file in files:
        try:
            case = load_case(file, root=root, max_chars=max_chars)
            note_article(case, seen)
        # One fixture's fault becomes a value: the author wants to hear of all of them.
        except ComparisonError as error:
            yield _Checked(file, error, ())
        except OSError as error:
            yield _Checked(file, FixtureError(f"{show_path(file)}: {show_reason(error)}"), ())
        else:
            yield _Checked(file, None, check_case(case))


def _dump(checked: _Checked) -> JsonValue:
    return {
        "fixture": show_path(checked.path),
        "error": str(checked.error) if checked.error else None,
        "faults": [dict(fault._asdict()) for fault in checked.faults],
    }


def _describe(checked: Sequence[_Checked], *, shows_doubts: bool) -> Iterator[Text]:
    kinds = [fault.kind for one in checked for fault in one.faults]
    for one in checked:
        name = show_path(one.path)
        if one.error:
            yield Text(str(one.error), style="red")
        for fault in one.faults:
            if fault.kind == "fault":
                yield Text(f"{name}: {fault.place}: {fault.message}", style="red")
            elif shows_doubts:
                yield Text(f"{name}: {fault.place}: doubt: {fault.message}", style="yellow")
    unusable = sum(one.error is not None for one in checked)
    yield Text(
        f"{len(checked)} checked, {unusable} not usable, {kinds.count('fault')} faults, "
        f"{kinds.count('doubt')} doubts" + ("" if shows_doubts else " (--doubts lists them)")
    )


def run_update(actual: Path, golden: Path, *, root: Path | None, writes: bool) -> int:
    """Print how the fixtures would change if the summaries at ``actual`` were right."""
    cases = load_cases([golden], root=root, max_chars=Settings.load().max_chars)
    matched, _strays = match_readings(cases, load_actual(actual))
    summaries: dict[int, ClaimedSummary] = {}
    for at, reading in sorted(matched.items()):
        if isinstance(reading.document, ClaimedSummary):
            summaries[at] = reading.document
        else:
            print(f"readout: {reading.name}: it is no summary", file=sys.stderr)  # noqa: T201  # a command line's voice
    if not summaries:
        names = f"{show_path(actual)}: no summary is of an article that {show_path(golden)} has"
        raise ComparisonError(names)
    changed = False
    for at, summary in summaries.items():
        case = cases[at]
        before = case.path.read_bytes().decode()
        after = propose_text(case, summary, before)
        write_text(render_diff(case.path, before, after))
        changed |= before != after
        if writes and before != after:
            write_file(case.path, after.encode())
    return EXIT_BELOW_BAR if changed else EXIT_GOOD
