"""Numbers: what a text writes, what it is worth, and what no source carries."""

import time
from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.checking.numbers import (
    NameMention,
    NumberMention,
    find_numbers,
    find_stray_numbers,
    scan_text,
)

MILLION = 10**6
BILLION = 10**9

PLAIN = {
    "12": 12,
    "0": 0,
    "1,234.5": Fraction(2469, 2),
    "1,234,567": 1_234_567,
    "12,00,000": 1_200_000,
    "600 000": 600_000,
    "600\u00a0000": 600_000,
    "1\u202f234\u202f567": 1_234_567,
    ".5": Fraction(1, 2),
    "2.5": Fraction(5, 2),
    "2½": Fraction(5, 2),
    "12 million": 12 * MILLION,
    "12-million": 12 * MILLION,
    "12\nmillion": 12 * MILLION,
    "12\u00a0million": 12 * MILLION,
    "1.2bn": 1_200 * MILLION,
    "1.2 bn": 1_200 * MILLION,
    "3 trillion": 3 * 10**12,
    "40 lakh": 4 * MILLION,
    "2 crore": 20 * MILLION,
    "1.5m": 1_500_000,
    "2k": 2_000,
    "3 dozen": 36,
    "twelve": 12,
    "twenty-five": 25,
    "two hundred": 200,
    "two hundred and five": 205,
    "twelve million": 12 * MILLION,
    "five hundred million": 500 * MILLION,
    "a dozen": 12,
    "half a dozen": 6,
    "a million": MILLION,
    "half a million": 500_000,
    "a quarter of a million": 250_000,
    "two and a half million": 2_500_000,
    "１２": 12,
    "١٢": 12,
    "zero": 0,
    "nil": 0,
}
PERCENTS = {
    "145%": 145,
    "145 %": 145,
    "１２％": 12,
    "15 percent": 15,
    "15 per cent": 15,
    "15-percent": 15,
    "15-per-cent": 15,
    "15pct": 15,
    "15 pct": 15,
    "15pc": 15,
    "15 Percent": 15,
    "15\npercent": 15,
    "12.5%": Fraction(25, 2),
    "0.25%": Fraction(1, 4),
    ".5 percent": Fraction(1, 2),
    "2½ percent": Fraction(5, 2),
    "fifteen percent": 15,
    "twenty-five per cent": 25,
    "a hundred percent": 100,
    "two point five percent": Fraction(5, 2),
    "zero point five percent": Fraction(1, 2),
    "two and a half percent": Fraction(5, 2),
    "half a percent": Fraction(1, 2),
    "zero percent": 0,
    "duty-free": 0,
    "tariff-free": 0,
    "zero tariffs": 0,
    "zero-tariff": 0,
    "no tariffs on steel": 0,
    "no duties": 0,
    "-5%": -5,
    "−5%": -5,
    "minus 5%": -5,
}
POINTS = {
    "25 percentage points": 25,
    "one percentage point": 1,
    "25 percentage-points": 25,
    "25% points": 25,
    "25 percent points": 25,
    "25 pp": 25,
    "25 basis points": Fraction(1, 4),
    "25bps": Fraction(1, 4),
    "half a percentage point": Fraction(1, 2),
    "a quarter-point": Fraction(1, 4),
}
MONEY = {
    "$30 trillion": (30 * 10**12, "USD"),
    "US$64.05 billion": (64_050 * MILLION, "USD"),
    "U.S.$5": (5, "USD"),
    "USD 5 million": (5 * MILLION, "USD"),
    "＄5": (5, "USD"),
    "$3T": (3 * 10**12, "USD"),
    "$5M": (5 * MILLION, "USD"),
    "$1.2-billion": (1_200 * MILLION, "USD"),
    "10 billion dollars": (10 * BILLION, "USD"),
    "10 billion U.S. dollars": (10 * BILLION, "USD"),
    "five dollars": (5, "USD"),
    "€3bn": (3 * BILLION, "EUR"),
    "3 billion euros": (3 * BILLION, "EUR"),
    "£4m": (4 * MILLION, "GBP"),
    "4 million pounds": (4 * MILLION, "GBP"),
    "RMB12bn": (12 * BILLION, "CNY"),
    "12 billion yuan": (12 * BILLION, "CNY"),
    "12 billion renminbi": (12 * BILLION, "CNY"),
    "12 billion yen": (12 * BILLION, "JPY"),
    "¥12 billion": (12 * BILLION, "¥"),
    "C$7 million": (7 * MILLION, "CAD"),
    "7 million Canadian dollars": (7 * MILLION, "CAD"),
    "HK$7": (7, "HKD"),
    "NT$7": (7, "TWD"),
    "A$7": (7, "AUD"),
}
FRACTIONS = {
    "half": Fraction(1, 2),
    "½": Fraction(1, 2),
    "¾": Fraction(3, 4),
    "a third of exports": Fraction(1, 3),
    "by a third": Fraction(1, 3),
    "a quarter of sales": Fraction(1, 4),
    "three-quarters": Fraction(3, 4),
    "two-thirds": Fraction(2, 3),
    "two thirds": Fraction(2, 3),
    "one in five": Fraction(1, 5),
    "1 in 5": Fraction(1, 5),
    "nine out of ten": Fraction(9, 10),
}
MULTIPLES = {
    "doubled": 2,
    "double": 2,
    "tripled": 3,
    "halved": Fraction(1, 2),
    "tenfold": 10,
    "ten-fold": 10,
    "10-fold": 10,
    "3x": 3,
}
ORDINALS = {"5th": 5, "third": 3, "No. 1": 1, "number 1": 1, "21st": 21, "twenty-first": 21}

