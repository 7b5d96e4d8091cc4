"""Who acts: subjects, agents, pronouns and pairs.

Owns the way from an act to the states that do it, across sentences where need be. Knows no list.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property

from schemas.base import Party
from schemas.parties import PartyEntry
from service.readers.embedded.acts import Act, find_acts, list_names_in, list_subject_names
from service.readers.embedded.naming import (
    PREPOSITIONS,
    is_government,
    make_party,
    take_coordinated,
    unite,
)
from service.readers.embedded.page import Name, Page, Sentence

_BODY_NOUNS = frozenset(
    "ministry department commission bureau government cabinet administration agency office council"
    " treasury capital country regulator authorities bloc parliament officials".split()
)
_BILLS = frozenset(
    "bill law draft proposal legislation rule rules order regulation plan ordinance".split()
)
_PAIRS = (
    "both sides", "two sides", "both countries", "two countries", "both governments",
    "the two governments", "both capitals", "both nations", "the two nations", "the sides",
    "the two economies", "each other", "two largest economies", "two biggest economies",
    "both parties", "the two leaders", "both leaders",
)  # fmt: skip
_SINGLE_BODIES = frozenset("ministry department commission bureau agency office".split())
_DETERMINERS = frozenset({"the", "its", "a"})
_BODY_WORDS = 3
"""Most words from the article on to the body's noun where a time leads the clause."""
_DECISIONS = frozenset(
    "decision plan plans move threat promise pledge vow offer proposal intention commitment"
    " bid".split()
)
_SPEAKERS = frozenset({"we", "i"})
_PRONOUNS = frozenset({"it", "they"})
_PERSONAL = frozenset({"he", "she"})
_OFFICES = frozenset({"president", "minister", "secretary", "chancellor", "premier", "governor"})
_MINISTRY = re.compile(
    r"(?:Ministry|Department) of (?:[A-Z]\w+)(?:(?:,| and|, and) [A-Z]\w+)*"
    r"|(?!The\b)[A-Z]\w+ Ministry"
)
_NO_STATES = frozenset({"HK", "MO"})
"""Regions that are no side of two."""
_LOOK_BACK = 30
"""Most sentences that a pronoun or a pair reaches back."""
_NEAR = 3
"""Most sentences that "he" reaches back."""
_PROMISEE_WORDS = 5
"""Most words from "promised" to the "to" behind whom it was promised to."""
_NEAR_AGENT, _AGENT_WORDS, _SPEAKER_WORDS, _ANTECEDENT_WORDS = 14, 8, 6, 5
_OWNER_CHARS, _OWNER_WORDS = 40, 3


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
        around = _find_around_aside(act)
        if around:
            return around
        if self._names_pair(act):
            return self.find_pair(act.sentence, act.sentence.tokens[act.clause_first].start)
        names = list_subject_names(act)
        eligible = [name for name in names if is_government(act.sentence, name)]
        own = [name for name in eligible if name.start >= _find_subject_start(act)]
        if own or eligible:
            return unite(take_coordinated(act.sentence, own or eligible))
        if _BILLS & set(act.subject_words):
            return unite([name for name in names if name.entry and name.kind != "firm"][:1])
        return self._find_reference(act, has_names=bool(names))

    def _names_pair(self, act: Act) -> bool:
        subject = " ".join(act.subject_words)
        return any(pair in subject for pair in _PAIRS)

    def _find_own_subject(self, act: Act) -> list[Party] | None:
        """Return who stands right before an infinitive or gerund: "for the US to levy"."""
        sentence, at = act.sentence, _find_lead(act)
        if not at:
            return None
        end = sentence.tokens[at - 1].end
        names = [name for name in sentence.names if name.end == end and name.entry]
        if names and names[-1].kind not in {"place", "firm"}:
            promise = _find_promise(act, at)
            return unite(names[-1:]) if promise is None else self.find_subject(promise)
        if act.form == "ing" and sentence.words[at - 1] in {"and", "or", ","}:
            return self._find_twin_subject(act)
        return _find_possessor(act) or None

    def _find_twin_subject(self, act: Act) -> list[Party] | None:
        for earlier in reversed(find_acts(act.sentence)):
            if earlier.at < act.at and earlier.form == act.form:
                return self._find_own_subject(earlier)
        return None

    def find_pair(self, sentence: Sentence, offset: int | None = None) -> list[Party]:
        """Return the two states last named before ``offset``, the sentence's own ones included."""
        found: dict[str, PartyEntry] = {}
        for name in self._iterate_back(sentence, sentence.end if offset is None else offset):
            if name.entry is not None and self._is_state(name):
                found.setdefault(name.entry.name, name.entry)
            if len(found) == 2:
                return [make_party(entry) for entry in found.values()]
        return self._main

    def _is_state(self, name: Name) -> bool:
        """Say whether the name is that of a state, and not one that places a town."""
        if name.entry is None or not name.entry.country or name.kind == "place":
            return False
        if name.entry.country in _NO_STATES:
            return False
        text = self._page.context.article.text
        is_led = text[name.start - 2 : name.start] == ", "
        return not (is_led and text[name.end : name.end + 1] == ",")

    def find_speaker(self, name: str | None) -> list[Party]:
        """Return the state of a speaker whom the article gives one; empty for any other."""
        speaker = self._speakers.get(name) if name is not None else None
        return unite([speaker]) if speaker else []

    @cached_property
    def _speakers(self) -> dict[str, Name]:
        """Return the people and bodies that act for a state, by name."""
        return {
            name.text: name
            for sentence in reversed(self._page.sentences)
            for name in reversed(sentence.names)
            if name.entry and name.kind in {"person", "body"}
        }

    def find_last_actor(self, sentence: Sentence) -> list[Party]:
        """Return who acted last before ``sentence``, in its paragraph or the one before."""
        sentences = self._page.sentences
        at = sentence.index
        for earlier in reversed(sentences[max(0, at - 2) : at]):
            for act in find_acts(earlier):
                names = list_subject_names(act)
                eligible = [name for name in names if is_government(earlier, name)]
                if eligible:
                    return unite(eligible[:1])
        return []

    def _find_reference(self, act: Act, *, has_names: bool) -> list[Party]:
        if has_names:
            return []
        words = act.sentence.words
        subject = act.subject_words
        lead = words[act.clause_first - 1] if act.clause_first else ""
        if not subject:
            is_relative = lead in {"which", "who", "that"}
            return self._find_antecedent(act) if is_relative else self._find_shared(act)
        if subject[0] in {"and", ",", "then"}:
            return self._find_shared(act)
        return self._resolve(act, subject, lead)

    def _resolve(self, act: Act, subject: Sequence[str], lead: str) -> list[Party]:
        """Return whom a pronoun or "the ministry" means."""
        if {subject[0], subject[-1]} & _SPEAKERS:
            return self._find_speaker_of(act)
        if subject[0] in _PERSONAL:
            return self._find_person(act.sentence, act.sentence.tokens[act.clause_first].start)
        if subject[0] in _PRONOUNS:
            # Who "they" are in somebody's words is open.
            is_open = subject[0] == "they" and lead in {"“", '"', "‘"}
            offset = act.sentence.tokens[act.clause_first].start
            return [] if is_open else self._find_before(act.sentence, offset)
        body = next((at for at, word in enumerate(subject) if word in _BODY_NOUNS), None)
        if body is None:
            return []
        # "Yet on Monday the ministry": a time may stand before it.
        first = max((at for at in range(body) if subject[at] in _DETERMINERS), default=None)
        if first is None or (first and not _is_led_in(subject, first, body)):
            return []
        return self._find_body(act.sentence, subject[body], act.clause_first + first)

    def _find_speaker_of(self, act: Act) -> list[Party]:
        """Return whose speaker says "we": the state named beside the verb of speech."""
        sentence = act.sentence
        for other in find_acts(sentence):
            if not other.is_of("say") or other.at == act.at:
                continue
            names = list_names_in(sentence, other.clause_first, other.chain_first)
            names += list_names_in(sentence, other.last, other.last + _SPEAKER_WORDS)
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
        first = max(0, act.clause_first - _ANTECEDENT_WORDS)
        names = list_names_in(act.sentence, first, act.clause_first - 1)
        return unite([name for name in names if name.entry][-1:])

    def _find_before(self, sentence: Sentence, offset: int) -> list[Party]:
        names = [name for name in sentence.names if name.end <= offset]
        eligible = [name for name in names if is_government(sentence, name)]
        return unite(eligible[:1]) or self.find_last_actor(sentence)

    def _find_person(self, sentence: Sentence, offset: int) -> list[Party]:
        """Return for whom "he" acts: the person named last; empty where only an office was."""
        for earlier in reversed(
            self._page.sentences[max(0, sentence.index - _NEAR) : sentence.index + 1]
        ):
            people = [one for one in earlier.names if one.kind == "person" and one.end <= offset]
            if people:
                return unite([one for one in people[:1] if one.entry])
            if not _OFFICES.isdisjoint(earlier.words):
                return []
        return []

    def _find_body(self, sentence: Sentence, noun: str, first: int) -> list[Party]:
        """Return whose ministry, cabinet or parliament "the ..." is: that named last."""
        offset = sentence.tokens[first].start if first < len(sentence.tokens) else sentence.end
        before = list(self._iterate_back(sentence, offset))
        named = _MINISTRY.search(sentence.text, offset - sentence.start)
        wanted = named.group().lower() if named else ""
        named_here = sentence.text[max(0, offset - sentence.start) :][:_OWNER_CHARS]
        named_here = named_here[:1].lower() + named_here[1:]
        is_union = "the Commission" in named_here
        found = (
            next((name for name in before if wanted and _has_body(name, wanted)), None)
            or next((name for name in before if self._is_body(name, noun)), None)
            or next((name for name in before if is_union and _is_union(name)), None)
            or next((name for name in before if self._is_owner(name, _list_alike(noun))), None)
        )
        if found or noun in _SINGLE_BODIES:
            return unite([found]) if found else self.find_last_actor(sentence)
        return self._find_home(sentence, offset)

    def _find_home(self, sentence: Sentence, offset: int) -> list[Party]:
        """Return whose "the government" is: that of who speaks of it, or of who just acted."""
        speakers = [one for one in sentence.names if one.end <= offset and one.entry]
        spoken = [one for one in speakers if one.kind in {"person", "body"}]
        if spoken:
            return unite(spoken[:1])
        return [] if sentence.is_line_start else self.find_last_actor(sentence)

    def _is_body(self, name: Name, noun: str) -> bool:
        is_named = name.kind == "body" and noun in name.text.lower()
        return is_named or self._is_owner(name, {noun})

    def _is_owner(self, name: Name, nouns: AbstractSet[str]) -> bool:
        """Say whether the name owns one of ``nouns``: "the Dutch government"."""
        if name.kind not in {"demonym", "form"}:
            return False
        text = self._page.context.article.text[name.end : name.end + _OWNER_CHARS].lower()
        words = text.replace("’s", " ").replace("'s", " ").split()[:_OWNER_WORDS]
        place = next((at for at, word in enumerate(words) if word in nouns), None)
        return place is not None and PREPOSITIONS.isdisjoint(words[:place])

    def _find_agent(self, act: Act) -> list[Party]:
        """Return who acts in a passive: "was suspended by the American side"."""
        words = act.sentence.words
        stop = min(act.clause_last, act.last + _NEAR_AGENT)
        at = next((place for place in range(act.last, stop) if words[place] == "by"), None)
        if at is None or not (act.is_passive or act.form == "participle"):
            return []
        names = list_names_in(act.sentence, at + 1, min(at + _AGENT_WORDS, act.clause_last))
        return unite([one for one in names if is_government(act.sentence, one, after_by=True)][:1])

    def _iterate_back(self, sentence: Sentence, offset: int) -> Iterator[Name]:
        at = sentence.index
        for earlier in reversed(self._page.sentences[max(0, at - _LOOK_BACK) : at + 1]):
            yield from (name for name in reversed(earlier.names) if name.end <= offset)


