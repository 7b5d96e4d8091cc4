"""Which reading is of which fixture's article.

Owns the pairing of documents: a summary belongs to the fixture whose article has its text, an
other fixture to that of the same path, a problem to that of the file it names: by as much of the
path as the fixture has, else by the file's name where no other article has it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import accumulate
from pathlib import PurePosixPath
from urllib.parse import unquote

from schemas.claimed import ClaimedSummary
from schemas.comparison import Comparison, DocumentComparison
from schemas.golden import GoldenFixture
from schemas.problem import Problem
from service.compare.documents import compare_document, miss_document
from service.compare.found import Found, find_in_fixture, find_in_summary
from service.compare.runs import make_comparison
from service.errors import ClaimError
from service.golden.fixtures import GoldenCase, check_quotes
from service.golden.readings import Document, NamedReading
from service.grounding import TextIndex

NO_SUMMARY = "there is no summary of this article's text"


def compare_readings(cases: Sequence[GoldenCase], readings: Sequence[NamedReading]) -> Comparison:
    """Return how ``readings`` compare with ``cases``; a case without a reading counts as zero.

    Raises ``ClaimError`` for two readings of one article.
    """
    matched, strays = match_readings(cases, readings)
    documents = [_compare(case, matched.get(at)) for at, case in enumerate(cases)]
    return make_comparison(documents, [_name_stray(reading) for reading in strays])


def match_readings(
    cases: Sequence[GoldenCase], readings: Sequence[NamedReading]
) -> tuple[Mapping[int, NamedReading], list[NamedReading]]:
    """Return the reading of each case by the case's position, and those that are of none.

    A problem gives way to a summary of the same article: it may have been asked for again.
    Raises ``ClaimError`` for two readings of one article.
    """
    places = _index_cases(cases)
    matched: dict[int, NamedReading] = {}
    strays = []
    for reading in sorted(readings, key=lambda one: isinstance(one.document, Problem)):
        at = _find_place(reading.document, places)
        if at is None:
            strays.append(reading)
        elif at not in matched:
            matched[at] = reading
        elif not isinstance(reading.document, Problem):
            raise ClaimError(
                f"{reading.name}: {cases[at].fixture.article} has another summary, "
                f"{matched[at].name}; compare one at a time"
            )
    return matched, strays


_Key = tuple[str, str]
"""What kind of mark it is, and the mark."""


def _index_cases(cases: Sequence[GoldenCase]) -> Mapping[_Key, int]:
    keys: dict[_Key, int] = {}
    names = Counter(case.article_path.name for case in cases)
    for at, case in enumerate(cases):
        keys["text", case.article.text] = at
        keys["path", case.fixture.article] = at
        if names[case.article_path.name] == 1:
            keys["file", case.article_path.name] = at
    return keys


def _find_place(document: Document, places: Mapping[_Key, int]) -> int | None:
    match document:
        case ClaimedSummary():
            return places.get(("text", document.article.text))
        case GoldenFixture():
            return places.get(("path", document.article))
        case Problem():
            file = PurePosixPath(unquote(document.instance or ""))
            ends = [*accumulate(reversed(file.parts), lambda end, step: f"{step}/{end}")]
            keys: list[_Key] = [*(("path", end) for end in reversed(ends)), ("file", file.name)]
            return next((places[key] for key in keys if key in places), None)


def _name_stray(reading: NamedReading) -> str:
    document = reading.document
    return document.id if isinstance(document, ClaimedSummary) else reading.name


def _compare(case: GoldenCase, reading: NamedReading | None) -> DocumentComparison:
    text = case.article.text
    if reading is None:
        return miss_document(case.fixture, text, reason=NO_SUMMARY, has_failed=False)
    if isinstance(reading.document, Problem):
        reason = reading.document.detail
        return miss_document(case.fixture, text, reason=reason, has_failed=True)
    return compare_document(case.fixture, text, find_claims(reading, text))


def find_claims(reading: NamedReading, text: str) -> Found:
    """Return what a summary or fixture claims of ``text``; ``FixtureError`` for a stray quote."""
    if isinstance(reading.document, GoldenFixture):
        check_quotes(reading.document, text, reading.name)
        return find_in_fixture(reading.document, TextIndex(text))
    assert isinstance(reading.document, ClaimedSummary)
    return find_in_summary(reading.document)
