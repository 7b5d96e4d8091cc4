"""Quantities: the value written out, the unit as the article has it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.base import Quantity
from service.checking.quantities import QuantityUnit, carries_quantity, parse_unit

MILLION = 10**6
BILLION = 10**9

CARRIED = [
    (12 * MILLION, "metric ton", "buy 12 million metric tons of soybeans by the end of May"),
    (12 * MILLION, "metric ton", "12,000,000 metric tons"),
    (12 * MILLION, "metric ton", "twelve million metric tons"),
    (12 * MILLION, "metric ton", "a 12-million-metric-ton deal"),
    (12 * MILLION, "metric tons", "12 million metric tons"),
    (12 * MILLION, "Metric Ton", "12 MILLION METRIC TONS"),
    (12 * MILLION, "metric ton", "12\u00a0million metric\ntons"),
    (12 * MILLION, "ton", "12 million tons of soybeans"),
    (12 * MILLION, "tonne", "12m tonnes"),
    (25 * MILLION, "metric ton", "at least 25 million metric tons"),
    (10 * MILLION, "ton", "10 to 12 million tons"),
    (12 * MILLION, "ton", "10-12 million tons"),
    (10 * MILLION, "ton per year", "10 to 12 million tons a year"),
    (500, "bushel", "500 bushels of corn"),
    (500, "kg", "500kg of fentanyl"),
    (1.2 * MILLION, "MMBtu", "1.2 million MMBtu of gas"),
    (600_000, "student", "600,000 students"),
    (600_000, "student", "600,000 Chinese students"),
    (600_000, "Chinese student", "600,000 Chinese students"),
    (40, "person", "40 people"),
    (200, "aircraft", "200 Boeing aircraft"),
    (200, "jet", "two hundred new wide-body jets"),
    (24, "aircraft", "two dozen aircraft"),
    (3, "plant", "three chip plants"),
    (1, "year", "a one-year extension"),
    (90, "day", "a 90-day truce"),
    (5, "percent", "5 percent of output"),
    (5, "percentage point", "5 percentage points"),
    (10 * BILLION, "USD", "$10 billion"),
    (10 * BILLION, "USD", "US$10bn of goods"),
    (10 * BILLION, "USD", "10 billion dollars' worth of beef"),
    (10 * BILLION, "USD", "10 billion U.S. dollars"),
    (10 * BILLION, "dollar", "$10 billion"),
    (10 * BILLION, "USD", "US$10 billion, or C$14 billion"),
    (10 * BILLION, "EUR", "€10bn"),
    (10 * BILLION, "EUR", "10 billion euros"),
    (10 * BILLION, "CNY", "10 billion yuan"),
    (10 * BILLION, "CNY", "RMB10 billion"),
    (10 * BILLION, "CNY", "10 billion renminbi"),
    (10 * BILLION, "JPY", "10 billion yen"),
    (10 * BILLION, "GBP", "£10 billion"),
    (10 * BILLION, "CAD", "C$10 billion"),
    (10 * BILLION, "CAD", "10 billion Canadian dollars"),
    (10 * BILLION, "USD per year", "spend $10 billion a year"),
    (25 * MILLION, "metric ton per year", "25 million metric tons of soybeans a year through 2028"),
    (25 * MILLION, "metric ton per year", "25 million metric tons annually"),
    (25 * MILLION, "metric ton per year", "25 million metric tons in each of 2026, 2027 and 2028"),
    (25 * MILLION, "metric ton per year", "annual purchases of 25 million metric tons"),
    (25 * MILLION, "metric ton/year", "25 million metric tons per year"),
    (25 * MILLION, "metric ton annually", "25 million metric tons each year"),
    (500_000, "barrel per day", "500,000 barrels a day"),
    (500_000, "barrel per day", "500,000 barrels of crude per day"),
    (500_000, "barrel per day", "500,000 bpd"),
    (500_000, "bpd", "500,000 bpd"),
    (12 * MILLION, "metric ton", "12 million metric tons within a year"),
    (12 * MILLION, "ton", "12 million tons a year ago"),
    (12 * MILLION, "ton", "12 million tons this year and 25 million tons annually"),
    (25 * MILLION, "ton per year", "12 million tons this year and 25 million tons annually"),
]
NOT_CARRIED = [
    (13 * MILLION, "metric ton", "12 million metric tons"),
    (12 * BILLION, "metric ton", "12 million metric tons"),
    (12, "metric ton", "12 million metric tons"),
    (12 * MILLION, "ton", "12 million metric tons"),
    (12 * MILLION, "metric ton", "12 million tons"),
    (12 * MILLION, "tonne", "12 million tons"),
    (12 * MILLION, "ton", "12 million short tons"),
    (12 * MILLION, "bushel", "12 million tons"),
    (12 * MILLION, "soybean", "12 million tons of soybeans"),
    (12 * MILLION, "soybean", "12 million bushels of soybeans"),
    (12, "gallon", "12 imperial gallons"),
    (10 * BILLION, "aircraft", "a $10 billion aircraft order"),
    (5, "stake", "a 5 percent stake"),
    (12, "chip", "12 firms shipped chips"),
    (40, "chip", "40 people bought chips"),
    (600_000, "teacher", "600,000 students and teachers"),
    (600_000, "visa", "600,000 students will need a visa"),
    (600_000, "student", "600,000 of the students"),
    (600_000, "student", "600,000 work permits for students"),
    (60_000, "student", "600,000 students"),
    (5, "percent", "5 percentage points"),
    (5, "percentage point", "5 percent"),
    (5, "ton", "5 percent"),
    (0.05, "percent", "5 percent"),
    (5, "December", "December 5"),
    (2026, "ton", "in 2026, tons of corn"),
    (10, "ton", "10 to 12 million tons"),
    (10 * MILLION, "ton", "10 to 12 million bushels"),
    (10 * MILLION, "ton", "10 million bushels, 12 million tons"),
    (10 * BILLION, "USD", "10 billion yuan"),
    (10 * BILLION, "CNY", "$10 billion"),
    (10 * BILLION, "USD", "C$10 billion"),
    (10 * BILLION, "USD", "$10 billion in Canadian dollars"),
    (10 * BILLION, "USD", "10 billion Australian dollars"),
    (10 * BILLION, "CNY", "¥10 billion"),
    (10 * BILLION, "JPY", "¥10 billion"),
    (10 * BILLION, "GBP", "10 billion pounds of beef"),
    (10 * BILLION, "USD", "10 billion tons"),
    (10 * BILLION, "ton", "$10 billion"),
    (10, "USD", "$10 billion"),
    (10 * BILLION, "USD", "$10 billion a year"),
    (10 * BILLION, "USD per year", "$10 billion"),
    (25 * MILLION, "metric ton", "25 million metric tons a year"),
    (25 * MILLION, "metric ton per month", "25 million metric tons a year"),
    (12 * MILLION, "ton per year", "12 million tons this year and 25 million tons annually"),
    (25 * MILLION, "ton per year", "12 million tons annually, and 25 million tons of corn"),
    (500_000, "barrel", "500,000 barrels a day"),
    (500_000, "barrel per day", "500,000 barrels"),
    (737, "aircraft", "Boeing 737 aircraft"),
    (2.5, "ton", "2,5 tons"),
    (5, "", "5 tons"),
    (5, " ", "5 tons"),
    (5, "per year", "5 a year"),
]


@pytest.mark.parametrize(("value", "unit", "quote"), CARRIED)
def test_quantity_that_a_quote_says_is_carried(value: float, unit: str, quote: str) -> None:
    """These are the ways in which trade news writes an amount."""
    assert carries_quantity(Quantity(value=value, unit=unit), [quote]) is None


@pytest.mark.parametrize(("value", "unit", "quote"), NOT_CARRIED)
def test_quantity_that_no_quote_says_is_not_carried(value: float, unit: str, quote: str) -> None:
    """Another value, unit, currency or period is another promise."""
    assert carries_quantity(Quantity(value=value, unit=unit), [quote]) is not None


def test_any_quote_may_carry() -> None:
    """An item has up to three quotes."""
    quantity = Quantity(value=80_000, unit="ton")

    assert carries_quantity(quantity, ["a promise", "80,000 tons of sugar"]) is None


def test_value_and_unit_must_stand_in_the_same_quote() -> None:
    """A number here and a unit there make no amount."""
    quantity = Quantity(value=80_000, unit="ton")

    assert carries_quantity(quantity, ["80,000 of them", "tons of sugar"]) is not None


@pytest.mark.parametrize("quotes", [[], [""], ["no amount"]])
def test_quotes_without_amounts_carry_none(quotes: list[str]) -> None:
    """The sentence says that there is none, so that the model clears the field."""
    reason = carries_quantity(Quantity(value=5, unit="ton"), quotes)

    assert reason == "no quote says 5 ton; they give no amount."


def test_reason_for_another_value_cites_the_amounts() -> None:
    """The model sees what it should have written out."""
    quotes = ["12 million metric tons of soybeans", "and $3 billion of beef"]

    reason = carries_quantity(Quantity(value=13 * MILLION, unit="metric ton"), quotes)

    assert reason is not None
    assert "no quote says 13000000 metric ton" in reason
    assert '"12 million metric tons"' in reason
    assert '"$3 billion' in reason


def test_reason_for_another_unit_blames_the_unit() -> None:
    """The value is right: only the unit is to be mended."""
    reason = carries_quantity(Quantity(value=12, unit="ton"), ["12 metric tons"])

    assert reason is not None
    assert reason.startswith('the unit is not "ton"')
    assert '"12 metric tons"' in reason


def test_reason_for_no_unit_asks_for_one() -> None:
    """A bare number cannot be checked."""
    reason = carries_quantity(Quantity(value=12, unit=""), ["12 metric tons"])

    assert reason is not None
    assert "no unit" in reason


@pytest.mark.parametrize(
    ("unit", "parsed"),
    [
        ("metric ton", QuantityUnit(("metric", "ton"), "", "")),
        ("Metric-Tons", QuantityUnit(("metric", "ton"), "", "")),
        ("metric ton per year", QuantityUnit(("metric", "ton"), "", "year")),
        ("metric tons a year", QuantityUnit(("metric", "ton"), "", "year")),
        ("barrel/day", QuantityUnit(("barrel",), "", "day")),
        ("bpd", QuantityUnit(("barrel",), "", "day")),
        ("USD", QuantityUnit(("usd",), "USD", "")),
        ("$", QuantityUnit(("$",), "USD", "")),
        ("U.S. dollars", QuantityUnit(("u.s.", "dollar"), "USD", "")),
        ("yuan per annum", QuantityUnit(("yuan",), "CNY", "year")),
        ("", QuantityUnit((), "", "")),
    ],
)
def test_unit_is_taken_apart(unit: str, parsed: QuantityUnit) -> None:
    """Models write one unit in many ways; the parts are what is compared."""
    assert parse_unit(unit) == parsed


@given(st.integers(1, 10**12), st.integers(1, 10**12))
def test_only_the_written_value_is_carried(written: int, claimed: int) -> None:
    """No tolerance: 12 million is not 13 million."""
    reason = carries_quantity(Quantity(value=claimed, unit="ton"), [f"{written:,} tons of corn"])

    assert (reason is None) is (written == claimed)


@given(st.integers(1, 999), st.sampled_from([1_000, MILLION, BILLION]))
def test_scale_is_part_of_the_value(n: int, wrong: int) -> None:
    """A scale that is dropped or swapped is off by a factor of a thousand."""
    reason = carries_quantity(Quantity(value=n * wrong, unit="ton"), [f"{n} million tons"])

    assert (reason is None) is (wrong == MILLION)


@given(st.floats(allow_nan=False, allow_infinity=False), st.text(), st.lists(st.text(), max_size=3))
def test_any_text_is_judged_without_an_error(value: float, unit: str, quotes: list[str]) -> None:
    """Unit and quotes come from a model and an outsider; neither may raise."""
    reason = carries_quantity(Quantity(value=value, unit=unit), quotes)

    assert reason is None or reason.endswith(".")


def test_seed_quantities_are_judged_as_a_person_would(seed_texts: tuple[str, ...]) -> None:
    """The same purchase stands in two articles, once in metric tons and once in tons."""
    metric = Quantity(value=12 * MILLION, unit="metric ton")
    plain = Quantity(value=12 * MILLION, unit="ton")
    students = Quantity(value=600_000, unit="student")

    assert [carries_quantity(metric, [text]) is None for text in seed_texts] == [
        True,
        False,
        False,
        False,
        False,
    ]
    assert [carries_quantity(plain, [text]) is None for text in seed_texts] == [
        False,
        False,
        False,
        True,
        False,
    ]
    assert carries_quantity(students, [seed_texts[1]]) is None


HOSTILE = ["25 metric ", "25 metric tons ", "$25 ", "a year ", "25 ", "25 a", "tons per "]


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("unit", ["metric ton per year", "USD"])
def test_cost_is_linear_in_the_length(hostile: str, unit: str) -> None:
    """Ten times the quote may cost at most 40 times the CPU; quadratic would be 100 times."""

    def measure_once(text: str) -> float:
        started = time.process_time()
        carries_quantity(Quantity(value=25, unit=unit), [text])
        return time.process_time() - started

    def measure(length: int) -> float:
        # The quicker of two: a collection of garbage in between is no cost of the length.
        text = hostile * (length // len(hostile))
        return min(measure_once(f"{blanks}{text}") for blanks in ("", " "))

    assert measure(200_000) <= 40 * max(measure(20_000), 0.005)
