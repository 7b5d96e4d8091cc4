"""What Readout's comparison and three others say to planted errors: the score, and what is wrong.

All get the same pairs, those of ``tests.planted``: ours, made up for this purpose, so that what
is asked is what Readout was made for. The others stand in an environment of their own, see
``tests.bench.rival_environment``; how each is set up stands in ``tests.bench.rival_judges``.
Readout compares as it does by itself, its quotes by their places where the others have texts.
"""

import json
import math
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from schemas.base import LIST_NAMES
from schemas.comparison import DocumentComparison
from schemas.draft import Draft
from service.compare.documents import compare_document
from service.compare.found import find_in_summary
from tests.bench.rival_environment import find_environment
from tests.planted import TEXT, Planted, build_fixture, claim_draft, list_planted, read_perfectly

SCRIPT = Path(__file__).with_name("rival_judges.py")
JUDGE_S = 300
"""Longest that the other tools may take, in seconds."""
OURS, LEAVES = "Readout", "its leaves"
RIVALS = ("stickler", "openevals", "JSONDiff", "ListContains")
_SILENCED = {
    "LANGSMITH_TRACING": "false",
    "LANGCHAIN_TRACING_V2": "false",
    "LANGSMITH_TEST_TRACKING": "false",
}
_PLACE = re.compile(r"(?P<list>\w+)(?:\[(?P<position>\d+)\])?(?:\.(?P<field>\w+))?")

LEGEND = """\
  Scores are cut, not rounded. Readout's are the F1 of items found without a critical error, and
  that of their values. Beside a score stands what the tool says is not right:
    value  the item and the field, and nothing else    list   others of that list
    field  the field, and of which list                false  something, and nothing is wrong
    item   the item                                    ok     nothing, with a full score
    more   those, and others that are right            -      nothing, with less
    !      that it is critical: the other tools have no such word
  JSONDiff and ListContains are autoevals'; tests/bench/rival_judges.py tells how each is set up"""


class Place(NamedTuple):
    """Where an error is: of an item the field, or without a field the item itself."""

    list_name: str
    position: int | None
    """``None`` where it is not told."""
    field: str | None


class Opinion(NamedTuple):
    """What a tool says of one reading."""

    score: float
    told: frozenset[Place]
    is_critical: bool = False
    leaf_score: float | None = None


class Panel(NamedTuple):
    """A tool, and what it says of each reading, in their order; nothing where it could not."""

    name: str
    version: str
    opinions: Sequence[Opinion] = ()
    failure: str | None = None


def compare_ours(planted: Sequence[Planted]) -> Panel:
    """Return what Readout's comparison says: the F1 of items, and that of leaves."""
    fixture = build_fixture()
    documents = [
        compare_document(fixture, TEXT, find_in_summary(claim_draft(one.found))) for one in planted
    ]
    return Panel(OURS, "items", [_read_document(document) for document in documents])


def _read_document(document: DocumentComparison) -> Opinion:
    return Opinion(
        score=document.scores.items.f1,
        told=frozenset(_list_told(document)),
        is_critical=bool(document.critical_errors),
        leaf_score=document.scores.leaves.f1,
    )


def _list_told(document: DocumentComparison) -> Iterator[Place]:
    for item in document.items:
        if item.outcome in {"missing", "invented"}:
            position = item.expected_position if item.found_id is None else item.found_position
            yield Place(item.list, position, None)
            continue
        for leaf in item.leaves:
            if leaf.is_error:
                yield Place(item.list, item.expected_position, leaf.field)


def ask_rivals(planted: Sequence[Planted]) -> list[Panel]:
    """Return what the other tools say; one that is not at hand, or failed, says nothing."""
    python = find_environment()
    if python is None:
        reason = "its environment could not be made; is there a network?"
        return [Panel(name, "not at hand", failure=reason) for name in RIVALS]
    try:
        said = _run_script(python, planted)
    except (OSError, subprocess.SubprocessError, json.JSONDecodeError) as error:
        return [Panel(name, "failed", failure=type(error).__name__) for name in RIVALS]
    return [_read_panel(name, said[name]) for name in RIVALS]


def _run_script(python: Path, planted: Sequence[Planted]) -> dict[str, dict[str, object]]:
    expected = _shape(read_perfectly())
    pairs = [{"expected": expected, "found": _shape(one.found)} for one in planted]
    answer = subprocess.run(
        [str(python.absolute()), "-I", str(SCRIPT)],
        input=json.dumps(pairs),
        env=_SILENCED,
        capture_output=True,
        text=True,
        timeout=JUDGE_S,
        check=True,
    )
    said: dict[str, dict[str, object]] = json.loads(answer.stdout)
    return said


def _shape(draft: Draft) -> dict[str, object]:
    """Return the six lists of ``draft`` as JSON; headline and gist are the same everywhere."""
    return {name: draft.model_dump(mode="json")[name] for name in LIST_NAMES}


def _read_panel(name: str, said: Mapping[str, object]) -> Panel:
    match said:
        case {"version": str(version), "verdicts": list(verdicts)}:
            return Panel(name, version, [_read_verdict(verdict) for verdict in verdicts])
        case _:
            return Panel(name, "failed", failure=str(said.get("failure")))


