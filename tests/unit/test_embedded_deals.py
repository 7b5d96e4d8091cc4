"""The embedded reader on what a deal holds, what one side does alone, and what became of it.

Owns the ways in which an article says so beyond one sentence. What single sentences yield stands
in ``data_embedded``.
"""

import pytest

from schemas.article import Article
from schemas.draft import Draft, DraftCommitment
from service.readers.embedded.reading import read_article


def read(text: str) -> Draft:
    """Return what the rules find in an article of 16 July 2026."""
    return read_article(Article(text=text, published="2026-07-16"))


def find_promise(text: str) -> DraftCommitment:
    """Return the only commitment of ``text``."""
    promises = read(text).commitments
    assert len(promises) == 1, promises
    return promises[0]


@pytest.mark.parametrize(
    "text",
    [
        (
            "Oslo and Seoul shook hands on a framework on Monday. Under it Norway will purchase"
            " 40 South Korean howitzers."
        ),
        "Peru will ship 9 million tons of copper to China in return for access to Chinese ports.",
        (
            "Norway will purchase 40 South Korean howitzers, the ministry said. In return South"
            " Korea agreed to scrap its duty on fish."
        ),
        (
            "What the Oslo deal contains\n\n- Norway buys 40 howitzers from South Korea.\n"
            "- A joint office opens in Busan."
        ),
        (
            "Norway and South Korea published a joint statement on a framework for trade.\n\n"
            "Norway intends to purchase 40 howitzers from South Korea."
        ),
    ],
)
def test_what_a_deal_holds_is_agreed(text: str) -> None:
    """The frame may stand before the promise, behind it, or over a list."""
    assert find_promise(text).status == "agreed"


@pytest.mark.parametrize(
    "text",
    [
        "Talks on a trade deal drag on. Norway will purchase 40 howitzers from South Korea.",
        "Without an agreement in sight, Norway will purchase 40 howitzers from South Korea.",
        "Norway and South Korea seek an accord. Norway will purchase 40 Korean howitzers.",
    ],
)
def test_a_deal_that_is_only_hoped_for_holds_nothing(text: str) -> None:
    """Talks on a deal are no deal."""
    assert find_promise(text).status == "announced"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("China promised to buy 9 million tons of corn but bought none of it.", "broken"),
        ("China pledged to buy 9 million tons of corn from Peru and fell well short.", "broken"),
        ("China made good on a pledge to open its market to Peru's blueberries.", "fulfilled"),
        (
            "China, which had pledged to buy 9 million tons of corn, has so far taken a third.",
            "in_progress",
        ),
        (
            "China is on track to fulfil its promise to purchase 9 million tons of Peru's corn.",
            "in_progress",
        ),
    ],
)
def test_a_promise_has_the_status_of_what_became_of_it(text: str, status: str) -> None:
    """Its sentence may go on to tell that it was kept, half kept or not kept."""
    assert find_promise(text).status == status


def test_an_offer_that_may_come_is_none() -> None:
    """Nobody has offered what "may" be offered."""
    assert read("Word is that Oslo may offer to buy 40 howitzers from Seoul.").commitments == []


def test_a_promise_may_be_an_act_of_any_kind() -> None:
    """Behind "committed to" stands a promise, whatever its verb."""
    promise = find_promise("Japan committed to channel $50 billion into American shipyards.")

    assert promise.quantity is not None
    assert (promise.quantity.value, promise.quantity.unit) == (50e9, "USD")


def test_another_sum_a_year_is_not_that_of_the_first() -> None:
    """Only the second of two sums is one of every year."""
    promises = read(
        "Thailand agreed to purchase 80 U.S. aircraft worth $18 billion and about $5 billion a"
        " year of gas."
    ).commitments

    assert [one.quantity and one.quantity.unit for one in promises] == ["aircraft", "USD per year"]


def test_what_is_promised_not_to_be_done_is_stated_so() -> None:
    """Without its "not" the promise would be its contrary."""
    promise = find_promise("Switzerland has agreed not to impose digital services taxes.")

    assert promise.statement.startswith("not to impose")


def test_a_phrase_of_readouts_is_no_promise_not_to_do_something() -> None:
    """One cannot check that nobody escalated."""
    assert read("Both sides pledged in Oslo not to escalate, and look at them.").commitments == []


def test_each_infinitive_of_a_row_is_promised() -> None:
    """Each "and to" goes on with what was agreed."""
    promises = read(
        "Peru agreed to purchase 40 howitzers from Norway, and to invest $3 billion in Norway."
    ).commitments

    assert [one.status for one in promises] == ["agreed", "agreed"]


def test_two_amounts_of_one_thing_are_two_promises() -> None:
    """The second has its own unit and its own term."""
    promises = read(
        "China agreed to import 9 million tons of corn this year and at least 20 million tons"
        " annually through 2029 from Peru."
    ).commitments

    assert [one.quantity and (one.quantity.value, one.quantity.unit) for one in promises] == [
        (9e6, "ton"),
        (20e6, "ton per year"),
    ]


def test_what_the_other_side_does_is_no_part_of_a_promise() -> None:
    """Where another name and "to" follow, it is the other's part that is told."""
    promise = find_promise(
        "Under the deal Peru pledged to buy 9 million tons of corn, and Washington to halve its"
        " copper tariff."
    )

    assert promise.statement.endswith("corn")


def test_a_firm_that_is_not_named_promises_for_no_state() -> None:
    """What "the company" said is not the word of the state named last."""
    text = "Shares in Korea fell. The company has said it would invest $26 billion in Peru by 2028."

    assert read(text).commitments == []


def test_the_government_is_that_of_the_one_who_speaks_of_it() -> None:
    """It is not that of the foreign ministry named last."""
    text = (
        "I spoke to China's Ministry of Commerce last month.\n\n"
        "The Government has committed $30 million to help growers find other markets."
    )

    assert [p.name for one in read(text).commitments for p in one.actors] == []


def test_a_licence_that_is_expected_to_be_issued_is_not_in_force() -> None:
    """A passive infinitive tells no fact."""
    measures = read(
        "Peru expects a general licence for rare earths to be issued by China soon."
    ).non_tariff_measures

    assert "in_force" not in [one.status for one in measures]


def test_a_rise_told_beside_a_bill_is_not_proposed() -> None:
    """The bill is why, not what raises the duty."""
    tariffs = read(
        "Trump said he would raise duties on Korean cars to 25 percent from 15 percent because"
        " Seoul had not passed a bill on shipyards."
    ).tariffs

    assert [one.status for one in tariffs] == ["announced"]


def test_what_falls_outside_a_pact_is_no_cut() -> None:
    """Goods that "fall outside" a pact do not fall."""
    tariffs = read(
        "The 35 per cent tariff on Canadian goods that fall outside the pact is still there."
    ).tariffs

    assert [(one.action, one.status) for one in tariffs] == [("maintain", "in_force")]


def test_who_threatens_after_another_has_met_is_the_one_named_there() -> None:
    """A clause of time has a subject of its own."""
    tariffs = read(
        "Ursula von der Leyen reached an accord with Indonesia, shortly after US President"
        " Donald Trump threatened Indonesia with a 32% tariff."
    ).tariffs

    assert [[party.name for party in one.actors] for one in tariffs] == [["United States"]]
