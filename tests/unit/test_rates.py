"""Rates: which percentages are levels, and which side of a movement they are."""

import time
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.checking.rates import RateVerdict, carries_rate, check_rate_pair, read_rates

LEVELS = {
    "a 30% tariff on steel": 30,
    "tariffs of 30 percent": 30,
    "duties stand at 30%": 30,
    "raised its tariff to 30%": 30,
    "an increase to 30%": 30,
    "the 30 per cent levy": 30,
    "a fifteen percent duty": 15,
    "threatened 100 percent tariffs": 100,
    "a 12.5% duty": 12.5,
    "a 7½ percent duty": 7.5,
    "１５％ on chips": 15,
    "hit by a 25% tariff": 25,
    "answered by imposing a 34% duty": 34,
    "will take 15 percent of the revenue": 15,
    "pays a 15% cut of its sales": 15,
    "pays a quarter of its revenue": 25,
    "about 47%": 47,
    "bringing the total to 145%": 145,
    "the 25% tariff will be cut": 25,
    "the rate of 25 and 10 percent": 25,
    "palm oil will enter duty-free": 0,
    "no tariffs on medicines": 0,
    "cut its duties to zero": 0,
    "-5% in effect": -5,
}
MOVES = {
    "cut from 20% to 10%": (20, 10),
    "a reduction in duties on toys from 20 to 10 percent": (20, 10),
    "raised to 25% from 10%": (10, 25),
    "lowered to 10 percent from 20 percent": (20, 10),
    "a 50 percent duty on copper, up from 25%": (25, 50),
    "10%, down from 20%": (20, 10),
    "10% instead of 20%": (20, 10),
    "10% rather than the current 20%": (20, 10),
    "instead of a 20% tariff, toys face 10%": (20, 10),
    "10% (previously 20%)": (20, 10),
    "the 20% tariff will be lowered to 10%": (20, 10),
    "replaced its 20% tariff with a 10% one": (20, 10),
    "halved to 10%": (20, 10),
    "halved from 20%": (20, 10),
    "cut in half to 10%": (20, 10),
    "doubled its duty on steel to 50%": (25, 50),
    "tripled from 10 percent": (10, 30),
}
CHANGES = [
    "raised tariffs by 25%",
    "raised tariffs on toys by a staggering 25%",
    "raised, by a jaw-dropping 25%, its duties",
    "raised by another 25%",
    "a 25% increase in duties",
    "a 25% tariff hike",
    "a rise of 25%",
    "an increase in tariffs of 25%",
    "an additional 25% tariff",
    "additional tariffs of 25%",
    "taxed at an extra 25%",
    "raised tariffs 25%",
    "fell 25% to 10%",
    "exports soared 25 percent",
    "up 25%",
    "25% higher",
    "25 percent above the present level",
    "a 25% cut in duties",
    "a 25% discount",
    "cut by a quarter",
]
BOUNDS = [
    "up to 25%",
    "tariffs of at least 25%",
    "as much as 25 percent",
    "no more than 25%",
    "more than 25%",
    "nearly 25%",
    "25% or more",
    "a cap of 25%",
    "capped at 25%",
    "a 25% ceiling",
]
RANGES = [
    "25-30%",
    "20–25 percent",
    "between 20% and 25%",
    "20 to 25 percent",
    "tariffs of 25% to 30%",
    "ranging from 25% to 30%",
    "25%-50%",
]
POINTS = ["25 percentage points", "by 25 percentage points", "25% points"]
DENIALS = ["not 25%", "not a 25% tariff", "it won't be 25%"]
ABSENT = [
    "85%",
    "2.5%",
    "250%",
    "0.25%",
    "25",
    "0.25",
    "25 tons",
    "$25",
    "2,5%",
    "December 25",
    "1/4",
    "a quarter of the members",
    "minus 25%",
    "H25%X",
    "",
    "twenty-six percent",
    "25 basis points",
    "more than halved to 12.5%",
    "nearly doubled to 50%",
    "12.5%",
]


