"""The rules on talks: who met whom, when, where, and how far it is."""

import pytest

from schemas.article import Article
from schemas.draft import DraftTalk
from schemas.parties import find_official
from service.checking.context import build_context
from service.readers.embedded.marking import mark_page
from service.readers.embedded.talks import read_talks
from service.readers.embedded.word_lists import read_lists

PUBLISHED = "2026-03-20"
"""A Friday."""


def read(text: str, published: str | None = PUBLISHED) -> list[DraftTalk]:
    """Return the talks that the rules find in ``text``."""
    return read_talks(mark_page(build_context(Article(text=text, published=published))))


def read_one(text: str) -> DraftTalk:
    """Return the one talk of ``text``."""
    talks = read(text)
    assert len(talks) == 1, talks
    return talks[0]


def list_names(talk: DraftTalk) -> set[str]:
    """Return the names of those who take part."""
    return {party.name for party in talk.participants}


PHRASES = [
    (
        "Treasury Secretary Scott Bessent met Chinese Vice Premier He Lifeng in Geneva on Tuesday.",
        "meeting",
    ),
    ("Scott Bessent and He Lifeng met in Geneva on Tuesday.", "meeting"),
    ("Scott Bessent and He Lifeng held talks in Geneva on Tuesday.", "meeting"),
    ("Scott Bessent sat down with Vice Premier He Lifeng in Geneva on Tuesday.", "meeting"),
    ("On Tuesday, Scott Bessent held a meeting with He Lifeng in Geneva.", "meeting"),
    ("On Tuesday, a meeting between Scott Bessent and He Lifeng took place in Geneva.", "meeting"),
    ("Vice Premier He Lifeng was received by Scott Bessent in Geneva on Tuesday.", "meeting"),
    ("Scott Bessent hosted He Lifeng in Geneva on Tuesday.", "meeting"),
    (
        "Scott Bessent and He Lifeng concluded negotiations in Geneva on Tuesday.",
        "negotiation_round",
    ),
]


@pytest.mark.parametrize(("text", "kind"), PHRASES)
def test_reads_who_met_where_and_when(text: str, kind: str) -> None:
    """News has many verbs and nouns for one thing; each gives the same people, place and day."""
    talk = read_one(text)

    assert list_names(talk) == {"Scott Bessent", "He Lifeng"}
    assert (talk.kind, talk.date, talk.place, talk.status) == (kind, "2026-03-17", "Geneva", "held")


@pytest.mark.parametrize(
    "text",
    [
        "Donald Trump spoke by phone with Canadian Prime Minister Mark Carney on Tuesday.",
        "Donald Trump and Mark Carney spoke by phone on Tuesday.",
        "Donald Trump had a phone call with Mark Carney on Tuesday.",
        "Donald Trump phoned Mark Carney on Tuesday.",
        "Donald Trump held a video conference with Mark Carney on Tuesday.",
        "Donald Trump and Mark Carney held telephone talks on Tuesday.",
        "Donald Trump complained about tariffs in a call with Mark Carney on Tuesday.",
        "Donald Trump went over the gaps with Mark Carney by video link on Tuesday.",
        "On Tuesday, a virtual meeting between Donald Trump and Mark Carney took place.",
    ],
)
def test_reads_anything_remote_as_a_call(text: str) -> None:
    """A video conference is no summit, whoever takes part."""
    talk = read_one(text)

    assert list_names(talk) == {"Donald Trump", "Mark Carney"}
    assert (talk.kind, talk.date, talk.place) == ("call", "2026-03-17", None)


@pytest.mark.parametrize(
    "text",
    [
        "President Xi Jinping and President Donald Trump met in Busan last month.",
        "Xi Jinping held talks with Donald Trump in Busan last month.",
        "The deal goes back to the Trump-Xi meeting in Busan. Donald Trump and Xi Jinping smiled.",
        "Donald Trump and Xi Jinping agreed on a truce at the summit in Busan.",
    ],
)
def test_reads_leaders_face_to_face_as_a_summit(text: str) -> None:
    """Heads of state meet at a summit, whether the word stands there or not."""
    talk = read_one(text)

    assert (talk.kind, talk.place) == ("summit", "Busan")
    assert list_names(talk) == {"Donald Trump", "Xi Jinping"}


def test_every_head_is_an_official_of_the_table() -> None:
    """A head whom the table does not know is never found."""
    heads = read_lists("talks", "heads")["names"]

    assert [
        name for name in heads if not (one := find_official(name)) or one.names[0] != name
    ] == []


