"""Whom the subject of a verb of saying means: a name, a ministry, "he", "two people familiar".

Owns the plain form of a speaker. Knows no scope of what is said.
"""

import re
from collections.abc import Sequence

from service.readers.embedded.page import Page
from service.readers.embedded.talk_marks import MarkedSentence, mark_rows

_FILLERS = frozenset(
    """
    also has have had later then on in at D reportedly again repeatedly previously the
    earlier this last week month year already never further just subsequently recently
    publicly still , yesterday today now would will
    """.split()
)
_NOUNS = frozenset(
    """
    spokesperson spokesman spokeswoman official officials people person source sources
    statement agency office media diplomat diplomats analyst analysts minister lawmaker
    lawmakers executive executives readout report reports commission government adviser
    advisers aide aides insider economist economists secretary president negotiator
    negotiators researcher lawyer commerce ministry department company leader chairman
    council premier embassy delegation bureau administration
    """.split()
)
_OF_MINISTRY = frozenset({"ministry", "spokesperson", "spokesman", "spokeswoman", "department"})
_GENERIC = frozenset(
    """
    company commission government agency office bureau report reports statement readout
    council media source sources
    """.split()
)
_OWNERS = frozenset({"his", "her", "their", "its"})
_JOINT = frozenset({"sides", "they", "it", "we", "i", "who", "which", "that", "countries", "two"})
_STOPS = frozenset(
    """
    that and but while as when because said says , ; : “ ” " . after before since although if
    where so than which or
    """.split()
)
_MINISTRY = re.compile(
    r"(?:Ministry|Department) of (?:the )?[A-Z]\w+(?:,? (?:and )?[A-Z]\w+){0,2}"
    r"|(?!The\b)[A-Z]\w+ (?:Ministry|Department)\b|\bMOFCOM\b|\bUSTR\b"
)
_REACH = 3
_MAX_CHARS = 90


def read_speaker_left(page: Page, index: int, at: int) -> tuple[int, str | None] | None:
    """Return the first mark of the subject before the verb ``at``, and whom it means."""
    row = mark_rows(page)[index]
    words = row.words
    last = at
    while last > 0 and _is_filler(words, last - 1):
        last -= 1
    if last == 0:
        return None
    word = words[last - 1]
    if word in "PBXF":
        return last - 1, _name_mark(row, last - 1)
    if word in "SA" and words[max(0, last - 2)] not in {"in", "to", "of", "with", "from"}:
        return last - 1, row.write(last - 1)
    if word in {"he", "she"}:
        return last - 1, _find_person(page, index, last - 1)
    first = last
    while first > 0 and words[first - 1] not in _STOPS and last - first < 9:
        first -= 1
    return (first, _name_phrase(page, index, first, last)) if first < last else None


def read_speaker_right(page: Page, index: int, first: int) -> str | None:
    """Return whom the words from the mark ``first`` on mean: behind "said", "according to"."""
    row = mark_rows(page)[index]
    words = row.words
    last = first
    while (
        last < len(words) and words[last] not in _STOPS and last - first < 9 and words[last] != "D"
    ):
        last += 1
    for at in range(first, min(first + 6, last)):
        if words[at] in "PX" or (words[at] in "BF" and words[at + 1 : at + 2] != ("P",)):
            return _name_mark(row, at)
    return _name_phrase(page, index, first, last) if first < last else None


def _is_filler(words: Sequence[str], at: int) -> bool:
    if words[at] == ",":
        # The comma that closes "Wang, China's minister,": the name takes its apposition in.
        return at > 0 and words[at - 1] == "P"
    if words[at] == "the":
        return False
    return words[at] in _FILLERS or words[at].endswith("ly")


def _name_mark(row: MarkedSentence, at: int) -> str | None:
    if row.words[at] == "P":
        figure = row.find_figure(at)
        return figure.party.name if figure else None
    if row.words[at] == "X":
        return row.write(at)
    name = row.find_name(at)
    return name.text if name else None


def _find_person(page: Page, index: int, at: int) -> str | None:
    """Return the person whom "he" or "she" means: the one named last, first in this sentence."""
    rows = mark_rows(page)
    for back in range(min(index, _REACH) + 1):
        row = rows[index - back]
        if back and row.words[:1] in (("he",), ("she",)):
            continue
        end = at if back == 0 else len(row.words)
        people = [i for i in range(end) if row.words[i] == "P" and not _is_object(row.words, i)]
        figures = [figure for i in people if (figure := row.find_figure(i))]
        if figures:
            return figures[0].party.name
    return None


def _is_object(words: Sequence[str], at: int) -> bool:
    """Say whether "he" hardly means the person: "with Lutnick", "Lutnick's"."""
    if at and words[at - 1] in {"with", "to", "of", "by", "from", "between"}:
        return True
    return words[at + 1 : at + 2] in (("'s",), ("’s",))


def _name_phrase(page: Page, index: int, first: int, last: int) -> str | None:
    row = mark_rows(page)[index]
    words = row.words[first:last]
    if not _NOUNS & set(words) or _JOINT & set(words[-1:]):
        return None
    for at in range(first, last):
        if row.words[at] in "PB":
            return _name_mark(row, at)
    is_bare = not {"X", "S", "A"} & set(words)
    written = None if words[0] in _OWNERS else _write(row, first, last)
    named = _MINISTRY.search(written or "")
    if named:
        return named.group()
    if is_bare and words[-1] in _OF_MINISTRY:
        is_ministry = words[-1] in {"ministry", "department"}
        return _find_ministry(page, row) or (None if is_ministry else written)
    if is_bare and words[-1] in _GENERIC:
        return _find_body(page, index, words[-1])
    return written


def _find_body(page: Page, index: int, noun: str) -> str | None:
    """Return whom a bare noun means: "the company", "the commission"; ``None`` if unclear."""
    if noun == "company":
        return _find_firm(page, index)
    body = "European Commission"
    return body if noun == "commission" and body in page.context.article.text else None


def _find_ministry(page: Page, row: MarkedSentence) -> str | None:
    """Return the ministry named last before the sentence's end."""
    text = page.context.article.text[: row.sentence.end]
    found = [match.group() for match in _MINISTRY.finditer(text, max(0, len(text) - 4000))]
    return found[-1] if found else None


def _find_firm(page: Page, index: int) -> str | None:
    rows = mark_rows(page)
    for back in range(min(index, _REACH) + 1):
        firms = [name for name in rows[index - back].sentence.names if name.kind == "firm"]
        if firms:
            return firms[-1].text
    return None


def _write(row: MarkedSentence, first: int, last: int) -> str | None:
    if row.words[first:last][:2] == ("one", "of"):
        first += 2
    while first < last and row.words[first] in {"a", "an", "the", "one", "but", "now", "then"}:
        first += 1
    if first == last:
        return None
    text = row.sentence.text[row.marks[first].start : row.marks[last - 1].end]
    if len(text) > _MAX_CHARS or "\n" in text:
        return None
    opens = first <= 1 and row.words[first] not in "PSAGBFX"
    return text[0].lower() + text[1:] if opens else text
