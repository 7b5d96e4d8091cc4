"""A statement that asserts what its quotes deny, or the reverse."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.checking.negation import find_dropped_negation

REFUSALS = [
    "The US will not lift tariffs",
    "The US won't lift tariffs",
    "The US won’t lift the new tariffs",
    "The US cannot lift tariffs",
    "The US would never lift tariffs",
    "The US will no longer lift tariffs",
    "The US refused to lift tariffs",
    "The US declines to lift tariffs",
    "The US failed to lift tariffs",
    "The US ruled out lifting tariffs",
    "The US denied lifting tariffs",
    "The US rejected a plan to lift tariffs",
    "The US has no plans to lift tariffs",
    "The US did not agree to lift tariffs",
    "The US went home without lifting tariffs",
    "The US does not, it said, plan a change, and will not quickly lift tariffs",
    "I don't think that the US will lift tariffs",
    "The US opposes lifting tariffs",
]
OTHER_THINGS_SAID = [
    "The US will lift tariffs",
    "The US will not only lift tariffs but end fees",
    "The US will lift tariffs no later than May",
    "The US will lift not less than three tariffs",
    "The US cannot but lift tariffs",
    "The US has not yet lifted tariffs",
    "The US will not lift tariffs until May",
    "The US will not lift tariffs unless China agrees",
    "The US did not rule out lifting tariffs",
    "The US will not ease controls, but it will lift tariffs",
    "The US will lift tariffs, no doubt",
    "The US will lift tariff No. 1",
    "The US will not lift fees. It will lift tariffs",
    "Tariffs are not the issue",
    "",
]


@pytest.mark.parametrize("quote", REFUSALS)
@pytest.mark.parametrize("statement", ["lift tariffs", "Lifts its tariffs", "remove tariffs"])
def test_a_denial_that_the_statement_drops_is_told(quote: str, statement: str) -> None:
    """‘Will’ for "will not" turns a fact into its opposite."""
    complaint = find_dropped_negation(statement, [quote])

    assert complaint is not None
    assert statement.partition(" ")[0] in complaint


@pytest.mark.parametrize(
    "denial",
    [
        *("refuse to", "refuses to", "refused to", "refusing to", "declines to", "declining to"),
        *("fails to", "failing to", "rules out", "ruling out", "refrains from", "refrained from"),
        *("denies", "denying", "rejects", "rejecting", "avoids", "avoided", "opposes", "opposed"),
        *("resists", "resisted", "abandons", "abandoned", "abandoning"),
    ],
)
def test_every_form_of_a_denying_verb_denies(denial: str) -> None:
    """A quick look for denials that misses one form would let that lie through."""
    act = "lift" if denial.endswith(" to") else "lifting"

    assert find_dropped_negation("lift tariffs", [f"Their side {denial} {act} tariffs"]) is not None


@pytest.mark.parametrize("quote", OTHER_THINGS_SAID)
def test_what_denies_nothing_draws_no_complaint(quote: str) -> None:
    """‘No later than’ is a date, "not yet" a stage, "not until" a condition."""
    assert find_dropped_negation("lift tariffs", [quote]) is None


@pytest.mark.parametrize("quote", REFUSALS)
@pytest.mark.parametrize(
    "statement",
    [
        "not lift tariffs",
        "refuse to lift tariffs",
        "rule out lifting tariffs",
        "block any move to lift tariffs",
        "halt plans to lift tariffs",
        "will not lift tariffs",
    ],
)
def test_a_statement_may_deny_in_its_own_words(quote: str, statement: str) -> None:
    """The reader writes its own sentence; only its meaning is checked."""
    assert find_dropped_negation(statement, [quote]) is None


@pytest.mark.parametrize(
    "statement",
    ["not lift tariffs", "refuse to lift tariffs", "lifts no longer tariffs, and won't lift fees"],
)
def test_a_denial_that_the_statement_adds_is_told(statement: str) -> None:
    """The reverse is as false."""
    complaint = find_dropped_negation(statement, ["The US will lift tariffs"])

    assert complaint is not None
    assert "denies" in complaint


def test_a_denial_in_other_words_of_the_quote_may_be_written_with_not() -> None:
    """‘Barred from using’ may be told as "may not use"."""
    quote = "The US barred companies from using the chips"

    assert find_dropped_negation("companies may not use the chips", [quote]) is None


def test_one_quote_that_asserts_is_enough() -> None:
    """Where the quotes tell both, the statement may tell either."""
    quotes = ["we’re not gonna allow their students", "We’re gonna allow 600,000 students"]

    assert find_dropped_negation("allow 600,000 students", quotes) is None
    assert find_dropped_negation("allow 600,000 students", quotes[:1]) is not None


def test_what_was_kept_out_was_not_put_in() -> None:
    """A measure kept out of a bill must not be told as part of it; what it would do may be."""
    quote = "Lawmakers kept a measure out of a bill that would have limited Nvidia's sales"

    assert find_dropped_negation("include a measure in a bill", [quote]) is not None
    assert find_dropped_negation("limit Nvidia's sales", [quote]) is None


def test_a_quality_that_is_denied_is_denied() -> None:
    """Not only verbs are denied."""
    quote = "the 100 percent tariff was not sustainable"

    assert find_dropped_negation("the tariff is sustainable", [quote]) is not None


def test_a_statement_without_quotes_is_left_alone() -> None:
    """An item without quotes is dropped elsewhere."""
    assert find_dropped_negation("will not lift tariffs", []) is None


@given(st.text(max_size=200))
def test_a_text_never_contradicts_itself(text: str) -> None:
    """A statement copied from its quote is right, and no text breaks the check."""
    assert find_dropped_negation(text, [text]) is None


@given(st.text(max_size=100), st.text(max_size=100))
def test_any_two_texts_can_be_compared(statement: str, quote: str) -> None:
    """Statements come from a model: none may break the check."""
    complaint = find_dropped_negation(statement, [quote, statement])

    assert complaint is None
