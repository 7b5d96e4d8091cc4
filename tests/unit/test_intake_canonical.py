"""The canonical form: what it unifies, what it leaves, what it refuses."""

from pathlib import Path
from unicodedata import is_normalized

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from service.errors import EmptyArticleError, UndecodableArticleError
from service.intake import canonicalise
from service.intake.canonical import (
    MAX_COMBINING_RUN,
    check_characters,
    check_content,
    drop_controls,
)
from tests.unit.data_intake import SEEDS

ANY_TEXT = st.text(st.characters(codec="utf-8"))
BLANK_HEAVY = st.text(
    st.sampled_from(list("ab \t\r\n\f\v\u00a0\u3000\u2028\x85\ufeff\u200be\u0301"))
)


@given(ANY_TEXT | BLANK_HEAVY)
@example("\ufeff \ufeff\n\ufeffx")
@example("x \r")
def test_canonicalising_twice_changes_nothing_more(text: str) -> None:
    """Stored offsets are only stable if a stored text is its own canonical form."""
    once = canonicalise(text)

    assert canonicalise(once) == once


@given(ANY_TEXT | BLANK_HEAVY)
def test_canonical_text_is_nfc_without_carriage_returns(text: str) -> None:
    """Two spellings of one character would make a quote miss its own sentence."""
    canonical = canonicalise(text)

    assert is_normalized("NFC", canonical)
    assert "\r" not in canonical


@given(ANY_TEXT | BLANK_HEAVY)
def test_no_line_ends_in_a_blank_and_no_outer_line_is_empty(text: str) -> None:
    """Blanks that nobody sees must not tell two copies of an article apart."""
    canonical = canonicalise(text)

    assert all(line == line.rstrip() for line in canonical.split("\n"))
    assert canonical == canonical.strip()


@given(st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Cf"]), min_size=1))
def test_text_without_blanks_only_loses_a_leading_mark(text: str) -> None:
    """Whatever is neither a blank nor a line end belongs to the article."""
    canonical = canonicalise("x" + text)

    assert canonical == canonicalise("x" + canonical[1:])
    assert len(canonical) >= 1
    assert [c for c in canonical if c in "\u200b\u200d\u202e\u00ad"] == [
        c for c in text if c in "\u200b\u200d\u202e\u00ad"
    ]


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_sample_articles_only_lose_outer_blanks(path: Path) -> None:
    """The samples are clean already: any other change would be damage."""
    text = path.read_bytes().decode()

    assert canonicalise(text) == text.strip()


def test_there_are_five_sample_articles() -> None:
    """A glob that finds nothing would pass every test over the samples."""
    assert len(SEEDS) == 5


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("a\r\nb", "a\nb"),
        ("a\rb", "a\nb"),
        ("a\r\n\r\nb", "a\n\nb"),
        ("a\n\rb", "a\n\nb"),
        ("a\r\r\nb", "a\n\nb"),
    ],
)
def test_every_line_end_becomes_a_line_feed(given_text: str, expected: str) -> None:
    """A file saved on another system is the same article."""
    assert canonicalise(given_text) == expected


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("a  \nb\t\nc", "a\nb\nc"),
        ("a\u00a0\nb\u3000\nc", "a\nb\nc"),
        ("a\n \t\u00a0\nb", "a\n\nb"),
        ("  a\n  b\n\n", "a\n  b"),
        ("a  b\tc", "a  b\tc"),
        ("a\n\n\n\nb", "a\n\n\n\nb"),
    ],
)
def test_blanks_go_at_line_ends_and_around_and_nowhere_else(given_text: str, expected: str) -> None:
    """Indentation, double blanks and empty lines inside are the author's."""
    assert canonicalise(given_text) == expected


def test_decomposed_letters_are_composed() -> None:
    """Text from a Mac's file system comes decomposed."""
    assert canonicalise("cafe\u0301") == "café"


def test_a_dotted_capital_i_stays_one_character() -> None:
    """Lower-casing it makes two, which is how offsets drift."""
    assert canonicalise("İstanbul") == "İstanbul"