@pytest.mark.parametrize(("quote", "rate"), LEVELS.items())
def test_level_is_carried(quote: str, rate: float) -> None:
    """A check that clears true rates would empty the product's main field."""
    assert carries_rate(rate, [quote]) == RateVerdict(carried=True)


@pytest.mark.parametrize(("quote", "sides"), MOVES.items())
def test_both_sides_of_a_movement_are_carried(quote: str, sides: tuple[float, float]) -> None:
    """The rate before is a rate too, also where it follows from "halved"."""
    assert all(carries_rate(side, [quote]).carried for side in sides)


@pytest.mark.parametrize("quote", CHANGES)
def test_change_is_no_level(quote: str) -> None:
    """A change "by 145%" leaves the rate open (SCHEMA, rule 5)."""
    verdict = carries_rate(25, [quote])

    assert (verdict.carried, verdict.doubt) == (False, "change")


@pytest.mark.parametrize("quote", BOUNDS)
def test_limit_is_no_level(quote: str) -> None:
    """A rate "up to 25%" may be anything below."""
    verdict = carries_rate(25, [quote])

    assert (verdict.carried, verdict.doubt) == (False, "bound")


@pytest.mark.parametrize("quote", RANGES)
def test_end_of_a_range_is_no_level(quote: str) -> None:
    """The contract leaves a range to the statement."""
    verdict = carries_rate(25, [quote])

    assert (verdict.carried, verdict.doubt) == (False, "range")


@pytest.mark.parametrize("quote", POINTS)
def test_points_are_no_level(quote: str) -> None:
    """Five points on twenty percent are a quarter more, not five percent."""
    verdict = carries_rate(25, [quote])

    assert (verdict.carried, verdict.doubt) == (False, "points")


@pytest.mark.parametrize("quote", DENIALS)
def test_denied_rate_is_no_level(quote: str) -> None:
    """What a tariff is not must not be what it is."""
    verdict = carries_rate(25, [quote])

    assert (verdict.carried, verdict.doubt) == (False, "denied")


@pytest.mark.parametrize("quote", ABSENT)
def test_rate_that_no_quote_says_is_absent(quote: str) -> None:
    """Each of these looks like 25 percent to something less exact."""
    verdict = carries_rate(25, [quote])

    assert (verdict.carried, verdict.doubt) == (False, "absent")


def test_no_quote_carries_nothing() -> None:
    """An item that lost its quotes keeps no rate."""
    assert not carries_rate(25, []).carried


def test_level_in_one_quote_outweighs_a_change_in_another() -> None:
    """An article may tell both the step and where it led."""
    assert carries_rate(25, ["raised by 25%", "to 25%"]).carried


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf"), -0.1, 1e300])
def test_odd_values_are_not_carried(value: float) -> None:
    """A draft of a careless model must not stop its checking."""
    assert not carries_rate(value, ["a 25% duty"]).carried


def test_zero_is_a_rate_like_any_other() -> None:
    """Zero is falsy in Python and a promise in trade."""
    assert carries_rate(0, ["a 0% duty"]).carried
    assert not carries_rate(0, ["a 10% duty"]).carried


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("tariffs of 85% and 12 percent", ["no quote says 25 percent", '"85%"', '"12 percent"']),
        ("tariffs fall", ["no quote says 25 percent", "they give no percentage"]),
        ("by 25%", ['"25%"', "only as a change", "set it to null"]),
        ("up to 25%", ['"25%"', "only as a limit"]),
        ("20-25%", ['"25%"', "range"]),
        ("25 percentage points", ['"25 percentage points"']),
    ],
)
def test_reason_tells_the_reader_what_the_quotes_say(quote: str, words: list[str]) -> None:
    """The reason is sent back to a model, which mends only what it understands."""
    reason = carries_rate(25, [quote]).reason

    assert all(word in reason for word in words)
    assert reason.endswith(".")


@given(st.integers(0, 400), st.integers(0, 400))
def test_only_the_written_rate_is_carried(written: int, claimed: int) -> None:
    """No other integer than the one that the quote says may pass."""
    verdict = carries_rate(claimed, [f"a tariff of {written}% on steel"])

    assert verdict.carried is (written == claimed)


