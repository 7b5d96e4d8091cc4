"""Plain correct readings of the sample articles pass: each false complaint is a paid re-ask."""

from typing import NamedTuple

import pytest

from schemas import Party
from service.checking.affiliations import ArticleNames, build_names
from service.checking.names import check_entry, check_party
from service.checking.negation import find_dropped_negation
from service.checking.stray_names import find_stray_names

US = ("United States", "US")
CHINA = ("China", "CN")
TRUMP = ("Donald Trump", "US")
XI = ("Xi Jinping", "CN")
HE = ("He Lifeng", "CN")
BESSENT = ("Scott Bessent", "US")
GREER = ("Jamieson Greer", "US")
G7 = ("G7", None)


class Item(NamedTuple):
    """A reading's item: the seed's number, its quotes, and what is claimed of names."""

    seed: int
    quotes: tuple[str, ...]
    parties: tuple[tuple[str, str | None], ...] = ()
    participants: tuple[tuple[str, str | None], ...] = ()
    entries: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()


READINGS = [
    Item(
        0,
        (
            (
                "Chinese Vice Premier He Lifeng held a video call with U.S. Treasury Secretary "
                "Scott Bessent and U.S. Trade Representative Jamieson Greer on December 5."
            ),
        ),
        participants=(HE, BESSENT, GREER),
        texts=("Both sides confirmed the talks, and Bessent called the discussion constructive.",),
    ),
    Item(
        0,
        ('the officials "discussed the ongoing implementation" of the Busan arrangement',),
        entries=("Scott Bessent", "Busan arrangement"),
        parties=(US, CHINA),
    ),
    Item(
        0,
        ("their phone call on November 24",),
        participants=(TRUMP, XI),
        entries=("Xinhua",),
    ),
    Item(
        0,
        ("purchasing 12 million metric tons of soybeans by the end of February 2026",),
        parties=(CHINA, US),
        entries=("Scott Bessent", "soybeans"),
        texts=(
            "buy 12 million metric tons of soybeans",
            "Purchase soybeans under the U.S.-China deal",
        ),
    ),
    Item(
        0,
        ("The U.S. agreed to trim tariffs on China in exchange for Beijing cracking down",),
        parties=(US, CHINA),
        texts=(
            "trim tariffs on Chinese goods",
            (
                "in exchange for China cracking down on illicit fentanyl trade and resuming "
                "purchases of American soybeans"
            ),
        ),
    ),
    Item(
        0,
        ("is prepared to pay a 15% tax to the U.S. government if it proceeds with shipments",),
        parties=(US,),
        entries=("AMD", "MI308", "Lisa Su"),
        texts=("AMD pays a 15% tax to the U.S. government on shipments of MI308 chips to China",),
    ),
    Item(
        0,
        ("U.S. lawmakers kept a measure out of must-pass defense legislation",),
        parties=(US, CHINA),
        entries=("Nvidia", "Bloomberg", "AI chips"),
        texts=(
            "limit Nvidia's ability to sell advanced AI chips to China",
            "U.S. lawmakers kept a measure out of the defense legislation",
        ),
    ),
    Item(
        0,
        ("delegation to meet with the U.S. Semiconductor Industry Association",),
        participants=(("Ren Hongbin", "CN"), ("Semiconductor Industry Association", "US")),
        entries=("CCPIT",),
    ),
    Item(
        1,
        ("On December 5, 2025, Chinese Vice Premier He Lifeng engaged in a virtual meeting",),
        participants=(HE, BESSENT, GREER),
    ),
    Item(
        1,
        ("a reduction in US tariffs on Chinese fentanyl-related products from 20% to 10%",),
        parties=(US, CHINA),
        entries=("fentanyl-related products",),
        texts=("Reduce US tariffs on Chinese fentanyl-related products from 20% to 10%",),
    ),
    Item(
        1,
        ("President Xi will take active measures to block the inflow of fentanyl",),
        parties=(CHINA, US),
        entries=("Donald Trump",),
        texts=("take active measures to block the inflow of fentanyl",),
    ),
    Item(
        1,
        ("600,000 students from China would be allowed to study in the United States",),
        parties=(US, CHINA),
        entries=("Donald Trump",),
        texts=("Allow 600,000 Chinese students to study in the United States",),
    ),
    Item(
        1,
        ("negotiated for the US to levy a 30% tariff on Chinese imports",),
        parties=(US, CHINA),
        entries=("imports",),
        texts=("levy a 30% tariff on imports from China",),
    ),
    Item(
        1,
        ("Trump reportedly briefed Japanese Prime Minister Sanae Takaichi",),
        participants=(TRUMP, ("Sanae Takaichi", "JP")),
        texts=("Trump briefed Japan's Prime Minister on his exchange with Xi.",),
    ),
    Item(
        1,
        ("recent virtual meeting was held to discuss the next phase of cooperation tasks",),
        participants=(("Ministry of Public Security", "CN"), US),
        entries=("Chinese Ministry of Public Security",),
    ),
    Item(
        2,
        ("Ma Zhaoxu and U.S. Deputy Secretary of State Christopher Landau",),
        participants=(("Ma Zhaoxu", "CN"), ("Christopher Landau", "US")),
    ),
    Item(
        2,
        ("a meeting between Ma and the newly minted U.S. Ambassador to China, David Perdue",),
        participants=(("Ma Zhaoxu", "CN"), ("David Perdue", "US")),
    ),
    Item(
        2,
        ("both sides issued a rare joint statement to temporarily lower most tariffs",),
        parties=(US, CHINA),
        entries=("Geneva",),
        texts=("Temporarily lower most tariffs on each other's goods",),
    ),
    Item(
        2,
        ("warned companies not to use Chinese-made artificial intelligence chips",),
        parties=(US, CHINA),
        entries=("Huawei Technologies", "Huawei", "AI chips"),
        texts=("Warn companies against using Chinese-made AI chips, those of Huawei above all",),
    ),
    Item(
        2,
        ("Beijing will take resolute measures to safeguard its legitimate rights and interests",),
        parties=(CHINA,),
        entries=("Ministry of Commerce",),
        texts=("take resolute measures to safeguard China's legitimate rights",),
    ),
    Item(
        2,
        ("In a separate meeting with JPMorgan Chase Jamie Dimon on Thursday",),
        participants=(HE, ("Jamie Dimon", "US")),
        texts=("He said the negotiations with the U.S. have made substantial progress.",),
    ),
    Item(
        3,
        ("Gilliam said on Thursday that U.S.-China trade needs to remain balanced",),
        participants=(("Jacquelyn Gilliam", "US"),),
        entries=("Jacquelyn Gilliam",),
        texts=("Jacquelyn Gilliam said U.S.-China trade needs to remain balanced.",),
    ),
    Item(
        3,
        ("the United States agreed to lower tariffs on Chinese goods in exchange for Beijing",),
        parties=(US, CHINA),
        texts=("lower tariffs on Chinese goods",),
    ),
    Item(
        3,
        ("at the APEC summit in Busan, South Korea, in October",),
        participants=(US, CHINA),
        entries=("Busan", "Busan, South Korea"),
    ),
    Item(
        4,
        ("Donald Trump to threaten 100 percent tariffs on imports from China",),
        parties=(US, CHINA),
        entries=("Donald Trump", "imports"),
        texts=(
            "Impose 100 percent tariffs on imports from China",
            "in retaliation for Beijing's controls on the rare earths industry",
        ),
    ),
    Item(
        4,
        ("G7 ministers have agreed to coordinate a short-term response",),
        parties=(G7,),
        entries=("Valdis Dombrovskis",),
        texts=("coordinate a short-term response and diversify suppliers",),
    ),
    Item(
        4,
        ("both bilaterally with the US and at the G7 level, to coordinate our",),
        parties=(("European Union", "EU"), US, G7),
        entries=("Valdis Dombrovskis",),
        texts=("coordinate its approach with the US and within the G7",),
    ),
    Item(
        4,
        ("he would allow shipments of Nvidia’s H200 chips to China",),
        parties=(US, CHINA),
        entries=("Nvidia", "H200", "Donald Trump"),
        texts=("Allow shipments of Nvidia's H200 chips to China",),
    ),
    Item(
        4,
        ("is rejecting the artificial intelligence (AI) chip in favor of domestically developed",),
        parties=(CHINA,),
        entries=("Nvidia", "David Sacks"),
        texts=("China rejects Nvidia's H200 in favor of domestically developed semiconductors",),
    ),
    Item(
        4,
        ("Two of ACM’s units, based in Shanghai and South Korea, were among a number of firms",),
        entries=("ACM",),
        parties=(US,),
    ),
]
"""Items as a careful reader would give them, written by hand."""

