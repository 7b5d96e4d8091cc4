"""Acts: what a verb of interest says in its clause, who does it and how far it is.

Owns the reading of clauses: subject, modality, negation. Knows no list: whether an act is a
tariff or a promise is for others to say.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple

from service.readers.embedded.inflection import FormKind
from service.readers.embedded.page import Name, Sentence, Token

Modality = Literal[
    "fact", "present", "future", "conditional", "agreed", "promised", "planned", "threatened",
    "demanded", "considered", "refused", "purpose",
]  # fmt: skip
"""How the act stands: done, told as applying, to come, or only agreed, threatened, asked for ..."""

BE = frozenset({"is", "are", "was", "were", "be", "been", "being", "'s", "’s", "'re", "’re", "gets", "got"})
_HAVE = frozenset({"has", "have", "had", "having", "'ve", "’ve"})
_FUTURE = frozenset({"will", "shall", "'ll", "’ll", "won't", "won’t"})
_CONDITIONAL = frozenset({
    "would", "could", "may", "might", "should", "can", "must", "'d", "’d", "wouldn't", "wouldn’t",
    "couldn't", "cannot", "can't",
})  # fmt: skip
_NEGATIONS = frozenset({"not", "never", "no", "neither", "nor", "without", "cannot"})
_ADVERBS = frozenset(
    "also now soon again still already further only then even just both either all once first later"
    " instead likewise too thus always ever yet today tomorrow unanimously together each have"
    " likely jointly".split()
) - {"have"}
_BREAKS = frozenset(
    "; : — – while whereas but although though because when who which where whose that what"
    " whether so if unless “ ”".split()
)
_TO_NOUNS: dict[str, Modality] = {
    **dict.fromkeys("plan plans decision intention move moves preparations".split(), "planned"),
    **dict.fromkeys("promise promises pledge pledges vow commitment commitments undertaking".split(), "promised"),
    **dict.fromkeys("agreement deal accord consensus".split(), "agreed"),
    **dict.fromkeys("threat threats warning".split(), "threatened"),
    **dict.fromkeys("proposal proposals offer bid bill measure motion".split(), "considered"),
    **dict.fromkeys("call calls demand demands request appeal pressure".split(), "demanded"),
    **dict.fromkeys("due set ready prepared poised expected scheduled slated going about".split(), "future"),
    **dict.fromkeys("likely able free unlikely reluctant right power ability willing failed order".split(), "purpose"),
}
_GOVERNORS: tuple[tuple[str, Modality], ...] = (
    ("agree", "agreed"), ("promise", "promised"), ("threaten", "threatened"), ("plan", "planned"),
    ("refuse", "refused"), ("consider", "considered"), ("demand", "demanded"),
)  # fmt: skip
_GERUND_LEADS: dict[str, Modality] = {
    "including": "agreed", "stop": "refused", "without": "refused",
    "from": "refused", "against": "refused", "avoid": "refused",
}  # fmt: skip
_DETERMINERS = frozenset(
    "a an the this that these those its their his her our my no any some such every each new"
    " additional extra further another of on in for with by from under over against into about"
    " between trade import export tariff price port first second".split()
)
_NOUN_LIKE = frozenset(
    "ban levy cut charge call talk visit plan promise pledge increase rise drop hike tax control"
    " license licence probe pause report order purchase set delay block curb limit halt permit offer"
    " move hold freeze meet post note state claim estimate ship export import fund review table host"
    " supply review share place start end exchange need demand request push press study debate"
    " sanction pay cap clear open return file present pass guarantee finance produce grant sit train"
    " plant phase stop stand face bear trim phone double renew waive award issue comment release"
    " launch control help hit work signal".split()
)
_REACH = 60
"""Most words that an act looks to either side."""


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
    chain_first: int
    """First token of its verb group ("has agreed to suspend" begins at "has")."""
    modality: Modality
    is_negated: bool
    is_passive: bool
    matrix: str
    """Class of the verb that its clause hangs on: "say", "threaten" ...; empty if on none."""
    is_earlier: bool
    """Whether it is told as what had been before: "had raised"."""
    is_reduced: bool
    """Whether it only qualifies a noun: "the rule announced in May", "see the duty cut"."""

    @cached_property
    def object_last(self) -> int:
        """Return the token behind what the verb governs: the next verb joined to it ends that."""
        words = self.sentence.words
        for at in range(self.last, self.clause_last - 1):
            if words[at] in {",", "and", "or"} and _leads_on(self, at + 1):
                return at
        return self.clause_last

    @property
    def is_relative(self) -> bool:
        """Say whether its clause qualifies a noun: "the fee that Washington charges"."""
        first = self.clause_first
        if first < 2 or self.sentence.words[first - 1] not in {"that", "which"}:
            return False
        # "Warned that permits could be put on hold" tells what is said.
        lead = self.sentence.tokens[max(0, first - 4) : first - 1]
        return not any(token.is_of(*_TELLING) for token in lead)

    @property
    def is_hypothetical(self) -> bool:
        """Say whether it is only supposed: "if Washington raised the duty"."""
        words = self.sentence.words
        first = self.clause_first
        if first > 0 and words[first - 1] in {"if", "unless", "whether"}:
            return True
        return first > 1 and words[first - 1] == "that" and words[first - 2] in _HEARSAY

    @property
    def start(self) -> int:
        """Return the article's offset of the verb."""
        return self.sentence.tokens[self.at].start

    def is_of(self, *classes: str) -> bool:
        """Say whether it is of one of the classes."""
        return not self.classes.isdisjoint(classes)


