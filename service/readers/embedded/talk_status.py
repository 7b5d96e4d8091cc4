"""How far talks are: held, planned, under way, called off, or not told as a fact at all.

Owns the words around a meeting that say so. Knows no party.
"""

from collections.abc import Sequence
from itertools import pairwise

from schemas.base import TalkStatus
from service.readers.embedded.talk_marks import MarkedSentence

_DENIED = frozenset(
    """
    no rejects reject rejecting not never without n't t nor neither refused refuses refusing
    declined declines rejected failed unlikely avoid avoided denied denies rumours rumors
    speculation
    """.split()
)
_UNREAL = frozenset(
    """
    if whether unless may might could should must let want wants wanted hope hopes hoped
    hoping wish willing offered offer offers urge urged urges asked asking ask demanded
    sought seek seeks seeking propose proposed proposes suggested suggests invite invited
    invites request requested requests possible potential hypothetical ready threatened
    prepared consider considering weighing pushing push wanting calls calling requesting
    ought trying tried try possibility prospect prospects chance chances need needs
    """.split()
)
_PLANNED = frozenset(
    """
    will shall 'll ’ll won upcoming forthcoming planned scheduled expected slated plans
    planning
    """.split()
)
_PROMISED = _PLANNED | {"agreed", "agree"}
_SET = frozenset(
    """
    due set scheduled expected slated planned poised agreed agree agrees plans planning
    going plan preparing
    """.split()
)
_BE = frozenset("is are was were be been".split())
_TOLD = frozenset(
    """
    said says that added adding announced confirmed told wrote reported revealed disclosed
    it stated he she they confirming saying revealing
    """.split()
)
_BREAKS = frozenset({";", ":", ".", "“", "”", '"', "—", "–", "(", ")"})
_CANCELLED = (
    "called off",
    "cancelled",
    "canceled",
    "scrapped",
    "shelved",
    "axed",
    "was off",
    "is off",
    "scuttled",
    "abandoned",
)
_AHEAD = tuple(
    """
    will take place; will be held; will begin; will start; would take place; is scheduled; is set
    are scheduled; are set; is planned; are planned; planned for; is expected; are expected
    scheduled for; slated for; is still on; penciled in; pencilled in; next week; next month
    next year; later this; is due; are due; to be held; are to; is to
    """.strip()
    .replace("\n    ", "; ")
    .split("; ")
)
"""Words behind talks that are yet to come."""
_OPEN = frozenset("possible potential proposed any no hypothetical future rumoured rumored".split())
_LEAVING = frozenset("left leaves leaving departed departs heads heading headed".split())
_LEFT_OPEN = frozenset({"might", "may", "could"})
_HAPPENING = frozenset(
    "be begin start resume take happen follow reopen restart come collapse fail drag".split()
)
_OPEN_REACH = 10
"""Most marks from talks to "could begin"."""
_COMING = frozenset("expected upcoming planned scheduled forthcoming coming next".split())
_TURNING = ("called off", "cancelled", "canceled", "scrapped", "axed", "pulled out of")
_NEARLY = frozenset("threatened not would nearly almost".split())
_WAS = frozenset("was were been is had has".split())
_CALLING = frozenset("call called calls calling asked appeal appealed pressed".split())
_ENDED = frozenset(
    """
    terminating terminated terminate suspended suspending suspend halted broke breaking
    ending
    """.split()
)
_DELAYED = frozenset("postponed postpones delayed delays postpone".split())
_ONGOING = frozenset("ongoing continuing underway".split())
_BASE_FORMS = frozenset(
    """
    meet hold speak talk visit travel host confer phone call sit discuss consult have
    conduct fly lead resume start begin exchange go receive attend join open convene launch
    continue negotiate gather return head brief take send sign dine see
    """.split()
)
_PRESENT = frozenset("meets hosts receives visits sees welcomes".split())
_GATHERING = frozenset("meet sit convene gather".split())
_AHEAD_LEADS = frozenset("when until before once".split())
"""Words before a verb in the present that put it ahead: "when they meet on Friday"."""
_ING_FORMS = frozenset(
    """
    meeting holding visiting hosting travelling traveling talking speaking negotiating
    heading
    """.split()
)
_REACH = 9
_FAR = 30
"""Most words from talks to what became of them."""


def judge_verb(marked: MarkedSentence, at: int) -> TalkStatus | None:
    """Return how far the talks are whose verb is the mark ``at``; ``None`` where it is no fact."""
    words = marked.words
    before = list(_cut_clause(words, at))
    near = before[-4:]
    if _DENIED & set(near):
        return None
    turned = _find_turn(words, at)
    if turned:
        return turned
    if words[at] in _BASE_FORMS:
        return _judge_base(marked, at, before)
    if words[at] in _ING_FORMS and _BE & set(before[-2:]):
        return "planned" if _is_ahead(words, at) else "ongoing"
    if _UNREAL & set(before[-3:]) or "would" in near:
        return None
    is_ahead = words[at] in _PRESENT and _is_next(marked, at)
    return "planned" if is_ahead else "held"


def _judge_base(marked: MarkedSentence, at: int, before: Sequence[str]) -> TalkStatus | None:
    words, near = marked.words, before[-7:]
    if words[at] in _GATHERING and _AHEAD_LEADS & set(before[-5:]):
        return "planned"
    if "would" in near:
        is_told = _TOLD & set(words[max(0, at - 40) : at]) and not _UNREAL & set(before)
        return "planned" if is_told else None
    if _UNREAL & set(near):
        return None
    if {"will", "shall", "'ll", "’ll"} & set(near):
        return "planned"
    if "to" in near[-3:]:
        return _judge_infinitive(near)
    return "planned" if _is_next(marked, at) else "held"