def test_a_tabloids_capitals_give_the_usual_name() -> None:
    """“DONALD Trump” and "Trump" are one man."""
    talk = read_one("DONALD Trump raged. Trump met Guy Parmelin in Bern on Tuesday.")

    assert list_names(talk) == {"Donald Trump", "Guy Parmelin"}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Dominic LeBlanc will meet Howard Lutnick in Detroit.", "planned"),
        ("Dominic LeBlanc is due to meet Howard Lutnick in Detroit.", "planned"),
        ("Officials said Dominic LeBlanc would meet Howard Lutnick in Detroit.", "planned"),
        ("Dominic LeBlanc is to travel to Detroit for a meeting with Howard Lutnick.", "planned"),
        (
            "Dominic LeBlanc's meeting with Howard Lutnick in Detroit has been called off.",
            "cancelled",
        ),
        (
            "Dominic LeBlanc was due to meet Howard Lutnick, but the session was cancelled.",
            "cancelled",
        ),
        ("Dominic LeBlanc and Howard Lutnick are meeting in Detroit.", "ongoing"),
        ("Dominic LeBlanc has met Howard Lutnick in Detroit.", "held"),
    ],
)
def test_reads_how_far_the_talks_are(text: str, status: str) -> None:
    """A planned meeting that is told as held misleads; so does the reverse."""
    talk = read_one(text)

    assert talk.status == status
    assert list_names(talk) == {"Dominic LeBlanc", "Howard Lutnick"}


@pytest.mark.parametrize(
    "text",
    [
        "Donald Trump could meet Xi Jinping if a deal is reached.",
        "Donald Trump refused to meet Xi Jinping.",
        "Donald Trump said he has no plans to meet with Mark Carney.",
        "The EU called for talks with China on medical devices.",
        "China urged the United States to return to talks.",
        "Is it true that Wang Wentao will meet Howard Lutnick in May?",
        "Beijing called the decision a mistake and Brussels called on China to explain.",
        "China has met its target for soybean purchases from the United States.",
        "Finance chief Jean Hu said on a call with analysts that sales to China rose.",
        "Shareholders will meet on Friday. The board meeting was held in China.",
        "Commerce Minister Wang Wentao told a press conference that China would respond.",
        "Curator Anna Li met visitors at the museum. A visit to Beijing inspired the show.",
        "Both sides meet each other halfway, said China's Ministry of Commerce.",
        "Ontario Premier Doug Ford called Trump a bully.",
        "Nvidia met customers in Taipei, and AMD held a meeting with suppliers.",
    ],
)
def test_invents_no_talks(text: str) -> None:
    """What is asked for, refused, imagined or among firms is no meeting of parties."""
    assert read(text) == []


def test_joins_what_several_sentences_tell_of_one_call() -> None:
    """Officials in the lead and names below it are one call, not two."""
    talk = read_one(
        "Senior U.S. and Chinese officials held discussions on Tuesday.\n"
        "Chinese Vice Premier He Lifeng held a video call with Treasury Secretary Scott Bessent on"
        " March 17. U.S. Trade Representative Jamieson Greer also took part in the call. The call"
        " came as a truce was about to end."
    )

    assert list_names(talk) == {"He Lifeng", "Scott Bessent", "Jamieson Greer"}
    assert talk.kind == "call"


def test_keeps_two_calls_of_other_people_apart() -> None:
    """Ministers and presidents of the same two states speak of the same deal on two days."""
    talks = read(
        "He Lifeng and Scott Bessent spoke by phone on Tuesday. The call followed one between"
        " leaders. Donald Trump and Xi Jinping spoke by phone on March 2."
    )

    assert [talk.date for talk in talks] == ["2026-03-17", "2026-03-02"]


def test_clears_a_date_on_which_the_article_contradicts_itself() -> None:
    """Of two years for one meeting neither can be told."""
    talk = read_one(
        "Narendra Modi and Donald Trump met at the White House in February 2025. They promised a"
        " deal.\nNothing has come of the Modi-Trump meeting of February 2024."
    )

    assert talk.date is None


def test_dates_no_talks_by_another_clause() -> None:
    """The day of a statement, or of what was agreed, is not the day of the meeting."""
    talk = read_one(
        "Piyush Goyal met Jamieson Greer in New Delhi, and duties will fall from May 1, officials"
        " said on Thursday."
    )

    assert talk.date is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "China and the United States held trade talks in Madrid on Monday.",
            {"China", "United States"},
        ),
        (
            "U.S. and Chinese officials held trade talks in Madrid on Monday.",
            {"China", "United States"},
        ),
        (
            "China's commerce ministry and the EU held a video conference.",
            {"China", "European Union"},
        ),
        (
            "The Dutch minister phoned Commerce Minister Wang Wentao on Monday.",
            {"Netherlands", "Wang Wentao"},
        ),
        (
            "Piyush Goyal met his Canadian counterpart Maninder Sidhu in New Delhi.",
            {"Piyush Goyal", "Maninder Sidhu"},
        ),
        (
            "Wang Wentao, China's commerce minister, met Maroš Šefčovič, the EU trade chief.",
            {"Wang Wentao", "Maroš Šefčovič"},
        ),
        (
            "Nvidia CEO Jensen Huang met President Donald Trump at the White House.",
            {"Jensen Huang", "Donald Trump"},
        ),
        (
            "Taiwan's Vice Premier Cheng Li-chiun led a team to talks with the United States.",
            {"Cheng Li-chiun", "United States"},
        ),
    ],
)
def test_names_those_who_take_part(text: str, names: set[str]) -> None:
    """People stand for their states; states stand where nobody is named."""
    assert list_names(read_one(text)) == names


