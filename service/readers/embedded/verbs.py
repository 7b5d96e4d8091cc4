"""Which words of a sentence are verbs, and in which form.

Owns the choice between noun and verb ("a ban", "to ban") and between forms ("put"). Knows no
clause.
"""

from collections.abc import Sequence
from typing import NamedTuple

from service.readers.embedded.grammar import BE, HAVE, MODALS, NEGATIONS, is_adverb, skip_adverbs
from service.readers.embedded.inflection import FormKind
from service.readers.embedded.page import Sentence, Token

ADJECTIVES_TO = frozenset(
    "due set ready prepared poised expected scheduled slated going about likely able free unlikely"
    " reluctant willing".split()
)
"""What may stand between "is" and an infinitive: "is due to"."""
_COPULAS: dict[str, FormKind] = {
    "is": "third", "are": "third", "was": "past", "were": "past", "be": "base",
    "been": "participle",
}  # fmt: skip
_POSSESSIVES = frozenset("the a an its their his all any other these".split())
_ARTICLES = frozenset("a an the its their".split())
_BEFORE_NOUNS = frozenset(
    "a an the this that these those its their his her our my no any some such every each new"
    " additional extra further another of on in for with by from under over against into about"
    " between trade import export tariff price port first second 's ’s".split()
)
_BEFORE_VERBS = MODALS | frozenset(
    "all both now already still also to not don't they we you i".split()
)
_NOUN_OR_VERB = frozenset(
    "ban levy cut charge call talk visit plan promise pledge increase rise drop hike tax control"
    " license licence probe pause report order purchase set delay block curb limit halt permit"
    " offer move hold freeze meet post note state claim estimate ship export import fund review"
    " table host supply share place start end exchange need demand request push press study debate"
    " sanction pay cap clear open return file present pass guarantee finance produce grant sit"
    " train plant phase stop stand face bear trim phone double renew waive award issue comment"
    " release launch help hit work signal vote quash".split()
)


_LEADING_NOUNS = frozenset(
    "promise promises pledge pledges commitment commitments undertaking agreement deal".split()
)
"""Nouns behind which any infinitive is what was promised."""
_FALLING_INTO = frozenset("outside under within into in short due foul apart".split())
_OBJECT_LEADS = frozenset(
    "the a an its their his all more up at some another any every each both those these that this"
    " about nearly roughly around over out down off back".split()
)
_ACT = frozenset({"act"})


class Verb(NamedTuple):
    """A word that is a verb at its place."""

    lemma: str
    classes: frozenset[str]
    form: FormKind
    last: int
    """The token behind it, or behind its idiom."""


def read_verb(sentence: Sentence, at: int) -> Verb | None:
    """Return the verb that begins at token ``at``; ``None`` where none of the lexicon does."""
    token = sentence.tokens[at]
    idioms = sentence.idioms_by_token.get(at, ())
    if token.low in _COPULAS and not idioms:
        return _read_copula(sentence, at)
    if not idioms and not token.readings:
        return _read_promised(sentence, at)
    if not idioms and not _is_verb(sentence.tokens, at):
        return None
    classes = frozenset(hit.verb_class for hit in idioms)
    last = max((sentence.find_token(hit.end) for hit in idioms), default=at + 1)
    if not token.readings:
        return Verb(token.low, classes, _guess_form(token.low), last)
    reading = token.readings[0]
    form = _choose_form(sentence.words, at, reading.kinds)
    return Verb(reading.lemma, classes or reading.classes, form, last)


def _read_promised(sentence: Sentence, at: int) -> Verb | None:
    """Read an infinitive that the lexicon does not know behind "agreed to", "pledged to"."""
    words = sentence.words
    lead = skip_adverbs(words, at - 1)
    if lead < 1 or words[lead] != "to" or words[at] in _OBJECT_LEADS or at in sentence.named_tokens:
        return None
    before = skip_adverbs(words, lead - 1)
    is_led = before >= 0 and (
        words[before] in _LEADING_NOUNS or sentence.tokens[before].is_of("promise", "agree")
    )
    is_governing = is_led and at + 1 < len(words) and _opens_object(sentence, at + 1)
    return Verb(words[at], _ACT, "base", at + 1) if is_governing else None


def _opens_object(sentence: Sentence, at: int) -> bool:
    """Say whether an object begins at the token: "the", "its", an amount, a name."""
    token = sentence.tokens[at]
    first = token.text[0]
    return token.low in _OBJECT_LEADS or first.isupper() or first.isdigit() or first in "$€£¥"


