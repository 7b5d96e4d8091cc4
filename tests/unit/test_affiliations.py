"""Who is who in an article, by its own words alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.checking.affiliations import (
    ArticleNames,
    build_names,
    find_people,
    find_person,
    scan_mentions,
)


def read_states(text: str, name: str) -> list[str]:
    """Return the states that ``text`` gives the person ``name``."""
    person = find_person(name, build_names(text))
    return [entry.name for entry in person.entries] if person else ["nobody"]


def list_people(text: str, names: ArticleNames) -> list[str]:
    """Return the full names of the people whom ``text`` names."""
    return [person.name for person in find_people(text, names)]


@pytest.mark.parametrize(
    ("text", "name", "state"),
    [
        ("U.S. Treasury Secretary Scott Bessent spoke.", "Scott Bessent", "United States"),
        ("Chinese Vice Premier He Lifeng spoke.", "He Lifeng", "China"),
        ("China’s Commerce Minister Wang Wentao left.", "Wang Wentao", "China"),
        ("China's commerce minister Wang Wentao left.", "Wang Wentao", "China"),
        ("US Secretary of the Treasury Scott Bessent", "Scott Bessent", "United States"),
        ("EU Economy Commissioner Valdis Dombrovskis", "Valdis Dombrovskis", "European Union"),
        ("German Minister of Finance Lars Klingbeil", "Lars Klingbeil", "Germany"),
        ("Japanese Prime Minister Sanae Takaichi", "Sanae Takaichi", "Japan"),
        ("South Korean President Lee Jae Myung", "Lee Jae Myung", "South Korea"),
        ("Chinese Foreign Ministry spokesperson Lin Jian", "Lin Jian", "China"),
        ("White House AI adviser David Sacks said", "David Sacks", "United States"),
        ("US Trade Representative Jamieson Greer", "Jamieson Greer", "United States"),
        ("the U.S. Ambassador to China, David Perdue, left", "David Perdue", "United States"),
        ("U.S. Ambassador to China David Perdue left", "David Perdue", "United States"),
        ("IMF managing director Kristalina Georgieva", "Kristalina Georgieva", "IMF"),
        ("Wang Wentao, China's commerce minister, left", "Wang Wentao", "China"),
        ("Scott Bessent, the U.S. Treasury Secretary, left", "Scott Bessent", "United States"),
        ("European Commission President Ursula von der Leyen", "Leyen", "European Union"),
        ("Irish premier Mary O’Neill Smith", "Smith", "Ireland"),
        ("(CCPIT) Chairman Ren Hongbin led", "Ren Hongbin", "China"),
        ("Chinese\nVice Premier\u00a0He Lifeng", "He Lifeng", "China"),
    ],
)
def test_a_title_beside_a_state_gives_the_person_to_it(text: str, name: str, state: str) -> None:
    """‘Trump threatened’ can carry the United States only if the article says whose he is."""
    assert read_states(text, name) == [state]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("US officials met Vice Premier He Lifeng.", "He Lifeng"),
        ("He left China. President Donald Trump stayed.", "Donald Trump"),
        ("U.S. President Donald Trump and President Xi Jinping met.", "Xi Jinping"),
        ("Dan Wang, China director at a consultancy, said so.", "Dan Wang"),
        ("Dan Wang, Eurasia Group US president, said so.", "Dan Wang"),
        ("AMD CEO Lisa Su spoke.", "Lisa Su"),
        ("Nick Marro, principal economist for Asia, said so.", "Nick Marro"),
        ("He flew to China President Donald Trump said.", "Donald Trump"),
    ],
)
def test_a_state_that_only_stands_near_claims_nobody(text: str, name: str) -> None:
    """A person given to the wrong state would carry that state wherever they are named."""
    assert read_states(text, name) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("said Nick at the Economist Intelligence Unit", "Unit"),
        ("according to Xinhua, a Chinese official news agency", "Xinhua"),
        ("the US Trade Representative Office said", "Office"),
        ("Bessent, who met the Chinese vice premier", "Bessent"),
        ("Chinese state news agency Xinhua reported", "Xinhua"),
        ("a Chinese company Huawei Technologies", "Huawei"),
    ],
)
def test_an_office_or_a_firm_is_no_person(text: str, name: str) -> None:
    """A body taken for a person would be refused as an actor."""
    assert read_states(text, name) == ["nobody"]


def test_the_most_frequent_affiliation_counts() -> None:
    """One misread sentence must not outvote the article."""
    text = (
        "Chinese President Xi Jinping met him. Chinese President Xi Jinping left. US President Xi."
    )

    assert read_states(text, "Xi Jinping") == ["China"]


def test_a_short_name_joins_the_full_name() -> None:
    """News names people in full once and by family name afterwards."""
    names = build_names("US President Donald J. Trump spoke. President Trump left. Trump wrote.")

    assert {person.name for people in names.people.values() for person in people} == {
        "Donald J. Trump"
    }
    assert list_people("Trump threatened tariffs", names) == ["Donald J. Trump"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bessent, Greer and He spoke", ["He Lifeng"]),
        ("Vice Premier He said so", ["He Lifeng"]),
        ("He Lifeng said so", ["He Lifeng", "He Lifeng"]),
        ("He said so", []),
        ("It ended. He said so", []),
        ("“He said so", []),
        ("Ma struck a tone", ["Ma Zhaoxu"]),
        ("Mandate of the ma", []),
        ("Trump-Xi talks", ["Xi Jinping"]),
    ],
)
def test_he_and_ma_are_names_only_where_they_can_be(text: str, expected: list[str]) -> None:
    """Every "He said" would otherwise carry China."""
    names = build_names(
        "Chinese Vice Premier He Lifeng, Chinese Vice Foreign Minister Ma Zhaoxu and Chinese "
        "President Xi Jinping met."
    )

    assert list_people(text, names) == expected


def test_a_family_name_of_two_states_carries_neither() -> None:
    """‘Lee’ of two states settles nothing."""
    names = build_names("South Korean President Lee Jae Myung met Singapore Minister Lee Hsien.")

    assert list_people("Lee agreed", names) == []
    assert list_people("Lee Jae Myung agreed", names) == ["Lee Jae Myung"] * 2 + []


def test_a_firm_belongs_to_the_state_that_the_text_gives_it() -> None:
    """The reader's country of a firm is checked against this alone."""
    names = build_names(
        "Dutch toolmaker ASML fell, as did Chinese tech champions such as Huawei Technologies Co. "
        "Chinese regulators told chipmaker Nvidia so."
    )

    assert [entry.name for entry in names.firms["asml"]] == ["Netherlands"]
    assert [entry.name for entry in names.firms["huawei technologies"]] == ["China"]
    assert names.firms["nvidia"] == ()


