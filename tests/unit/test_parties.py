"""The table of party names: who is named, where a text mentions them, who is the same."""

import json
from collections import defaultdict
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import Party
from schemas.parties import (
    FILE,
    find_body_names,
    find_official,
    find_party,
    find_party_by_country,
    fold_firm,
    is_same_party,
    iterate_mentions,
    iterate_officials,
    list_firm_names,
    resolve_party,
)

TABLE = json.loads(FILE.read_text(encoding="utf-8"))
ENTRIES = TABLE["parties"]
OFFICIALS = [(owner, row) for owner, rows in TABLE["officials"].items() for row in rows]
STATES = """
AR AU BR CA CN FR DE IN ID IT JP KR MX RU SA ZA TR GB US EU TW NL SG MY IL IE BE AT BN KH LA MM PH
TH VN TL AE QA KW BH OM HK CH NO UA ES PL SE PK NZ CL KZ CD
"""
"""The G20, ASEAN, the Gulf, and wherever chips or their minerals come from."""
GROUPS = ["G7", "G20", "BRICS", "WTO", "IMF", "World Bank", "APEC", "OPEC", "United Nations"]


def name_of(text: str) -> str | None:
    """Return the name of the entry that ``text`` names."""
    entry = find_party(text)
    return entry.name if entry else None


def list_mentions(text: str) -> list[tuple[str, str, str]]:
    """Return each mention as what is written, whom it means and how."""
    return [(text[m.start : m.end], m.entry.name, m.how) for m in iterate_mentions(text)]


@pytest.mark.parametrize("code", STATES.split())
def test_the_states_of_trade_diplomacy_are_all_there(code: str) -> None:
    """A state that the table lacks is judged like a firm, without its forms."""
    entry = find_party_by_country(code)

    assert entry is not None
    assert entry.country == code


@pytest.mark.parametrize("name", [*GROUPS, "ASEAN", "OECD", "NATO", "Gulf Cooperation Council"])
def test_a_group_of_states_has_no_country(name: str) -> None:
    """A group with a code would pass for a state."""
    entry = find_party(name)

    assert entry is not None
    assert entry.country is None


def test_no_name_and_no_code_belongs_to_two_entries() -> None:
    """Two owners of one name would make the answer depend on the order of the file."""
    shared = {body.casefold() for body in json.loads(FILE.read_text("utf-8"))["shared_bodies"]}
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for entry in ENTRIES:
        words = [entry["name"], *entry.get("forms", []), *entry.get("metonyms", [])]
        words += entry.get("demonyms", [])
        words += [body for bodies in entry.get("bodies", []) for body in bodies]
        for word in (word for word in words if word.casefold() not in shared):
            owners[word.replace(".", "")].add(entry["name"])
        owners[f"code {entry['country']}"].add(entry["name"] if entry["country"] else "")

    assert {word: names for word, names in owners.items() if len(names) > 1} == {}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["name"])
def test_every_form_and_metonym_finds_its_entry(entry: dict[str, Any]) -> None:
    """A word that the index loses silently splits one state into two."""
    words = [entry["name"], *entry.get("forms", []), *entry.get("metonyms", [])]

    assert {name_of(word) for word in words} == {entry["name"]}


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("US", "United States"),
        ("U.S.", "United States"),
        ("U. S.", "United States"),
        ("the U.S.", "United States"),
        ("The United States", "United States"),
        ("united states", "United States"),
        ("UNITED STATES", "United States"),
        ("United States", "United States"),
        ("TURKEY", "Turkey"),
        ("People’s Republic of China", "China"),
        ("People's Republic of China", "China"),
        ("China's", "China"),
        ("G‑7", "G7"),
        ("The Hague", "Netherlands"),
        ("U.S. government", "United States"),
        ("Trump administration", "United States"),
        ("Chinese officials", "China"),
        ("U.S. Congress", "United States"),
        ("Office of the U.S. Trade Representative", "United States"),
        ("us", None),
        ("turkey", None),
        ("china", None),
        ("American", None),
        ("Chinese firms", None),
        ("Nvidia", None),
        ("", None),
        (" ", None),
        ("the", None),
    ],
)
def test_typography_is_forgiven_and_deciding_capitals_are_not(
    written: str, name: str | None
) -> None:
    """‘us’ is a pronoun and turkey a dish; dots and apostrophes decide nothing."""
    assert name_of(written) == name


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Ministry of Commerce", None),
        ("Commerce Ministry", None),
        ("Treasury", None),
        ("Chinese Ministry of Commerce", "China"),
        ("China’s Ministry of Commerce", "China"),
        ("Ministry of Commerce of the People's Republic of China", "China"),
        ("Thai Commerce Ministry", "Thailand"),
        ("US Treasury", "United States"),
        ("German Ministry of Health", "Germany"),
        ("MOFCOM", "China"),
        ("METI", "Japan"),
        ("European Commission", "European Union"),
    ],
)
def test_a_body_that_several_states_have_needs_its_state(written: str, name: str | None) -> None:
    """Every state has a ministry of finance; taking one for China's would invent an actor."""
    assert name_of(written) == name