def _is_next(marked: MarkedSentence, at: int) -> bool:
    """Say whether the verb in the present is dated by what comes: "meet in Tokyo next month"."""
    words = marked.words
    ahead = range(at + 1, min(len(words), at + _OPEN_REACH))
    return any(words[i] == "D" and marked.write(i).lower().startswith("next") for i in ahead)


def _judge_infinitive(near: Sequence[str]) -> TalkStatus | None:
    """Judge "is due to meet", "led a delegation to meet", "Trump, Xi to meet"."""
    place = len(near) - 1 - near[::-1].index("to")
    lead = near[place - 1] if place else ""
    if lead in {"delegation", "team", "teams", "delegates"}:
        return "held"
    is_planned = lead in _SET | _BE | {"D", "leaders", "officials"} or lead in {*"PSAG"}
    return "planned" if is_planned else None


def judge_noun(marked: MarkedSentence, first: int, at: int) -> TalkStatus | None:
    """Return how far the talks are whose noun is at ``at`` and whose phrase begins at ``first``."""
    words = marked.words
    phrase = set(words[first : at + 1])
    if _OPEN & phrase or _is_left_open(words, at):
        return None
    status = _find_turn(words, at) or _judge_phrase(words, first, phrase)
    if status:
        return status
    before = list(_cut_clause(words, first))[-_REACH:]
    if _is_called_for(before):
        return None
    is_past = bool({"after", "following"} & set(before[-3:]))
    is_planned = bool(set(before) & _PROMISED) and not is_past
    is_planned |= "due" in before or _is_awaited(before) or _is_under_way(before)
    if "would" in before and not is_planned:
        return "planned" if _TOLD & set(words[max(0, at - 40) : at]) else None
    return "planned" if is_planned or _is_ahead(words, at) else "held"


def _is_left_open(words: Sequence[str], at: int) -> bool:
    """Say whether it is open that the talks take place: "talks on steel could resume"."""
    for place in range(at + 1, min(len(words) - 1, at + _OPEN_REACH)):
        if words[place] in _BREAKS or words[place] in {",", "that", "which", "who"}:
            return False
        if words[place] in _LEFT_OPEN:
            return place == at + 1 or words[place + 1] in _HAPPENING
    return False


def _is_under_way(before: Sequence[str]) -> bool:
    """Say whether somebody has only set out: "left for Washington for talks"."""
    return any(word in _LEAVING and behind in {"for", "to"} for word, behind in pairwise(before))


def _is_awaited(before: Sequence[str]) -> bool:
    """Say whether something is still to happen then: "to be signed during the visit"."""
    is_then = bool({"during", "at"} & set(before[-2:]))
    return is_then and any(pair == ("to", "be") for pair in pairwise(before))


def _judge_phrase(words: Sequence[str], first: int, phrase: set[str]) -> TalkStatus | None:
    if _COMING & phrase:
        return "planned"
    if _ENDED & set(words[max(0, first - 2) : first]):
        return "cancelled"
    return "ongoing" if _ONGOING & phrase else None


def _is_called_for(before: Sequence[str]) -> bool:
    near = before[-5:]
    if "open to" in " ".join(near):
        return True
    if _DENIED & set(before[-3:]) or _UNREAL & set(near):
        return not {"after", "following", "during", "since"} & set(before[-2:])
    return "for" in near[-2:] and bool(_CALLING & set(near[-4:]))


def _cut_clause(words: Sequence[str], at: int) -> Sequence[str]:
    """Return the words of the clause in front of ``at``."""
    first = max(0, at - 14)
    for place in range(at - 1, first - 1, -1):
        if words[place] in _BREAKS:
            return words[place + 1 : at]
    return words[first:at]


def _find_turn(words: Sequence[str], at: int) -> TalkStatus | None:
    """Return that the talks were called off or put off, where their clause says so."""
    last = min(len(words), at + 20)
    last = next((i for i in range(at, last) if words[i] in {".", ";"}), last)
    behind = " ".join(words[at + 1 : last])
    phrase = next((phrase for phrase in _CANCELLED if f" {phrase}" in f" {behind}"), None)
    if phrase and "threat" not in behind:
        lead = behind.split(phrase)[0].split()[-3:]
        return "cancelled" if _WAS & set(lead) else None
    if _is_put_off(words, at):
        return "cancelled"
    if _DELAYED & {*words[at + 1 : min(last, at + 9)], *words[max(0, at - 4) : at]}:
        return "planned"
    before = words[max(0, at - 7) : at]
    is_turned = any(phrase in " ".join(before) for phrase in _TURNING)
    return "cancelled" if is_turned and not _NEARLY & set(before) else None


def _is_put_off(words: Sequence[str], at: int) -> bool:
    """Say whether the talks were put off without a new date: "was postponed indefinitely"."""
    reach = words[at : at + _FAR]
    return any(
        word in _DELAYED and following == "indefinitely" for word, following in pairwise(reach)
    )


def _is_ahead(words: Sequence[str], at: int) -> bool:
    behind = " ".join(words[at + 1 : at + 16])
    text = behind.replace(" ,", "")
    return any(phrase in text for phrase in _AHEAD)
