"""The vocabulary of numbers: folding, spelled numerals, parts and units."""

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.checking import number_words
from service.checking.number_words import (
    CURRENCY_SIGNS,
    CURRENCY_WORDS,
    VULGAR,
    add_decimals,
    fold_plural,
    fold_text,
    fold_unit,
    join_words,
    list_words,
    narrow_text,
    read_cardinal,
    read_fraction,
)

ONES = list_words("one two three four five six seven eight nine")
TEENS = list_words(
    "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
TENS = list_words("twenty thirty forty fifty sixty seventy eighty ninety")
SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1_000, "thousand"))


def spell_below_thousand(n: int) -> str:
    """Spell ``n``, 1..999, the way news agencies do: "two hundred and twenty-five"."""
    hundreds, rest = divmod(n, 100)
    parts = [f"{ONES[hundreds - 1]} hundred"] if hundreds else []
    if 0 < rest < 20:
        parts.append((ONES + TEENS)[rest - 1])
    elif rest:
        tens, ones = divmod(rest, 10)
        parts.append(TENS[tens - 2] + (f"-{ONES[ones - 1]}" if ones else ""))
    return " and ".join(parts)


def spell(n: int) -> str:
    """Spell ``n``, 1 and up, independently of the code under test."""
    parts = []
    for scale, word in SCALES:
        count, n = divmod(n, scale)
        if count:
            parts.append(f"{spell_below_thousand(count)} {word}")
    if n:
        parts.append(spell_below_thousand(n))
    return " ".join(parts)


@given(st.integers(1, 10**15 - 1))
def test_every_spelled_number_is_read_in_full(n: int) -> None:
    """A spelled number that is read in part is worth something else: "two" of "two hundred"."""
    text = spell(n)

    assert read_cardinal(text, 0) == (Fraction(n), len(text))


@given(st.integers(1, 999_999))
def test_line_breaks_and_blanks_do_not_cut_a_number(n: int) -> None:
    """A number may stand across the break of a line."""
    text = spell(n).replace(" ", "\n")

    assert read_cardinal(text, 0)[0] == n or "and" in text


@pytest.mark.parametrize(
    ("text", "value", "read"),
    [
        ("two three", 2, "two"),
        ("twenty twelve", 20, "twenty"),
        ("twelve five", 12, "twelve"),
        ("five and six", 5, "five"),
        ("two million three million", 2_000_000, "two million"),
        ("two hundred and three hundred", 200, "two hundred"),
        ("two hundred and five", 205, "two hundred and five"),
        ("two million and three million", 2_000_000, "two million"),
        ("two thousand and five", 2_005, "two thousand and five"),
        ("two hundreds", 2, "two"),
        ("an article", 0, ""),
        ("a million", 1_000_000, "a million"),
        ("five tons", 5, "five"),
        ("two dozen", 24, "two dozen"),
        ("twelve hundred", 1_200, "twelve hundred"),
        ("ten thousand million", 10_000, "ten thousand"),
        ("one point five", Fraction(3, 2), "one point five"),
        ("one point five six", Fraction(156, 100), "one point five six"),
        ("two and a half", Fraction(5, 2), "two and a half"),
        ("two-and-a-half", Fraction(5, 2), "two-and-a-half"),
        ("two and three quarters", Fraction(11, 4), "two and three quarters"),
        ("two and a half-truth", Fraction(5, 2), "two and a half"),
    ],
)
def test_number_ends_where_english_ends_it(text: str, value: Fraction, read: str) -> None:
    """Two numbers in a row must not be added up, nor one cut."""
    assert read_cardinal(text, 0) == (value, len(read))


def test_and_does_not_join_between_two_numbers() -> None:
    """In "between two hundred and five thousand" the "and" belongs to "between"."""
    text = "two hundred and five"

    assert read_cardinal(text, 0, joins_and=False) == (Fraction(200), len("two hundred"))


def test_article_counts_as_one() -> None:
    """The number of "a hundred and fifty" starts at its scale."""
    text = "a hundred and fifty"

    assert read_cardinal(text, 0) == (Fraction(150), len(text))


def test_scale_without_a_number_is_none() -> None:
    """The word "million" alone says nothing; the end stays at the start."""
    assert read_cardinal("million", 0) == (Fraction(0), 0)


def test_decimals_of_zero_are_read() -> None:
    """The number "zero point two five" is a quarter."""
    text = "zero point two five"

    assert add_decimals(text, Fraction(0), 4) == (Fraction(1, 4), len(text))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a half", Fraction(1, 2)),
        ("one-half", Fraction(1, 2)),
        ("a third", Fraction(1, 3)),
        ("two-thirds", Fraction(2, 3)),
        ("three quarters", Fraction(3, 4)),
        ("four-fifths", Fraction(4, 5)),
        ("nine tenths", Fraction(9, 10)),
    ],
)
def test_parts_are_exact(text: str, value: Fraction) -> None:
    """A third is no 33 percent; exact fractions keep the two apart."""
    assert read_fraction(text, 0) == (value, len(text))


