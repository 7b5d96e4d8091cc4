"""Who acts and on whom: subjects, agents, pronouns and pairs.

Owns the way from an act to states. Knows no list.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from schemas.base import Party
from schemas.parties import PartyEntry
from service.readers.embedded.acts import BE, Act, find_acts, list_names_in
from service.readers.embedded.page import Name, Page, Sentence

_PREPOSITIONS = frozenset(
    "of in on from with to against by for between over toward towards at than under into across"
    " among around near outside inside beyond like after before since until during via through"
    " about".split()
)
_GOVERNMENT = frozenset(
    "officials official authorities authority government administration side leaders leader regulators"
    " regulator customs ministry ministries lawmakers negotiators president minister premier cabinet"
    " parliament congress secretary commission department state council agency spokesperson spokesman"
    " spokeswoman diplomats envoy delegation team teams bureau office trade commerce finance foreign"
    " prosecutors police courts court agents treasury ministers governments members countries nations vice prime deputy chancellor commissioner representative senator senators house senate"
    " national defense defence economy industry agriculture central federal tariff white".split()
)
_BODY_NOUNS = frozenset(
    "ministry department commission bureau government cabinet administration agency office council"
    " treasury capital country regulator authorities bloc parliament officials".split()
)
_PAIRS = (
    "both sides", "the two sides", "two sides", "both countries", "the two countries", "two countries",
    "both governments", "the two governments", "both capitals", "both nations", "the two nations",
    "the two economies", "the sides", "each other", "two largest economies", "both parties",
    "two biggest economies", "the two leaders", "both leaders",
)  # fmt: skip
_FUNCTION = frozenset(
    "and or , . ; : to in on of at by from with for as is are was were has have had will would could may"
    " might said says who which that while but if unless when after before since until also not"
    " over against about than into under last this next earlier today yesterday then once again now"
    " still already never only both recently all did does do first later long formally soon".split()
)
_NO_STATES = frozenset({"HK", "MO"})
"""Regions that are no side of two."""
_BILLS = frozenset("bill law draft proposal legislation rule rules order regulation plan ordinance".split())
_LOOK_BACK = 30
"""Most sentences that a pronoun or a pair reaches back."""
_MINISTRY = re.compile(r"(?:Ministry|Department) of (?:[A-Z]\w+)(?:(?:,| and|, and) [A-Z]\w+)*|(?!The\b)[A-Z]\w+ Ministry")


class Cast:
    """The states of one page, and who is meant by what."""

    def __init__(self, page: Page) -> None:
        """Look at ``page``."""
        self._page = page
        self._main = _find_main_pair(page)

    def find_actors(self, act: Act) -> list[Party]:
        """Return the states or groups that do ``act``; empty where that is not said."""
        agent = self._find_agent(act)
        if agent:
            return agent
        if act.is_passive:
            return []
        return self.find_subject(act)

    def find_subject(self, act: Act) -> list[Party]:
        """Return the states or groups that the subject of ``act`` names or points to."""
        nearest = self._find_own_subject(act)
        if nearest is not None:
            return nearest
        if self._names_pair(act):
            return self.find_pair(act.sentence, act.sentence.tokens[act.clause_first].start)
        names = list_names_in(act.sentence, act.clause_first, act.chain_first)
        eligible = [name for name in names if is_government(act.sentence, name)]
        own = [name for name in eligible if name.start >= _find_subject_start(act)]
        if own or eligible:
            return unite(_take_coordinated(act.sentence, own or eligible))
        if _BILLS & set(act.sentence.words[act.clause_first : act.chain_first]):
            return unite([name for name in names if name.entry and name.kind != "firm"][:1])
        return self._find_reference(act, has_names=bool(names))

    def _names_pair(self, act: Act) -> bool:
        subject = " ".join(act.sentence.words[act.clause_first : act.chain_first])
        return any(pair in subject for pair in _PAIRS)

    def _find_own_subject(self, act: Act) -> list[Party] | None:
        """Return who stands right before an infinitive or gerund: "for the US to levy"."""
        sentence, at = act.sentence, act.at
        if act.form == "ing":
            at = act.at
        elif act.form == "base" and "to" in sentence.words[max(0, at - 3) : at]:
            at = max(place for place in range(max(0, at - 3), at) if sentence.words[place] == "to")
        else:
            return None
        if not at:
            return None
        end = sentence.tokens[at - 1].end
        names = [name for name in sentence.names if name.end == end and name.entry]
        if names and names[-1].kind not in {"place", "firm"}:
            return unite(names[-1:])
        if act.form == "ing" and sentence.words[at - 1] in {"and", "or", ","}:
            return self._find_twin_subject(act)
        return None

    def _find_twin_subject(self, act: Act) -> list[Party] | None:
        for earlier in reversed(find_acts(act.sentence)):
            if earlier.at < act.at and earlier.form == act.form:
                return self._find_own_subject(earlier)
        return None

    def find_pair(self, sentence: Sentence, offset: int | None = None) -> list[Party]:
        """Return the two states last named before ``offset``, the sentence's own ones included."""
        found: dict[str, PartyEntry] = {}
        for name in self._iterate_back(sentence, sentence.end if offset is None else offset):
            if self._is_state(name):
                found.setdefault(name.entry.name, name.entry)  # type: ignore[union-attr]
            if len(found) == 2:
                return [_make_party(entry) for entry in found.values()]
        return self._main

    def _is_state(self, name: Name) -> bool:
        """Say whether the name is that of a state, and not one that places a town."""
        if name.entry is None or not name.entry.country or name.kind == "place":
            return False
        if name.entry.country in _NO_STATES:
            return False
        text = self._page.context.article.text
        return not (text[name.end : name.end + 1] == "," and text[name.start - 2 : name.start] == ", ")

    def find_speaker(self, name: str | None) -> list[Party]:
        """Return the state of a speaker whom the article gives one; empty for any other."""
        if name is None:
            return []
        for sentence in self._page.sentences:
            for one in sentence.names:
                if one.text == name and one.entry and one.kind in {"person", "body"}:
                    return unite([one])
        return []

    def find_last_actor(self, sentence: Sentence) -> list[Party]:
        """Return who acted last before ``sentence``, in its paragraph or the one before."""
        sentences = self._page.sentences
        at = sentence.index
        for earlier in reversed(sentences[max(0, at - 2) : at]):
            for act in find_acts(earlier):
                names = list_names_in(earlier, act.clause_first, act.chain_first)
                eligible = [name for name in names if is_government(earlier, name)]
                if eligible:
                    return unite(eligible[:1])
        return []

    def _find_reference(self, act: Act, *, has_names: bool) -> list[Party]:
        sentence, words = act.sentence, act.sentence.words
        subject = " ".join(words[act.clause_first : act.chain_first])
        if has_names:
            return []
        lead = words[act.clause_first - 1] if act.clause_first else ""
        if lead in {"which", "who", "that"} and not subject:
            return self._find_antecedent(act)
        tokens = subject.split()
        if tokens and (tokens[-1] in {"we", "i"} or tokens[0] in {"we", "i"}):
            return self._find_speaker_of(act)
        if tokens and tokens[0] in {"it", "he", "she", "they"}:
            if tokens[0] == "they" and lead in {"“", '"', "‘"}:
                return []
            return self._find_before(sentence, sentence.tokens[act.clause_first].start)
        body = next((word for word in tokens if word in _BODY_NOUNS), None)
        if body is not None and tokens[0] in {"the", "its", "a"}:
            return self._find_body(sentence, body, act.clause_first)
        if not subject or tokens[0] in {"and", ",", "then"}:
            return self._find_shared(act)
        return []

    def _find_speaker_of(self, act: Act) -> list[Party]:
        """Return whose speaker says "we": the state named beside the verb of speech."""
        sentence = act.sentence
        for other in find_acts(sentence):
            if not other.is_of("say") or other.at == act.at:
                continue
            names = list_names_in(sentence, other.clause_first, other.chain_first)
            names += list_names_in(sentence, other.last, other.last + 6)
            found = [one for one in names if one.entry]
            if found:
                return unite(found[:1])
        return []

    def _find_shared(self, act: Act) -> list[Party]:
        """Return the subject of the verb before, which goes on here."""
        for earlier in reversed(find_acts(act.sentence)):
            if earlier.at < act.chain_first and earlier.clause_first < act.clause_first:
                return self.find_subject(earlier)
        return []

    def _find_antecedent(self, act: Act) -> list[Party]:
        tokens = act.sentence.tokens
        end = tokens[act.clause_first - 1].start
        start = tokens[max(0, act.clause_first - 5)].start
        names = [one for one in act.sentence.names if start <= one.start and one.end <= end and one.entry]
        return unite(names[-1:])

    def _find_before(self, sentence: Sentence, offset: int) -> list[Party]:
        names = [name for name in sentence.names if name.end <= offset]
        eligible = [name for name in names if is_government(sentence, name)]
        return unite(eligible[:1]) or self.find_last_actor(sentence)

    def _find_body(self, sentence: Sentence, noun: str, first: int) -> list[Party]:
        offset = sentence.tokens[first].start if first < len(sentence.tokens) else sentence.end
        named = _MINISTRY.search(sentence.text, offset - sentence.start)
        if named:
            wanted = named.group().lower()
            for name in self._iterate_back(sentence, offset):
                if name.entry and any(wanted == one.lower() for body in name.entry.bodies for one in body):
                    return unite([name])
        for name in self._iterate_back(sentence, offset):
            is_named = name.kind == "body" and noun in name.text.lower()
            if is_named or (name.kind in {"demonym", "form"} and self._is_owner(name, noun)):
                return unite([name])
        for name in self._iterate_back(sentence, offset):
            if name.kind in {"demonym", "form"} and any(self._is_owner(name, one) for one in _BODY_NOUNS):
                return unite([name])
        return self.find_last_actor(sentence)

    def _is_owner(self, name: Name, noun: str) -> bool:
        text = self._page.context.article.text[name.end : name.end + 40].lower()
        words = text.replace("’s", " ").replace("'s", " ").split()[:3]
        return noun in words and not _PREPOSITIONS & set(words[: words.index(noun)])

    def _find_agent(self, act: Act) -> list[Party]:
        """Return who acts in a passive: "was suspended by the American side"."""
        words = act.sentence.words
        for at in range(act.last, min(act.clause_last, act.last + 14)):
            if words[at] == "by":
                names = list_names_in(act.sentence, at + 1, min(at + 8, act.clause_last))
                eligible = [name for name in names if is_government(act.sentence, name, after_by=True)]
                return unite(eligible[:1]) if act.is_passive or act.form == "participle" else []
        return []

    def _iterate_back(self, sentence: Sentence, offset: int) -> Iterator[Name]:
        at = sentence.index
        for earlier in reversed(self._page.sentences[max(0, at - _LOOK_BACK) : at + 1]):
            yield from (name for name in reversed(earlier.names) if name.end <= offset)


