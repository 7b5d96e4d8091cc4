"""The rules on speakers: whose words a sentence tells."""

import pytest

from schemas.article import Article
from service.checking.context import build_context
from service.readers.embedded.marking import mark_page
from service.readers.embedded.page import Page, Sentence
from service.readers.embedded.speech import find_source, is_question


def mark(text: str) -> Page:
    """Return ``text`` as the rules see it."""
    return mark_page(build_context(Article(text=text, published="2026-03-20")))


def find(text: str, said: str) -> str | None:
    """Return the speaker of ``said`` in ``text``."""
    page = mark(text)
    offset = text.index(said)
    return find_source(page, _hold(page, offset), offset)


def _hold(page: Page, offset: int) -> Sentence:
    return next(one for one in page.sentences if one.start <= offset < one.end)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Scott Bessent said on Friday that exports fell.", "Scott Bessent"),
        ("Exports fell, Scott Bessent said.", "Scott Bessent"),
        ("Exports fell, said Treasury Secretary Scott Bessent.", "Scott Bessent"),
        ("Scott Bessent told reporters exports fell.", "Scott Bessent"),
        ("According to Xinhua, exports fell.", "Xinhua"),
        ("Exports fell, according to Scott Bessent.", "Scott Bessent"),
        (
            "Exports fell, two people familiar with the matter said.",
            "two people familiar with the matter",
        ),
        (
            "Exports fell, according to a person familiar with the matter.",
            "person familiar with the matter",
        ),
        ("China's Ministry of Commerce said exports fell.", "Ministry of Commerce"),
        ("Wang Wentao, China's commerce minister, said exports fell.", "Wang Wentao"),
        ("Xinhua reported that Scott Bessent said exports fell.", "Scott Bessent"),
        ("Exports fell, the Ministry of Commerce said.", "Ministry of Commerce"),
        ("Exports fell.", None),
        ("Tariffs were said to be high, but exports fell.", None),
    ],
)
def test_finds_the_first_speaker(text: str, speaker: str | None) -> None:
    """A claim is worth what its speaker is worth: the first one, not who relays it."""
    assert find(text, "xports fell") == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Scott Bessent spoke to reporters. He added that exports fell.", "Scott Bessent"),
        (
            "The Ministry of Commerce answered. The ministry said exports fell.",
            "Ministry of Commerce",
        ),
        (
            "Imports rose, Scott Bessent said. He had met Greer. “Exports fell,” he added.",
            "Scott Bessent",
        ),
        ("Chip sales rose, Nvidia wrote. The company said exports fell.", "Nvidia"),
    ],
)
def test_resolves_pronouns_and_bare_nouns(text: str, speaker: str) -> None:
    """Those named before are meant by "he" and "the ministry"."""
    assert find(text, "xports fell") == speaker


def test_gives_a_quotation_to_the_speaker_of_its_neighbour() -> None:
    """The second sentence of a quotation has no verb of saying of its own."""
    text = "“Imports rose,” Scott Bessent said. “Exports fell. Prices rose.”"

    assert find(text, "Exports fell") == "Scott Bessent"


TRANSCRIPT = (
    "Regular press conference of the Ministry of Commerce\n"
    "He Yadong, spokesperson: Good afternoon.\n"
    "Reuters: Traders say that exports fell. Will the duty go?\n"
    "He Yadong: Imports rose. The duty stays."
)


def test_gives_an_answer_to_the_transcripts_speaker() -> None:
    """Every sentence of a turn is its speaker's."""
    assert find(TRANSCRIPT, "Imports rose") == "He Yadong"
    assert find(TRANSCRIPT, "The duty stays") == "He Yadong"


@pytest.mark.parametrize(
    ("said", "is_asked"),
    [
        ("Reuters: Traders say", True),
        ("Will the duty go", True),
        ("Imports rose", False),
        ("The duty stays", False),
    ],
)
def test_knows_a_transcripts_questions(said: str, is_asked: bool) -> None:
    """What is asked is not told."""
    page = mark(TRANSCRIPT)

    assert is_question(page, _hold(page, TRANSCRIPT.index(said))) is is_asked


@pytest.mark.parametrize(
    "text", ["What should I watch?", "Q: China will stop exports.", "Bloomberg News: It will stop."]
)
def test_knows_a_question_by_itself(text: str) -> None:
    """A heading that asks, and a reporter's label, need no transcript around them."""
    page = mark(text)

    assert is_question(page, page.sentences[0])


@pytest.mark.parametrize(
    "text", ["NEW DELHI: India cut duties.", "Beijing: China will respond.", "Duties fell."]
)
def test_takes_no_dateline_for_a_question(text: str) -> None:
    """A town in front of a colon asks nothing."""
    page = mark(text)

    assert not is_question(page, page.sentences[0])
