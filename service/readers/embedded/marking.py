"""The marking of an article: its text cut into sentences and words, with the names in each.

Owns what is looked for and what wins where two overlap. Knows no list.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from schemas.parties import PartyMention
from service.checking.affiliations import PRONOUN_LIKE, Person
from service.checking.article_calendar import DateReading
from service.checking.context import ArticleContext
from service.checking.names import is_place
from service.readers.embedded.inflection import FormKind
from service.readers.embedded.layout import LineKind, classify_lines
from service.readers.embedded.lexicon import WORD, Lexicon, VerbReading, load_lexicon, split_words
from service.readers.embedded.page import Name, NameKind, Page, Sentence, Token

_GLUE = "-‐‑"
_HYPHENS = frozenset(_GLUE)
_DATELINE = re.compile(
    r"[A-Z][A-Z .,/’'-]{2,40}[A-Z](?:,\s[A-Z][\w. ]{2,24})?(?:,?\s(?:[A-Z][a-z]{2,8}\.?\s\d{1,2}))?"
    r"(?:\s\([^)]{2,40}\))?(?:\s?(?:--|[—–])\s?|\s-\s|:\s)"
)
"""Where a story was written, at the head of a paragraph: "TOKYO/SEOUL -- "."""
_MAX_NAME_WORDS = 6
_NO_READINGS: tuple[VerbReading, ...] = ()
_NO_KINDS: frozenset[FormKind] = frozenset()


def mark_page(context: ArticleContext) -> Page:
    """Return the article of ``context``, cut into sentences and marked."""
    marker = _Marker(context, load_lexicon())
    return Page(context, tuple(marker.mark_sentences()))


class _Marker:
    def __init__(self, context: ArticleContext, lexicon: Lexicon) -> None:
        self._context = context
        self._lexicon = lexicon
        self._text = context.article.text
        self._readings = context.calendar.readings
        self._people = _index_people(context)

    def mark_sentences(self) -> Iterator[Sentence]:
        names = self._context.names
        lines = classify_lines(self._context)
        starts = [line.start for line in lines]
        bounds = [*names.starts, len(self._text)]
        index = 0
        for first, last in pairwise(bounds):
            raw = self._text[first:last]
            start = first + len(raw) - len(raw.lstrip())
            text = raw.strip()
            if not text:
                continue
            line = lines[max(0, bisect_right(starts, start) - 1)]
            yield self._mark_sentence(index, start, text, line.kind, start == line.start)
            index += 1

    def _mark_sentence(
        self, index: int, start: int, text: str, kind: LineKind, is_line_start: bool
    ) -> Sentence:
        end = start + len(text)
        tokens = tuple(self._split(text, start))
        return Sentence(
            index=index,
            start=start,
            end=end,
            text=text,
            kind=kind,
            tokens=tokens,
            names=tuple(self._find_names(start, end, tokens)),
            dates=self._cut_dates(start, end),
            lexicon=self._lexicon,
            is_line_start=is_line_start,
        )

    def _split(self, text: str, start: int) -> Iterator[Token]:
        verbs = self._lexicon.verbs
        is_glued = not _HYPHENS.isdisjoint(text)
        for match in WORD.finditer(text):
            word = match.group()
            if word not in _GLUE:
                low = word.lower()
                at = start + match.start()
                is_part = is_glued and (
                    text[match.end() : match.end() + 1] in _HYPHENS
                    or (match.start() > 0 and text[match.start() - 1] in _HYPHENS)
                )
                readings = _NO_READINGS if is_part else verbs.get(low, _NO_READINGS)
                kinds = _NO_KINDS.union(*(one.kinds for one in readings)) if readings else _NO_KINDS
                yield Token(word, low, at, at + len(word), readings, kinds)

    def _cut_dates(self, start: int, end: int) -> tuple[DateReading, ...]:
        first = bisect_left(self._readings, start, key=lambda reading: reading.mention.start)
        last = bisect_left(self._readings, end, key=lambda reading: reading.mention.start)
        return self._readings[first:last]

    def _find_names(self, start: int, end: int, tokens: Sequence[Token]) -> list[Name]:
        found = [*self._find_people(tokens), *self._find_states(start, end)]
        found += self._find_firms(tokens)
        taken: list[Name] = []
        dateline = _DATELINE.match(self._text[start:end])
        head = start + dateline.end() if dateline else start
        for name in sorted(found, key=lambda one: (one.start, -one.end)):
            if name.end <= head:
                # A dateline says where the story was written.
                continue
            if not taken or name.start >= taken[-1].end:
                taken.append(name)
        return taken

    def _find_states(self, start: int, end: int) -> Iterator[Name]:
        mentions = self._context.names.mentions
        first = bisect_left(mentions, start, key=lambda mention: mention.start)
        owner: PartyMention | None = None
        for mention in mentions[first:]:
            if mention.start >= end:
                return
            is_owned = owner is not None and self._text[owner.end : mention.start].strip() in {
                "", "'s", "’s",
            }  # fmt: skip
            entry = owner.entry if owner and is_owned and mention.how == "body" else mention.entry
            owner = mention
            written = self._text[mention.start : mention.end]
            text = written if mention.how == "body" else entry.name
            how: NameKind = "place" if is_place(self._text, mention) else mention.how
            yield Name(mention.start, mention.end, how, text, entry)

    def _find_people(self, tokens: Sequence[Token]) -> Iterator[Name]:
        for at, token in enumerate(tokens):
            for words, person in self._people.get(token.text, ()):
                if tuple(one.text for one in tokens[at : at + len(words)]) == words:
                    if len(words) == 1 and token.text in PRONOUN_LIKE and _opens(tokens, at):
                        continue
                    entry = person.entries[0] if len(person.entries) == 1 else None
                    end = tokens[at + len(words) - 1].end
                    yield Name(token.start, end, "person", person.name, entry)
                    break

    def _find_firms(self, tokens: Sequence[Token]) -> Iterator[Name]:
        for found in self._lexicon.firms.find([token.text for token in tokens]):
            start, end = tokens[found.first].start, tokens[found.last - 1].end
            is_usual = found.value in self._text
            yield Name(start, end, "firm", found.value if is_usual else self._text[start:end], None)


def _opens(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a sentence or quotation begins with ``tokens[at]``."""
    return at == 0 or not tokens[at - 1].text[-1].isalnum()


def _index_people(context: ArticleContext) -> dict[str, list[tuple[tuple[str, ...], Person]]]:
    """Return the first word of a name to the names that begin with it, longer ones first."""
    index: dict[str, list[tuple[tuple[str, ...], Person]]] = {}
    for people in context.names.people.values():
        for person in people:
            for name in {person.name, *person.shorts}:
                words = tuple(split_words(name))
                if words and len(words) <= _MAX_NAME_WORDS:
                    index.setdefault(words[0], []).append((words, person))
    for names in index.values():
        names.sort(key=lambda entry: (-len(entry[0]), entry[1].name))
    return index