NO_NUMBERS = [
    "H200",
    "MI308",
    "G7",
    "5G",
    "14nm",
    "COVID-19",
    "F-35",
    "A380-800",
    "Boeing 737",
    "Section 301",
    "RTX 6000",
    "HS 8542",
    "3M",
    "10 a.m.",
    "10am",
    "10:30",
    "24/7",
    "1/2",
    "2,5",
    "1.234.567",
    "1.2.3",
    "1 234 567",
    "12.000",
    "Z$5",
    "2\u200b5%",
    "9" * 41,
]
"""Tokens with digits that are no number; each must be found as a name of its own."""
NOTHING = [
    "",
    "tariffs",
    "December 5",
    "Dec. 5",
    "5 December",
    "the 5th of December",
    "November 23-24",
    "October 30 and 31",
    "2025-12-05",
    "2025-12",
    "2025-26",
    "5/12/2025",
    "the 2030s",
    "Q3",
    "hundreds of firms",
    "billions of dollars",
    "several million",
    "a zero-sum game",
    "zero tolerance",
    "double-digit",
    "double standards",
    "half-hearted",
    "no longer duty-free",
    "not tariff-free",
    "duty-free shops",
    "no tariffs were raised",
    "zero tariff increases",
]


def find_only(text: str) -> NumberMention:
    """Return the one number of ``text``."""
    mentions = find_numbers(text)

    assert len(mentions) == 1, mentions
    return mentions[0]


@pytest.mark.parametrize(("text", "value"), PLAIN.items())
def test_plain_numbers_are_written_out(text: str, value: Fraction) -> None:
    """A scale or separator that is misread is off by a factor of a thousand."""
    mention = find_only(text)

    assert (mention.kind, mention.value) == ("plain", value)


@pytest.mark.parametrize(("text", "value"), PERCENTS.items())
def test_percents_are_worth_their_number(text: str, value: Fraction) -> None:
    """Rates are percents; 0.25 and 25% must never be taken for each other."""
    mention = find_only(text)

    assert (mention.kind, mention.value) == ("percent", value)


@pytest.mark.parametrize(("text", "value"), POINTS.items())
def test_percentage_points_are_no_percents(text: str, value: Fraction) -> None:
    """A change by 25 points is no rate of 25 percent."""
    mention = find_only(text)

    assert (mention.kind, mention.value) == ("percentage_points", value)


@pytest.mark.parametrize(("text", "expected"), MONEY.items())
def test_money_has_its_currency(text: str, expected: tuple[int, str]) -> None:
    """Dollars and yuan of the same figure differ by a factor of seven."""
    mention = find_only(text)

    assert (mention.kind, mention.unit) == ("money", expected[1])
    assert mention.value == expected[0]


@pytest.mark.parametrize(("text", "value"), FRACTIONS.items())
def test_parts_are_fractions(text: str, value: Fraction) -> None:
    """A share told in words must be comparable with one told in percent, exactly."""
    mention = find_only(text)

    assert (mention.kind, mention.value) == ("fraction", value)


