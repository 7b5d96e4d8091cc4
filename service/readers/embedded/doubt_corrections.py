"""Corrections: notes in which an article says what it had wrong.

Owns the finding of the note and its wording as a doubt. The phrases stand in
``lexicon/layout.toml``.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from service.readers.embedded.doubt_quotes import MAX_QUOTE_CHARS, cut_words
from service.readers.embedded.layout_phrases import Phrases, load_phrases
from service.readers.embedded.page import Page, Sentence

_MAX_SENTENCES = 3
_MAX_NOTE_CHARS = 400
"""Longest paragraph that is taken for a note as a whole."""
_OPENERS = frozenset(
    "A An The This In It Its We That Our As Because Due Earlier Previously".split()
)
_LEAD = "The article was corrected: "


class Note(NamedTuple):
    """A correction."""

    about: str
    quotes: tuple[str, ...]
    sentences: frozenset[int]
    """Indexes of the page's sentences that it takes up."""


def find_corrections(page: Page) -> list[Note]:
    """Return the notes in which the article corrects itself, in order, each once."""
    phrases, notes, last = load_phrases(), dict[str, Note](), -1
    own = page.own
    for at, sentence in enumerate(own):
        if sentence.index <= last or not phrases.tells_correction(sentence.text):
            continue
        held = _collect(own, at, last, phrases)
        note = _write_note(held, phrases)
        if note is not None:
            last = held[-1].index
            notes.setdefault(note.about, note)
    return list(notes.values())


def _collect(own: Sequence[Sentence], at: int, last: int, phrases: Phrases) -> list[Sentence]:
    """Return the sentences of a note: the paragraph if it is short, else from the note on."""
    first = at
    while at - first <= _MAX_SENTENCES and first and own[first - 1].index > last:
        if own[first].is_line_start:
            break
        first -= 1
    end = at + 1
    if _is_bare(own[at].text, phrases):
        end += 1
    while end - first <= _MAX_SENTENCES and end < len(own) and not own[end].is_line_start:
        end += 1
    paragraph = list(own[first:end])
    length = paragraph[-1].end - paragraph[0].start
    if len(paragraph) <= _MAX_SENTENCES and length <= _MAX_NOTE_CHARS:
        return paragraph
    return list(own[at : min(end, at + 2)])


def _is_bare(text: str, phrases: Phrases) -> bool:
    heading = phrases.heading.match(text)
    return heading is not None and not text[heading.end() :].strip(" )]*")


def _write_note(held: Sequence[Sentence], phrases: Phrases) -> Note | None:
    told = [text for sentence in held if (text := _strip_marks(sentence.text, phrases))]
    if not told:
        return None
    kept = [text for text in told if len(text) <= MAX_QUOTE_CHARS] or [cut_words(told[0])]
    kept = kept[:_MAX_SENTENCES]
    about = "; ".join(_lower(text).rstrip(".!") for text in _list_short(kept))
    indexes = frozenset(sentence.index for sentence in held)
    return Note(f"{_LEAD}{' '.join(about.split())}.", tuple(kept), indexes)


def _list_short(texts: Sequence[str]) -> Iterator[str]:
    """Yield the first text, and the others as long as all fit in one sentence."""
    length = 0
    for text in texts:
        length += len(text)
        if length > MAX_QUOTE_CHARS and length > len(text):
            return
        yield text


def _strip_marks(text: str, phrases: Phrases) -> str:
    """Return the sentence without "Correction:" before it and brackets around it."""
    heading = phrases.heading.match(text)
    rest = text[heading.end() :] if heading else text
    rest = rest.strip(" *\u00a0")
    if rest.endswith((")", "]")) and rest.count("(") + rest.count("[") == 0:
        rest = rest[:-1]
    if rest.startswith(("(", "[")) and rest.count(")") + rest.count("]") == 0:
        rest = rest[1:]
    return rest.strip()


def _lower(text: str) -> str:
    return text[0].lower() + text[1:] if text.split(" ", 1)[0] in _OPENERS else text
