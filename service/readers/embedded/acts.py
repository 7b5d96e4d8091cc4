"""Acts: what a verb of interest says in its clause, who does it and how far it is.

Owns the shape of an act and how the acts of a sentence hang together. Knows no list: whether an
act is a tariff or a promise is for others to say.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from service.readers.embedded.clauses import find_clause_end, find_clause_start
from service.readers.embedded.grammar import ADVERBS, BE, HAVE, JOINERS, skip_adverbs
from service.readers.embedded.inflection import FormKind
from service.readers.embedded.page import Name, Sentence
from service.readers.embedded.verb_groups import Modality, VerbGroup, read_group
from service.readers.embedded.verbs import Verb, read_verb

_HEARSAY = frozenset(
    "report reports rumour rumours rumor rumors speculation claim claims suggestion suggestions"
    " idea demand demands call calls fears fear hope hopes expectation expectations possibility"
    " prospect".split()
)
"""Nouns before "that" which make what follows hearsay or a wish."""
_TELLING = ("say", "threaten", "agree", "plan", "promise", "demand", "deny")
_MATRICES = (
    "deny", "threaten", "refuse", "consider", "demand", "agree", "promise", "plan", "say",
)  # fmt: skip
_REMARKS = frozenset("move step job decision".split())
_TIME_LEADS = frozenset("earlier in by last on since".split())
_LEAST_GERUND = 6
_MAX_HEARSAY = 9
_MAX_INVERTED = 5
_CACHED_SENTENCES = 4_096


@dataclass(frozen=True, eq=False)
class Act:
    """One verb of the lexicon, used as a verb, and its clause."""

    sentence: Sentence
    at: int
    """Its token."""
    last: int
    """The token behind it, or behind its idiom."""
    lemma: str
    classes: frozenset[str]
    form: FormKind
    clause_first: int
    """First token of its clause."""
    clause_last: int
    """The token behind its clause."""
    group: VerbGroup
    """Its verb group."""
    matrix: str
    """Class of the verb that its clause hangs on: "say", "threaten" ...; empty if on none."""
    is_reduced: bool
    """Whether it only qualifies a noun: "the rule announced in May", "see the duty cut"."""

    @property
    def chain_first(self) -> int:
        """Return the first token of its group ("has agreed to suspend" begins at "has")."""
        return self.group.first

    @property
    def modality(self) -> Modality:
        """Return how the act stands."""
        return self.group.modality

    @property
    def is_negated(self) -> bool:
        """Say whether it is denied."""
        return self.group.is_negated

    @property
    def is_passive(self) -> bool:
        """Say whether its subject is what it is done to."""
        return self.group.is_passive

    @property
    def is_earlier(self) -> bool:
        """Say whether it is told as what had been before: "had raised"."""
        return self.group.is_earlier

    @property
    def start(self) -> int:
        """Return the article's offset of the verb."""
        return self.sentence.tokens[self.at].start

    @property
    def subject_words(self) -> tuple[str, ...]:
        """Return the words between the start of its clause and its verb."""
        return self.sentence.words[self.clause_first : self.chain_first]

    @cached_property
    def object_last(self) -> int:
        """Return the token behind what the verb governs: the next verb joined to it ends that."""
        words = self.sentence.words
        for at in range(self.last, self.clause_last - 1):
            if words[at] in {",", "and", "or"} and _leads_on(self, at + 1):
                return at
        return self.clause_last

    @cached_property
    def is_relative(self) -> bool:
        """Say whether its clause qualifies a noun: "the fee that Washington charges"."""
        first = self.clause_first
        if first < 2 or self.sentence.words[first - 1] not in {"that", "which"}:
            return False
        # "Warned that permits could be put on hold" tells what is said.
        lead = self.sentence.tokens[max(0, first - 4) : first - 1]
        return not any(token.is_of(*_TELLING) for token in lead)

    @cached_property
    def is_hypothetical(self) -> bool:
        """Say whether it is only supposed: "if Washington raised the duty"."""
        words, first = self.sentence.words, self.clause_first
        if (first > 0 and words[first - 1] in {"if", "unless", "whether"}) or self._is_awaited:
            return True
        if self.modality == "present" and self.form == "base" and self._is_inverted:
            return True
        if first < 2 or words[first - 1] != "that":
            return False
        # "There's a report out this morning that ..."
        is_about = "there" in words[max(0, first - _MAX_HEARSAY) : first]
        near = words[max(0, first - _MAX_HEARSAY) : first - 1] if is_about else ()
        return words[first - 2] in _HEARSAY or not _HEARSAY.isdisjoint(near)

    @property
    def _is_inverted(self) -> bool:
        """Say whether it stands as in "should Washington raise tariffs"."""
        start = max(self.clause_first, self.chain_first - _MAX_INVERTED)
        return "should" in self.sentence.words[start : self.chain_first]

    @property
    def _is_awaited(self) -> bool:
        """Say whether others wait for it: "will sell them, once the decree is in force"."""
        words = self.sentence.words
        if "once" not in words:
            return False
        led = (at for at in range(self.clause_first, self.chain_first) if words[at] == "once")
        return any(not at or words[at - 1] == "," for at in led)

    def is_of(self, *classes: str) -> bool:
        """Say whether it is of one of the classes."""
        return not self.classes.isdisjoint(classes)