@given(st.decimals("0", "400", places=3), st.decimals("0", "400", places=3))
def test_only_the_written_decimal_is_carried(written: Fraction, claimed: Fraction) -> None:
    """1.5 and 15, 12.5 and 1.25 differ by a dot."""
    verdict = carries_rate(float(claimed), [f"a tariff of {written} percent on steel"])

    assert verdict.carried is (written == claimed)


@given(st.integers(1, 400), st.sampled_from(["by {}%", "up to {}%", "{} percentage points"]))
def test_no_integer_is_a_level_where_the_words_say_otherwise(n: int, form: str) -> None:
    """The words around a number decide, whatever the number is."""
    assert not carries_rate(n, [f"raised its duties {form.format(n)}"]).carried


@pytest.mark.parametrize(("quote", "sides"), MOVES.items())
def test_movement_in_order_is_right(quote: str, sides: tuple[float, float]) -> None:
    """A pair as the quote tells it must pass."""
    before, after = sides

    assert check_rate_pair(after, before, [quote]) is None


@pytest.mark.parametrize(("quote", "sides"), MOVES.items())
def test_swapped_movement_is_wrong(quote: str, sides: tuple[float, float]) -> None:
    """A cut read as a rise turns the news around."""
    before, after = sides

    assert check_rate_pair(before, after, [quote]) is not None


@pytest.mark.parametrize(("quote", "sides"), MOVES.items())
def test_other_partner_is_wrong(quote: str, sides: tuple[float, float]) -> None:
    """One true side must not vouch for an invented other."""
    before, after = sides

    assert check_rate_pair(after, before + 1, [quote]) is not None
    assert check_rate_pair(after + 1, before, [quote]) is not None


@pytest.mark.parametrize(("quote", "sides"), MOVES.items())
def test_lone_side_must_be_in_its_place(quote: str, sides: tuple[float, float]) -> None:
    """The rate before, given as the rate, is a swap with one half left out."""
    before, after = sides

    assert check_rate_pair(after, None, [quote]) is None
    assert check_rate_pair(None, before, [quote]) is None
    assert check_rate_pair(before, None, [quote]) is not None
    assert check_rate_pair(None, after, [quote]) is not None


def test_side_that_only_one_word_places_is_checked() -> None:
    """The words "up from 10%" tell the rate before even where the rate after is not quoted."""
    assert check_rate_pair(10, None, ["duties are up from 10%"]) is not None
    assert check_rate_pair(None, 10, ["duties are up from 10%"]) is None
    assert check_rate_pair(25, 10, ["duties are up from 10%"]) is None


def test_another_duty_is_no_movement_of_the_first() -> None:
    """A rate in reply to another's was once taken for what it rose to."""
    quotes = ["put 35% on whiskey, in reply to its decision to double the duty on steel to 50%"]

    assert check_rate_pair(35, None, quotes) is None
    assert check_rate_pair(50, 35, quotes) is not None
    assert check_rate_pair(50, 25, quotes) is None
    assert check_rate_pair(50, 35, ["whiskey at 35% saw the duty raised to 50%"]) is None


def test_two_movements_keep_their_partners() -> None:
    """Two goods with two cuts must not be crossed."""
    quotes = ["from 20% to 10% on toys and from 30% to 15% on cars"]

    assert check_rate_pair(10, 20, quotes) is None
    assert check_rate_pair(15, 30, quotes) is None
    assert check_rate_pair(10, 30, quotes) is not None
    assert check_rate_pair(15, 20, quotes) is not None


def test_comparison_beside_a_movement_is_no_partner() -> None:
    """What another country pays is not what this rate was before."""
    quotes = ["cut from 20% to 10%, compared with 30% for Japan"]

    assert check_rate_pair(10, 20, quotes) is None
    assert check_rate_pair(10, 30, quotes) is not None


def test_steps_of_one_rate_follow_each_other() -> None:
    """The end of one step may be the start of the next, told in another quote."""
    quotes = ["raised from 10% to 20%", "then lifted from 20% to 45%"]

    assert check_rate_pair(20, 10, quotes) is None
    assert check_rate_pair(45, 20, quotes) is None
    assert check_rate_pair(45, 10, quotes) is not None