_HEARSAY = frozenset(
    "report reports rumour rumours rumor rumors speculation claim claims suggestion suggestions idea demand"
    " demands call calls fears fear hope hopes expectation expectations possibility prospect".split()
)


_TELLING = ("say", "threaten", "agree", "plan", "promise", "demand", "deny")


def _leads_on(act: Act, at: int) -> bool:
    """Say whether another verb joined to ``act``, or a remark, begins at token ``at``."""
    words = act.sentence.words
    if words[at] in {"and", "or", "to"} and at + 1 < len(words):
        at += 1
    word = words[at]
    if word.endswith("ing") and len(word) > 5 and words[at - 1] == "," and not act.form == "ing":
        return True
    if word == "something" or (word == "a" and words[at + 1 : at + 2] in (("move",), ("step",), ("job",), ("decision",))):
        return True
    return any(
        other.form == act.form and other.at > act.at and at <= other.at <= at + 1
        for other in find_acts(act.sentence)
    )


class _Chain(NamedTuple):
    first: int
    modality: Modality
    is_negated: bool = False
    is_passive: bool = False
    is_earlier: bool = False


@lru_cache(maxsize=256)
def find_acts(sentence: Sentence) -> tuple[Act, ...]:
    """Return the acts of ``sentence`` in order."""
    found: list[Act] = []
    for at in range(len(sentence.tokens)):
        reading = _read_verb(sentence, at)
        if reading is not None:
            found.append(_make_act(sentence, at, reading, found))
    return tuple(found)


def _is_reduced(
    sentence: Sentence, at: int, form: FormKind, chain: "_Chain", first: int, earlier: Sequence[Act]
) -> bool:
    """Say whether a participle stands without a verb group behind another verb of its clause."""
    if form not in {"past", "participle"} or chain.first != at:
        return False
    words = sentence.words
    if at and words[at - 1] in {"and", "or"}:
        return False
    main = next((act for act in reversed(earlier) if act.clause_first == first and act.at < at), None)
    if main is None and at and words[at - 1].isalpha() and words[at - 1] not in _ADVERBS:
        # "The tariff threatened earlier has been shelved."
        ahead = words[at + 1 : at + 7]
        return ahead[:1] in {("earlier",), ("in",), ("by",), ("last",), ("on",), ("since",)} and any(
            word in BE | _HAVE for word in ahead
        )
    if main is None or main.is_reduced:
        return False
    is_apart = any(word in {",", "and", "but"} for word in words[main.last : at])
    follows = words[at + 1] if at + 1 < len(words) else ""
    return not is_apart or (words[at - 1] == "," and follows in {"in", "on", "by", "since", "last", "earlier"})