def test_compatibility_characters_are_not_folded() -> None:
    """Full-width digits and ligatures are what the article says; NFKC would rewrite them."""
    assert canonicalise("２５％ ﬁnal ²") == "２５％ ﬁnal ²"


@pytest.mark.parametrize("mark", ["\u200b", "\u200d", "\u202e", "\u2066", "\u00ad", "\u2060"])
def test_zero_width_and_bidirectional_characters_stay(mark: str) -> None:
    """They are part of emoji and of Persian words; finding quotes deals with the rest."""
    assert canonicalise(f"a{mark}b") == f"a{mark}b"


def test_a_byte_order_mark_goes_at_the_start_only() -> None:
    """Inside a text the same code point is a character that joins words."""
    assert canonicalise("\ufeffa\ufeffb") == "a\ufeffb"


def test_a_byte_order_mark_behind_blanks_goes_too() -> None:
    """Files that were glued together start so."""
    assert canonicalise(" \n\ufeff \ufeffa") == "a"


def test_template_syntax_survives() -> None:
    """Whatever looks like a program to someone is plain text here."""
    text = "{{ 7*7 }} {% if x %} ${y} <b> \\n %s {0}"

    assert canonicalise(text) == text


def test_ten_thousand_lines_survive() -> None:
    """Nothing is cut silently."""
    lines = [f"Line {number} of the accord." for number in range(10_000)]

    assert canonicalise("\r\n".join(lines)).split("\n") == lines


@pytest.mark.parametrize("control", ["\x00", "\x01", "\x08", "\x0b", "\x0e", "\x1b", "\x1f"])
def test_a_control_character_means_binary(control: str) -> None:
    """No article holds one; a picture sent as text does."""
    with pytest.raises(UndecodableArticleError, match=rf"U\+{ord(control):04X} at character 2"):
        check_characters(f"ab{control}c")


@pytest.mark.parametrize("blank", ["\t", "\n", "\r", "\f"])
def test_blank_controls_pass(blank: str) -> None:
    """Tabs, line ends and page breaks are how text is laid out."""
    check_characters(f"a{blank}b")


@pytest.mark.parametrize("surrogate", [0xD800, 0xDBFF, 0xDC80, 0xDFFF])
def test_a_lone_surrogate_is_refused(surrogate: int) -> None:
    """It cannot be stored or sent as UTF-8."""
    with pytest.raises(UndecodableArticleError, match=rf"lone surrogate U\+{surrogate:X} at"):
        check_characters(f"a{chr(surrogate)}")


def test_an_endless_run_of_combining_marks_is_refused() -> None:
    """Ordering one takes quadratic time: 200,000 marks take 23 seconds."""
    with pytest.raises(UndecodableArticleError, match="1,000 combining marks"):
        check_characters("a" + "\u0301\u0316" * MAX_COMBINING_RUN)


def test_the_longest_allowed_run_of_combining_marks_passes() -> None:
    """The limit is inclusive."""
    check_characters("a" + "\u0301" * MAX_COMBINING_RUN + "b" + "\u0301" * MAX_COMBINING_RUN)


@pytest.mark.parametrize(
    "text", ["", " \n", "\ufeff", "\u200b\u200d", "\u00ad", "\u202e\u2066", "\ufe0f", "\u3164"]
)
def test_text_that_shows_nothing_is_empty(text: str) -> None:
    """An LLM asked about nothing makes something up."""
    with pytest.raises(EmptyArticleError, match="is empty"):
        check_content(text)


@pytest.mark.parametrize("text", ["a", "\u200b.", "，", "🤝"])
def test_one_visible_character_is_content(text: str) -> None:
    """What is worth reading is for others to judge."""
    check_content(text)


@given(st.text())
def test_dropping_controls_leaves_valid_text(text: str) -> None:
    """What a PDF or a page yields must always be storable."""
    cleaned = drop_controls(text)

    check_characters(cleaned[:MAX_COMBINING_RUN])
    cleaned.encode()


def test_dropped_controls_leave_no_gap_and_surrogates_a_sign() -> None:
    """NUL bytes stand between the letters of ill-decoded PDF text."""
    assert drop_controls("\x00H\x00i\ud800\n") == "Hi\ufffd\n"