@pytest.mark.parametrize(
    "quote",
    [
        "a 30% tariff, while China agreed to a 10% duty",
        "30% on steel and 10% on toys",
        "between 10% and 30%",
        "30 percent",
        "",
    ],
)
def test_quote_without_movement_proves_nothing_wrong(quote: str) -> None:
    """Two rates side by side are no before and after."""
    assert check_rate_pair(30, 10, [quote]) is None


def test_lone_side_that_stands_by_itself_elsewhere_is_right() -> None:
    """The rate before one movement may be the standing rate of something else."""
    quotes = ["from 20% to 10% on toys", "cars pay a 20% duty"]

    assert check_rate_pair(20, None, quotes) is None


@pytest.mark.parametrize("quotes", [[], ["from 20% to 10%"]])
def test_no_claim_is_never_wrong(quotes: list[str]) -> None:
    """A tariff without rates needs no check."""
    assert check_rate_pair(None, None, quotes) is None


def test_reason_names_both_places() -> None:
    """The model must be told which number goes where."""
    reason = check_rate_pair(20, 10, ["from 20% to 10%"])

    assert reason is not None
    assert "20 percent as the rate before" in reason
    assert "10 percent as the rate after" in reason


@given(st.integers(0, 200), st.integers(0, 200))
def test_every_falling_or_rising_pair_is_told_from_its_swap(before: int, after: int) -> None:
    """Direction must not depend on which number is larger."""
    quotes = [f"moved the duty on steel from {before}% to {after}%"]

    assert check_rate_pair(after, before, quotes) is None
    assert (check_rate_pair(before, after, quotes) is None) is (before == after)


@given(st.floats(), st.floats(), st.lists(st.text(), max_size=3))
def test_any_text_is_judged_without_an_error(
    rate: float, previous: float, quotes: list[str]
) -> None:
    """Quotes are an outsider's text; no character of it may raise."""
    verdict = carries_rate(rate, quotes)

    assert verdict.carried is (verdict.doubt is None)
    assert check_rate_pair(rate, previous, quotes) is None or quotes


def test_seed_rates_are_judged_as_a_person_would(seed_texts: tuple[str, ...]) -> None:
    """The sample articles hold every trap: by 145%, from 20% to 10%, growth of 56 percent."""
    chips, summit, _, _, growth = ([text] for text in seed_texts)

    assert carries_rate(15, chips).carried
    assert [carries_rate(rate, summit).carried for rate in (20, 10, 30, 145)] == [
        True,
        True,
        True,
        False,
    ]
    assert check_rate_pair(10, 20, summit) is None
    assert check_rate_pair(20, 10, summit) is not None
    assert carries_rate(100, growth).carried
    assert [carries_rate(rate, growth).doubt for rate in (56, 40, 45)] == [
        "change",
        "range",
        "range",
    ]


HOSTILE = ["1%", "from 25% to 10% ", "by a ", "increase in ", "cut 25% of ", "up to ", "% ", "a"]


@pytest.mark.parametrize("unit", HOSTILE)
def test_cost_is_linear_in_the_length(unit: str) -> None:
    """Ten times the quote may cost at most 40 times the CPU; quadratic would be 100 times."""

    def measure(length: int) -> float:
        text = unit * (length // len(unit))
        started = time.process_time()
        carries_rate(25, [text])
        check_rate_pair(25, 10, [text])
        return time.process_time() - started

    assert measure(200_000) <= 40 * max(measure(20_000), 0.005)


def test_a_text_is_read_as_its_rates_and_what_moves_them() -> None:
    """A reader takes the figures from the place where the checks find them."""
    text = "It raised the duty to 25% from 10%, after a 3% fall in sales."

    read = read_rates(text)

    assert [float(rate.value) for rate in read.rates if rate.doubt is None] == [25.0, 10.0]
    assert [(float(move.before or 0), float(move.after or 0)) for move in read.moves] == [(10, 25)]


def test_a_text_without_percentages_has_no_rates() -> None:
    """Silence is an empty answer, not a failure."""
    read = read_rates("It raised the duty.")

    assert (read.rates, read.moves) == ((), ())
