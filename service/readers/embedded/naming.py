"""How a name is meant in its sentence: a government that acts, an adjective, a place.

Owns the words around a name that say so. Knows no verb's meaning.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from schemas.base import Party
from schemas.parties import PartyEntry
from service.readers.embedded.grammar import BE, is_adverb
from service.readers.embedded.page import Name, Sentence

PREPOSITIONS = frozenset(
    "of in on from with to against by for between over toward towards at than under into across"
    " among around near outside inside beyond like after before since until during via through"
    " about".split()
)
_CONJUNCTIONS = frozenset("after before since until like than".split())
"""Prepositions that may lead a clause too: "after China imposed"."""
_GOVERNMENT = frozenset(
    "officials official authorities authority government governments administration side leaders"
    " leader regulators regulator customs ministry ministries minister ministers lawmakers"
    " negotiators president premier cabinet parliament congress secretary commission department"
    " state council agency spokesperson spokesman spokeswoman diplomats envoy delegation team teams"
    " bureau office trade commerce finance foreign treasury vice prime deputy chancellor"
    " commissioner representative senator senators house senate national defense defence economy"
    " industry agriculture central federal tariff white prosecutors police courts court agents"
    " members countries nations".split()
)
"""Words that make "Chinese ..." a government that acts, and not a firm or a thing."""
_FUNCTION = frozenset(
    "and or , . ; : to in on of at by from with for as is are was were has have had will would"
    " could may might said says who which that while but if unless when after before since until"
    " also not over against about than into under last this next earlier today yesterday then once"
    " again now still already never only both recently all did does do first later long formally"
    " soon".split()
)
"""Words behind a state's name that show it to be no adjective."""
_DETERMINERS = frozenset({"the", "a", "an", "its", "senior", "both", "'s", "’s"})
_POSSESSIVE = frozenset({"'s", "’s"})


def is_government(sentence: Sentence, name: Name, *, after_by: bool = False) -> bool:
    """Say whether ``name`` stands for a government that acts: no firm, no place, no adjective.

    ``after_by`` takes it where a preposition leads to it too.
    """
    if name.entry is None or name.kind in {"place", "firm"}:
        return False
    at = sentence.find_token(name.start)
    if not after_by and at and (_is_governed(sentence, name, at) or _is_apposed(sentence, at)):
        return False
    if name.kind in {"person", "body"}:
        return True
    return not is_adjective(sentence, name) or _stands_for_government(sentence, name)


def _is_governed(sentence: Sentence, name: Name, at: int) -> bool:
    """Say whether a preposition leads to the name: "with China", not "after China imposed"."""
    words = sentence.words
    before = at - 1
    while before >= 0 and words[before] in _DETERMINERS:
        before -= 1
    if before < 0 or words[before] not in PREPOSITIONS:
        return False
    behind = sentence.find_token(name.end)
    is_subject = behind < len(words) and not sentence.tokens[behind].kinds.isdisjoint(
        {"past", "third"}
    )
    return not (words[before] in _CONJUNCTIONS and is_subject)


def _is_apposed(sentence: Sentence, at: int) -> bool:
    """Say whether a state only places a town: "Geneva, Switzerland,"."""
    return (
        at > 1
        and sentence.words[at - 1] == ","
        and sentence.tokens[at - 2].text[0].isupper()
        and sentence.words[at + 1 : at + 2] == (",",)
    )


def is_adjective(sentence: Sentence, name: Name) -> bool:
    """Say whether the name only qualifies a noun: "Chinese goods", "U.S. tariffs"."""
    at = sentence.find_token(name.end)
    if at >= len(sentence.tokens):
        return name.kind == "demonym"
    token = sentence.tokens[at]
    if not token.text[0].isalpha():
        return token.low in _POSSESSIVE
    if token.text[0].isupper():
        return name.kind == "demonym"
    is_verb = bool(token.kinds - {"ing"}) and name.kind != "demonym"
    is_function = token.low in _FUNCTION or token.low in BE or is_adverb(token.low)
    return not is_verb and not is_function


def _stands_for_government(sentence: Sentence, name: Name) -> bool:
    at = sentence.find_token(name.end)
    for word in sentence.words[at : at + 4]:
        if word in _GOVERNMENT:
            return True
        if word in _FUNCTION:
            return False
    return False


def take_coordinated(sentence: Sentence, names: Sequence[Name]) -> list[Name]:
    """Return the first name and those joined to it: "China and the United States"."""
    taken = list(names[:1])
    for name in names[1:]:
        between = sentence.text[taken[-1].end - sentence.start : name.start - sentence.start]
        words = between.lower().replace(",", " ").split()
        if words and set(words) <= {"and", "the", "both"}:
            taken.append(name)
        elif not (name.kind == "person" and taken[-1].entry is name.entry):
            break
    return taken


def unite(names: Iterable[Name]) -> list[Party]:
    """Return the states of the names, each once."""
    entries = {name.entry.name: name.entry for name in names if name.entry}
    return [make_party(entry) for entry in entries.values()]


def make_party(entry: PartyEntry) -> Party:
    """Return the state or group of ``entry`` as a party."""
    return _make_party(entry.name, entry.country)


@lru_cache(maxsize=512)
def _make_party(name: str, country: str | None) -> Party:
    return Party(name=name, country=country)
