"""The embedded reader on sentences that say less, or something else, than they seem to.

Owns the traps that hold for a whole kind of sentence. What ordinary sentences yield stands in
``data_embedded``.
"""

import pytest

from schemas.article import Article
from schemas.draft import Draft, DraftTariff
from service.readers.embedded.reading import read_article


def read(text: str) -> Draft:
    """Return what the rules find in an article of 16 July 2026."""
    return read_article(Article(text=text, published="2026-07-16"))


def list_actors(tariff: DraftTariff) -> list[str]:
    """Return the names of those who levy or move the duty."""
    return [party.name for party in tariff.actors]


@pytest.mark.parametrize(
    "text",
    [
        "The EU spoke of tariffs on Monday. Gross margin held at 75 per cent, and the board met.",
        "Under the tariff rules Sany comes off lightest, with a duty of 22.7 per cent.",
        "Brussels is to end the duty exemption for parcels under 150 euros from September 1.",
        "India abolished its 6% equalisation levy on online advertising on April 1.",
    ],
)
def test_what_only_looks_like_a_duty_is_none(text: str) -> None:
    """A margin, a phrase with a verb of lifting, the end of an exemption, another tax."""
    assert read(text).tariffs == []


def test_a_rate_in_reply_to_another_duty_is_no_rise() -> None:
    """Each of two duties in a sentence has its own rate."""
    tariffs = read(
        "Mexico put a duty of 35 per cent on American bourbon, in reply to Washington's decision"
        " to double the tariff on Mexican steel to 50 per cent."
    ).tariffs

    assert [(one.rate, one.previous_rate) for one in tariffs if one.goods == "bourbon"] == [
        (35, None)
    ]


def test_the_second_of_two_verbs_has_the_second_rate() -> None:
    """What will be is not in force because something is set now."""
    tariffs = read(
        "The duty on Chinese chips is set at 0% for now and will rise to 15% on June 23, 2027."
    ).tariffs

    assert [(one.status, one.effective) for one in tariffs if one.rate == 15] == [
        ("announced", "2027-06-23")
    ]


def test_he_is_a_person_and_no_state() -> None:
    """The state named last is not "he"; the person named last acts for one."""
    [tariff] = read(
        "President Donald Trump spoke in Ohio on Tuesday. Mexico got no mercy. He delayed the"
        " duty on trucks until August 1."
    ).tariffs

    assert list_actors(tariff) == ["United States"]


def test_an_office_without_a_name_acts_for_nobody() -> None:
    """Whose president it is, the article does not say."""
    tariffs = read(
        "South Korea has not ratified the deal. The president said he would raise the duty on"
        " cars to 25%."
    ).tariffs

    assert all("South Korea" not in list_actors(one) for one in tariffs)


def test_the_date_of_a_proclamation_is_no_first_day() -> None:
    """It was announced then; it may begin later."""
    [tariff] = read(
        "By proclamation of June 22, the United States imposed a 25% duty on Chinese chips."
    ).tariffs

    assert (tariff.announced, tariff.effective) == ("2026-06-22", None)


def test_an_announced_duty_is_not_yet_levied() -> None:
    """To announce is not to impose."""
    [tariff] = read("Canada announced a tariff of 25 per cent on American steel.").tariffs

    assert tariff.status == "announced"


@pytest.mark.parametrize(
    ("follow_up", "effective"),
    [
        ("The duty takes effect on August 1.", "2026-08-01"),
        ("The steel duty takes effect on August 1.", "2026-08-01"),
        ("The food duty takes effect on August 1.", None),
    ],
)
def test_a_date_goes_to_the_duty_that_is_meant(follow_up: str, effective: str | None) -> None:
    """The word that says which duty it is must fit."""
    [tariff] = read(f"Canada will levy a 25% tariff on American steel. {follow_up}").tariffs

    assert tariff.effective == effective


def test_what_is_waited_for_is_no_measure() -> None:
    """A decree that is not in force yet is not in force."""
    policies = read(
        "Washington will sell Vietnam advanced AI chips without a licence, once Hanoi's export"
        " control decree is in force."
    ).chip_policies

    assert all(one.status != "in_force" for one in policies)


def test_a_deal_of_the_next_clause_is_not_that_of_the_duty() -> None:
    """Only what stands with the duty names its deal."""
    [tariff, *_] = read(
        "The United States levies a 17% duty on Mexican tomatoes, and cars that meet the rules of"
        " the North American pact enter free."
    ).tariffs

    assert tariff.agreement is None


def test_a_trip_put_off_without_a_date_is_cancelled() -> None:
    """What was scheduled is told as what became of it."""
    [visit] = read(
        "A trip to Tokyo by Vice Commerce Minister Yan Dong that had been scheduled for August 3,"
        " however, was postponed indefinitely."
    ).talks

    assert visit.status == "cancelled"


