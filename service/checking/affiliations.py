"""Who is who in one article: its sentences, its people and the states they stand for.

Owns what the article's own text says about names: "Chinese Vice Premier He Lifeng" makes He
Lifeng China's, in this article only. Must not know drafts, items or complaints, nor bring in
what the text does not say, but for one thing: which state a well-known official acts for.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from schemas.parties import (
    PartyEntry,
    PartyMention,
    find_official,
    fold_firm,
    iterate_mentions,
    iterate_officials,
)
from service.checking.sentences import CAPITALISED, find_sentence_starts

Span = tuple[int, int]
"""Offsets into the article, half-open, in Unicode code points."""
_TitleKind = Literal["office", "post", "lower", "firm"]
_Votes = defaultdict[str, Counter[str]]

_MAX_BETWEEN = 80
"""Most characters between a state's name and the title that belongs to it."""
PRONOUN_LIKE = frozenset("He An So To You Her Do May Will Mark Long".split())
"""Surnames that open a sentence as ordinary words."""
_FAMILY_FIRST = frozenset(
    """
    An Bai Cai Cao Chen Choi Cui Deng Ding Dong Du Fan Fang Feng Fu Gao Gong Gu Guo Han He
    Hong Hou Hu Huang Jia Jiang Jin Jung Kang Kim Kong Lai Le Lee Lei Li Liang Liao Lin Ling
    Liu Long Lu Luo Lyu Ma Mao Meng Moon Nguyen Ni Pan Park Peng Pham Qian Qin Qiu Ren Shao
    Shen Shi Song Su Sun Tan Tang Tao To Tran Tsai Vu Wang Wei Wen Wu Xi Xia Xiao Xie Xiong Xu
    Xue Yan Yang Yao Ye Yi Yin Yoon Yu Yuan Zeng Zhang Zhao Zheng Zhong Zhou Zhu Zou
    """.split()
)
"""Family names that stand before the given name."""
_NO_NAMES = (
    "Office|General|Council|Committee|Ministry|Agency|Administration|Meeting|Summit|Act|House|The"
    "|Group|News|State|Department|In|On|At|As|Who|Has|Will|Of|For|And|To|By|With|January|February"
    "|March|April|May|June|July|August|September|October|November|December"
    "|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
)
_PREPOSITIONS = frozenset({"in", "to", "for", "of", "from", "at"})
_GAP = r"(?:[^\S\n]{1,3}|\n)"
_CAPITAL = (
    rf"(?!(?:{_NO_NAMES})\b)(?:[A-Z]\.(?=\s[A-Z])"
    r"|[A-ZÀ-ÖØ-ÞĀ-Ž][^\W\d_]*(?:-[^\W\d_]+|['’][A-Z][^\W\d_]+){0,3})"
)
_NAME = rf"{_CAPITAL}(?:{_GAP}(?:(?:von der|van der|van|von|de|da|bin|al){_GAP})?{_CAPITAL}){{0,3}}"
_TITLE_KINDS: Mapping[_TitleKind, str] = {
    "office": "president premier minister secretary representative ambassador commissioner envoy "
    "chancellor negotiator senator governor spokesperson spokesman spokeswoman undersecretary "
    "counselor counsellor diplomat congressman congresswoman lawmaker leader czar sen. rep. gov.",
    "post": "chairman chairwoman chairperson chair chief executive ceo cfo head founder director "
    "director-general adviser advisor professor manager mr. ms. mrs. dr. mr ms mrs dr",
    "lower": "economist analyst official researcher strategist",
    "firm": "chipmaker chipmakers toolmaker automaker carmaker maker makers company firm giant "
    "manufacturer startup start-up champion champions producer supplier developer conglomerate "
    "companies firms giants",
}
"""Words before or behind a name. Only an office makes a plain "China" its state; a title of the
kinds "lower" and "firm" is none with a capital ("Economist Intelligence Unit")."""
_KIND_OF_TITLE = {word: kind for kind, words in _TITLE_KINDS.items() for word in words.split()}
TITLES = frozenset(word for word, kind in _KIND_OF_TITLE.items() if kind in {"office", "post"})
"""Words that name an office beside a person's name, in small letters."""
_PORTFOLIO = (
    r"(?:State|Treasury|Commerce|Finance|Defen[cs]e|Energy|Agriculture|Trade|Industry|Economy"
    r"|Economic Affairs|Foreign Affairs|Public Security|Health|Transport|Interior|War|Labor)"
)
_OBJECT = (
    rf"(?:{_GAP}(?:of|for){_GAP}(?:the{_GAP})?{_PORTFOLIO}(?:(?:,? and |, ){_PORTFOLIO}){{0,2}}"
    rf"|{_GAP}to{_GAP}(?:the{_GAP})?[A-Z][\w.]{{1,20}}(?:{_GAP}[A-Z][\w.]{{1,20}}){{0,2}}(?=,)"
    rf"|{_GAP}to{_GAP}[A-Z]\w{{1,20}}|{_GAP}such{_GAP}as)?"
)
_JOB_WORDS = (
    "of|and|the|for|deputy|vice|prime|foreign|trade|commerce|finance|economic|economy|treasury|top"
    "|chief|senior|former|then|acting|state|affairs|industry|agriculture|national|security|central"
    "|international|ministry|department|lead|special|energy|defen[cs]e|technology|climate|managing"
    "|executive|outgoing|incoming|assistant|under|permanent|newly|minted|commercial|bank|principal"
    "|tech|chip|chipmaking|memory|semiconductor|equipment|telecoms?|internet|state-owned|car|tool"
    "|state-backed|e-commerce|electric|vehicle|electronics|lithography|leading|rival|social|media"
    "|battery|mining|steel|oil|rare|earths?|artificial|intelligence|advanced|based"
)
_NAME_BEFORE = re.compile(rf"(?<![\w.])(?:{_NAME})$")
_APPOSED = re.compile(rf"\s(?:(?:the|an?)\s)?(?:(?:[A-Z][\w.’'-]*|{_JOB_WORDS})\s)*")
_BETWEEN = re.compile(
    rf"(?:['’]s?)?\)?(?:-based)?(?:\s(?:[A-Z][\w’'-]*|\([A-Z]+\)|{_JOB_WORDS}))*\s"
)
_ACRONYM = re.compile(r"\(([A-Z][A-Z0-9]{1,9})\)")


