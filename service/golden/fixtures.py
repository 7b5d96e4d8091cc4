"""Golden fixtures on disk: which there are, and the articles that they belong to.

Owns how a fixture finds its article, and what makes a set of fixtures unusable. What a fixture
says beyond its quotes is checked in ``service.golden.checking``.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from pydantic import BaseModel

from schemas.article import Article
from schemas.base import LIST_NAMES
from schemas.golden import GoldenFixture
from schemas.paths import format_path
from service.compare.claims import list_alternatives
from service.errors import FixtureError, IntakeError
from service.golden.files import list_files, read_bytes
from service.golden.parsing import join_faults, parse_fixture, parse_object
from service.grounding import TextIndex
from service.intake import Metadata
from service.intake.files import read_file
from service.showing import show, show_path, show_reason

SUFFIX = ".json"


class GoldenCase(NamedTuple):
    """A fixture, and the article that it is of."""

    path: Path
    """The fixture's file."""
    fixture: GoldenFixture
    article_path: Path
    """The article's file."""
    article: Article
    """The article, with the date of publication that the fixture gives."""


def load_cases(
    paths: Sequence[Path], *, root: Path | None = None, max_chars: int
) -> list[GoldenCase]:
    """Return the fixtures at ``paths``, files or folders of ``.json``, and their articles.

    ``root`` is the folder that articles' paths start from; ``None`` takes the nearest folder
    above each fixture that has its article. Raises ``FixtureError`` for a file that is no
    fixture, a quote that its article does not have, an article that is missing or cannot be
    read, two fixtures of one article, and where there is no fixture at all; ``OSError`` for a
    file that cannot be opened.
    """
    files = [file for path in paths for file in list_files(path, (SUFFIX,))]
    if not files:
        named = ", ".join(map(show_path, paths))
        raise FixtureError(f"{named}: there is no fixture (a file that ends in {SUFFIX})")
    cases = [load_case(file, root=root, max_chars=max_chars) for file in files]
    check_unique(cases)
    return cases


def load_case(path: Path, *, root: Path | None = None, max_chars: int) -> GoldenCase:
    """Return the fixture at ``path``; raises what ``load_cases`` raises."""
    name = show_path(path)
    fixture = parse_fixture(parse_object(read_bytes(path), name), name)
    try:
        article_path = _find_article(path, fixture.article, root)
        metadata = Metadata(published=fixture.published)
        article = read_file(article_path, metadata, max_chars=max_chars)
    except IntakeError as error:
        raise FixtureError(f"{name}: article: {show(fixture.article)}: {error}") from error
    except OSError as error:
        reason = show_reason(error)
        raise FixtureError(f"{name}: article: {show(fixture.article)}: {reason}") from error
    check_quotes(fixture, article.text, name)
    return GoldenCase(path, fixture, article_path, article)


def _find_article(path: Path, article: str, root: Path | None) -> Path:
    relative = PurePosixPath(article)
    if relative.is_absolute() or ".." in relative.parts:
        raise FixtureError(
            f"{show_path(path)}: article: {show(article)} must be a path relative to the "
            "repository's root"
        )
    folders = [root] if root is not None else path.resolve().parents
    for folder in folders:
        if (folder / relative).is_file():
            return folder / relative
    where = f"in {show_path(root)}" if root is not None else "in any folder above the fixture"
    raise FixtureError(f"{show_path(path)}: article: there is no file {show(article)} {where}")


def check_quotes(fixture: GoldenFixture, text: str, name: str) -> None:
    """Raise ``FixtureError`` that names each quote that ``text`` does not have, to the letter."""
    index = TextIndex(text)
    faults = [
        f"{place}: {_describe_stray(quote, index)}"
        for place, quote in iterate_quotes(fixture)
        if not is_verbatim(quote, index)
    ]
    if faults:
        raise FixtureError(f"{name}: {join_faults(faults)}")


def is_verbatim(quote: str, index: TextIndex) -> bool:
    """Say whether the text of ``index`` has ``quote`` to the letter, as a fixture must have it."""
    spans = index.find(quote)
    return bool(spans) and index.text[spans[0].start : spans[0].end] == quote


def _describe_stray(quote: str, index: TextIndex) -> str:
    if index.find(quote):
        return f"the article has {show(repr(quote))} in other typography; copy it to the letter"
    return f"the article does not have {show(repr(quote))} as one run of whole words"


def iterate_quotes(fixture: GoldenFixture) -> Iterator[tuple[str, str]]:
    """Yield where each quote of ``fixture`` stands in it, and the quote; forbidden ones too."""
    for prefix, holder in (((), fixture), (("forbidden",), fixture.forbidden)):
        for name in LIST_NAMES:
            for position, item in enumerate(getattr(holder, name)):
                yield from _iterate_item((*prefix, name, position, "evidence"), item)


def _iterate_item(path: tuple[int | str, ...], item: BaseModel) -> Iterator[tuple[str, str]]:
    if "evidence" not in item.model_fields_set:
        return
    ways = list_alternatives(getattr(item, "evidence"))  # noqa: B009  # built at run time
    for way, quotes in enumerate(ways):
        steps = (*path, "any", way) if len(ways) > 1 else path
        if isinstance(quotes, list):
            for at, quote in enumerate(quotes):
                yield format_path((*steps, at)), quote


def check_unique(cases: Sequence[GoldenCase]) -> None:
    """Raise ``FixtureError`` where two of ``cases`` are of one article.

    A summary is told to be an article's by the text, a report's part by the name: two articles
    that share either are one here.
    """
    seen: SeenArticles = {}
    for case in cases:
        note_article(case, seen)


SeenArticles = dict[tuple[str, object], Path]
"""What marks an article (its file, text and name) to the fixture that has it."""


def note_article(case: GoldenCase, seen: SeenArticles) -> None:
    """Add the article of ``case`` to ``seen``; ``FixtureError`` where it is there already."""
    marks = {
        ("file", case.article_path.resolve()): "has another fixture, {}; keep one",
        ("text", case.article.text): "has the text of another article, see {}; keep one",
        ("name", case.fixture.article): "is another article in {}; start both from one root",
    }
    for mark, sentence in marks.items():
        if mark in seen:
            raise FixtureError(
                f"{show_path(case.path)}: article: {show(case.fixture.article)} "
                + sentence.format(show_path(seen[mark]))
            )
    seen |= dict.fromkeys(marks, case.path)
