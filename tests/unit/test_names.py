"""Parties and entries that the quotes carry, and those that they do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import Party
from service.checking.affiliations import build_names
from service.checking.names import check_entry, check_party

ARTICLE = """Chinese Vice Premier He Lifeng spoke with U.S. Treasury Secretary Scott Bessent.
Both sides agreed to lower duties. The truce was extended.
Nvidia Corp said that it sells H200s and the Blackwell chip in Busan. “We need licenses,” it added.
China’s Ministry of Commerce protested. Beijing will act, a spokesperson said.
Trade Representative Jamieson Greer told reporters in Washington that talks go on.
“It is going well,” he added. Nobody contradicted. The mood was calm.
Dutch toolmaker ASML NV and Advanced Micro Devices Inc. (AMD) declined to comment.
Bessent wrote on X. Rare earths were on the table. The G7 met. Japan watched."""
NAMES = build_names(ARTICLE)


def judge_party(name: str, country: str | None, quote: str, *, people: bool = True) -> str | None:
    """Check one party against one quote of the article."""
    span = (ARTICLE.index(quote), ARTICLE.index(quote) + len(quote))
    return check_party(Party(name=name, country=country), [quote], [span], NAMES, people=people)


def judge_entry(value: str, quote: str) -> str | None:
    """Check one entry against one quote of the article."""
    span = (ARTICLE.index(quote), ARTICLE.index(quote) + len(quote))
    return check_entry(value, [quote], [span], NAMES)


@pytest.mark.parametrize(
    ("name", "country", "quote"),
    [
        ("China", "CN", "Chinese Vice Premier"),
        ("United States", "US", "U.S. Treasury"),
        ("United States", "US", "Bessent wrote on X"),
        ("China", "CN", "Beijing will act"),
        ("China", "CN", "agreed to lower duties"),
        ("G7", None, "The G7 met"),
        ("Ministry of Commerce", "CN", "Beijing will act"),
        ("MOFCOM", "CN", "Beijing will act"),
        ("Scott Bessent", "US", "Bessent wrote on X"),
        ("Scott Bessent", "US", "agreed to lower duties"),
        ("Treasury Secretary Scott Bessent", "US", "Bessent wrote on X"),
        ("Bessent", "US", "Bessent wrote on X"),
        ("He Lifeng", "CN", "agreed to lower duties"),
        ("Jamieson Greer", "US", "It is going well"),
        ("Nvidia", "US", "Nvidia Corp said"),
        ("NVIDIA Corporation", None, "Nvidia Corp said"),
        ("AMD", "US", "declined to comment"),
        ("Advanced Micro Devices", "US", "(AMD) declined"),
        ("ASML", "NL", "Dutch toolmaker ASML"),
    ],
)
def test_a_party_is_carried_by_what_means_it_near_the_quote(
    name: str, country: str | None, quote: str
) -> None:
    """News names a party in a dozen ways; each of them is that party."""
    assert judge_party(name, country, quote) is None


@pytest.mark.parametrize(
    ("name", "country", "quote"),
    [
        ("South Korea", "KR", "Chinese Vice Premier"),
        ("Huawei", "CN", "Nvidia Corp said"),
        ("Howard Lutnick", "US", "Scott Bessent"),
        ("Katherine Greer", "US", "Jamieson Greer"),
        ("Scott Greer", "US", "Jamieson Greer"),
        ("State Council", "CN", "Beijing will act"),
        ("Commerce Department", "US", "Bessent wrote on X"),
        ("White House", "US", "Bessent wrote on X"),
        ("European Commission", "EU", "Dutch toolmaker"),
    ],
)
def test_a_party_that_the_article_never_names_is_never_carried(
    name: str, country: str, quote: str
) -> None:
    """A planted party is the worst of lies: it gives an act to somebody else."""
    assert judge_party(name, country, quote) is not None


@pytest.mark.parametrize(
    ("name", "country", "quote"),
    [
        ("Japan", "JP", "Both sides agreed"),
        ("Nvidia", "US", "The truce was extended"),
        ("Scott Bessent", "US", "The mood was calm"),
        ("United States", "US", "Nobody contradicted"),
    ],
)
def test_a_party_far_from_the_quotes_is_told_where_it_stands(
    name: str, country: str, quote: str
) -> None:
    """The reader is helped by hearing that only the quote is missing."""
    complaint = judge_party(name, country, quote)

    assert complaint is not None
    assert f'"{name}" stands in the article' in complaint


def test_a_capital_as_a_place_is_no_government() -> None:
    """Reporters in Washington are not the United States acting."""
    text = "She spoke to reporters in Washington. Later Washington acted."
    names = build_names(text)
    party = Party(name="United States", country="US")

    assert check_party(party, ["reporters in Washington"], [(0, 37)], names) is not None
    assert check_party(party, ["Later Washington acted"], [(38, 60)], names) is None


@pytest.mark.parametrize(
    ("name", "country", "wanted"),
    [
        ("United States", None, '"US"'),
        ("United States", "CN", '"US"'),
        ("G7", "US", "null"),
        ("Ministry of Commerce of China", "US", '"CN"'),
        ("Nvidia", "UK", "GB"),
        ("Nvidia", "XX", "ISO 3166-1"),
        ("ASML", "US", "Netherlands"),
        ("Scott Bessent", "CN", "United States"),
        ("He Lifeng", "US", "China"),
    ],
)
def test_a_country_that_contradicts_table_or_text_is_told(
    name: str, country: str | None, wanted: str
) -> None:
    """Analysts filter by country; a wrong code hides the act from them."""
    quote = ARTICLE.splitlines()[6] + "\n" + ARTICLE.splitlines()[7]
    complaint = judge_party(name, country, quote)

    assert complaint is not None
    assert wanted in complaint


@pytest.mark.parametrize("country", ["US", "TW", "EU", "KY", "GG", None])
def test_the_country_of_a_firm_may_come_from_outside(country: str | None) -> None:
    """The one fact that a reader may know without the article (SCHEMA, rule 2)."""
    assert judge_party("Nvidia", country, "Nvidia Corp said") is None


@pytest.mark.parametrize("name", ["Scott Bessent", "Bessent", "Secretary Bessent", "He Lifeng"])
def test_a_person_acts_in_talks_only(name: str) -> None:
    """Elsewhere the state acts, or half the acts of a state would be lost."""
    country = "CN" if name == "He Lifeng" else "US"
    quote = "Scott Bessent"
    complaint = judge_party(name, country, quote, people=False)

    assert complaint is not None
    assert "is a person" in complaint
    assert judge_party(name, country, quote) is None


@pytest.mark.parametrize(
    ("name", "country"), [("China", "CN"), ("Ministry of Commerce", "CN"), ("Nvidia", "US")]
)
def test_a_state_a_body_and_a_firm_may_act(name: str, country: str) -> None:
    """What is no person must not be taken for one."""
    quote = ARTICLE[ARTICLE.index("Nvidia") : ARTICLE.index("Beijing")]

    assert judge_party(name, country, quote, people=False) is None


@pytest.mark.parametrize(
    ("value", "quote"),
    [
        ("H200", "it sells H200s"),
        ("the H200 chip", "it sells H200s and the Blackwell chip"),
        ("Blackwell chips", "the Blackwell chip"),
        ("Busan", "it sells H200s"),
        ("nvidia", "Nvidia Corp said"),
        ("Nvidia Corporation", "it sells H200s"),
        ("rare earth", "Rare earths were"),
        ("", "Bessent wrote on X"),
        ("—", "Bessent wrote on X"),
    ],
)
def test_an_entry_stands_in_the_quote_or_its_sentence(value: str, quote: str) -> None:
    """Plural, possessive, "the" and "Corp" are no facts."""
    assert judge_entry(value, quote) is None


@pytest.mark.parametrize(
    ("value", "quote"),
    [
        ("Advanced Micro Devices", "(AMD) declined"),
        ("AMD", "Advanced Micro Devices Inc. (AMD)"),
        ("Scott Bessent", "Bessent wrote on X"),
        ("Jamieson Greer", "It is going well"),
        ("Ministry of Commerce", "a spokesperson said"),
    ],
)
def test_an_entry_may_stand_under_another_of_its_names(value: str, quote: str) -> None:
    """A firm by its acronym, a speaker by the family name or by a pronoun."""
    assert judge_entry(value, quote) is None


@pytest.mark.parametrize(
    ("value", "quote"),
    [
        ("H100", "it sells H200s"),
        ("H20", "it sells H200s"),
        ("H2000", "it sells H200s"),
        ("Blackwell Ultra", "the Blackwell chip"),
        ("Geneva", "in Busan"),
        ("Huawei", "Nvidia Corp said"),
        ("Nvidia", "The truce was extended"),
        ("Scott Bessent", "The mood was calm"),
        ("Howard Lutnick", "he added"),
    ],
)
def test_an_entry_that_is_not_there_is_told(value: str, quote: str) -> None:
    """A chip that the article never names is a planted fact."""
    complaint = judge_entry(value, quote)

    assert complaint is not None
    assert f'"{value}"' in complaint


def test_an_untitled_person_is_carried_by_the_family_name() -> None:
    """Not every article gives a title; the full name once is enough."""
    text = "He Lianfu and Scott Marlow spoke. Nothing came of it. China will buy, Marlow said."
    names = build_names(text)
    span = (text.index("China"), len(text))

    assert check_entry("Scott Marlow", [text[slice(*span)]], [span], names) is None
    assert check_entry("He Lianfu", [text[slice(*span)]], [span], names) is not None
    assert check_entry("Howard Marlow", [text[slice(*span)]], [span], names) is not None


def test_an_acronym_is_no_ordinary_word() -> None:
    """The pronoun is not the firm, nor is a table the acronym."""
    names = build_names("The steel was made by it for all.")

    assert check_entry("IT steel", ["steel was made by it"], [(4, 24)], names) is not None


@given(st.text(max_size=60), st.text(max_size=40), st.text(max_size=40))
def test_a_text_carries_each_entry_that_it_contains(value: str, before: str, after: str) -> None:
    """What is copied from the article is never complained about."""
    text = f"{before} {value} {after}"

    assert check_entry(value, [text], [(0, len(text))], build_names(text)) is None


@given(st.text(min_size=1, max_size=80), st.text(max_size=200), st.sampled_from(["US", "ZZ", None]))
def test_no_party_and_no_text_break_the_check(name: str, text: str, country: str | None) -> None:
    """Both come from outside; a verdict comes back in any case."""
    names = build_names(text)
    complaint = check_party(Party(name=name, country=country), [text], [(0, len(text))], names)

    assert complaint is None or complaint.endswith(".") or "country" in complaint


def test_a_pronoun_points_two_sentences_back() -> None:
    """News names a state once and goes on with "the ministry"."""
    text = "China met firms on Monday. Talks were long. The ministry then suspended two rules."
    quote = "The ministry then suspended two rules"
    span = (text.index(quote), text.index(quote) + len(quote))

    names = build_names(text)
    assert check_party(Party(name="China", country="CN"), [quote], [span], names) is None