class _Hit(NamedTuple):
    """A name with a title, and the state that the title belongs to."""

    name: str
    kind: _TitleKind
    owner: PartyMention | None


def _compile_titled() -> re.Pattern[str]:
    """Compile a title with what may follow it; grouped by first letter, for speed."""
    by_letter: defaultdict[str, list[str]] = defaultdict(list)
    for title in sorted(_KIND_OF_TITLE, key=len, reverse=True):
        by_letter[title[0]].append(re.escape(title[1:]).replace("general", "[Gg]eneral"))
    titles = "|".join(
        f"[{letter}{letter.upper()}](?:{'|'.join(rest)})" for letter, rest in by_letter.items()
    )
    return re.compile(
        rf"(?<![\w@])(?P<title>CEO|CFO|{titles})(?!\w)(?:{_OBJECT},?{_GAP}(?P<name>{_NAME}))?"
    )


_TITLED = _compile_titled()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom the article names with a title or as holder of a post."""

    name: str
    """As the article has it, in full where it does so anywhere: "He Lifeng"; a headline's
    capitals apart."""
    shorts: frozenset[str]
    """What alone means this person in the article: the family name, other names it uses."""
    entries: tuple[PartyEntry, ...]
    """The state or group that the article gives them, two where it is undecided, else none."""


@dataclass(frozen=True, slots=True, eq=False)
class ArticleNames:
    """What one article says about names; built once an article by ``build_names``.

    Equal only to itself, so that verdicts can be remembered by article.
    """

    text: str
    """The canonical text that every offset points into."""
    sentences: tuple[str, ...]
    """Its sentences, outer blanks stripped."""
    starts: tuple[int, ...]
    """Where each sentence starts, ascending; the first is 0."""
    mentions: tuple[PartyMention, ...]
    """Every mention of an entry of the party table, in order."""
    people: Mapping[str, tuple[Person, ...]]
    """Family name to the people who have it in this article."""
    firms: Mapping[str, tuple[PartyEntry, ...]]
    """Folded name of a firm to the states that the article gives it ("Dutch toolmaker ASML")."""
    acronyms: Mapping[str, str]
    """Acronym to full name and full name to acronym: "Advanced Micro Devices Inc. (AMD)"."""

    def find_sentences(self, spans: Sequence[Span], before: int = 0) -> list[str]:
        """Return the sentences that hold the spans, and ``before`` sentences ahead of each.

        A span that the text does not have is cut to what there is; no error leaves here.
        """
        return list(_locate_sentences(self, tuple(spans), before))


def build_names(text: str) -> ArticleNames:
    """Read sentences, people and affiliations off ``text``, the article's canonical text.

    An affiliation needs the state and the title next to the name ("U.S. Treasury Secretary
    Scott Bessent", "Wang Wentao, China's commerce minister"). Where the article gives several,
    the most frequent counts. Cost is linear in the length; nothing is raised.
    """
    mentions = scan_mentions(text)
    starts = tuple(find_sentence_starts(text))
    people: _Votes = defaultdict(Counter)
    firms: _Votes = defaultdict(Counter)
    for hit in _find_titles(text, mentions):
        votes = firms[fold_firm(hit.name)] if hit.kind == "firm" else people[hit.name]
        votes[hit.owner.entry.name if hit.owner else ""] += 1
    entries = {mention.entry.name: mention.entry for mention in mentions}
    for name in iterate_officials(text):
        # Found even where no title stands beside the name.
        people[name][""] += 1
    return ArticleNames(
        text=text,
        sentences=tuple(text[start:end].strip() for start, end in pairwise([*starts, len(text)])),
        starts=starts,
        mentions=mentions,
        people=_merge_people(people, entries),
        firms={name: _elect(votes, entries) for name, votes in firms.items()},
        acronyms=dict(_find_acronyms(text)),
    )


@lru_cache(maxsize=512)
def _locate_sentences(names: ArticleNames, spans: tuple[Span, ...], before: int) -> tuple[str, ...]:
    places: dict[int, None] = {}
    for start, end in spans:
        first = max(0, bisect_right(names.starts, max(0, start)) - 1 - before)
        places |= dict.fromkeys(range(first, bisect_left(names.starts, max(1, end))))
    return tuple(names.sentences[place] for place in places)


@lru_cache(maxsize=512)
def scan_mentions(text: str) -> tuple[PartyMention, ...]:
    """Return ``iterate_mentions(text)``, remembered: items share quotes and sentences."""
    return tuple(iterate_mentions(text))


def find_people(text: str, names: ArticleNames) -> Iterator[Person]:
    """Yield the people of the article whom ``text`` names, once for each place.

    "He" and "Ma" count in the middle of a sentence, or with the given name behind them. A
    family name that several people share counts for all, if all stand for the same state.
    """
    for match in CAPITALISED.finditer(text):
        people = names.people.get(match.group())
        if people is None:
            continue
        full = [person for person in people if text.startswith(person.name, match.start())]
        if match.group() in PRONOUN_LIKE and not full and _opens_sentence(text, match.start()):
            continue
        yield from full or (people if len({person.entries for person in people}) == 1 else ())


def find_person(name: str, names: ArticleNames) -> Person | None:
    """Return the person of the article whom ``name`` means: in full, or by family name alone."""
    words = name.split()
    for word in {words[0], words[-1]} if words else ():
        for person in names.people.get(word, ()):
            if len(words) == 1 or set(words) <= set(person.name.split()):
                return person
    return None


def _opens_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 4) : start].rstrip(" \t\u00a0")
    return not before or before[-1] in ".!?…:;—–\n\"“‘'("


def _find_titles(text: str, mentions: tuple[PartyMention, ...]) -> Iterator[_Hit]:
    """Yield each name that stands beside a title or a firm's trade."""
    starts = [mention.start for mention in mentions]
    last_name_end = 0
    for match in _TITLED.finditer(text):
        title, kind = match["title"], _KIND_OF_TITLE[match["title"].lower()]
        if kind in {"lower", "firm"} and title[0].isupper():
            continue
        owner = _find_owner(text, mentions, starts, match)
        if owner is not None and owner.start < last_name_end:
            owner = None
        hit = _read_titled(match, starts, owner) or _read_apposed(text, match, starts, owner)
        last_name_end = match.end("name") if match["name"] else last_name_end
        if hit is not None:
            yield hit


def _read_titled(
    match: re.Match[str], starts: list[int], owner: PartyMention | None
) -> _Hit | None:
    """Read the name behind a title: "Chinese Vice Premier He Lifeng"."""
    if not match["name"] or _starts_mention(starts, match.start("name")):
        return None
    name, kind = " ".join(match["name"].split()), _KIND_OF_TITLE[match["title"].lower()]
    if " " not in name and match["title"].islower() and kind != "firm":
        return None
    return _Hit(name, kind, owner)


def _read_apposed(
    text: str, match: re.Match[str], starts: list[int], owner: PartyMention | None
) -> _Hit | None:
    """Read the name in front of a title: "Wang Wentao, China's commerce minister"."""
    title = match.start("title")
    comma = text.rfind(",", max(0, title - _MAX_BETWEEN), title)
    if match["name"] or comma < 0 or not _APPOSED.fullmatch(text, comma + 1, title):
        return None
    first = max(0, comma - _MAX_BETWEEN // 2)
    before = _NAME_BEFORE.search(text[first:comma])
    if before is None or _starts_mention(starts, first + before.start()):
        return None
    lead = owner.start - comma if owner else 0
    owner = owner if 0 <= lead <= len(", the ") else None
    name, kind = " ".join(before.group().split()), _KIND_OF_TITLE[match["title"].lower()]
    is_known = kind == "office" if owner else kind != "firm"
    return _Hit(name, kind, owner) if is_known or " " in name else None


def _find_owner(
    text: str, mentions: tuple[PartyMention, ...], starts: list[int], match: re.Match[str]
) -> PartyMention | None:
    """Return the state that the title belongs to: the nearest before it, with no verb between."""
    title = match.start("title")
    place = bisect_right(starts, title) - 1
    if place < 0:
        return None
    mention = mentions[place]
    if mention.end > title:
        return mention
    kind = _KIND_OF_TITLE[match["title"].lower()]
    if kind == "firm" and mention.entry.country == "EU" and mention.how == "demonym":
        # "European chipmaker ASML" says where on the map: ASML stays Dutch.
        return None
    between = text[mention.end : title] if title - mention.end <= _MAX_BETWEEN else ""
    if not _BETWEEN.fullmatch(between):
        return None
    return mention if _modifies(text, mention, is_office=kind == "office") else None


def _modifies(text: str, mention: PartyMention, *, is_office: bool) -> bool:
    """Say whether the mention can be an adjective: "Chinese", "US", "China's", but not "China"."""
    written = text[mention.start : mention.end]
    is_plain = mention.how == "form" and mention.entry.country and not written.isupper()
    if not is_plain or text[mention.end : mention.end + 1] in {"'", "’"}:
        return True
    before = text[max(0, mention.start - 6) : mention.start].split()
    return is_office and (not before or before[-1] not in _PREPOSITIONS)


def _starts_mention(starts: list[int], position: int) -> bool:
    place = bisect_left(starts, position)
    return place < len(starts) and starts[place] == position


def _merge_people(
    votes: _Votes, entries: Mapping[str, PartyEntry]
) -> dict[str, tuple[Person, ...]]:
    """Join "Trump" and "Donald J. Trump", then list everybody by family name.

    Whom the article gives no state has that of the table of officials, where it lists the name.
    """
    merged: _Votes = defaultdict(Counter)
    full_names: dict[tuple[str, ...], str] = {}
    by_short: defaultdict[str, dict[str, None]] = defaultdict(dict)
    shorts: defaultdict[str, set[str]] = defaultdict(set)
    for name in sorted(votes, key=lambda name: (-len(name.split()), name.isupper())):
        words, official = name.split(), find_official(name)
        others = list(by_short[name]) if len(words) == 1 else []
        key = official.names[:1] if official else (words[0], words[-1])
        usual = official.names[0] if official and name.isupper() else name
        full = full_names.setdefault(key, others[0] if others else usual)
        merged[full].update(votes[name])
        alone = list_shorts(words) | list_shorts(full.split())
        shorts[full] |= alone | ({name} - {full})
        for short in alone:
            by_short[short][full] = None
    people = {
        name: Person(name, frozenset(shorts[name]), _elect(count, entries) or _find_usual(name))
        for name, count in merged.items()
    }
    return {short: tuple(people[name] for name in full) for short, full in by_short.items()}


def _find_usual(name: str) -> tuple[PartyEntry, ...]:
    """Return the state that an official acts for as far as the table knows."""
    official = find_official(name)
    return (official.entry,) if official else ()


def list_shorts(words: list[str]) -> frozenset[str]:
    """Return the family name in the ``words`` of a name, or both ends if either may be it."""
    return frozenset({words[-1], *(words[:1] if words[0] in _FAMILY_FIRST else ())})


def _elect(votes: Counter[str], entries: Mapping[str, PartyEntry]) -> tuple[PartyEntry, ...]:
    """Return the entry with most votes, all of them at a draw; ``()`` where none has one."""
    named = {name: count for name, count in votes.items() if name}
    most = max(named.values(), default=0)
    return tuple(entries[name] for name, count in named.items() if count == most)


def _find_acronyms(text: str) -> Iterator[tuple[str, str]]:
    """Yield (acronym, full name) and the reverse where capitals before "(AMD)" spell it."""
    for match in _ACRONYM.finditer(text):
        words = text[max(0, match.start() - 120) : match.start()].split()
        for size in range(1, min(len(words), len(match[1]) + 6) + 1):
            full = " ".join(words[-size:])
            if _spells(fold_firm(full).split(), words[-size:], match[1]):
                yield match[1], full
                yield fold_firm(full), match[1]
                break


def _spells(folded: Sequence[str], words: Sequence[str], acronym: str) -> bool:
    initials = "".join(word[0] for word in words[: len(folded)] if word[0].isupper())
    every = "".join(word[0].upper() for word in words[: len(folded)])
    return acronym in {initials, every}
