"""Scorers: what is right, half right and wrong of one value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.base import Quantity
from service.compare.contradictions import find_contradiction
from service.compare.names import judge_name, judge_party, judge_place
from service.compare.products import judge_product
from service.compare.texts import (
    judge_passage,
    judge_short_text,
    judge_statement,
    measure_likeness,
)
from service.compare.values import judge_date, judge_number, judge_quantity, judge_word
from tests.builders import build_party


@pytest.mark.parametrize(("expected", "found", "credit"), [(25, 25.0, 1), (25, 26, 0), (0, 1, 0)])
def test_numbers_have_no_relative_likeness(expected: float, found: float, credit: float) -> None:
    """26 percent is not 98 % of a right answer."""
    assert judge_number(expected, found).credit == credit


def test_a_number_that_binary_writes_otherwise_is_equal() -> None:
    """7.35 stays 7.35 on its way through a calculation."""
    assert judge_number(0.3, 0.1 + 0.2).is_right


@pytest.mark.parametrize(
    ("found", "credit", "is_critical"),
    [
        ("2026-02", 1, True),
        ("2026", 0.5, False),
        ("2026-02-28", 0, True),
        ("2025-02", 0, True),
        ("2026-03", 0, True),
    ],
)
def test_a_date_is_judged_by_its_precision(found: str, credit: float, is_critical: bool) -> None:
    """Less is half right; a day that the article does not give is an invention."""
    verdict = judge_date("2026-02", found)

    assert (verdict.credit, verdict.is_critical) == (credit, is_critical)


def test_a_year_is_no_prefix_of_another() -> None:
    """Only whole components count."""
    assert judge_date("2026-11", "2026-1").credit == 0


@pytest.mark.parametrize(
    ("value", "unit", "credit"),
    [
        (12_000_000, "metric ton", 1),
        (12_000_000, "metric tons", 1),
        (12, "million metric tons", 1),
        (12_000_000, "ton", 1),
        (12_000_000, "tonnes", 1),
        (12_000_000, "metric tons of soybeans", 1),
        (12, "metric ton", 0),
        (12_000_000, "student", 0),
        (12_000_000, "metric ton per year", 0),
        (12_000_000, "ton engine", 0),
        (13_000_000, "metric ton", 0),
    ],
)
def test_a_quantity_is_value_and_unit(value: float, unit: str, credit: float) -> None:
    """Twelve million tons are not twelve tons, nor twelve million a year, nor students."""
    verdict = judge_quantity(
        Quantity(value=12_000_000, unit="metric ton"), Quantity(value=value, unit=unit)
    )

    assert verdict.credit == credit


@pytest.mark.parametrize(("one", "other"), [("USD", "dollars"), ("$", "US dollar")])
def test_money_goes_by_its_currency(one: str, other: str) -> None:
    """A unit may be a sign, a code or a word."""
    verdict = judge_quantity(Quantity(value=5, unit=one), Quantity(value=5, unit=other))

    assert verdict.credit == 1


def test_words_of_a_closed_set_are_equal_or_not() -> None:
    """A reduction is no increase, and neither is nearly the other."""
    assert judge_word("reduce", "reduce").credit == 1
    assert judge_word("reduce", "increase").credit == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("United States", "U.S."),
        ("United States", "Washington"),
        ("Nvidia", "Nvidia Corp."),
        ("AMD", "Advanced Micro Devices Inc."),
        ("Scott Bessent", "Bessent"),
        ("Scott Bessent", "Treasury Secretary Scott Bessent"),
        ("Xi Jinping", "Xi"),
        ("Donald Trump", "President Trump"),
        ("He Lifeng", "Lifeng He"),
        ("Maroš Šefčovič", "Maros Sefcovic"),
        ("G7", "G7 ministers"),
    ],
)
def test_two_names_of_one_party_are_right_and_cosmetic(one: str, other: str) -> None:
    """Whoever is meant is the same; how it is written is told, and costs nothing."""
    verdict = judge_party(build_party(one, "US"), build_party(other, "US"))

    assert (verdict.credit, verdict.is_exact) == (1, False)


def test_the_country_alone_is_half_right() -> None:
    """The contract says so: somebody from there, but not who."""
    verdict = judge_party(build_party("Huawei", "CN"), build_party("China", "CN"))

    assert (verdict.credit, verdict.is_critical) == (0.5, False)


def test_somebody_else_of_the_country_is_half_right_and_critical() -> None:
    """Two ministers of one state are not each other."""
    verdict = judge_party(build_party("Scott Bessent", "US"), build_party("Marco Rubio", "US"))

    assert (verdict.credit, verdict.is_critical) == (0.5, True)


def test_a_name_that_is_another_states_is_wrong_whatever_the_country() -> None:
    """A flipped name is as bad as a flipped country."""
    verdict = judge_party(build_party("United States", "US"), build_party("China", "US"))

    assert (verdict.credit, verdict.is_critical) == (0, True)


def test_a_son_is_not_his_father() -> None:
    """Nor is a code that was renamed another country."""
    assert not judge_party(
        build_party("Donald Trump", "US"), build_party("Donald Trump Jr.", "US")
    ).is_right
    assert judge_party(build_party("Britain", "GB"), build_party("UK", "UK")).is_right


@pytest.mark.parametrize(
    ("name", "country"), [("China", "CN"), ("United States", "CN"), ("Nvidia", "CN")]
)
def test_a_flipped_country_is_wrong_whatever_the_name(name: str, country: str) -> None:
    """Other tools pass it at 1.00."""
    assert judge_party(build_party("United States", "US"), build_party(name, country)).credit == 0


def test_an_unknown_country_contradicts_nothing() -> None:
    """A firm whose country only one side gives is the same firm."""
    assert judge_party(build_party("ASML", "NL"), build_party("ASML", None)).credit == 1


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Xinhua", "Xinhua News Agency", True),
        ("China's Foreign Ministry", "China's Commerce Ministry", False),
        ("Washington", "United States", True),
        ("China", "Chinalco", False),
        ("Bank", "Bank of America", True),
    ],
)
def test_a_name_may_be_the_others_beginning_or_end(one: str, other: str, is_same: bool) -> None:
    """Whole words only; and two ministries of one state are two."""
    assert judge_name(one, other).is_right is is_same


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Kuala Lumpur", "Kuala Lumpur, Malaysia", True),
        ("Washington", "Washington, D.C.", True),
        ("Washington", "United States", False),
        ("Geneva", "London", False),
        ("Mexico", "New Mexico", False),
        ("US", "United States", True),
    ],
)
def test_a_capital_is_a_place_of_its_own(one: str, other: str, is_same: bool) -> None:
    """Where talks are held, Washington is no name of the United States."""
    assert judge_place(one, other).is_right is is_same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("buy 12 million tons", "buy 13 million tons"),
        ("ship H20 chips", "ship H200 chips"),
        ("lower tariffs", "raise tariffs"),
        ("will not impose tariffs", "will impose tariffs"),
        ("cut the duty to 25%", "cut the duty to 26%"),
    ],
)
def test_likeness_never_covers_a_contradiction(one: str, other: str) -> None:
    """Sentences that share all words but the one that matters are the dangerous ones."""
    assert judge_statement(one, other).credit == 0
    assert judge_statement(one, other).is_contradiction


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("lower the duty from 20% to 10%", "lower the duty to 10% for one year"),
        ("extend the truce for one year", "extend the truce for 12 months"),
        ("pause the duty for 90 days", "pause the duty for three months"),
        ("suspend the 24% duty for one year", "suspend its 24% duty while keeping the 10%"),
        ("suspend the 24% tariff", "suspend 24 percentage points of the tariff"),
        ("cut the car tariff to 15%", "cut the tariff on cars to 15% in a $550 billion deal"),
        ("raise the H-1B fee", "raise the fee for H1B visas"),
        ("lift the retaliatory tariffs", "suspend the retaliatory tariffs imposed in March"),
        ("allow shipments of H200 to China", "lift the ban on shipments of H200 to China"),
        ("cut the fentanyl tariff to 10%", "roll back the increase of the fentanyl tariff to 10%"),
        ("resume purchases", "buy again after halting purchases"),
        ("buy soybeans by no later than March", "buy soybeans by March"),
    ],
)
def test_details_that_one_leaves_out_do_not_contradict(one: str, other: str) -> None:
    """Two readers choose different true details of one fact."""
    assert find_contradiction(one, other) is None
    assert find_contradiction(other, one) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("raise tariffs by 145%", "raise tariffs to 145%"),
        ("buy 12 million tons", "sell 12 million tons"),
        ("buy soybeans", "buy no soybeans"),
        ("lift the ban", "maintain the ban"),
        ("ease controls", "tighten controls"),
        ("grant a licence", "revoke a licence"),
        ("double the duty", "halve the duty"),
    ],
)
def test_what_says_the_opposite_contradicts(one: str, other: str) -> None:
    """Half of the words may be the same, or all but one."""
    assert find_contradiction(one, other) is not None
    assert find_contradiction(other, one) is not None


@pytest.mark.parametrize(
    ("one", "other", "credit"),
    [
        ("H20", "Nvidia's H20 AI chips", 1),
        ("MI308", "AMD MI308 chips", 1),
        ("H200", "H-200", 1),
        ("chipmaking tools", "chipmaking equipment", 1),
        ("Ascend", "Ascend 910C", 0.5),
        ("H20", "H200", 0),
        ("H20", "AI chips", 0),
        ("semiconductors", "semiconductor equipment", 0),
    ],
)
def test_a_product_is_known_by_the_words_that_say_which(
    one: str, other: str, credit: float
) -> None:
    """Makers and "AI chips" say nothing of it."""
    assert judge_product(one, other).credit == credit
    assert judge_product(other, one).credit == credit


@pytest.mark.parametrize(
    ("one", "other", "is_right", "is_critical"),
    [
        ("Busan arrangement", "Busan deal", True, True),
        ("Chinese goods", "imports from China", True, True),
        ("goods", "products", True, True),
        ("cars", "automobiles", True, True),
        ("U.S.-China deal", "U.S.-Japan deal", False, True),
        ("steel", "aluminium", False, True),
        ("goods", "toys", False, False),
    ],
)
def test_short_texts_are_compared_by_what_says_which(
    one: str, other: str, is_right: bool, is_critical: bool
) -> None:
    """Every agreement is a deal, and everything taxed is goods."""
    verdict = judge_short_text(one, other)

    assert verdict.is_right is is_right
    assert verdict.is_critical is is_critical


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("buy 12 million metric tons of soybeans", "purchase 12,000,000 tons of soybeans"),
        ("buy 12 million tons by February", "buy 12 million tons"),
        ("impose a 100 percent tariff on imports from China", "a 100% duty on Chinese goods"),
        ("lower the duty by a quarter", "lower the duty by 25%"),
        ("拜登提高关税", "拜登政府提高关税"),
    ],
)
def test_the_same_said_otherwise_is_right(one: str, other: str) -> None:
    """A statement is in the reader's own words."""
    verdict = judge_statement(one, other)

    assert (verdict.credit, verdict.is_exact) == (1, False)