@pytest.mark.parametrize(("text", "value"), MULTIPLES.items())
def test_multiples_are_factors(text: str, value: Fraction) -> None:
    """From "halved to 10%" the rate before follows."""
    mention = find_only(text)

    assert (mention.kind, mention.value) == ("multiple", value)


@pytest.mark.parametrize(("text", "value"), ORDINALS.items())
def test_ranks_are_ordinals(text: str, value: int) -> None:
    """A fifth round is not five rounds."""
    mention = find_only(text)

    assert mention.kind == "ordinal"
    assert mention.value == value


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_names_and_open_readings_are_no_numbers(text: str) -> None:
    """The 737 of an aircraft, or a "2,5" that may be a list, must carry no value."""
    mentions = scan_text(text)

    assert [type(mention) for mention in mentions] == [NameMention]


@pytest.mark.parametrize("text", NOTHING)
def test_dates_and_vague_amounts_are_nothing(text: str) -> None:
    """The 5 of December 5 must carry no rate of 5 percent and no 5 aircraft."""
    assert scan_text(text) == ()


@pytest.mark.parametrize("text", ["2026", "in 1974", "fiscal 2030"])
def test_four_bare_digits_are_a_year(text: str) -> None:
    """A year is checked as a date, and must carry no quantity."""
    assert find_only(text).kind == "year"


@pytest.mark.parametrize(
    "text", ["2000 tons", "2025 students", "$2000", "2000%", "2,000", "2026.5"]
)
def test_counted_digits_are_no_year(text: str) -> None:
    """Two thousand tons without a comma are an amount."""
    assert find_only(text).kind != "year"


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("12 tons", "ton"),
        ("12 million metric tons", "metric ton"),
        ("a 12-million-metric-ton deal", "metric ton"),
        ("600,000 students", "student"),
        ("90-day", "day"),
        ("two more years", "year"),
        ("500kg", "kg"),
        ("40 people", "person"),
        ("three countries", "country"),
        ("12 of them", ""),
    ],
)
def test_known_unit_is_noted(text: str, unit: str) -> None:
    """Two years and two months must not carry each other."""
    mentions = [mention for mention in find_numbers(text) if not mention.tacit]

    assert [mention.unit for mention in mentions] == [unit]


@pytest.mark.parametrize(
    ("text", "values", "kind"),
    [
        ("10-15%", (10, 15), "percent"),
        ("10–15 percent", (10, 15), "percent"),
        ("10 to 15 percent", (10, 15), "percent"),
        ("between 10 and 15 percent", (10, 15), "percent"),
        ("between 10% and 15%", (10, 15), "percent"),
        ("25%-50%", (25, 50), "percent"),
        ("ten to fifteen percent", (10, 15), "percent"),
        ("from 20 to 10 percent", (20, 10), "percent"),
        ("25 and 10 percent", (25, 10), "percent"),
        ("25 or 10 percent", (25, 10), "percent"),
        ("5, 10 and 15 percent", (5, 10, 15), "percent"),
        ("10 to 15 percentage points", (10, 15), "percentage_points"),
        ("$3-5 billion", (3 * BILLION, 5 * BILLION), "money"),
        ("$3 billion to $5 billion", (3 * BILLION, 5 * BILLION), "money"),
        ("3 to 5 billion yuan", (3 * BILLION, 5 * BILLION), "money"),
        ("10 to 15 million", (10 * MILLION, 15 * MILLION), "plain"),
        ("between two hundred and three hundred", (200, 300), "plain"),
        ("500,000 to 2 million", (500_000, 2 * MILLION), "plain"),
    ],
)
def test_first_number_of_a_pair_inherits(text: str, values: tuple[int, ...], kind: str) -> None:
    """Of "from 20 to 10 percent" the 20 is a percent, of "10 to 15 million" the 10 no bare 10."""
    mentions = find_numbers(text)

    assert tuple(mention.value for mention in mentions) == values
    assert {mention.kind for mention in mentions} == {kind}


@pytest.mark.parametrize(
    "text", ["17, 10 percent", "12 companies and 10 percent", "in 2025 and 10 percent"]
)
def test_neighbour_that_is_no_list_inherits_nothing(text: str) -> None:
    """Seventeen firms beside a percentage must not become a rate of 17 percent."""
    assert find_numbers(text)[0].kind != "percent"