class _Verb(NamedTuple):
    lemma: str
    classes: frozenset[str]
    form: FormKind
    last: int


def _read_verb(sentence: Sentence, at: int) -> _Verb | None:
    idioms = [hit for hit in sentence.idioms if hit.token == at]
    token = sentence.tokens[at]
    if token.low in _COPULAS and not idioms:
        return _read_copula(sentence, at)
    if not token.readings and not idioms:
        return None
    if not _is_verb(sentence.tokens, at) and not idioms:
        return None
    classes = frozenset({hit.verb_class for hit in idioms})
    last = max((sentence.find_token(hit.end) for hit in idioms), default=at + 1)
    for reading in token.readings:
        form = _choose_form(sentence.words, at, reading.kinds)
        return _Verb(reading.lemma, classes or reading.classes, form, last)
    return _Verb(token.low, classes, _guess_form(token.low), last)


_COPULAS: dict[str, FormKind] = {"is": "third", "are": "third", "was": "past", "were": "past", "be": "base", "been": "participle"}


def _read_copula(sentence: Sentence, at: int) -> _Verb | None:
    """Read "is" and the like where they carry no other verb."""
    words = sentence.words
    behind = at + 1
    while behind < len(words) and (words[behind] in _ADVERBS | _NEGATIONS or words[behind].endswith("ly")):
        behind += 1
    if behind >= len(words) or words[behind] in {"to", "being", "been"}:
        return None
    if words[behind + 1 : behind + 2] == ("to",) and words[behind] in _TO_NOUNS:
        return None
    if any(reading.kinds & {"participle", "ing"} for reading in sentence.tokens[behind].readings):
        return None
    return _Verb("be", frozenset({"be"}), _COPULAS[words[at]], at + 1)


def _guess_form(low: str) -> FormKind:
    if low.endswith("ing"):
        return "ing"
    return "past" if low.endswith("ed") else "base"


def _choose_form(words: Sequence[str], at: int, kinds: frozenset[FormKind]) -> FormKind:
    if len(kinds) == 1:
        return next(iter(kinds))
    before = _skip_adverbs(words, at - 1)
    lead = words[before] if before >= 0 else ""
    if "base" in kinds and (lead == "to" or lead in _FUTURE | _CONDITIONAL):
        return "base"
    if "participle" in kinds and (lead in BE or lead in _HAVE):
        return "participle"
    return "past" if "past" in kinds else min(kinds)


def _is_verb(tokens: Sequence[Token], at: int) -> bool:
    """Say whether an ambiguous word ("ban", "cut") is a verb at its place."""
    token = tokens[at]
    kinds = frozenset(kind for reading in token.readings for kind in reading.kinds)
    lemma = token.readings[0].lemma if token.readings else ""
    previous = tokens[at - 1].low if at else ""
    if kinds <= {"ing"}:
        return previous not in {"the", "a", "an", "its", "their", "his", "all", "any", "other", "these"}
    if kinds & {"past", "participle"} and not kinds & {"base", "third"}:
        return not _is_adjective(tokens, at)
    if lemma not in _NOUN_LIKE:
        return previous not in {"a", "an", "the", "its", "their"}
    if previous in {"all", "both", "now", "already", "still", "also"}:
        return True
    if previous == "to" or previous in _FUTURE | _CONDITIONAL | {"not", "don't", "they", "we", "you", "i"}:
        return True
    if at == 0 or not previous[-1].isalnum():
        return at + 1 < len(tokens) and kinds >= {"past"} and previous not in {'"', "“"}
    if lemma == "hold" and kinds == {"third"}:
        return True
    if token.low == "lower" and not _takes_verb(tokens, at):
        return False
    if previous in _DETERMINERS or previous.isdigit() or previous in {"'s", "’s"}:
        return False
    following = tokens[at + 1].low if at + 1 < len(tokens) else ""
    if following in {"of", "on", ".", ",", "in"} and not kinds & {"past"}:
        return False
    return tokens[at - 1].text[0].isupper() or previous in {"and", "or", "it", "which", "who", "that"} or (
        previous.endswith("s") and "base" in kinds
    ) or "past" in kinds