def _find_subject_start(act: Act) -> int:
    """Return the offset behind the verb before, where its own subject must begin."""
    tokens = act.sentence.tokens
    start = tokens[act.clause_first].start
    if act.chain_first and act.sentence.words[act.chain_first - 1] in {"and", "or", ","}:
        return start
    for earlier in find_acts(act.sentence):
        is_between = act.clause_first <= earlier.at < act.chain_first
        if is_between and earlier.last < act.chain_first:
            start = tokens[earlier.last].start
    return start


def is_government(sentence: Sentence, name: Name, *, after_by: bool = False) -> bool:
    """Say whether ``name`` stands for a government that acts: no firm, no place, no adjective."""
    if name.entry is None or name.kind in {"place", "firm"}:
        return False
    at = sentence.find_token(name.start)
    if not after_by and at and (_is_governed(sentence, name, at) or _is_apposed(sentence, at)):
        return False
    if name.kind in {"person", "body"}:
        return True
    return not is_adjective(sentence, name) or _stands_for_government(sentence, name)


_CONJUNCTIONS = frozenset({"after", "before", "since", "until", "like", "than"})


def _is_governed(sentence: Sentence, name: Name, at: int) -> bool:
    """Say whether a preposition leads to the name: "with China", not "after China imposed"."""
    words = sentence.words
    before = at - 1
    while before >= 0 and words[before] in {"the", "a", "an", "its", "senior", "both", "s", "'s", "’s"}:
        before -= 1
    if before < 0 or words[before] not in _PREPOSITIONS:
        return False
    behind = sentence.find_token(name.end)
    is_subject = behind < len(words) and any(
        reading.kinds & {"past", "third"} for reading in sentence.tokens[behind].readings
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
        return token.low in {"'s", "’s"}
    if token.text[0].isupper():
        return name.kind == "demonym"
    is_verb = any(reading.kinds - {"ing"} for reading in token.readings) and name.kind != "demonym"
    is_adverb = token.low.endswith("ly") and len(token.low) > 4
    return token.low not in _FUNCTION and token.low not in BE and not is_verb and not is_adverb


def _stands_for_government(sentence: Sentence, name: Name) -> bool:
    at = sentence.find_token(name.end)
    following = [word for word in sentence.words[at : at + 4] if word not in {"'s", "’s"}]
    for word in following:
        if word in _GOVERNMENT:
            return True
        if word in _FUNCTION:
            return False
    return False


def _take_coordinated(sentence: Sentence, names: Sequence[Name]) -> list[Name]:
    """Return the first name and those joined to it: "China and the United States"."""
    taken = [names[0]]
    for name in names[1:]:
        between = sentence.text[taken[-1].end - sentence.start : name.start - sentence.start]
        words = between.lower().replace(",", " ").split()
        if words and set(words) <= {"and", "the", "both"}:
            taken.append(name)
        elif name.kind == "person" and taken[-1].entry is name.entry:
            continue
        else:
            break
    return taken


def take_coordinated(sentence: Sentence, names: Sequence[Name]) -> list[Name]:
    """Return the first name and those joined to it: "Saudi Arabia and the Emirates"."""
    return _take_coordinated(sentence, names) if names else []


def unite(names: Sequence[Name]) -> list[Party]:
    """Return the states of the names, each once."""
    entries = {name.entry.name: name.entry for name in names if name.entry}
    return [_make_party(entry) for entry in entries.values()]


@lru_cache(maxsize=512)
def _make_party_of(name: str, country: str | None) -> Party:
    return Party(name=name, country=country)


def _make_party(entry: PartyEntry) -> Party:
    return _make_party_of(entry.name, entry.country)


def _find_main_pair(page: Page) -> list[Party]:
    """Return the two states that the article names most; fewer where it names fewer."""
    counts: dict[str, int] = {}
    entries: dict[str, PartyEntry] = {}
    for sentence in page.told:
        for name in sentence.names:
            if name.entry and name.entry.country and name.kind != "place" and not sentence.is_aside:
                counts[name.entry.name] = counts.get(name.entry.name, 0) + 1
                entries[name.entry.name] = name.entry
    best = sorted(counts, key=lambda name: -counts[name])[:2]
    return [_make_party(entries[name]) for name in best]