def _read_copula(sentence: Sentence, at: int) -> Verb | None:
    """Read "is" and the like where they carry no other verb."""
    words = sentence.words
    behind = at + 1
    while behind < len(words) and (words[behind] in NEGATIONS or is_adverb(words[behind])):
        behind += 1
    if behind >= len(words) or words[behind] in {"to", "being", "been"}:
        return None
    if words[behind] in ADJECTIVES_TO and words[behind + 1 : behind + 2] == ("to",):
        return None
    if not sentence.tokens[behind].kinds.isdisjoint({"participle", "ing"}):
        return None
    return Verb("be", frozenset({"be"}), _COPULAS[words[at]], at + 1)


def _guess_form(low: str) -> FormKind:
    if low.endswith("ing"):
        return "ing"
    return "past" if low.endswith("ed") else "base"


def _choose_form(words: Sequence[str], at: int, kinds: frozenset[FormKind]) -> FormKind:
    if len(kinds) == 1:
        return next(iter(kinds))
    before = skip_adverbs(words, at - 1)
    lead = words[before] if before >= 0 else ""
    if "base" in kinds and (lead == "to" or lead in MODALS):
        return "base"
    if "participle" in kinds and (lead in BE or lead in HAVE):
        return "participle"
    return "past" if "past" in kinds else min(kinds)


def _is_verb(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a word that may be a verb of its kind is one at its place."""
    token = tokens[at]
    previous = tokens[at - 1].low if at else ""
    if token.readings[0].lemma == "fall" and at + 1 < len(tokens):
        # "Goods that fall outside the pact": nothing becomes less.
        return tokens[at + 1].low not in _FALLING_INTO
    if token.kinds <= {"ing"}:
        return previous not in _POSSESSIVES
    if token.kinds.isdisjoint({"base", "third"}):
        return not _is_adjective(tokens, at)
    if token.readings[0].lemma not in _NOUN_OR_VERB:
        if token.low == "lower" and not _takes_infinitive(tokens, at):
            return False
        return previous not in _ARTICLES
    return _is_verb_rather_than_noun(tokens, at, previous)


def _is_verb_rather_than_noun(tokens: Sequence[Token], at: int, previous: str) -> bool:
    token = tokens[at]
    if previous in _BEFORE_VERBS:
        return True
    if at == 0 or not previous[-1].isalnum():
        return at + 1 < len(tokens) and "past" in token.kinds and previous not in {'"', "“"}
    if previous in _BEFORE_NOUNS or previous.isdigit():
        return token.low == "holds"
    following = tokens[at + 1].low if at + 1 < len(tokens) else ""
    if token.low == "holds" or _is_verb_of_noun(tokens, at, following):
        return True
    if "past" in token.kinds or following in {"of", "on", ".", ",", "in"}:
        return "past" in token.kinds
    is_behind_subject = tokens[at - 1].text[0].isupper() or previous in {
        "and", "or", "it", "which", "who", "that",
    }  # fmt: skip
    return is_behind_subject or (previous.endswith("s") and "base" in token.kinds)


def _is_verb_of_noun(tokens: Sequence[Token], at: int, following: str) -> bool:
    """Say whether it is one in "British steel pays 25%" or "that Washington charges on"."""
    if "third" not in tokens[at].kinds:
        return False
    level = tokens[at + 2].low if at + 2 < len(tokens) else ""
    is_moved = following in {"to", "from", "by"} and level[:1].isdigit()
    return is_moved or following[:1].isdigit() or _is_of_relative(tokens, at)


def _is_of_relative(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a name alone parts it from "that": "the duty that the United States charges"."""
    before = at - 1
    while before > 0 and tokens[before].text[0].isupper():
        before -= 1
    if tokens[before].low == "the":
        before -= 1
    return before >= 0 and before < at - 1 and tokens[before].low in {"that", "which"}


def _takes_infinitive(tokens: Sequence[Token], at: int) -> bool:
    """Say whether the word before, adverbs left out, leads to one: "to temporarily lower"."""
    words = [token.low for token in tokens[max(0, at - 4) : at]]
    before = skip_adverbs(words, len(words) - 1)
    return before >= 0 and (words[before] in MODALS or words[before] in {"to", "and", "or", "not"})


def _is_adjective(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a participle stands before its noun: "the threatened tariff"."""
    if not at or at + 1 >= len(tokens):
        return False
    following = tokens[at + 1]
    is_led = tokens[at - 1].low in _ARTICLES | {"this", "these", "of", "newly"}
    return is_led and following.text[0].isalpha() and following.low not in {"by", "to", "in", "on"}
