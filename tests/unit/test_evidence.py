"""Evidence: offsets are code points, and they span the quote."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from schemas import Evidence
from tests.builders import build_evidence

TEXTS = {
    "emoji": "soy 🌾🚢 beans",
    "emoji of several code points": "family 👩‍👩‍👧‍👦 of four",
    "flag": "from 🇨🇳 to 🇺🇸",
    "CJK": "副总理何立峰 said",
    "astral CJK": "the rare 𠮷 and 𩸽",
    "combining mark": "cafe\u0301 talks",
    "dotted capital İ": "İstanbul round",
    "curly quotes": "“sweeping” curbs",
    "non-breaking space": "12\u00a0million tons",
    "CR-LF": "first\r\nsecond",
    "right to left": "قال الوزير today",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_offsets_count_code_points(text: str) -> None:
    """Counting bytes, UTF-16 units or graphemes would shift every quote behind such a text."""
    evidence = Evidence(quote=text, start=7, end=7 + len(text))

    assert evidence.end - evidence.start == len(text)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_offsets_in_code_units_are_refused(encoding: str) -> None:
    """A client's byte or UTF-16 offsets must fail loudly, not quote a neighbouring word."""
    quote = "soy 🌾 𠮷"
    unit = 1 if encoding == "utf-8" else 2
    length = len(quote.encode(encoding)) // unit

    with pytest.raises(ValidationError, match=f"offsets 0:{length} do not span the quote"):
        Evidence(quote=quote, start=0, end=length)


@given(st.text(), st.text(min_size=1), st.text())
def test_slice_of_any_text_is_evidence_of_it(before: str, quote: str, after: str) -> None:
    """No script, control character or emoji may make a true quote unrepresentable."""
    text = before + quote + after
    start = len(before)

    evidence = Evidence(quote=quote, start=start, end=start + len(quote))

    assert text[evidence.start : evidence.end] == evidence.quote


@given(st.text(min_size=1, max_size=20), st.integers(0, 50), st.integers(-60, 60))
def test_evidence_exists_exactly_when_the_offsets_span_the_quote(
    quote: str, start: int, error: int
) -> None:
    """The one invariant of the type, in both directions."""
    end = start + len(quote) + error

    try:
        Evidence(quote=quote, start=start, end=end)
        accepted = True
    except ValidationError:
        accepted = False

    assert accepted is (error == 0)


def test_empty_quote_is_refused() -> None:
    """An empty slice stands everywhere and proves nothing."""
    with pytest.raises(ValidationError):
        Evidence(quote="", start=3, end=3)


def test_negative_start_is_refused() -> None:
    """Python would count a negative offset from the end of the text."""
    with pytest.raises(ValidationError, match="start"):
        Evidence(quote="abc", start=-1, end=2)


def test_start_of_the_text_is_a_place() -> None:
    """The first character has offset zero, and zero is no missing value."""
    assert Evidence(quote="a", start=0, end=1).start == 0


@pytest.mark.parametrize("missing", ["quote", "start", "end"])
def test_every_part_is_needed(missing: str) -> None:
    """A quote without its place is a claim, not evidence."""
    parts = {"quote": "a", "start": 0, "end": 1}
    del parts[missing]

    with pytest.raises(ValidationError, match=missing):
        Evidence.model_validate(parts)


def test_evidence_round_trips_through_json() -> None:
    """A stored quote with escapes, emoji and line ends must come back as it was."""
    text = 'before 🌾 "quoted"\r\n\ttab \u2028 𠮷'
    evidence = build_evidence('🌾 "quoted"\r\n\ttab \u2028 𠮷', text)

    assert Evidence.model_validate_json(evidence.model_dump_json()) == evidence