def test_a_passage_that_tells_another_fact_is_wrong_but_not_critical() -> None:
    """An outcome may name one of two true numbers."""
    verdict = judge_passage("agreed on 10%", "agreed on 20%")

    assert (verdict.credit, verdict.is_contradiction) == (0, False)


def test_short_fields_need_more_likeness() -> None:
    """Of two words one shared is half; of a sentence that is nothing."""
    assert judge_short_text("Busan arrangement", "Busan deal").is_right
    assert not judge_short_text("steel and aluminium products", "steel pipes from mills").is_right


_TEXTS = st.text(max_size=60) | st.sampled_from(
    ["cut the duty to 25%", "raise the duty to 26%", "buy 5 tons", "not buy", "H20", "稀土", ""]
)


@given(_TEXTS, _TEXTS)
def test_texts_are_judged_alike_from_both_sides(one: str, other: str) -> None:
    """Whoever is taken for the golden side."""
    assert measure_likeness(one, other) == measure_likeness(other, one)
    assert 0 <= measure_likeness(one, other) <= 1
    assert bool(find_contradiction(one, other)) == bool(find_contradiction(other, one))
    assert judge_statement(one, one).is_right


_NAMES = st.text(min_size=1, max_size=20) | st.sampled_from(
    ["China", "Beijing", "Xi", "Xi Jinping", "Nvidia", "Nvidia Corp", "US", "us"]
)


@given(_NAMES, _NAMES, st.sampled_from(["CN", "US", None]))
def test_names_are_judged_alike_from_both_sides(one: str, other: str, country: str | None) -> None:
    """The same holds for parties, and a party is itself."""
    first, second = build_party(one, country), build_party(other, "CN")

    assert judge_party(first, second).credit == judge_party(second, first).credit
    assert judge_name(one, other).credit == judge_name(other, one).credit
    assert judge_party(first, first).credit == 1