def _read_verdict(verdict: Mapping[str, object]) -> Opinion:
    match verdict:
        case {"score": int() | float() as score, "told": list(told)}:
            return Opinion(score, frozenset(map(_read_place, told)))
        case _:
            raise ValueError("a verdict has a score and what is told")


def _read_place(path: str) -> Place:
    found = _PLACE.match(path)
    assert found
    position = found["position"]
    return Place(found["list"], None if position is None else int(position), found["field"])


def word_told(planted: Planted, opinion: Opinion) -> str:
    """Return in a word how well what is told names the planted error, see ``LEGEND``."""
    wanted, told = _list_wanted(planted), opinion.told
    if not told:
        return "ok" if _is_full(opinion) else "-"
    if not wanted:
        return "false"
    named = {place for place in wanted if any(_names(one, place) for one in told)}
    if named == wanted and all(any(_names(one, place) for place in wanted) for one in told):
        return _word_exact(told)
    return "more" if named == wanted else "list"


def _list_wanted(planted: Planted) -> set[Place]:
    if planted.effect == "none":
        return set()
    fields = planted.fields or (None,)
    return {Place(planted.list_name, planted.position, field) for field in fields}


def _names(told: Place, place: Place) -> bool:
    """Say whether ``told`` is ``place``, be it without the item's position or its field."""
    return (
        told.list_name == place.list_name
        and told.position in {None, place.position}
        and told.field in {None, place.field}
    )


def _word_exact(told: frozenset[Place]) -> str:
    if any(place.field is None for place in told):
        return "item"
    return "field" if any(place.position is None for place in told) else "value"


def print_table(planted: Sequence[Planted], panels: Sequence[Panel]) -> None:
    """Print scores and what is told, reading by reading, and then what that comes to."""
    print("\nWhat comparisons say to planted errors")  # noqa: T201  # a command's voice
    print(_join("", [panel.name for panel in panels]))  # noqa: T201  # as above
    print(_join("", [panel.version for panel in panels], "leaves"))  # noqa: T201  # as above
    for at, one in enumerate(planted):
        cells = [_word_opinion(one, panel.opinions[at : at + 1]) for panel in panels]
        leaves = panels[0].opinions[at].leaf_score
        print(_join(f"{at + 1:2} {one.name}", cells, _cut(leaves or 0)))  # noqa: T201  # as above
    for name, count in COUNTS.items():
        cells = [count(list(zip(planted, panel.opinions, strict=False))) for panel in panels]
        print(_join(f"   {name}", cells))  # noqa: T201  # as above
    for panel in panels:
        if panel.failure:
            print(f"  {panel.name} {panel.version}: {panel.failure}")  # noqa: T201  # as above
    print(LEGEND)  # noqa: T201  # as above


def _join(name: str, cells: Sequence[str], leaves: str = "") -> str:
    ours, *others = cells
    return f"{name:<28}{ours:<13}{leaves:<8}{''.join(f'{cell:<12}' for cell in others)}".rstrip()


def _word_opinion(planted: Planted, opinions: Sequence[Opinion]) -> str:
    return " ".join(
        f"{_cut(one.score)} {word_told(planted, one)}{'!' * one.is_critical}" for one in opinions
    )


def _cut(score: float) -> str:
    """Return ``score`` with three decimals, never rounded up; what adding up costs is given."""
    return f"{math.floor(score * 1_000 + 1e-6) / 1_000:.3f}"


def _is_full(opinion: Opinion) -> bool:
    return _cut(opinion.score) == "1.000"


Pairs = Sequence[tuple[Planted, Opinion]]


def count_full(pairs: Pairs) -> str:
    """Return how many readings in which nothing is wrong have a full score."""
    return _word_count([_is_full(opinion) for one, opinion in pairs if one.effect == "none"])


def count_named(pairs: Pairs) -> str:
    """Return how many errors are named as they are: the value, or the missing or invented item."""
    return _word_count(
        [
            word_told(one, opinion) == ("value" if one.fields else "item")
            for one, opinion in pairs
            if one.effect != "none"
        ]
    )


def count_critical(pairs: Pairs) -> str:
    """Return how many wrong values are called critical."""
    return _word_count([opinion.is_critical for one, opinion in pairs if one.effect == "wrong"])


def find_highest(pairs: Pairs) -> str:
    """Return the highest score of a reading with a wrong value."""
    scores = [opinion.score for one, opinion in pairs if one.effect == "wrong"]
    return _cut(max(scores)) if scores else ""


def _word_count(marks: Sequence[bool]) -> str:
    return f"{sum(marks)} of {len(marks)}" if marks else ""


COUNTS = {
    "full score, none wrong": count_full,
    "error named exactly": count_named,
    "wrong value: critical": count_critical,
    "wrong value: best score": find_highest,
}
"""What a table comes to."""


def measure() -> None:
    """Compare and print."""
    planted = list_planted()
    print_table(planted, [compare_ours(planted), *ask_rivals(planted)])


if __name__ == "__main__":
    measure()
