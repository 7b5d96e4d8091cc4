"""Verb groups: what stands around a verb tells whether its act is done, to come or only wished.

Owns modality, negation and voice: "has been suspended", "agreed to cut", "in exchange for
Beijing resuming". Knows no topic.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from service.readers.embedded.clauses import MAX_REACH
from service.readers.embedded.grammar import (
    BE,
    CLAUSE_BREAKS,
    CONDITIONAL,
    FUTURE,
    HAVE,
    JOINERS,
    NEGATIONS,
    is_negation,
    skip_adverbs,
)
from service.readers.embedded.inflection import FormKind
from service.readers.embedded.page import Sentence
from service.readers.embedded.verbs import Verb

if TYPE_CHECKING:
    from service.readers.embedded.acts import Act

Modality = Literal[
    "fact", "present", "future", "conditional", "agreed", "promised", "planned", "threatened",
    "demanded", "considered", "refused", "purpose",
]  # fmt: skip
"""How the act stands: done, told as applying, to come, or only agreed, threatened, asked for ..."""

_LEADS: tuple[tuple[Modality, str], ...] = (
    ("planned", "plan plans decision intention move moves preparations"),
    ("promised", "promise promises pledge pledges vow commitment commitments undertaking"),
    ("agreed", "agreement deal accord consensus"),
    ("threatened", "threat threats warning"),
    (
        "considered",
        (
            "proposal proposals offer bid bill measure motion amendment amendments petition"
            " recommendation"
        ),
    ),
    ("demanded", "call calls demand demands request appeal pressure"),
    ("future", "due set ready prepared poised expected scheduled slated going about"),
    ("purpose", "likely able free unlikely reluctant right power ability willing failed order"),
)
_LEADS_TO = {word: modality for modality, words in _LEADS for word in words.split()}
"""Nouns and adjectives before "to", and what they make of the infinitive."""
_STEPS = frozenset("measures steps action actions efforts".split())
_GOVERNORS: tuple[tuple[str, Modality], ...] = (
    ("agree", "agreed"), ("promise", "promised"), ("threaten", "threatened"), ("plan", "planned"),
    ("refuse", "refused"), ("consider", "considered"), ("demand", "demanded"),
)  # fmt: skip
_OBJECT_GOVERNORS = (
    "agree", "promise", "threaten", "demand", "allow", "refuse", "say", "restrict",
)  # fmt: skip
"""Verbs that may have an object before the infinitive: "urged China to open"."""
_GERUND_LEADS: dict[str, Modality] = {
    "including": "agreed", "stop": "refused", "without": "refused",
    "from": "refused", "against": "refused", "avoid": "refused",
}  # fmt: skip
_PASSIVE_FUTURE = BE | frozenset("due set expected scheduled about going".split())
_APART = frozenset({";", ":", "while", "whereas", "but"})
"""What parts two verbs that are not joined."""
_DO = frozenset("do does did don't doesn't didn't let".split())
_DECREES = frozenset(
    "proclamation order orders decree law regulation rule directive ordinance notice decision"
    " resolution".split()
)
_SIGNING = frozenset({"sign", "issue", "publish", "adopt", "approve", "pass", "enact", "release"})
_MAX_OBJECT = 12
"""Most words between a governing verb and the "to" that it leads to."""


class VerbGroup(NamedTuple):
    """What the words around a verb say of its act."""

    first: int
    """First token of the group."""
    modality: Modality
    is_negated: bool = False
    is_passive: bool = False
    is_earlier: bool = False
    """Whether it is told as what had been before: "had raised"."""


def read_group(sentence: Sentence, at: int, verb: Verb, earlier: Sequence["Act"]) -> VerbGroup:
    """Return the group of ``verb`` at token ``at``; ``earlier`` are the acts before it."""
    before = skip_adverbs(sentence.words, at - 1)
    if before >= 0 and sentence.words[before] in JOINERS:
        twin = _find_joined(sentence, before, verb, earlier)
        if twin is not None:
            return twin.group
    if verb.form == "base":
        return _read_base(sentence, at, before, earlier)
    if verb.form == "ing":
        return _read_gerund(sentence, at, before, earlier)
    group = _read_finite(sentence.words, at, before, verb.form)
    if group.first and sentence.words[group.first - 1 : group.first + 1] == ("to", "be"):
        # "Expects a licence to be issued": no fact.
        told = _read_infinitive(sentence, group.first - 1, earlier)
        return told._replace(is_passive=True, is_negated=told.is_negated or group.is_negated)
    return group


def _find_joined(
    sentence: Sentence, joint: int, verb: Verb, earlier: Sequence["Act"]
) -> "Act | None":
    """Return the verb that this one continues: "agreed to cut A and lift B"."""
    for act in reversed(earlier):
        is_near = act.form == verb.form and joint - act.at < MAX_REACH
        if is_near and _APART.isdisjoint(sentence.words[act.at : joint]):
            return act
    return None


def _read_finite(words: Sequence[str], at: int, before: int, form: FormKind) -> VerbGroup:
    """Read "has been suspended", "was to be cut", "will be raised", "raised", "raises"."""
    is_participle = form in {"past", "participle"}
    modality: Modality = "fact" if is_participle else "present"
    is_passive = is_perfect = is_negated = is_earlier = False
    first = at
    while before >= 0:
        word = words[before]
        if not (_leads_group(words, before) or is_negation(word)):
            break
        modality = _follow_auxiliary(words, before, modality)
        is_passive = is_passive or (word in BE and is_participle)
        is_perfect = is_perfect or word in HAVE
        is_earlier = is_earlier or word == "had"
        is_negated = is_negated or is_negation(word)
        first = before
        before = skip_adverbs(words, before - 1)
    if is_perfect and modality == "present":
        modality = "fact"
    if form in {"third", "base"} and first == at:
        modality = "present"
    return VerbGroup(first, modality, is_negated, is_passive, is_earlier)


def _leads_group(words: Sequence[str], at: int) -> bool:
    word = words[at]
    is_auxiliary = word in BE or word in HAVE or word in FUTURE or word in CONDITIONAL
    return is_auxiliary or (word == "to" and at > 0 and words[at - 1] in _PASSIVE_FUTURE)


def _follow_auxiliary(words: Sequence[str], at: int, modality: Modality) -> Modality:
    """Return the modality that the auxiliary at ``at`` gives a group of ``modality``."""
    word = words[at]
    if word in BE:
        is_now = word in {"is", "are", "'s", "’s"} and modality == "fact"
        return "present" if is_now else modality
    if word in HAVE:
        return modality
    if word in FUTURE or word == "to":
        return "future"
    return "conditional" if word in CONDITIONAL else modality


def _read_base(sentence: Sentence, at: int, before: int, earlier: Sequence["Act"]) -> VerbGroup:
    """Read "will cut", "did not cut", and infinitives."""
    words = sentence.words
    if before < 0:
        return VerbGroup(at, "purpose")
    if words[before] in BE:
        # "Will be exempt": an adjective.
        return _read_finite(words, at, before, "participle")
    if words[before] == "to":
        return _read_infinitive(sentence, before, earlier)
    is_negated = False
    first = at
    modality: Modality = "present"
    while before >= 0:
        word = words[before]
        if word in FUTURE:
            modality = "future"
        elif word in CONDITIONAL:
            modality = "conditional"
        elif word in _DO:
            modality = "fact" if word.startswith("did") else "present"
        elif word not in NEGATIONS:
            break
        is_negated = is_negated or is_negation(word)
        first = before
        before = skip_adverbs(words, before - 1)
    return VerbGroup(first, modality, is_negated)


def _read_infinitive(sentence: Sentence, to: int, earlier: Sequence["Act"]) -> VerbGroup:
    """Read "agreed to", "is to", "plans to", "urged China to"."""
    words = sentence.words
    before = skip_adverbs(words, to - 1)
    is_negated = before >= 0 and words[before] in NEGATIONS
    if is_negated:
        before = skip_adverbs(words, before - 1)
    if before < 0:
        return VerbGroup(to, "purpose", is_negated)
    word = words[before]
    if word in JOINERS:
        twin = _find_twin_infinitive(sentence, before, earlier)
        if twin is not None:
            return twin.group._replace(is_negated=is_negated or twin.is_negated)
    if word in BE:
        is_open = before > 0 and words[before - 1] in CONDITIONAL
        return VerbGroup(before, "conditional" if is_open else "future", is_negated)
    if word in _LEADS_TO:
        is_denied = not NEGATIONS.isdisjoint(words[max(0, before - 3) : before])
        return VerbGroup(before, _LEADS_TO[word], is_negated or is_denied)
    if word in _STEPS and earlier and before - earlier[-1].at <= 5:
        # "Will take measures to block": the measures are the blocking.
        taken = earlier[-1].group
        return taken._replace(is_negated=taken.is_negated or is_negated, is_passive=False)
    return _read_governed(sentence, before, to, earlier, is_negated=is_negated)


def _find_twin_infinitive(sentence: Sentence, joint: int, earlier: Sequence["Act"]) -> "Act | None":
    """Return the infinitive that "and to" goes on with: "agreed to cut A, and to lift B"."""
    act = next((act for act in reversed(earlier) if act.form != "ing"), None)
    if act is None or act.form != "base" or joint - act.at >= MAX_REACH:
        return None
    is_apart = not _APART.isdisjoint(sentence.words[act.at : joint])
    is_led = "to" in sentence.words[act.group.first : act.at]
    return act if is_led and not is_apart else None


def _read_governed(
    sentence: Sentence, before: int, to: int, earlier: Sequence["Act"], *, is_negated: bool
) -> VerbGroup:
    governor = _find_governor(sentence, before, to, earlier)
    if governor is not None:
        is_denied = is_negated or governor.is_negated
        return VerbGroup(governor.group.first, _name_modality(governor), is_denied)
    # "Brussels to slap fee on parcels": a headline.
    is_headline = not earlier and sentence.tokens[before].end in sentence.name_ends
    return VerbGroup(to, "future" if is_headline else "purpose", is_negated)


def _find_governor(
    sentence: Sentence, before: int, to: int, earlier: Sequence["Act"]
) -> "Act | None":
    """Return the verb that an infinitive hangs on, with its object between them if need be."""
    for act in reversed(earlier):
        if before in {act.last - 1, act.at}:
            return act
        is_near = to - act.at <= _MAX_OBJECT and act.is_of(*_OBJECT_GOVERNORS)
        if is_near and CLAUSE_BREAKS.isdisjoint(sentence.words[act.at + 1 : to]):
            return act
    return None


def _name_modality(governor: "Act") -> Modality:
    """Return what a governing verb makes of the act that hangs on it."""
    if governor.lemma == "offer":
        return "considered"
    if governor.lemma == "expect" and governor.is_passive:
        return "future"
    return next((modality for name, modality in _GOVERNORS if governor.is_of(name)), "purpose")


def _read_gerund(sentence: Sentence, at: int, before: int, earlier: Sequence["Act"]) -> VerbGroup:
    """Read "is considering", "in exchange for Beijing resuming", "agreed on cutting"."""
    lead = sentence.words[before] if before >= 0 else ""
    if lead in BE:
        return _read_progressive(sentence.words, at, before)
    if lead in _GERUND_LEADS:
        return VerbGroup(at, _GERUND_LEADS[lead])
    if lead == "on" and before and sentence.tokens[before - 1].is_of("agree", "decide"):
        return VerbGroup(at, "agreed")
    governed = _read_governed_gerund(sentence, before, lead, earlier)
    if governed is not None:
        return governed
    words = " ".join(sentence.words[max(0, at - 12) : at])
    if "in exchange for" in words or "in return for" in words:
        return VerbGroup(at, "demanded" if _is_sought(earlier) else "agreed")
    return VerbGroup(at, "purpose")


def _read_progressive(words: Sequence[str], at: int, before: int) -> VerbGroup:
    group = _read_finite(words, at, before, "third")
    is_own = not {"we", "i"}.isdisjoint(words[max(0, group.first - 2) : group.first])
    is_ahead = group.modality == "future" or is_own
    return group._replace(modality="future" if is_ahead else "present")


def _read_governed_gerund(
    sentence: Sentence, before: int, lead: str, earlier: Sequence["Act"]
) -> VerbGroup | None:
    """Read "began collecting", "hit back by raising", ", putting" and "commits to buying"."""
    for act in reversed(earlier):
        if before in {act.at, act.last - 1}:
            is_aspect = act.is_of("begin", "maintain", "extend")
            modality = act.modality if is_aspect else _name_modality(act)
            return VerbGroup(act.group.first, modality, act.is_negated)
    main = _find_main(earlier) if lead in {"by", ","} else _find_signing(earlier, lead)
    if main is not None:
        return VerbGroup(main.group.first, main.modality, main.is_negated)
    if lead == "to" and before:
        governor = _find_governor(sentence, before - 1, before, earlier)
        if governor is not None and governor.is_of("agree", "promise"):
            return VerbGroup(governor.group.first, _name_modality(governor), governor.is_negated)
    return None


def _find_signing(earlier: Sequence["Act"], lead: str) -> "Act | None":
    """Return the verb of "will sign a proclamation putting a tariff on robots"."""
    last = earlier[-1] if earlier and lead in _DECREES else None
    return last if last is not None and last.lemma in _SIGNING else None


def _find_main(earlier: Sequence["Act"]) -> "Act | None":
    """Return the last finite verb: what "by raising" and ", putting" go with."""
    for act in reversed(earlier):
        is_progressive = act.form == "ing" and act.group.first < act.at
        if act.form in {"past", "third", "participle"} or is_progressive:
            return act
    return None


def _is_sought(earlier: Sequence["Act"]) -> bool:
    """Say whether the exchange is only offered or asked for."""
    main = _find_main(earlier)
    if main is None:
        return False
    is_open = main.modality in {"demanded", "considered", "conditional"}
    return is_open or main.lemma == "offer" or main.is_of("demand")