def _list_alike(noun: str) -> AbstractSet[str]:
    """Return the nouns for what "the" body may be: a ministry is no government."""
    return _BODY_NOUNS if noun in _SINGLE_BODIES else _BODY_NOUNS - _SINGLE_BODIES


def _is_led_in(subject: Sequence[str], first: int, body: int) -> bool:
    """Say whether one ministry stands behind a time: not "the government", which any may be."""
    return body - first <= _BODY_WORDS and subject[body] in _SINGLE_BODIES


def _is_union(name: Name) -> bool:
    """Say whether the name is that of the European Union or of its bodies."""
    return name.entry is not None and name.entry.country == "EU"


def _has_body(name: Name, wanted: str) -> bool:
    """Say whether the state of ``name`` has a body called ``wanted``, in small letters."""
    return name.entry is not None and any(
        one.lower() == wanted for body in name.entry.bodies for one in body
    )


def _find_around_aside(act: Act) -> list[Party]:
    """Return the subject in front of an aside: "India, which imports nine tenths, cut"."""
    words, first = act.sentence.words, act.clause_first
    is_behind = act.chain_first > first and words[act.chain_first - 1] == ","
    if first < 2 or not is_behind or words[first - 2] != ",":
        return []
    if words[first - 1] not in {"which", "who", "whose"}:
        return []
    names = list_names_in(act.sentence, max(0, first - 2 - _ANTECEDENT_WORDS), first - 2)
    return unite([name for name in names if name.entry and is_government(act.sentence, name)][-1:])