def test_resolves_both_sides_to_the_states_in_question() -> None:
    """A pronoun names the two states of which the article speaks."""
    talks = read(
        "He Lifeng and Scott Bessent spoke by phone on Tuesday.\n"
        "Both sides' teams will hold a new round of consultations in Stockholm in May."
    )

    assert list_names(talks[1]) == {"China", "United States"}
    assert (talks[1].kind, talks[1].place, talks[1].status) == (
        "negotiation_round", "Stockholm", "planned",
    )  # fmt: skip


def test_resolves_he_to_the_one_named_before() -> None:
    """The subject of a sentence may be a pronoun."""
    talk = read_one("Scott Bessent flew home. He met He Lifeng in Geneva on Tuesday.")

    assert list_names(talk) == {"Scott Bessent", "He Lifeng"}


def test_reads_a_visit() -> None:
    """A trip has a guest, a place and a date."""
    talk = read_one(
        "Prime Minister Rob Jetten's trip to Beijing, planned for June 2026, is still on."
    )

    assert (talk.kind, talk.place, talk.date, talk.status) == (
        "visit", "Beijing", "2026-06", "planned",
    )  # fmt: skip
    assert list_names(talk) == {"Rob Jetten"}


def test_reads_topics_only_where_talks_are_about_them() -> None:
    """A tariff elsewhere in the sentence is no topic of the call."""
    on_topic = read_one("He Lifeng and Scott Bessent held talks on export controls in Geneva.")
    beside = read_one("He Lifeng and Scott Bessent met, without saying whether tariffs came up.")

    assert on_topic.topics == ["export_controls"]
    assert beside.topics == []


def test_tells_what_came_of_the_talks() -> None:
    """A readout's sentence is the outcome of its talk."""
    talk = read_one(
        "He Lifeng met Scott Bessent in Geneva on Tuesday. The two sides agreed to stay in touch."
    )

    assert talk.outcome == "The two sides agreed to stay in touch."
    assert talk.outcome in talk.evidence


def test_tells_a_transcripts_answer_and_not_its_question() -> None:
    """What a reporter puts in is no fact; what the spokesperson answers is one."""
    talks = read(
        "Q: Did Minister Wang Wentao meet Secretary Howard Lutnick in March?\n"
        "A: On March 17, Minister Wang Wentao had a phone call with Dutch Minister Vincent"
        " Karremans."
    )

    assert [list_names(talk) for talk in talks] == [{"Wang Wentao", "Vincent Karremans"}]


def test_names_the_speaker_who_tells_of_the_talks() -> None:
    """Who says that a meeting will take place is its source."""
    talk = read_one(
        "Dominic LeBlanc will meet Howard Lutnick in Detroit on March 23, two officials said."
    )

    assert talk.source == "two officials"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "İ met ŞI in İstanbul.",
        "🙂 Donald Trump “met” 习近平.\r\nTalks… between and with, at in on",
        "with with with met met call call the the of of - - ’s ’s , , . .",
    ],
)
def test_survives_any_text(text: str) -> None:
    """No row of words may stop the reader."""
    read(text or " ")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Premier Li Qiang of China travels to Australia in September.", "planned"),
        ("Maninder Sidhu of Canada meets U.S. envoy Jamieson Greer in Lima next week.", "planned"),
        ("Canada's trade minister, Maninder Sidhu, is to return to Lima next week.", "planned"),
        ("Norway will send a delegation under Kari Vik to Lima on 8 September.", "planned"),
        (
            (
                "Britain's trade secretary Peter Kyle spoke on Wednesday after holding talks with"
                " India's trade minister Piyush Goyal in London."
            ),
            "held",
        ),
        (
            (
                "Mauro Vieira, Brazil's foreign minister, and U.S. Secretary of State Marco Rubio"
                " held a working lunch in Lima on Thursday."
            ),
            "held",
        ),
        ("Negotiators from Thailand and Peru conferred virtually on July 3.", "held"),
        ("China and Peru reached a consensus during two days of talks here.", "held"),
    ],
)
def test_talks_are_told_by_what_leads_to_them(text: str, status: str) -> None:
    """Setting out, sending somebody, and what is said after or during talks tell of them."""
    assert [talk.status for talk in read(text, "2026-07-16")] == [status]


def test_a_headline_and_the_text_tell_of_one_summit() -> None:
    """The headline gives the town, the text the house."""
    talks = read(
        "Trump and Takaichi sign minerals pact in Tokyo\n\n"
        "U.S. President Donald Trump and Japanese Prime Minister Sanae Takaichi on Tuesday"
        " signed documents at the start of a summit at the Akasaka Palace."
    )

    assert len(talks) == 1