def _leads_on(act: Act, at: int) -> bool:
    """Say whether another verb joined to ``act``, or a remark, begins at token ``at``."""
    words = act.sentence.words
    if words[at] in {"and", "or", "to"} and at + 1 < len(words):
        at += 1
    word = words[at]
    if _is_gapped(act.sentence, at):
        return True
    is_gerund = word.endswith("ing") and len(word) >= _LEAST_GERUND
    if is_gerund and words[at - 1] == "," and act.form != "ing":
        return True
    if word == "something" or (word == "a" and not _REMARKS.isdisjoint(words[at + 1 : at + 2])):
        return True
    return any(
        other.form == act.form and other.at > act.at and at <= other.at <= at + 1
        for other in find_acts(act.sentence)
    )


def _is_gapped(sentence: Sentence, at: int) -> bool:
    """Say whether another does his part: "Rome pledged to buy beans, and Berne to sell gold"."""
    words, name = sentence.words, sentence.names_by_token.get(at)
    if name is None or words[at - 2 : at] != (",", "and"):
        return False
    behind = sentence.find_token(name.end)
    is_list = sentence.tokens[at - 3].end in sentence.name_ends
    return words[behind : behind + 1] == ("to",) and not is_list


@lru_cache(maxsize=_CACHED_SENTENCES)
def find_acts(sentence: Sentence) -> tuple[Act, ...]:
    """Return the acts of ``sentence`` in order."""
    found: list[Act] = []
    for at in range(len(sentence.tokens)):
        verb = None if at in sentence.named_tokens else read_verb(sentence, at)
        if verb is not None:
            verb = _follow_joined(sentence, at, verb, found)
            found.append(_make_act(sentence, at, verb, found))
    return tuple(found)


def _follow_joined(sentence: Sentence, at: int, verb: Verb, earlier: Sequence[Act]) -> Verb:
    """Return the verb in the form of the one it is joined to: "will lift A and cut B"."""
    if not earlier or not {"base", "past"} <= sentence.tokens[at].kinds:
        return verb
    before = skip_adverbs(sentence.words, at - 1)
    if before < 0 or sentence.words[before] not in JOINERS:
        return verb
    twin = next((act for act in reversed(earlier) if act.form in {"base", "past", "third"}), None)
    is_same = twin is not None and twin.form == "base" and before < twin.clause_last
    return verb._replace(form="base") if is_same else verb


def _make_act(sentence: Sentence, at: int, verb: Verb, earlier: Sequence[Act]) -> Act:
    group = read_group(sentence, at, verb, earlier)
    first = find_clause_start(sentence, group.first)
    return Act(
        sentence=sentence,
        at=at,
        last=verb.last,
        lemma=verb.lemma,
        classes=verb.classes,
        form=verb.form,
        clause_first=first,
        clause_last=find_clause_end(sentence, verb.last),
        group=group,
        matrix=_find_matrix(sentence, first, group.first, earlier),
        is_reduced=_is_reduced(sentence, at, verb, group, first, earlier),
    )


def _find_matrix(
    sentence: Sentence, clause_first: int, group_first: int, earlier: Sequence[Act]
) -> str:
    """Return the class of the nearest verb before the clause's subject: "warned that"."""
    act = next(
        (
            act
            for act in reversed(earlier)
            if act.at < group_first and not _is_within_subject(sentence, act, clause_first)
        ),
        None,
    )
    if act is None:
        return ""
    if not {";", "while", "but"}.isdisjoint(sentence.words[act.at : clause_first]):
        return ""
    if clause_first and sentence.words[clause_first - 1] == "that" and act.is_of("say"):
        return "deny" if act.is_of("deny") else "say"
    return next((name for name in _MATRICES if act.is_of(name)), "")


def _is_within_subject(sentence: Sentence, act: Act, clause_first: int) -> bool:
    """Say whether a participle opens the clause's subject: "warned that imported chips would"."""
    is_led = clause_first > 0 and sentence.words[clause_first - 1] == "that"
    return is_led and act.at == clause_first and act.form in {"past", "participle"}


def _is_reduced(
    sentence: Sentence, at: int, verb: Verb, group: VerbGroup, first: int, earlier: Sequence[Act]
) -> bool:
    """Say whether a participle stands without a verb group behind another verb of its clause."""
    words = sentence.words
    if verb.form not in {"past", "participle"} or group.first != at:
        return False
    if at and words[at - 1] in {"and", "or"}:
        return False
    main = next((act for act in reversed(earlier) if act.clause_first == first), None)
    if main is None:
        return _is_before_main(words, at)
    if main.is_reduced:
        return False
    is_apart = not {",", "and", "but"}.isdisjoint(words[main.last : at])
    is_timed = words[at - 1] == "," and not _TIME_LEADS.isdisjoint(words[at + 1 : at + 2])
    return not is_apart or is_timed


def _is_before_main(words: Sequence[str], at: int) -> bool:
    """Say whether the clause's verb is still to come: "the tariff threatened earlier has been"."""
    if not at or not words[at - 1].isalpha() or words[at - 1] in ADVERBS:
        return False
    ahead = words[at + 1 : at + 7]
    is_timed = not _TIME_LEADS.isdisjoint(ahead[:1])
    return is_timed and any(word in BE or word in HAVE for word in ahead)


def list_names_in(sentence: Sentence, first: int, last: int) -> list[Name]:
    """Return the names that stand in ``tokens[first:last]``."""
    if first >= last or first >= len(sentence.tokens):
        return []
    last = min(last, len(sentence.tokens))
    return sentence.list_names(sentence.tokens[first].start, sentence.tokens[last - 1].end)


def list_subject_names(act: Act) -> list[Name]:
    """Return the names between the start of the act's clause and its verb."""
    return list_names_in(act.sentence, act.clause_first, act.chain_first)
