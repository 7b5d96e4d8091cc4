"""How far talks are: held, planned, under way, called off, or not told as a fact at all.

Owns the words around a meeting that say so. Knows no party.
"""

from collections.abc import Sequence

from schemas.base import TalkStatus
from service.readers.embedded.talk_marks import MarkedSentence

_DENIED = frozenset(
    "no rejects reject rejecting not never without n't t nor neither refused refuses refusing declined declines rejected failed unlikely"
    " avoid avoided denied denies rumours rumors speculation".split()
)
_UNREAL = frozenset(
    "if whether unless may might could should must let want wants wanted hope hopes hoped hoping wish willing"
    " offered offer offers urge urged urges asked asking ask demanded sought seek seeks seeking"
    " propose proposed proposes suggested suggests invite invited invites request requested requests"
    " possible potential hypothetical ready threatened prepared consider considering weighing"
    " pushing push wanting calls calling requesting ought trying tried try unless possibility"
    " prospect prospects chance chances need needs".split()
)
_PLANNED = frozenset("will shall 'll ’ll won upcoming forthcoming planned scheduled expected slated plans planning".split())
_SET = frozenset("due set scheduled expected slated planned poised agreed agree agrees plans planning going plan preparing".split())
_BE = frozenset("is are was were be been".split())
_TOLD = frozenset(
    "said says that added adding announced confirmed told wrote reported revealed disclosed it stated he she they"
    " confirming saying revealing".split()
)
_BREAKS = frozenset({";", ":", ".", "“", "”", '"', "—", "–", "(", ")"})
_CANCELLED = ("called off", "cancelled", "canceled", "scrapped", "axed", "was off", "is off", "scuttled", "abandoned")
_AHEAD = (
    "will take place", "is scheduled", "are scheduled", "is set", "are set", "is planned", "are planned",
    "planned for", "is expected", "are expected", "scheduled for", "slated for", "is still on", "penciled in",
    "pencilled in", "next week", "next month", "later this", "is due", "are due", "will be held", "would take place",
    "will begin", "will start", "to be held", "next year", "are to", "is to",
)  # fmt: skip
_ENDED = frozenset("terminating terminated terminate suspended suspending suspend halted broke breaking ending".split())
_DELAYED = frozenset("postponed postpones delayed delays postpone".split())
_ONGOING = frozenset("ongoing continuing underway".split())
_BASE_FORMS = frozenset(
    "meet hold speak talk visit travel host confer phone call sit discuss consult have conduct fly lead"
    " resume start begin exchange go receive attend join open convene launch continue negotiate"
    " gather head brief".split()
)
_ING_FORMS = frozenset("meeting holding visiting hosting travelling traveling talking speaking negotiating heading".split())
_REACH = 9


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
        return _judge_base(words, at, before)
    if words[at] in _ING_FORMS and _BE & set(before[-2:]):
        return "planned" if _is_ahead(words, at) else "ongoing"
    if _UNREAL & set(before[-3:]) or "would" in near:
        return None
    return "held"


def _judge_base(words: Sequence[str], at: int, before: Sequence[str]) -> TalkStatus | None:
    near = before[-7:]
    if "would" in near:
        return "planned" if _TOLD & set(words[max(0, at - 40) : at]) and not _UNREAL & set(before) else None
    if _UNREAL & set(near):
        return None
    if {"will", "shall", "'ll", "’ll"} & set(near):
        return "planned"
    if "to" in near[-3:]:
        place = len(near) - 1 - near[::-1].index("to")
        lead = near[place - 1] if place else ""
        if lead in {"delegation", "team", "teams", "delegates"} and not {"will", "would"} & set(before):
            return "held"
        if lead in _SET or lead in _BE or lead in "PSAG" or lead in {"D", "leaders", "officials"}:
            return "planned" if lead else None
        return None
    return "held"


def judge_noun(marked: MarkedSentence, first: int, at: int) -> TalkStatus | None:
    """Return how far the talks are that the noun at ``at`` names, its phrase beginning at ``first``."""
    words = marked.words
    phrase = set(words[first : at + 1])
    if {"possible", "potential", "proposed", "any", "no", "hypothetical", "future", "rumoured"} & phrase:
        return None
    turned = _find_turn(words, at)
    if turned:
        return turned
    if {"expected", "upcoming", "planned", "scheduled", "forthcoming", "coming", "next"} & phrase:
        return "planned"
    if _ENDED & set(words[max(0, first - 2) : first]):
        return "cancelled"
    if _ONGOING & phrase:
        return "ongoing"
    before = list(_cut_clause(words, first))[-_REACH:]
    if _is_called_for(before):
        return None
    if (set(before) & (_PLANNED | {"agreed", "agree"})) and not {"after", "following"} & set(before[-3:]):
        return "planned"
    if "would" in before:
        return "planned" if _TOLD & set(words[max(0, at - 40) : at]) else None
    return "planned" if _is_ahead(words, at) else "held"


def _is_called_for(before: Sequence[str]) -> bool:
    near = before[-5:]
    if "open to" in " ".join(near):
        return True
    if _DENIED & set(before[-3:]) or _UNREAL & set(near):
        return not {"after", "following", "during", "since"} & set(before[-2:])
    return "for" in near[-2:] and "call" in near[-4:]


def _cut_clause(words: Sequence[str], at: int) -> Sequence[str]:
    """Return the words of the clause in front of ``at``."""
    first = max(0, at - 14)
    for place in range(at - 1, first - 1, -1):
        if words[place] in _BREAKS:
            return words[place + 1 : at]
    return words[first:at]


def _find_turn(words: Sequence[str], at: int) -> TalkStatus | None:
    """Return that the talks were called off, where their clause says so."""
    last = next((i for i in range(at, min(len(words), at + 16)) if words[i] in {".", ";"}), min(len(words), at + 16))
    behind = " ".join(words[at + 1 : last])
    if any(f" {phrase}" in f" {behind}" for phrase in _CANCELLED) and "threat" not in behind:
        lead = behind.split(next(p for p in _CANCELLED if p in behind))[0].split()[-3:]
        return "cancelled" if {"was", "were", "been", "is", "had", "has"} & set(lead) else None
    if _DELAYED & {*words[at + 1 : min(last, at + 9)], *words[max(0, at - 4) : at]}:
        return "planned"
    before = " ".join(words[max(0, at - 7) : at])
    for word in ("called off", "cancelled", "canceled", "scrapped", "axed", "pulled out of"):
        if word in before and not {"threatened", "not", "would", "nearly", "almost"} & set(before.split()):
            return "cancelled"
    return None


def _is_ahead(words: Sequence[str], at: int) -> bool:
    behind = " ".join(words[at + 1 : at + 16])
    text = behind.replace(" ,", "")
    return any(phrase in text for phrase in _AHEAD)
