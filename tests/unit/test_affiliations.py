"""Who is who in an article, by its own words and the table of officials."""

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
        ("U.S. Treasury Secretary Scott Marlow spoke.", "Scott Marlow", "United States"),
        ("Chinese Vice Premier He Lianfu spoke.", "He Lianfu", "China"),
        ("China’s Commerce Minister Wang Meilin left.", "Wang Meilin", "China"),
        ("China's commerce minister Wang Meilin left.", "Wang Meilin", "China"),
        ("US Secretary of the Treasury Scott Marlow", "Scott Marlow", "United States"),
        ("EU Economy Commissioner Valdis Ozolins", "Valdis Ozolins", "European Union"),
        ("German Minister of Finance Lars Hinrichs", "Lars Hinrichs", "Germany"),
        ("Japanese Prime Minister Sanae Morikawa", "Sanae Morikawa", "Japan"),
        ("South Korean President Lee Jin Woo", "Lee Jin Woo", "South Korea"),
        ("Chinese Foreign Ministry spokesperson Lin Peishan", "Lin Peishan", "China"),
        ("White House AI adviser David Marsh said", "David Marsh", "United States"),
        ("US Trade Representative Jamieson Holt", "Jamieson Holt", "United States"),
        ("the U.S. Ambassador to China, David Marsden, left", "David Marsden", "United States"),
        ("U.S. Ambassador to China David Marsden left", "David Marsden", "United States"),
        ("IMF managing director Kristalina Petrova", "Kristalina Petrova", "IMF"),
        ("Wang Meilin, China's commerce minister, left", "Wang Meilin", "China"),
        ("Scott Marlow, the U.S. Treasury Secretary, left", "Scott Marlow", "United States"),
        ("European Commission President Ursula von der Heide", "Heide", "European Union"),
        ("Irish premier Mary O’Neill Smith", "Smith", "Ireland"),
        ("(CCPIT) Chairman Ren Baoshan led", "Ren Baoshan", "China"),
        ("Chinese\nVice Premier\u00a0He Lianfu", "He Lianfu", "China"),
    ],
)
def test_a_title_beside_a_state_gives_the_person_to_it(text: str, name: str, state: str) -> None:
    """‘Marlow threatened’ can carry the United States only if the article says whose he is."""
    assert read_states(text, name) == [state]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("US officials met Vice Premier He Lianfu.", "He Lianfu"),
        ("He left China. President Daniel Marlow stayed.", "Daniel Marlow"),
        ("U.S. President Daniel Marlow and President Lu Jianhe met.", "Lu Jianhe"),
        ("Dan Wang, China director at a consultancy, said so.", "Dan Wang"),
        ("Dan Wang, Eurasia Group US president, said so.", "Dan Wang"),
        ("AMD CEO Lisa Su spoke.", "Lisa Su"),
        ("Nick Marro, principal economist for Asia, said so.", "Nick Marro"),
        ("He flew to China President Daniel Marlow said.", "Daniel Marlow"),
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
        ("Marlow, who met the Chinese vice premier", "Marlow"),
        ("Chinese state news agency Xinhua reported", "Xinhua"),
        ("a Chinese company Huawei Technologies", "Huawei"),
    ],
)
def test_an_office_or_a_firm_is_no_person(text: str, name: str) -> None:
    """A body taken for a person would be refused as an actor."""
    assert read_states(text, name) == ["nobody"]


def test_the_most_frequent_affiliation_counts() -> None:
    """One misread sentence must not outvote the article."""
    text = "Chinese President Lu Jianhe met him. Chinese President Lu Jianhe left. US President Lu."

    assert read_states(text, "Lu Jianhe") == ["China"]


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


@pytest.mark.parametrize(
    ("text", "name", "state"),
    [
        ("Vice Premier He Lifeng spoke.", "He Lifeng", "China"),
        ("Talks with He Lifeng ended.", "He Lifeng", "China"),
        ("Bessent spoke.", "Bessent", "United States"),
        ("President Donald J. Trump spoke.", "Donald J. Trump", "United States"),
        ("DONALD TRUMP SPEAKS", "Donald Trump", "United States"),
        ("Talks with von der Leyen ended.", "von der Leyen", "European Union"),
        ("Okonjo-Iweala spoke.", "Okonjo-Iweala", "WTO"),
    ],
)
def test_an_official_without_a_state_has_that_of_the_table(
    text: str, name: str, state: str
) -> None:
    """News names those whom everybody knows without saying for whom they act."""
    assert read_states(text, name) == [state]


def test_the_articles_own_state_of_an_official_wins() -> None:
    """The table ages; an article that says otherwise knows better."""
    text = "German Chancellor Emmanuel Macron spoke. Macron left. Macron wrote."

    assert read_states(text, "Emmanuel Macron") == ["Germany"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Wang spoke.", "Wang"),
        ("Costa spoke.", "Costa"),
        ("Eric Trump spoke.", "Trump"),
        ("A plant in Xi’an closed.", "Xi"),
        ("xi and bessent spoke.", "Bessent"),
    ],
)
def test_a_name_that_may_mean_another_is_no_official(text: str, name: str) -> None:
    """A surname alone belongs to many; a state given by it would be invented."""
    assert read_states(text, name) == ["nobody"]


def test_a_surname_is_that_of_whom_the_article_names_in_full() -> None:
    """An economist called Greer must not speak for the United States."""
    assert read_states("Adam Greer, an economist, spoke. Greer left.", "Greer") == []


def test_an_official_is_one_person_by_whatever_name() -> None:
    """Two names in one article must not become two participants."""
    names = build_names("Luiz Inácio Lula da Silva spoke. Lula left. Lula da Silva wrote.")

    assert list_people("Lula agreed", names) == ["Luiz Inácio Lula da Silva"]
    assert len({person for people in names.people.values() for person in people}) == 1


def test_to_is_a_name_only_where_it_can_be() -> None:
    """Every "To settle it" would otherwise carry Vietnam."""
    names = build_names("Vietnamese leader To Lam spoke.")

    assert list_people("To settle it, they met", names) == []
    assert list_people("Lam agreed", names) == ["To Lam"]


def test_a_firm_belongs_to_the_state_that_the_text_gives_it() -> None:
    """The reader's country of a firm is checked against this alone."""
    names = build_names(
        "Dutch toolmaker ASML fell, as did Chinese tech champions such as Huawei Technologies Co. "
        "Chinese regulators told chipmaker Nvidia so."
    )

    assert [entry.name for entry in names.firms["asml"]] == ["Netherlands"]
    assert [entry.name for entry in names.firms["huawei technologies"]] == ["China"]
    assert names.firms["nvidia"] == ()


def test_a_european_firm_keeps_the_state_that_the_text_gives_it() -> None:
    """“European” says where a firm is; taken for its state it would refuse the Netherlands."""
    names = build_names(
        "Dutch toolmaker ASML fell. European chipmaker ASML rose. European champion ASML held."
    )

    assert [entry.name for entry in names.firms["asml"]] == ["Netherlands"]


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
        ("They met on December 5. Both left.", ["They met on December 5.", "Both left."]),
        ("It fell to 7. Nobody spoke.", ["It fell to 7.", "Nobody spoke."]),
        ("Agreed:\n1. Review tariffs", ["Agreed:", "1. Review tariffs"]),
        ("1. Review tariffs", ["1. Review tariffs"]),
        ("Agreed:\n - (2. Lift bans", ["Agreed:", "- (2. Lift bans"]),
        ("In Order No. 5 he said so.", ["In Order No. 5 he said so."]),
        ("He signed Order No. 5. Both left.", ["He signed Order No. 5.", "Both left."]),
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