def test_scale_of_a_movement_is_not_guessed() -> None:
    """A rise "from 5 to 12 million" may start at five or at five million: neither is carried."""
    first, second = scan_text("rose from 5 to 12 million")

    assert isinstance(first, NameMention)
    assert isinstance(second, NumberMention)


@pytest.mark.parametrize(
    "text",
    [
        "10-15%",
        "10% to 15%",
        "between 10% and 15%",
        "ranging from 10% to 15%",
        "duties from 10% to 15%",
        "raised on goods that range from 10% to 15%",
    ],
)
def test_both_ends_of_a_range_are_marked(text: str) -> None:
    """A range is no rate; its ends must not be taken for one."""
    assert [mention.bound for mention in find_numbers(text)] == ["range", "range"]


@pytest.mark.parametrize(
    "text",
    [
        "from 20% to 10%",
        "cut 20% to 10%",
        "raised from 10% to 25%",
        "the increase from 10 to 25 percent",
        "25% and 10%",
    ],
)
def test_movement_is_no_range(text: str) -> None:
    """Both sides of a movement are rates that applied or will apply."""
    assert [mention.bound for mention in find_numbers(text)] == ["exact", "exact"]


@pytest.mark.parametrize(
    "text",
    [
        "up to 25%",
        "up to a 25% tariff",
        "as much as 25%",
        "as high as 25%",
        "at least 25%",
        "no more than 25%",
        "more than 25%",
        "over 25%",
        "nearly 25%",
        "almost 25%",
        "exceeding 25%",
        "a maximum of 25%",
        "a minimum tariff rate of 25%",
        "capped at 25%",
        "cap duties on chips at 25%",
        "limited to 25%",
        "25% or more",
        "25%-plus",
        "25% and above",
        "a 25% ceiling",
        "~25%",
    ],
)
def test_limit_is_marked(text: str) -> None:
    """The words "up to 25%" say what a rate may be, not what it is."""
    assert find_numbers(text)[-1].bound == "bound"


@pytest.mark.parametrize("text", ["about 25%", "around 25%", "roughly 25%", "some 25 firms"])
def test_approximation_is_marked(text: str) -> None:
    """A reader of the mentions can tell a rounded figure from an exact one."""
    assert find_only(text).bound == "approximate"


@pytest.mark.parametrize(
    "text", ["buy 12 million tons", "a 30% levy", "for $3 billion, say", "twenty-five percent."]
)
def test_offsets_span_the_number_as_written(text: str) -> None:
    """Complaints cite the number by its offsets."""
    mention = find_only(text)

    assert text[mention.start : mention.end] in {
        "12 million",
        "30%",
        "$3 billion",
        "twenty-five percent",
    }


@given(st.text(max_size=12), st.sampled_from(["30%", "12 million", "fifteen percent"]))
def test_offsets_hold_behind_any_text(before: str, number: str) -> None:
    """Folding full-width signs, "İ" or invisible characters must not shift an offset."""
    text = f"{before} | {number} |"

    last = scan_text(text)[-1]

    assert text[last.start : last.end] == number


RENDERINGS: dict[str, Callable[[int], str]] = {
    "digits": str,
    "grouped": "{:,}".format,
    "leading words": "bought {} of them".format,
    "non-breaking groups": lambda n: f"{n:,}".replace(",", "\u00a0"),
    "full-width": lambda n: str(n).translate({48 + i: 0xFF10 + i for i in range(10)}),
    "sentence end": "{:,}.".format,
    "parentheses": "({:,})".format,
}


@pytest.mark.parametrize("render", RENDERINGS.values(), ids=RENDERINGS.keys())
@given(n=st.integers(0, 10**15 - 1))
def test_every_integer_is_found_as_written(render: Callable[[int], str], n: int) -> None:
    """No magnitude and no grouping may be read as another number."""
    assert [mention.value for mention in find_numbers(render(n))] == [n]


@given(st.integers(0, 10**9), st.integers(1, 6), st.sampled_from(["%", " percent", "-percent"]))
def test_every_percent_is_found_as_written(n: int, places: int, sign: str) -> None:
    """1.5% and 15% differ by a dot; every decimal must survive."""
    value = Fraction(n, 10**places)
    text = f"a {n // 10**places}.{n % 10**places:0{places}d}{sign} duty"

    mention = find_only(text)

    assert (mention.kind, mention.value) == ("percent", value)