def test_an_acronym_is_known_by_the_capitals_before_it() -> None:
    """The text itself says that AMD is Advanced Micro Devices."""
    names = build_names(
        "Advanced Micro Devices Inc. (AMD) and the artificial intelligence (AI) chip; growth (GDP)"
    )

    assert names.acronyms["AMD"] == "Advanced Micro Devices Inc."
    assert names.acronyms["advanced micro devices"] == "AMD"
    assert names.acronyms["AI"] == "artificial intelligence"
    assert "GDP" not in names.acronyms


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("The U.S. Treasury spoke.", ["The U.S. Treasury spoke."]),
        ("He left the U.S. The talks ended.", ["He left the U.S.", "The talks ended."]),
        ("Nvidia Corp. Chief Huang spoke.", ["Nvidia Corp. Chief Huang spoke."]),
        ("J. Smith left.", ["J. Smith left."]),
        ("“So it is.” He left.", ["“So it is.”", "He left."]),
        ("A heading\nThe text.", ["A heading", "The text."]),
        ("a wrapped\nline.", ["a wrapped\nline."]),
        ("a list\n\nof lines", ["a list", "of lines"]),
        ("Rates are 2.5 percent.", ["Rates are 2.5 percent."]),
        ("", [""]),
    ],
)
def test_sentences_end_where_a_reader_sees_their_end(text: str, sentences: list[str]) -> None:
    """The sentence and the one before it are as far as a pronoun may point."""
    assert list(build_names(text).sentences) == sentences


def test_the_sentences_of_a_span_come_with_those_before() -> None:
    """A claim may rest on the sentences that hold its quotes."""
    text = "First one. Second one. Third one."
    names = build_names(text)
    span = (text.index("Third"), len(text))

    assert names.find_sentences([span]) == ["Third one."]
    assert names.find_sentences([span], before=1) == ["Second one.", "Third one."]
    assert names.find_sentences([(0, 5), span], before=5) == list(names.sentences)


@pytest.mark.parametrize("span", [(-5, -1), (0, 0), (90, 99), (5, 2), (-3, 400)])
def test_a_span_outside_the_text_breaks_nothing(span: tuple[int, int]) -> None:
    """A wrong offset elsewhere must not end the examination of a paid reading."""
    names = build_names("First one. Second one.")

    assert set(names.find_sentences([span], before=1)) <= set(names.sentences)


@given(st.text(max_size=300))
def test_any_text_has_names_that_can_be_built(text: str) -> None:
    """Articles come from anywhere; none may break the build."""
    names = build_names(text)

    assert names.starts[0] == 0
    assert list(names.starts) == sorted(set(names.starts))
    assert "".join("".join(names.sentences).split()) == "".join(text.split())
    assert list(names.mentions) == list(scan_mentions(text))


@pytest.mark.parametrize(
    "unit", ["A-", "U.S. ", "\n", "President ", "X (AB) ", "Ab Cd, Ef Gh ", "to A.A.A "]
)
def test_a_hostile_text_is_read_in_one_pass(unit: str) -> None:
    """A page of 200 kB must not stop the service: this ends in seconds only if linear."""
    names = build_names(unit * (200_000 // len(unit)))

    assert names.text.startswith(unit)
