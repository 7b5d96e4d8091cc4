"""Corrections in speech, such as "I said March 1. That's wrong."; one doubt for each.

Owns how a speaker takes back what a transcript has them say. It errs to silence: the speaker
says that something was wrong, or names the figure that "not eleven" takes back.
"""

import re
from collections.abc import Iterator, Sequence

from service.readers.embedded.doubt_quotes import Conflict, cut_words
from service.readers.embedded.page import Sentence

_SAID = re.compile(
    r"\b(?:I|we) (?:just |earlier |may have |might have |had |think I |originally )?"
    r"(?:said|told you|gave(?: you)?|quoted|mentioned|stated|used|misstated)\b"
)
_WRONG = re.compile(
    r"^(?:No, )?(?:that|it|this|which)(?:['’]s| is| was)"
    r" (?:wrong|not right|incorrect|a mistake|not correct|an error|my mistake)\b",
    re.IGNORECASE,
)
_TAKEN_BACK = re.compile(
    r"\b(?:I|we) (?:misspoke|stand corrected|got (?:that|it) wrong|should have said|need to correct"
    r"|have to correct|want to correct|must correct)\b"
    r"|\blet me (?:correct|fix) (?:that|myself|one|what)\b",
    re.IGNORECASE,
)
_MENDING = re.compile(
    r"\b(?:fix(?:es)?|corrections?|correct|mistake|wrong|misspoke)\b", re.IGNORECASE
)
_FIGURE = (
    r"(?:\d[\d.,]*(?:st|nd|rd|th)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty)"
)
_NOT = re.compile(
    rf"\b(?:it['’]s|it is|there are|the (?:number|figure|date|rate) is) (?P<new>{_FIGURE})\b"
    rf"[^.;?]{{0,80}}\bnot (?P<old>{_FIGURE})[.!]",
    re.IGNORECASE,
)
_SPEAKER = frozenset({"i", "we", "me"})
_NEAR = 5
"""Sentences from a word of mending to the figure that is mended."""


def find_spoken(told: Sequence[Sentence]) -> Iterator[Conflict]:
    """Yield what speakers of ``told`` take back, in order."""
    used: set[int] = set()
    for at, sentence in enumerate(told):
        if _is_taken_back(told, at):
            held = [sentence, *_list_following(told, at)]
            used |= {one.index for one in held}
            about = "; ".join(_strip(one.text) for one in held)
            yield Conflict(f"A speaker corrects what was said: {about}.", tuple(map(_cut, held)))
    for at, sentence in enumerate(told):
        conflict = _read_figure(told, at) if sentence.index not in used else None
        if conflict is not None:
            yield conflict


def _is_taken_back(told: Sequence[Sentence], at: int) -> bool:
    """Say whether the speaker takes back something that the sentence says or is about."""
    if _SPEAKER.isdisjoint(told[at].words):
        return False
    behind = told[at + 1].text if at + 1 < len(told) else ""
    is_wrong = bool(_SAID.search(told[at].text) and _WRONG.search(behind))
    return is_wrong or _TAKEN_BACK.search(told[at].text) is not None


def _list_following(told: Sequence[Sentence], at: int) -> list[Sentence]:
    """Return what the speaker goes on to say, at most two sentences."""
    held: list[Sentence] = []
    for sentence in told[at + 1 : at + 3]:
        if sentence.is_line_start:
            break
        held.append(sentence)
    return held


def _read_figure(told: Sequence[Sentence], at: int) -> Conflict | None:
    """Return the figure that "it's twelve, not eleven" takes back."""
    match = _NOT.search(told[at].text) if "not" in told[at].words else None
    near = told[max(0, at - _NEAR) : at]
    if match is None or not any(_MENDING.search(earlier.text) for earlier in near):
        return None
    first = _find_earlier(told[:at], match["old"])
    if first is None:
        return None
    old = match["old"]
    about = f"{old[0].upper()}{old[1:]} is said first and then corrected to {match['new']}"
    return Conflict(f"{about}: {_strip(told[at].text)}.", (_cut(first), _cut(told[at])))


def _find_earlier(told: Sequence[Sentence], figure: str) -> Sentence | None:
    pattern = re.compile(rf"\b{re.escape(figure)}\b", re.IGNORECASE)
    return next((sentence for sentence in told if pattern.search(sentence.text)), None)


def _cut(sentence: Sentence) -> str:
    return cut_words(sentence.text)


def _strip(text: str) -> str:
    return " ".join(text.split()).rstrip(".!")