def test_the_country_of_a_party_decides_whose_ministry_it_is() -> None:
    """A reader writes the body and its country apart; together they name it."""
    ministry = Party(name="Ministry of Commerce", country="CN")

    entry = resolve_party(ministry)

    assert entry is find_party("China")
    assert resolve_party(Party(name="Nvidia", country="US")) is None


@pytest.mark.parametrize(
    ("name", "country", "expected"),
    [
        ("Chinese Commerce Ministry", "CN", "MOFCOM"),
        ("Ministry of Commerce", "CN", "MOFCOM"),
        ("Department of Commerce", "US", "Commerce Department"),
        ("Chinese Ministry of Health", "CN", "ministry of health"),
    ],
)
def test_all_names_of_a_body_are_known_together(name: str, country: str, expected: str) -> None:
    """An article may write the acronym where the reader writes the name out."""
    assert expected in find_body_names(Party(name=name, country=country))


@pytest.mark.parametrize("name", ["United States", "U.S. government", "Chinese officials", "AMD"])
def test_what_is_no_body_has_no_names_of_one(name: str) -> None:
    """A state's own name must not be demanded of an article as a body's."""
    assert find_body_names(Party(name=name, country=None)) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("US-China talks", [("US", "United States", "form"), ("China", "China", "form")]),
        ("U.S.-made", [("U.S.", "United States", "form")]),
        ("left the U.S. He said", [("U.S.", "United States", "form")]),
        ("Chinese-made chips", [("Chinese", "China", "demonym")]),
        ("China’s goods", [("China", "China", "form")]),
        ("Washington and Beijing", [
            ("Washington", "United States", "metonym"), ("Beijing", "China", "metonym"),
        ]),
        ("USTR and MOFCOM", [("USTR", "United States", "body"), ("MOFCOM", "China", "body")]),
        ("CHINA STRIKES", [("CHINA", "China", "form")]),
        ("North Korea", [("North Korea", "North Korea", "form")]),
        ("Hong\u00a0Kong", [("Hong\u00a0Kong", "Hong Kong", "form")]),
        ("in Jordan", [("Jordan", "Jordan", "form")]),
        ("European wine", [("European", "European Union", "demonym")]),
        ("the European Central Bank", [("European Central Bank", "European Union", "body")]),
        ("In Georgia", [("Georgia", "Georgia", "form")]),
    ],
)  # fmt: skip
def test_mentions_are_found_where_they_stand(
    text: str, expected: list[tuple[str, str, str]]
) -> None:
    """A missed mention is a false complaint about a right party."""
    assert list_mentions(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "tell us and let us",
        "china porcelain and a turkey dinner",
        "worth US$64.05 billion",
        "Michael Jordan",
        "the South China Sea and the South China Morning Post",
        "Latin America, Bank of America",
        "Taiwan Semiconductor Manufacturing Co",
        "CONTACT US",
        "Indochina, USAID, NeoChina, nonUS",
        "the Ministry of Commerce",
        "",
    ],
)
def test_what_only_looks_like_a_state_is_no_mention(text: str) -> None:
    """A false mention carries a party that the text never names."""
    assert list_mentions(text) == []


def test_european_names_no_party() -> None:
    """“European firms” are not the Union: an adjective mentions it and no more."""
    assert name_of("European") is None
    assert name_of("European Central Bank") == "European Union"


@pytest.mark.parametrize(("owner", "row"), OFFICIALS, ids=str)
def test_every_name_of_an_official_finds_whom_they_act_for(owner: str, row: list[str]) -> None:
    """A name that the index loses, or that two people share, gives a wrong state or none."""
    found = [find_official(name) for name in row]

    assert {(one.names, one.entry.name) for one in found if one} == {(tuple(row), owner)}
    assert None not in found