@given(st.integers(1, 999), st.sampled_from([("million", 6), ("billion", 9), ("trillion", 12)]))
def test_every_scale_is_written_out(n: int, scale: tuple[str, int]) -> None:
    """A million taken for a billion is the costliest misreading there is."""
    word, zeros = scale

    assert find_only(f"{n} {word}").value == n * 10**zeros


@given(st.text())
def test_mentions_are_ordered_slices_of_any_text(text: str) -> None:
    """No script, emoji or control character may raise, or make two numbers of one."""
    mentions = scan_text(text)

    edges = [0, *(edge for mention in mentions for edge in (mention.start, mention.end)), len(text)]
    assert edges == sorted(edges)


STRAY = {
    "other percent": ("a tariff of 85%", "a tariff of 25%"),
    "other number": ("26 aircraft", "25 aircraft"),
    "other million": ("13 million tons", "12 million tons"),
    "billion for million": ("12 billion", "12 million"),
    "part for percent": ("0.25", "25%"),
    "plain for percent": ("25", "25%"),
    "percent for plain": ("25%", "25"),
    "points for percent": ("25 percentage points", "25%"),
    "percent for points": ("25%", "25 percentage points"),
    "lost decimal point": ("15%", "1.5%"),
    "tons for metric tons": ("12 million tons", "12 million metric tons"),
    "metric tons for tons": ("12 million metric tons", "12 million tons"),
    "months for years": ("5 months", "5 years"),
    "yuan for dollars": ("3 billion yuan", "$3 billion"),
    "Canadian for US dollars": ("C$3 billion", "$3 billion"),
    "money for plain": ("$3 billion", "3 billion"),
    "plain for money": ("3 billion", "$3 billion"),
    "to for by": ("to 145%", "raised by a staggering 145%"),
    "by for to": ("by 25%", "raised to 25%"),
    "length from two sides": ("two-year", "the two sides"),
    "rounds from nothing": ("three rounds", "talks"),
    "other model": ("H200", "H20"),
    "other section": ("Section 232", "Section 301"),
    "model as a count": ("737 aircraft", "Boeing 737"),
    "other fraction": ("a third", "a quarter of it"),
    "doubled from nothing": ("doubled", "rose"),
    "fifth for five": ("fifth", "five"),
    "list for decimal": ("2.5", "2,5"),
    "ten for the hour": ("10", "10 a.m."),
}
CARRIED = {
    "grouping": ("12 million", "12,000,000"),
    "words": ("12 million", "twelve million"),
    "percent sign": ("25 percent", "25%"),
    "spelled percent": ("25%", "twenty-five percent"),
    "quarter": ("25%", "a quarter of it"),
    "one in five": ("20%", "one in five"),
    "halved": ("by half", "halved"),
    "first of a pair": ("from 20% to 10%", "from 20 to 10 percent"),
    "dollar sign": ("3 billion dollars", "US$3bn"),
    "year tacit": ("one-year", "for a year"),
    "length": ("two-year", "two years"),
    "unit left out": ("12 million", "12 million metric tons"),
    "adjective between": ("600,000 students", "600,000 Chinese students"),
    "plural of a model": ("H200", "H200s"),
    "case of a model": ("h200", "H200"),
    "time": ("10am", "10 a.m."),
    "ordinal": ("5th", "the fifth"),
    "duty-free": ("zero tariffs", "duty-free"),
    "two sides": ("the two sides", "both"),
    "one of": ("one of the firms", "a firm"),
    "first": ("the first call", "a call"),
    "date": ("on December 5", "yesterday"),
    "year": ("by 2026", "soon"),
    "no number": ("tariffs fall", ""),
}


@pytest.mark.parametrize(("text", "source"), STRAY.values(), ids=STRAY.keys())
def test_number_that_the_source_does_not_say_is_stray(text: str, source: str) -> None:
    """Each of these is a lie that a fluent sentence can hide."""
    assert find_stray_numbers(f"It says {text}", [f"It says {source}"]) != []


@pytest.mark.parametrize(("text", "source"), CARRIED.values(), ids=CARRIED.keys())
def test_other_wording_of_the_same_number_is_carried(text: str, source: str) -> None:
    """A summary in its own words must not drown in complaints."""
    assert find_stray_numbers(f"It says {text}", [f"It says {source}"]) == []