WHOLE_TEXTS = [
    (0, "U.S. and China confirm progress on Busan deal in Friday video call"),
    (
        0,
        (
            "Chinese Vice Premier He Lifeng and U.S. Treasury Secretary Scott Bessent spoke. "
            "China is to buy 12 million tons of American soybeans, while Washington trims tariffs."
        ),
    ),
    (1, "US and China Extend Tariff Truce as Trade Talks Continue"),
    (1, "Trump says 600,000 Chinese students may study in the United States, and Beijing agrees."),
    (2, "China and US keep lines open after Landau's call with Ma Zhaoxu"),
    (3, "Bessent reports smooth progress; the White House wants balanced trade with China"),
    (4, "China, US Agree to New Round of Trade Talks After Tariff Threat"),
    (4, "IMF head Kristalina Georgieva and Germany's Lars Klingbeil hope that tensions cool."),
]


@pytest.fixture(scope="session")
def seed_names(seed_texts: tuple[str, ...]) -> tuple[ArticleNames, ...]:
    """Return the names of each sample article."""
    return tuple(build_names(text.strip()) for text in seed_texts)


@pytest.mark.parametrize("item", READINGS, ids=lambda item: f"{item.seed}-{item.quotes[0][:30]}")
def test_a_careful_reading_of_a_seed_draws_no_complaint(
    seed_names: tuple[ArticleNames, ...], item: Item
) -> None:
    """A complaint about a right value costs a call and may push the reader to a wrong one."""
    names = seed_names[item.seed]
    spans = [
        (names.text.index(quote), names.text.index(quote) + len(quote)) for quote in item.quotes
    ]
    sources = [*item.quotes, *names.find_sentences(spans)]

    complaints = [
        check_party(Party(name=name, country=country), item.quotes, spans, names, people=False)
        for name, country in item.parties
    ]
    complaints += [
        check_party(Party(name=name, country=country), item.quotes, spans, names)
        for name, country in item.participants
    ]
    complaints += [check_entry(value, item.quotes, spans, names) for value in item.entries]
    complaints += [find_dropped_negation(text, sources) for text in item.texts]
    strays = [stray for text in item.texts for stray in find_stray_names(text, sources, names)]

    assert [complaint for complaint in complaints if complaint] == []
    assert strays == []


@pytest.mark.parametrize(("seed", "text"), WHOLE_TEXTS)
def test_a_right_headline_or_gist_has_no_stray_name(
    seed_names: tuple[ArticleNames, ...], seed: int, text: str
) -> None:
    """A headline rests on the whole article, in whatever capitals it is set."""
    names = seed_names[seed]

    assert find_stray_names(text, [names.text], names) == []


def test_each_paragraph_of_each_seed_carries_its_own_names(seed_texts: tuple[str, ...]) -> None:
    """A text that is its own source can have no stray name."""
    paragraphs = [line for text in seed_texts for line in text.splitlines()]

    assert [find_stray_names(line, [line]) for line in paragraphs] == [[] for _ in paragraphs]