@pytest.mark.parametrize(
    ("name", "usual"),
    [
        ("Trump", "Donald Trump"),
        ("Donald J. Trump", "Donald Trump"),
        ("DONALD TRUMP", "Donald Trump"),
        ("S Jaishankar", "Subrahmanyam Jaishankar"),
        ("Lan Fo’an", "Lan Fo'an"),
        ("Eric Trump", None),
        ("TRUMP", None),
        ("Wang", None),
        ("", None),
    ],
)
def test_an_official_is_found_by_what_means_nobody_else(name: str, usual: str | None) -> None:
    """A surname that many have would give a stranger a state."""
    official = find_official(name)

    assert (official.names[0] if official else None) == usual


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bessent met He Lifeng.", ["Bessent", "He Lifeng"]),
        ("He\nLifeng and Xi", ["He Lifeng", "Xi"]),
        ("XI JINPING’S VISIT", ["XI JINPING"]),
        ("Trump’s and Trump's", ["Trump", "Trump"]),
        ("Eric Trump in Xi’an", []),
        ("trump and modi, Xian, Rubios", []),
        ("𝕏 post: Merz 🍫", ["Merz"]),
    ],
)
def test_officials_are_found_where_they_are_named(text: str, expected: list[str]) -> None:
    """They are known without a title, but never by a part of another name."""
    assert list(iterate_officials(text)) == expected


def test_mentions_point_into_the_text_behind_wide_characters() -> None:
    """Offsets are code points, whatever stands before."""
    text = "🌾 İstanbul 習近平 — Türkiye’s offer"

    (mention,) = iterate_mentions(text)

    assert text[mention.start : mention.end] == "Türkiye"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("U.S.", "Washington"),
        ("White House", "United States"),
        ("Ministry of Commerce", "China"),
        ("Nvidia Corp.", "NVIDIA"),
        ("Advanced Micro Devices, Inc.", "AMD"),
        ("ASML Holding N.V.", "asml"),
        ("Huawei Technologies Co Ltd", "Huawei"),
        ("Scott  Bessent", "scott bessent"),
    ],
)
def test_two_names_of_one_party_are_the_same(a: str, b: str) -> None:
    """A comparison must not count a right party as missing and invented."""
    assert is_same_party(Party(name=a, country="CN"), Party(name=b, country="CN"))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("AMD", "Nvidia"),
        ("AMD", "United States"),
        ("Scott Bessent", "United States"),
        ("Ministry of Health and Welfare Fund", "Nvidia"),
        ("South Korea", "North Korea"),
        ("Scott Bessent", "Jamieson Greer"),
        ("Taiwan", "China"),
    ],
)
def test_the_same_country_alone_makes_no_two_parties_the_same(a: str, b: str) -> None:
    """Half of an article's actors share a country; they are not one."""
    assert not is_same_party(Party(name=a, country="US"), Party(name=b, country="US"))


def test_one_ministry_name_in_two_countries_is_two_parties() -> None:
    """The ministry of commerce of Thailand is not China's."""
    chinese = Party(name="Ministry of Commerce", country="CN")
    thai = Party(name="Ministry of Commerce", country="TH")

    assert not is_same_party(chinese, thai)


@pytest.mark.parametrize("name", ["Co", "Inc.", "Corp Inc", ""])
def test_a_name_that_is_a_suffix_keeps_something(name: str) -> None:
    """Folding two suffixes to nothing would make them one firm."""
    assert bool(fold_firm(name)) == bool(name)


def test_a_firm_is_known_by_all_its_names() -> None:
    """The article's "AMD" carries the reader's full name."""
    assert list_firm_names("Advanced Micro Devices Inc.")[0] == "amd"
    assert list_firm_names("Gudeng Precision Industrial Co") == ("gudeng precision industrial",)


@given(st.text(max_size=200))
def test_any_text_can_be_asked_about(text: str) -> None:
    """Names come from a model and texts from the web: none may break a check."""
    mentions = iterate_mentions(text)
    find_party(text)
    fold_firm(text)
    find_body_names(Party(name=text or "x", country="CN"))

    assert all(0 <= m.start < m.end <= len(text) for m in mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions))


@given(st.text(min_size=1), st.text(min_size=1), st.sampled_from(["CN", "US", None]))
def test_sameness_is_symmetric_and_reflexive(a: str, b: str, country: str | None) -> None:
    """A comparison must not depend on which side is the golden one."""
    first, second = Party(name=a, country=country), Party(name=b, country="CN")

    assert is_same_party(first, first)
    assert is_same_party(first, second) == is_same_party(second, first)