def test_any_source_may_carry_a_number() -> None:
    """An item has up to three quotes, and each may hold a part."""
    stray = find_stray_numbers("from 30% to 12%, 7 times", ["30%", "to 12%"])

    assert stray == ["7 times"]


def test_stray_numbers_are_given_as_written_and_once() -> None:
    """The complaint cites the reader's own words, with what tells their sense."""
    text = "A Two-Year truce: to １２％, then to １２％, for 5 million metric tons"

    assert find_stray_numbers(text, []) == ["Two-Year", "to １２％", "5 million metric tons"]


@pytest.mark.parametrize("sources", [[], [""], ["no digits here"]])
def test_source_without_numbers_carries_none(sources: list[str]) -> None:
    """An empty list of quotes is no licence."""
    assert find_stray_numbers("a 25% duty", sources) == ["25%"]


@given(st.text())
def test_text_carries_its_own_numbers(text: str) -> None:
    """A verbatim statement can never be blamed for a number."""
    assert find_stray_numbers(text, [text]) == []


WORDS_OF_SOUP = (
    "12 25% 10 percent million bn $ € to and or between from half a third quarter of by 2025 "
    "December 5th H200 G7 section 301 zero no tariffs , . / : - – ½ twenty five hundred tons "
    "point 1,234 1.5m 3M a.m. basis points % İ \u200b _ ( + 000 mid-2026 US -5% q3 may 7"
)


@given(
    st.lists(st.sampled_from(WORDS_OF_SOUP.split(" ")), max_size=9),
    st.sampled_from([" ", "", "-", "\n"]),
)
def test_number_soup_carries_itself(fragments: list[str], glue: str) -> None:
    """Random text hardly ever holds numbers; this one does, in every odd order."""
    text = glue.join(fragments)

    assert find_stray_numbers(text, [text]) == []


def test_every_seed_paragraph_carries_itself(seed_texts: tuple[str, ...]) -> None:
    """The real articles, paragraph by paragraph and against the whole text."""
    paragraphs = [(line, text) for text in seed_texts for line in text.splitlines()]

    assert [find_stray_numbers(line, [line]) for line, _ in paragraphs] == [[]] * len(paragraphs)
    assert [find_stray_numbers(line, [text]) for line, text in paragraphs] == [[]] * len(paragraphs)


def test_figures_of_the_seeds_are_read(seed_texts: tuple[str, ...]) -> None:
    """What a person reads off the sample articles, figure by figure."""
    found = [
        {
            (float(mention.value), str(mention.kind), mention.unit)
            for mention in find_numbers(text)
            if not mention.spelled and mention.kind != "year"
        }
        for text in seed_texts
    ]

    assert found[0] == {(15, "percent", ""), (12 * MILLION, "plain", "metric ton")}
    assert found[1] == {
        *((value, "percent", "") for value in (145, 20, 10, 30)),
        (600_000, "plain", "student"),
    }
    assert found[2] == set()
    assert found[3] >= {
        (12 * MILLION, "plain", "ton"),
        (30 * 10**12, "money", "USD"),
        (40 * 10**12, "money", "USD"),
        (3_500 * BILLION, "money", "USD"),
    }
    assert found[4] == {
        *((value, "percent", "") for value in (100, 56, 40, 45)),
        (64_050 * MILLION, "money", "USD"),
        (17, "plain", ""),
    }


HOSTILE = [
    "1",
    "1,",
    "1-",
    "1 to ",
    "1,234 ",
    " ",
    ",",
    "-",
    "a",
    "a ",
    "five ",
    "12 and ",
    "$",
    "A-1",
]
SMALL, LARGE = 20_000, 200_000


@pytest.mark.parametrize("unit", HOSTILE)
def test_cost_is_linear_in_the_length(unit: str) -> None:
    """An article of digits and commas must not stop the service.

    Ten times the text may cost at most 40 times the CPU: a quadratic cost would be 100 times.
    """

    def measure(length: int) -> float:
        text = unit * (length // len(unit))
        started = time.process_time()
        find_stray_numbers(text, [text])
        return time.process_time() - started

    assert measure(LARGE) <= 40 * max(measure(SMALL), 0.005)


def test_long_text_is_read_once() -> None:
    """Headline and gist are both checked against the whole article."""
    text = "tariffs fall to 10% " * 1_000

    assert scan_text(text) is scan_text(text)
