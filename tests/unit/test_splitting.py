"""A long text is split where its reader would pause, and nothing of it is lost on the way."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.grounding import Span
from service.intake.canonical import canonicalise
from service.parts.splitting import split_article, split_text
from tests.builders import build_article
from tests.lots import write_document

PART_CHARS = 240
PIECES = (
    "Tariffs rose. ", "He left", " ", "\n", "\n\n", "\n\n\n", "关税上调。", "🌾", "e\u0301",
    "x" * 300, "U.S. ", "İ", "\u00a0", "\r\n", "“Quoted,” she said. ", "1.5 ",
)  # fmt: skip
TEXTS = (
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=200)
    .map(lambda pieces: canonicalise("".join(pieces)))
    .filter(bool)
)


def list_pieces(text: str, part_chars: int = PART_CHARS) -> list[str]:
    """Return the parts of ``text``."""
    return [text[span.start : span.end] for span in split_text(text, part_chars)]


@given(TEXTS)
def test_every_character_stands_in_a_part(text: str) -> None:
    """What no part holds is never read."""
    spans = split_text(text, PART_CHARS)
    reached = 0
    for span in spans:
        assert not text[reached : span.start].strip()
        reached = max(reached, span.end)

    assert (spans[0].start, reached) == (0, len(text))


@given(TEXTS)
def test_no_part_is_too_long_and_each_is_an_article_of_its_own(text: str) -> None:
    """A part is read as any other text of its size: canonical, and not empty."""
    for piece in list_pieces(text):
        assert 0 < len(piece) <= PART_CHARS
        assert canonicalise(piece) == piece


@given(st.text("ab \n.", min_size=1, max_size=3_000).map(canonicalise).filter(bool))
def test_neighbours_overlap_by_a_little(text: str) -> None:
    """What stands across a border is whole in one of the two; what is read twice is paid twice."""
    spans = split_text(text, PART_CHARS)

    for one, following in pairwise(spans):
        assert one.start < following.start
        # Blanks at the ends belong to no part.
        blanks = len(text[one.end :]) - len(text[one.end :].lstrip())
        assert one.end + blanks - following.start <= PART_CHARS // 12 + blanks
        assert one.end + blanks - following.start >= PART_CHARS // 24 - blanks


@given(TEXTS)
def test_a_text_that_fits_is_one_part(text: str) -> None:
    """Short articles are read as ever."""
    assert split_text(text, len(text)) == [Span(0, len(text))]


@pytest.mark.parametrize(
    ("between", "is_border"),
    [
        ("\n\n", lambda text, at: text[at - 2 : at] == "\n\n"),
        ("\n", lambda text, at: text[at - 1] == "\n"),
        (" ", lambda text, at: text[at - 2 : at] == ". "),
    ],
    ids=["paragraphs", "lines", "sentences"],
)
def test_a_part_begins_and_ends_where_the_text_pauses(between: str, is_border: object) -> None:
    """The best place that there is."""
    text = between.join(f"Tariff number {number} rose by a lot." for number in range(100))

    spans = split_text(text, 480)
    assert len(spans) > 5
    assert callable(is_border)
    assert all(is_border(text, span.start) for span in spans[1:])
    assert all(text[span.end - 1] == "." for span in spans)
    assert all(20 <= one.end + len(between) - two.start <= 40 for one, two in pairwise(spans))
    # As late as can be: each part more is a call more.
    assert all(span.end - span.start > 480 - 40 for span in spans[:-1])


def test_words_are_kept_whole_where_there_are_no_sentences() -> None:
    """Half a word is quoted by nobody."""
    text = " ".join(f"word{number:05}" for number in range(500))

    assert all(len(word) == 9 for piece in list_pieces(text) for word in piece.split())


def test_chinese_is_split_at_its_full_stops() -> None:
    """It has no blanks."""
    pieces = list_pieces("中国将购买大豆和玉米并降低关税。" * 100)

    assert all(piece.startswith("中国") and piece.endswith("。") for piece in pieces)


def test_a_text_without_any_pause_is_cut() -> None:
    """Rather than refused."""
    assert len(list_pieces("x" * 1_000)) == 5


def test_parts_of_an_article_bear_its_metadata() -> None:
    """A weekday in the last part is resolved from the same date as one in the first."""
    article = build_article(write_document(2), title="Lots", source="A", url="https://a.example/")

    parts = split_article(article, 2_000)
    assert len(parts) > 2
    for part in parts:
        assert part.article == article.model_copy(update={"text": part.article.text})
        assert part.article.text == article.text[part.span.start : part.span.end]


def test_what_is_changed_on_a_page_changes_few_parts() -> None:
    """The next version of a document is mostly paid for."""
    text = write_document(20)
    before = list_pieces(text, 2_400)
    after = list_pieces(text.replace("buy 1020 tons", "buy 1020,5 tons"), 2_400)

    assert len({*after} - {*before}) <= 2