def _find_lead(act: Act) -> int:
    """Return the token before which an infinitive's or gerund's own subject ends; 0 for none."""
    if act.form == "ing":
        return act.at
    if act.form != "base":
        return 0
    words = act.sentence.words
    return max((at for at in range(max(0, act.at - 3), act.at) if words[at] == "to"), default=0)


def _find_possessor(act: Act) -> list[Party]:
    """Return whose decision it is: "Washington's decision to double the duty"."""
    first, words = act.chain_first, act.sentence.words
    if act.form != "base" or words[first] not in _DECISIONS:
        return []
    mark = next((at for at in range(max(1, first - 3), first) if words[at] in {"'s", "’s"}), None)
    if mark is None:
        return []
    end = act.sentence.tokens[mark - 1].end
    return unite([name for name in act.sentence.names if name.end == end and name.entry])


def _find_promise(act: Act, at: int) -> Act | None:
    """Return the verb whose subject acts too: "China promised Washington to buy"."""
    earlier = next((one for one in reversed(find_acts(act.sentence)) if one.at < at), None)
    if act.form != "base" or earlier is None or at - earlier.last > _PROMISEE_WORDS:
        return None
    is_given = earlier.is_of("promise", "agree") and not earlier.is_passive
    return earlier if is_given and earlier.clause_first < earlier.chain_first else None


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


def _find_main_pair(page: Page) -> list[Party]:
    """Return the two states that the article names most; fewer where it names fewer."""
    entries: dict[str, PartyEntry] = {}
    counts: Counter[str] = Counter()
    for sentence in page.told:
        for name in () if sentence.is_aside else sentence.names:
            if name.entry and name.entry.country and name.kind != "place":
                counts[name.entry.name] += 1
                entries[name.entry.name] = name.entry
    return [make_party(entries[name]) for name, _ in counts.most_common(2)]