def _takes_verb(tokens: Sequence[Token], at: int) -> bool:
    """Say whether the word before, adverbs left out, leads to an infinitive: "to temporarily lower"."""
    words = [token.low for token in tokens[max(0, at - 4) : at]]
    before = _skip_adverbs(words, len(words) - 1)
    return before >= 0 and words[before] in _FUTURE | _CONDITIONAL | {"to", "and", "or", "not"}


def _is_adjective(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a participle stands before its noun: "the threatened tariff"."""
    previous = tokens[at - 1].low if at else ""
    return previous in {"a", "an", "the", "its", "their", "this", "these", "of", "newly"} and (
        at + 1 < len(tokens) and tokens[at + 1].text[0].isalpha() and tokens[at + 1].low not in {"by", "to", "in", "on"}
    )


def _skip_adverbs(words: Sequence[str], at: int) -> int:
    while at >= 0 and (words[at] in _ADVERBS or (words[at].endswith("ly") and len(words[at]) > 4)):
        at -= 1
    return at


def _make_act(sentence: Sentence, at: int, verb: _Verb, earlier: Sequence[Act]) -> Act:
    chain = _read_chain(sentence, at, verb, earlier)
    first = _find_clause_start(sentence, chain.first)
    return Act(
        sentence=sentence,
        at=at,
        last=verb.last,
        lemma=verb.lemma,
        classes=verb.classes,
        form=verb.form,
        clause_first=first,
        clause_last=_find_clause_end(sentence, verb.last),
        chain_first=chain.first,
        modality=chain.modality,
        is_negated=chain.is_negated,
        is_passive=chain.is_passive,
        matrix=_find_matrix(sentence, first, chain.first, earlier),
        is_earlier=chain.is_earlier,
        is_reduced=_is_reduced(sentence, at, verb.form, chain, first, earlier),
    )


def _read_chain(sentence: Sentence, at: int, verb: _Verb, earlier: Sequence[Act]) -> _Chain:
    words = sentence.words
    before = _skip_adverbs(words, at - 1)
    if before >= 0 and words[before] in {"and", "or", ","} and earlier:
        twin = _find_coordinated(sentence, before, verb, earlier)
        if twin is not None:
            return _Chain(
                twin.chain_first, twin.modality, twin.is_negated, twin.is_passive, twin.is_earlier
            )
    if verb.form == "base":
        return _read_base(sentence, at, before, earlier)
    if verb.form == "ing":
        return _read_gerund(sentence, at, before, earlier)
    return _read_finite(words, at, before, verb.form)


def _find_coordinated(
    sentence: Sentence, lead: int, verb: _Verb, earlier: Sequence[Act]
) -> Act | None:
    """Return the verb that this one continues: "agreed to cut A and lift B"."""
    for act in reversed(earlier):
        if act.form == verb.form and lead - act.at < _REACH and not _breaks(sentence, act.at, lead):
            return act
    return None


def _breaks(sentence: Sentence, first: int, last: int) -> bool:
    return any(word in {";", ":", "while", "whereas", "but"} for word in sentence.words[first:last])


def _read_finite(words: Sequence[str], at: int, before: int, form: FormKind) -> _Chain:
    """Read "has been suspended", "was to be cut", "will be raised", "raised", "raises"."""
    is_passive = is_perfect = is_negated = is_earlier = False
    first = at
    modality: Modality = "fact" if form in {"past", "participle"} else "present"
    while before >= 0:
        word = words[before]
        if word in BE:
            is_passive = is_passive or (form == "participle" or form == "past")
            is_now = word in {"is", "are", "'s", "’s"} and modality == "fact"
            modality = "present" if is_now else modality
        elif word in _HAVE:
            is_perfect = True
            is_earlier = is_earlier or word == "had"
        elif word in _FUTURE:
            modality = "future"
        elif word in _CONDITIONAL:
            modality = "conditional"
        elif word == "to" and before > 0 and words[before - 1] in BE | {"due", "set", "expected", "scheduled", "about"}:
            modality = "future"
        elif word not in _NEGATIONS and not word.endswith(("n't", "n’t")):
            break
        if word in _NEGATIONS or word.endswith(("n't", "n’t")):
            is_negated = True
        first = before
        before = _skip_adverbs(words, before - 1)
    if is_perfect and modality == "present":
        modality = "fact"
    if form in {"third", "base"} and first == at:
        modality = "present"
    return _Chain(first, modality, is_negated, is_passive, is_earlier)


def _read_base(sentence: Sentence, at: int, before: int, earlier: Sequence[Act]) -> _Chain:
    words = sentence.words
    if before < 0:
        return _Chain(at, "purpose")
    if words[before] == "to":
        return _read_infinitive(sentence, before, earlier)
    is_negated = False
    first = at
    modality: Modality = "present"
    while before >= 0:
        word = words[before]
        if word in _FUTURE:
            modality = "future"
        elif word in _CONDITIONAL:
            modality = "conditional"
        elif word in {"do", "does", "did", "don't", "doesn't", "didn't", "let"}:
            modality = "fact" if word.startswith("did") else "present"
        elif word not in _NEGATIONS:
            break
        is_negated = is_negated or word in _NEGATIONS or word.endswith(("n't", "n’t"))
        first = before
        before = _skip_adverbs(words, before - 1)
    return _Chain(first, modality, is_negated)


def _read_infinitive(sentence: Sentence, to: int, earlier: Sequence[Act]) -> _Chain:
    """Read "agreed to", "is to", "plans to", "urged China to"."""
    words = sentence.words
    before = _skip_adverbs(words, to - 1)
    is_negated = before >= 0 and words[before] in _NEGATIONS
    if is_negated:
        before = _skip_adverbs(words, before - 1)
    if before < 0:
        return _Chain(to, "purpose", is_negated)
    word = words[before]
    if word in BE:
        modality: Modality = "conditional" if before and words[before - 1] in _CONDITIONAL else "future"
        return _Chain(before, modality, is_negated)
    if word in _TO_NOUNS:
        is_denied = any(one in _NEGATIONS for one in words[max(0, before - 3) : before])
        return _Chain(before, _TO_NOUNS[word], is_negated or is_denied)
    if word in {"measures", "steps", "action", "actions", "efforts"} and earlier:
        taken = earlier[-1]
        if before - taken.at <= 5:
            return _Chain(taken.chain_first, taken.modality, taken.is_negated or is_negated)
    governor = _find_governor(sentence, before, to, earlier)
    if governor is None:
        # "Brussels to slap fee on parcels": a headline.
        is_headline = not earlier and any(
            name.end == sentence.tokens[before].end for name in sentence.names
        )
        return _Chain(to, "future" if is_headline else "purpose", is_negated)
    modality = _name_modality(governor)
    return _Chain(governor.chain_first, modality, is_negated or governor.is_negated)


def _find_governor(
    sentence: Sentence, before: int, to: int, earlier: Sequence[Act]
) -> Act | None:
    """Return the verb that an infinitive hangs on, with its object between them if need be."""
    for act in reversed(earlier):
        if act.last - 1 == before or act.at == before:
            return act
        is_near = to - act.at <= 12 and not any(
            word in _BREAKS for word in sentence.words[act.at + 1 : to]
        )
        if is_near and act.is_of("agree", "promise", "threaten", "demand", "allow", "refuse", "say", "restrict"):
            return act
    return None


def _name_modality(governor: Act) -> Modality:
    """Return what a governing verb makes of the act that hangs on it."""
    if governor.lemma == "offer":
        return "considered"
    for name, modality in _GOVERNORS:
        if governor.is_of(name):
            if modality == "demanded" and governor.is_passive and governor.lemma == "expect":
                return "future"
            return modality
    return "purpose"


def _read_gerund(sentence: Sentence, at: int, before: int, earlier: Sequence[Act]) -> _Chain:
    """Read "is considering", "in exchange for Beijing resuming", "agreed on cutting"."""
    words = sentence.words
    if before >= 0 and words[before] in BE:
        chain = _read_finite(words, at, before, "third")
        is_own = any(word in {"we", "i"} for word in words[max(0, chain.first - 2) : chain.first])
        is_ahead = chain.modality == "future" or is_own
        return chain._replace(modality="future" if is_ahead else "present")
    if before >= 0 and words[before] in _GERUND_LEADS:
        return _Chain(at, _GERUND_LEADS[words[before]])
    if before > 0 and words[before] == "on" and sentence.tokens[before - 1].is_of("agree", "decide"):
        return _Chain(at, "agreed")
    for act in reversed(earlier):
        if act.at == before or act.last - 1 == before:
            is_aspect = act.is_of("begin", "maintain", "extend")
            modality = act.modality if is_aspect else _name_modality(act)
            return _Chain(act.chain_first, modality, act.is_negated)
    if before >= 0 and words[before] in {"by", ","}:
        main = _find_main(earlier)
        if main is not None:
            return _Chain(main.chain_first, main.modality, main.is_negated)
    if before > 0 and words[before] == "to":
        governor = _find_governor(sentence, before - 1, before, earlier)
        if governor is not None and governor.is_of("agree", "promise"):
            return _Chain(governor.chain_first, _name_modality(governor), governor.is_negated)
    lead = " ".join(words[max(0, at - 12) : at])
    if "in exchange for" in lead or "in return for" in lead:
        main = _find_main(earlier)
        is_sought = main is not None and (
            main.modality in {"demanded", "considered", "conditional"} or main.lemma == "offer" or main.is_of("demand")
        )
        return _Chain(at, "demanded" if is_sought else "agreed")
    return _Chain(at, "purpose")


def _find_main(earlier: Sequence[Act]) -> Act | None:
    """Return the last finite verb: what "by raising" and ", putting" go with."""
    return next(
        (
            act
            for act in reversed(earlier)
            if act.form in {"past", "third", "participle"} or (act.form == "ing" and act.chain_first < act.at)
        ),
        None,
    )


def _find_clause_start(sentence: Sentence, first: int) -> int:
    words = sentence.words
    at = first
    while at > 0 and first - at < _REACH:
        if _is_closed_relative(sentence, at, first):
            at -= 1
            continue
        if words[at - 1] in _BREAKS or _starts_clause(sentence, at):
            return at
        at -= 1
    return at


def _is_joined_name(sentence: Sentence, at: int) -> bool:
    """Say whether "and" joins names that are one subject: "Japan and the United States agreed"."""
    if at < 2 or not any(name.end == sentence.tokens[at - 2].end for name in sentence.names):
        return False
    before = sentence.tokens[max(0, at - 14) : at - 1]
    return not any(
        token.low in BE | _HAVE | _FUTURE | _CONDITIONAL
        or any(reading.kinds & {"past", "third", "base"} for reading in token.readings)
        for token in before
    )


def _is_closed_relative(sentence: Sentence, at: int, first: int) -> bool:
    """Say whether a relative clause at ``at`` ends before the verb: "machines that run will need"."""
    words = sentence.words
    if words[at - 1] not in {"that", "which", "who"} or at < 2 or first - at < 3:
        return False
    is_finite = any(reading.kinds & {"past", "third"} for reading in sentence.tokens[first].readings)
    if words[first] not in BE | _HAVE | _FUTURE | _CONDITIONAL and not is_finite:
        return False
    is_told = sentence.tokens[at - 2].is_of("say", "threaten", "agree", "plan", "promise", "demand")
    is_subject = words[at] in _SUBJECT_OPENERS or any(
        name.start == sentence.tokens[at].start for name in sentence.names
    )
    if is_told or words[at - 2] == ",":
        return False
    return (not is_subject and not is_finite) or any(
        sentence.tokens[place].low in BE | _HAVE
        or any(reading.kinds & {"past", "third"} for reading in sentence.tokens[place].readings)
        for place in range(at + 1, first)
    )


def _starts_clause(sentence: Sentence, at: int) -> bool:
    """Say whether a new subject begins behind "and" or a comma at ``at``."""
    words = sentence.words
    if at < 1:
        return False
    if _tells(sentence, at - 1) and _opens_subject(sentence, at):
        return True
    if words[at - 1] not in {"and", ","}:
        return False
    if _is_joined_name(sentence, at):
        return False
    if words[at] in {"the", "a", "its", "their"} and _opens_subject(sentence, at):
        return True
    if words[at] in {"it", "they", "he", "she", "we"}:
        return True
    name = next((one for one in sentence.names if one.start == sentence.tokens[at].start), None)
    if name is None or name.kind == "demonym":
        return False
    behind = sentence.find_token(name.end)
    if behind >= len(words) or words[behind] in {"'s", "’s"}:
        return False
    token = sentence.tokens[behind]
    is_finite = any(reading.kinds & {"past", "third"} for reading in token.readings)
    return words[behind] in BE | _HAVE | _FUTURE | _CONDITIONAL or is_finite


_SUBJECT_OPENERS = frozenset("it they he she we the a an its their this these no".split())


def _tells(sentence: Sentence, at: int) -> bool:
    """Say whether the token is a verb of speech behind which "that" may be left out."""
    token = sentence.tokens[at]
    return any(
        reading.kinds & {"past", "third"} and not reading.classes.isdisjoint({"say"}) and reading.lemma in _BARE_SPEECH
        for reading in token.readings
    )


_BARE_SPEECH = frozenset("say announce report note add state declare confirm insist claim acknowledge signal warn stress".split())


def _opens_subject(sentence: Sentence, at: int) -> bool:
    """Say whether a clause's subject, and a verb not far behind it, begins at the token."""
    tokens, words = sentence.tokens, sentence.words
    is_name = any(name.start == tokens[at].start for name in sentence.names)
    if not is_name and words[at] not in _SUBJECT_OPENERS:
        return False
    for place in range(at + 1, min(at + 12, len(tokens))):
        if words[place] in {",", ";", ".", "that", "which", "who"}:
            return False
        if words[place] in BE | _HAVE | _FUTURE | _CONDITIONAL:
            return True
        if any(reading.kinds & {"past", "third"} for reading in tokens[place].readings):
            return True
    return False


def _find_clause_end(sentence: Sentence, last: int) -> int:
    words = sentence.words
    at = last
    while at < len(words) and at - last < _REACH:
        if words[at] in _BREAKS - {"“", "”", "that"} or _starts_clause(sentence, at):
            return at
        if words[at] == "in" and words[at + 1 : at + 3] in _ANSWERS:
            return at
        at += 1
    return at


_ANSWERS = (
    ("exchange", "for"), ("return", "for"), ("response", "to"), ("retaliation", "for"), ("reaction", "to"),
    ("answer", "to"), ("protest", "at"),
)  # fmt: skip
_MATRICES = ("deny", "threaten", "refuse", "consider", "demand", "agree", "promise", "plan", "say")


def _find_matrix(
    sentence: Sentence, clause_first: int, chain_first: int, earlier: Sequence[Act]
) -> str:
    """Return the class of the nearest verb before the clause's subject: "warned that"."""
    for act in reversed(earlier):
        if act.at >= chain_first:
            continue
        if any(word in {";", "while", "but"} for word in sentence.words[act.at : clause_first]):
            return ""
        if clause_first and sentence.words[clause_first - 1] == "that" and act.is_of("say"):
            return "deny" if act.is_of("deny") else "say"
        return next((name for name in _MATRICES if act.is_of(name)), "")
    return ""


def list_names_in(sentence: Sentence, first: int, last: int) -> list[Name]:
    """Return the names that stand in ``tokens[first:last]``."""
    if first >= last or first >= len(sentence.tokens):
        return []
    last = min(last, len(sentence.tokens))
    return sentence.list_names(sentence.tokens[first].start, sentence.tokens[last - 1].end)


def iterate_objects(act: Act) -> Iterator[Token]:
    """Yield the tokens behind the verb, to the end of its clause."""
    yield from act.sentence.tokens[act.last : act.clause_last]
