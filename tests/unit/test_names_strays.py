"""Names in generated sentences that no source carries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.checking.affiliations import build_names
from service.checking.stray_names import find_stray_names

ARTICLE = (
    "Chinese Vice Premier He Lifeng spoke with U.S. Treasury Secretary Scott Bessent and U.S. "
    "Trade Representative Jamieson Greer. Bessent said that China would buy soybeans. Nvidia "
    "Corp (NVDA) wants licenses for its H200 chips in Beijing. Its artificial intelligence chips "
    "are sold temporarily. Greer agreed."
)
NAMES = build_names(ARTICLE)


@pytest.mark.parametrize(
    ("text", "strays"),
    [
        ("Japan will buy soybeans", ["Japan"]),
        ("Huawei wants licenses", ["Huawei"]),
        ("sell H20 chips", ["H20"]),
        ("sell H100s", ["H100s"]),
        ("Bessent and Howard Lutnick spoke", ["Howard Lutnick"]),
        ("Katherine Greer agreed", ["Katherine"]),
        ("in the EU and the UK", ["EU", "UK"]),
        ("talks in Tokyo", ["Tokyo"]),
        ("the Commerce Department and SMIC", ["Commerce Department", "SMIC"]),
        ("Sino-Japanese talks", ["Japanese"]),
        ("Lutnick’s plan", ["Lutnick"]),
        ("ÖVP and Škoda", ["ÖVP", "Škoda"]),
    ],
)
def test_a_name_that_no_source_has_is_returned_as_written(text: str, strays: list[str]) -> None:
    """A name that the reader adds is a planted fact."""
    assert find_stray_names(text, [ARTICLE], NAMES) == strays


@pytest.mark.parametrize(
    "text",
    [
        "Washington and Beijing agreed",
        "US-China trade, Sino-American trade, Chinese goods, Americans",
        "President He and Secretary Bessent",
        "On Friday in December the talks ended",
        "Temporarily sell H200s",
        "Wanting licenses",
        "Sells Nvidia's AI chips",
        "Lower tariffs. Extend the truce: Suspend the fees",
        "Reportedly agreed",
        "“Ban chips”",
        "I agreed",
        "Both sides spoke",
        "nvidia NVIDIA",
        "",
        "习近平",
    ],
)
def test_what_the_sources_say_in_other_words_is_no_stray(text: str) -> None:
    """Each false stray is a paid re-ask."""
    assert find_stray_names(text, [ARTICLE], NAMES) == []


def test_a_state_is_carried_by_the_person_whom_the_article_gives_it() -> None:
    """‘Bessent said’ speaks for the United States."""
    source = "Bessent said that soybeans would be bought"

    assert find_stray_names("the U.S. says so", [source], NAMES) == []
    assert find_stray_names("the U.S. says so", [source]) == ["U.S."]


def test_a_first_name_needs_the_article_to_write_it_beside_the_carried_name() -> None:
    """The quote says Greer; who that is the article says elsewhere."""
    assert find_stray_names("Jamieson Greer agreed", ["Greer agreed"], NAMES) == []
    assert find_stray_names("Jamieson Greer agreed", ["Greer agreed"]) == ["Jamieson"]


def test_a_capital_as_a_place_needs_its_own_word() -> None:
    """That China agreed says nothing of where."""
    source = "China agreed"

    assert find_stray_names("Beijing agreed", [source]) == []
    assert find_stray_names("an event in Beijing", [source]) == ["Beijing"]
    assert find_stray_names("an event in Beijing", ["They met in Beijing"]) == []


def test_a_body_needs_its_own_name_or_its_acronym() -> None:
    """The state's name does not say which office acted."""
    assert find_stray_names("USTR agreed", ["The U.S. agreed"]) == ["USTR"]
    assert find_stray_names("USTR agreed", ["the U.S. Trade Representative agreed"]) == []


@pytest.mark.parametrize(
    ("headline", "strays"),
    [
        ("China Agrees to Buy Soybeans as Trade Talks Advance", []),
        ("China Agrees to Buy Soybeans, Huawei Says", ["Huawei"]),
        ("Bessent Licenses Chips, Lutnick Reports", ["Lutnick"]),
    ],
)
def test_a_headline_in_capitals_hides_no_name(headline: str, strays: list[str]) -> None:
    """In title case only the words themselves tell names from the rest."""
    assert find_stray_names(headline, [ARTICLE], NAMES) == strays


def test_each_stray_is_told_once_and_in_order() -> None:
    """A complaint lists what to change, not how often."""
    text = "Intel and Huawei met Intel"

    assert find_stray_names(text, [ARTICLE]) == ["Intel", "Huawei"]


@given(st.text(max_size=200))
def test_a_text_carries_its_own_names(text: str) -> None:
    """A sentence copied from its source has nothing stray, whatever it is made of."""
    assert find_stray_names(text, [text]) == []


@given(st.text(alphabet=st.characters(categories=["L", "P", "Zs"]), max_size=120))
def test_a_source_among_others_carries_a_text(text: str) -> None:
    """More sources can only carry more."""
    assert find_stray_names(text, ["other words", text, ""], NAMES) == []


@given(st.sampled_from(["Huawei", "Lutnick", "Japan", "MI308", "Gudeng"]), st.text(max_size=40))
def test_a_planted_name_is_found_in_any_surroundings(name: str, around: str) -> None:
    """No neighbour may hide a lie."""
    text = f"{around} so said {name} then {around}"

    assert name in find_stray_names(text, ["they said so, then left", around])