@pytest.mark.parametrize("text", ["five thirds", "third", "two", "a year", "three halves", ""])
def test_no_part_is_read_from_other_words(text: str) -> None:
    """What is not below one is no share of anything."""
    assert read_fraction(text, 0) is None


@pytest.mark.parametrize(
    ("text", "narrow"),
    [
        ("１２％", "12%"),
        ("٢٥٪", "25%"),
        ("१२", "12"),
        ("10–15", "10-15"),
        ("−5", "-5"),
        ("＄3", "$3"),
        ("1，234．5", "1,234.5"),
        ("İ5", "I5"),
        ("don’t", "don't"),
        ("2\u200b5", "2_5"),
        ("何立峰 5", "何立峰 5"),
        ("m² 5", "m² 5"),
    ],
)
def test_other_widths_and_scripts_become_ascii(text: str, narrow: str) -> None:
    """A full-width rate is a rate; an invisible character must not hide half of a number."""
    assert narrow_text(text) == narrow


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    """Offsets found in folded text cite the original; "İ" grows when Python lowers it."""
    folded = fold_text(text)

    assert len(folded) == len(text)


@given(st.integers(0, 0x10FFFF).filter(lambda code: not 0xD800 <= code <= 0xDFFF))
def test_folding_keeps_the_offset_of_every_character(code: int) -> None:
    """One character that folds to two would shift all that follow."""
    assert len(fold_text(chr(code))) == 1


@given(st.sets(st.text("abc$ .-", min_size=1, max_size=4), min_size=1, max_size=8))
def test_alternation_matches_each_word_and_the_longest(words: set[str]) -> None:
    """A unit that matches as its own beginning ("ton" of "tonne") would be another unit."""
    pattern = re.compile(join_words(words))
    longest = {word: max((w for w in words if word.startswith(w)), key=len) for word in words}

    matches = {word: pattern.match(word) for word in words}

    assert {word: match and match.group() for word, match in matches.items()} == longest


@given(st.sets(st.text("ab", min_size=1, max_size=3), min_size=1), st.text("ab", max_size=4))
def test_alternation_matches_nothing_else(words: set[str], text: str) -> None:
    """Shared beginnings must not let a word through that is not in the vocabulary."""
    assert bool(re.fullmatch(join_words(words), text)) is (text in words)


@pytest.mark.parametrize(
    ("plural", "singular"),
    [
        ("tons", "ton"),
        ("tonnes", "tonne"),
        ("bushels", "bushel"),
        ("aircraft", "aircraft"),
        ("people", "person"),
        ("feet", "foot"),
        ("companies", "company"),
        ("batches", "batch"),
        ("boxes", "box"),
        ("buses", "buse"),
        ("gas", "ga"),
        ("us", "us"),
        ("business", "business"),
        ("students", "student"),
        ("ton", "ton"),
    ],
)
def test_plural_folds_to_one_form(plural: str, singular: str) -> None:
    """Only that both sides fold alike matters; ton and tonne must stay apart."""
    assert fold_plural(plural) == singular


@pytest.mark.parametrize("unit", ["metric tons", "metric-tons", "metric\ntons", "metric ton"])
def test_unit_of_two_words_folds_to_one_form(unit: str) -> None:
    """A hyphen or line break makes no other unit."""
    assert fold_unit(unit) == "metric ton"


@pytest.mark.parametrize("unit", sorted(number_words.MEASURES | number_words.COUNTED))
def test_every_unit_is_matched_by_its_pattern(unit: str) -> None:
    """A unit in the vocabulary that the scanner misses leaves a number unchecked."""
    match = re.match(number_words.UNIT, unit)

    assert match is not None
    assert match.group() == unit


def test_vulgar_fractions_are_exact() -> None:
    """The float of ⅓ would never equal a third."""
    assert VULGAR["⅓"] == Fraction(1, 3)
    assert VULGAR["⅞"] == Fraction(7, 8)
    assert all(0 < part < 1 for part in VULGAR.values())


def test_currencies_are_codes_of_three_letters() -> None:
    """Units of money are ISO 4217; only the yen and yuan sign stays open."""
    codes = {*CURRENCY_SIGNS.values(), *CURRENCY_WORDS.values()} - {"¥"}

    assert all(re.fullmatch("[A-Z]{3}", code) for code in codes)