def test_the_speaker_of_a_transcript_is_not_they() -> None:
    """Whoever answers questions did not meet anybody."""
    talks = read(
        "Olof Gill, spokesperson: Good afternoon.\n\nReuters: Did Minister Wang Wentao settle it?"
        "\n\nOlof Gill: They met on July 7 in Geneva."
    ).talks

    assert all("Olof Gill" not in {party.name for party in talk.participants} for talk in talks)


def test_investigating_is_not_investing() -> None:
    """The words begin alike."""
    measures = read("China barred imports of American sorghum after an investigation.")

    assert [one.instrument for one in measures.non_tariff_measures] == ["import_ban"]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("China banned imports of Australian lobster in 2020 and lifted the ban in 2024.", "ended"),
        ("China imposed export controls on gallium in 2023 but suspended them.", "suspended"),
        ("China imposed export controls on gallium in 2023 and has not lifted them.", "in_force"),
        ("China imposed export controls on gallium in 2023 but may lift them.", "in_force"),
    ],
)
def test_a_measure_is_over_where_its_sentence_ends_it(text: str, status: str) -> None:
    """What was imposed may be told together with its end."""
    assert [one.status for one in read(text).non_tariff_measures[:1]] == [status]


def test_a_headline_is_no_duty_beside_the_one_that_the_text_tells() -> None:
    """Its present tense says nothing of when."""
    tariffs = read(
        "Beef reprieve as Seoul trims tariffs\n\nSouth Korea will cut its tariff on Australian beef"
        " from 13.3 per cent to 10.6 per cent from September 1, it said."
    ).tariffs

    assert [(one.rate, one.status) for one in tariffs] == [(10.6, "announced")]


def test_what_two_states_agreed_on_is_agreed_throughout_their_story() -> None:
    """No noun has to call it a deal."""
    draft = read(
        "South Korea and the United States agreed on Friday to extend a pause on duties."
        "\n\nSeoul will buy 4 million tons of American gas a year and"
        " will exempt American tractors from its 8"
        " percent tariff. It scraps its export licences for mica."
    )

    assert {one.status for one in draft.commitments} == {"agreed"}
    assert {one.status for one in draft.tariffs if one.action == "exempt"} == {"agreed"}
    assert [(one.stance, one.status) for one in draft.non_tariff_measures] == [("loosen", "agreed")]


@pytest.mark.parametrize(
    "lead",
    [
        "South Korea and the United States agreed on Friday to hold another round of talks.",
        "South Korea settled the extra duty that cars built in China must bear.",
        "South Korea and the United States have not agreed to extend a pause on duties.",
    ],
)
def test_no_deal_is_made_of_talks_or_of_one_side(lead: str) -> None:
    """What one side will do is announced."""
    draft = read(f"{lead}\n\nSeoul will exempt Dutch tractors from its 8 percent tariff.")

    assert {one.status for one in draft.tariffs if one.action == "exempt"} == {"announced"}


def test_a_planned_rise_that_was_shelved_is_rejected() -> None:
    """It never was levied, so nothing is suspended."""
    [tariff] = read("A planned increase of the US duty on steel to 50 percent was shelved.").tariffs

    assert (tariff.rate, tariff.status) == (50, "rejected")


def test_a_duty_that_expired_is_over() -> None:
    """How it began is not how it stands."""
    [tariff] = read("The US 10 percent duty on washers, imposed in 2018, expired in 2023.").tariffs

    assert tariff.status == "ended"


def test_who_acts_may_stand_in_front_of_an_aside() -> None:
    """The aside has a verb of its own."""
    [tariff] = read("India, which imports it all, cut its duty on graphite to 2.5 percent.").tariffs

    assert list_actors(tariff) == ["India"]


def test_what_came_before_a_measure_is_not_what_it_is_about() -> None:
    """Graphite is no chip because rules on chips were there first."""
    draft = read(
        "Beijing put graphite under licence in December 2023, two months after Washington tightened"
        " its rules on AI chips."
    )

    assert [one.instrument for one in draft.non_tariff_measures][:1] == ["export_control"]
    assert all("China" not in {one.name for one in item.actors} for item in draft.chip_policies)


def test_a_share_under_a_plan_is_not_paid_yet() -> None:
    """The verb of an aside in front of it does not make it so."""
    policies = read(
        "The Commerce Department, which oversees export licences, would collect 20% of Nvidia's"
        " revenue from chips under the plan."
    ).chip_policies

    assert "in_force" not in {one.status for one in policies}


def test_a_licence_for_a_toolmaker_is_a_chip_policy() -> None:
    """Who gets it may stand in another clause."""
    draft = read("ASML said it had received a Dutch permit to service older machines in China.")

    assert [one.instrument for one in draft.chip_policies] == ["license"]
    assert draft.non_tariff_measures == []


def test_what_is_paid_already_is_not_threatened() -> None:
    """The threat is the other rate."""
    tariffs = read(
        "Washington warned that Canadian lumber, now taxed at 35%, could face 45%."
    ).tariffs

    assert ("threatened", 35) not in {(one.status, one.rate) for one in tariffs}
