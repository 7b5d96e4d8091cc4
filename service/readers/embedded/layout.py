"""What each line of an article is: news, a teaser of another story, or boilerplate.

Owns the marks by which lines are told apart, and the order in which they are asked. The phrases
stand in ``lexicon/layout.toml``. Knows no sentence's meaning.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Literal, NamedTuple

from service.checking.context import ArticleContext
from service.grounding import Span
from service.readers.embedded.layout_phrases import Phrases, load_phrases

LineKind = Literal["body", "aside", "boilerplate"]

_MAX_LABEL_CHARS = 60
_MAX_TITLE_CHARS = 160
"""Longest line that may be the title of another story."""
_MAX_PROMPT_CHARS = 400
"""Longest line that is boilerplate as a whole where only its beginning is known to be."""
_LOOKED_AT_CHARS = 400
"""How much of each end of a line the patterns see, so that one long line costs little."""
_FULL_CHARS = 80
"""Shortest line that counts as a paragraph of the article's own text."""
_CUT_CHARS = 150
"""Shortest line without a final mark that counts as cut off and not as a title."""
_LATE_LABEL = 0.6
"""Share of the article behind which a label is followed by nothing but teasers."""
_MIN_TITLES = 2
"""Fewest titles at the end of an article that are a list of other stories."""
_LONGER = 2
"""How much longer than the article's paragraphs a finished one must be to be a teaser."""

_CAPS_LABEL = re.compile(r"[A-Z][A-Z’'&./-]*(?: [A-Z0-9&][A-Z0-9’'&./-]*){0,5}: ?(?=\S)")
_LIST_MARK = re.compile(r"(?:[-–—•*·▪◦‣●■]|\(?\d{1,2}[.)]|\(?[a-z]\))\s")
_ENDED = re.compile(r"[.!?:;。！？：；](?:\s?[\"”’'»)\]」』*_]+)*\s*$")
_CAPTION_CREDIT = re.compile(r"[^|]{2,60}\s\|\s[^|]{2,40}(?:\s\|\s[^|]{2,40}){0,3}$")
_TRAILING_CREDIT = re.compile(
    r"(?:\((?:[^()]{0,60}[/ ])?(?:getty images|reuters|afp|ap|epa|ap photo|xinhua|bloomberg)"
    r"(?: photo)?\)|\[(?:photo|image)[^\]]{0,60}\]|(?:/|via |[A-Z][a-z]+ )getty images)\W*$",
    re.IGNORECASE,
)
_ADDRESS_ONLY = re.compile(r"(?:(?:https?://|www\.|@|#)\S+[\s,|]*|\S+@\S+\.\w+[\s,|]*)+$")
_NO_WORD = re.compile(r"[\W_\d]*$")


class Line(NamedTuple):
    """A line of the article, ``text[start:end]``, and what it is."""

    start: int
    end: int
    kind: LineKind


class _Row(NamedTuple):
    """A line while its kind is sought."""

    start: int
    end: int
    text: str
    head: str
    """Its beginning, without the marks of a list."""
    is_ended: bool
    """Whether it has a final mark."""

    @property
    def is_full(self) -> bool:
        """Say whether it is a paragraph and no title."""
        return self.is_ended and len(self.text) >= _FULL_CHARS

    @property
    def is_title(self) -> bool:
        """Say whether it may be the title of another story."""
        return not self.is_ended and len(self.text) <= _MAX_TITLE_CHARS

    @property
    def is_cut(self) -> bool:
        """Say whether it breaks off."""
        return not self.is_ended and len(self.text) >= _CUT_CHARS


def classify_lines(context: ArticleContext) -> Sequence[Line]:
    """Return the lines of the article that are not empty, in order.

    A line that ends in boilerplate, or begins with it, is parted there, at a sentence. Corrections
    are body; text that instructs machines is boilerplate. Cost is linear in the length.
    """
    phrases = load_phrases()
    rows = list(_read_rows(context.article.text))
    kinds = [_find_kind(row, context.instructions, phrases) for row in rows]
    _mark_captions(rows, kinds)
    _mark_labelled(rows, kinds, phrases, len(context.article.text))
    _mark_trailing(rows, kinds, phrases)
    parted = (
        line
        for row, kind in zip(rows, kinds, strict=True)
        for line in _part_row(row, kind, context.names.starts, phrases)
    )
    return tuple(parted)


def _read_rows(text: str) -> Iterator[_Row]:
    start = 0
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            begin = start + len(line) - len(line.lstrip())
            head = _LIST_MARK.sub("", stripped[:_LOOKED_AT_CHARS], count=1)
            is_ended = _ENDED.search(stripped[-20:]) is not None
            yield _Row(begin, begin + len(stripped), stripped, head, is_ended)
        start += len(line) + 1


def _find_kind(row: _Row, instructions: Sequence[Span], phrases: Phrases) -> LineKind:
    """Return what a line is by its own words."""
    if any(span.start < row.end and row.start < span.end for span in instructions):
        return "boilerplate"
    if phrases.tells_correction(row.head):
        return "body"
    if phrases.teaser.match(row.head) or phrases.tail.search(row.text[-80:]):
        return "aside"
    is_short = len(row.text) <= _MAX_PROMPT_CHARS
    if is_short and (phrases.line.match(row.head) or _is_credit(row.text)):
        return "boilerplate"
    return "body"


def _is_credit(text: str) -> bool:
    if _NO_WORD.match(text) or _ADDRESS_ONLY.match(text):
        return True
    if len(text) > _MAX_TITLE_CHARS:
        return False
    return bool(_TRAILING_CREDIT.search(text)) or _is_piped(text)


def _is_piped(text: str) -> bool:
    """Say whether the line is names parted by bars, as pictures and sections have them."""
    return not _ENDED.search(text) and bool(_CAPTION_CREDIT.match(text))


def _mark_captions(rows: Sequence[_Row], kinds: list[LineKind]) -> None:
    """Mark a line at the top above "Name | Agency": it says what a picture shows."""
    if len(rows) > 2 and _is_piped(rows[1].text) and len(rows[0].text) <= _MAX_TITLE_CHARS:
        bars = rows[1].text.count("|")
        if rows[0].is_ended and bars and kinds[1] == "boilerplate":
            kinds[0] = "boilerplate"


def _mark_labelled(
    rows: Sequence[_Row], kinds: list[LineKind], phrases: Phrases, length: int
) -> None:
    """Mark what stands behind "Related stories" and its like."""
    is_behind = False
    for at, row in enumerate(rows):
        if at and _is_label(row, phrases):
            is_late = row.start > _LATE_LABEL * length
            is_behind = is_late or not _resumes(rows, kinds, at + 1)
            kinds[at] = "boilerplate"
        elif is_behind and kinds[at] == "body":
            is_late = row.start > _LATE_LABEL * length
            is_behind = is_late or not _resumes(rows, kinds, at)
            if phrases.tells_correction(row.head):
                continue
            kinds[at] = "aside" if is_behind else "body"


def _is_label(row: _Row, phrases: Phrases) -> bool:
    return len(row.text) <= _MAX_LABEL_CHARS and phrases.label.match(row.head) is not None


def _resumes(rows: Sequence[_Row], kinds: Sequence[LineKind], at: int) -> bool:
    """Say whether the article goes on at a line: two paragraphs of its own, one by one."""
    following = [
        row
        for row, kind in zip(rows[at : at + 4], kinds[at : at + 4], strict=False)
        if kind == "body"
    ]
    return len(following) > 1 and following[0].is_full and following[1].is_full


def _mark_trailing(rows: Sequence[_Row], kinds: list[LineKind], phrases: Phrases) -> None:
    """Mark the teasers that stand below an article with no word before them."""
    own = [at for at, kind in enumerate(kinds) if kind == "body"]
    full = [len(rows[at].text) for at in own if rows[at].is_full]
    ended = sum(rows[at].is_ended for at in own)
    if len(full) < 3 or 2 * ended < len(own):
        return
    run = list(_list_run(rows, own, median(full), phrases))
    if not run or len(own) - len(run) < 3:
        return
    for at in run if _is_teasing([rows[at] for at in run]) else ():
        kinds[at] = "aside"


def _list_run(
    rows: Sequence[_Row], own: Sequence[int], usual: float, phrases: Phrases
) -> Iterator[int]:
    """Yield the last lines, last first, as long as each may be a teaser."""
    for at in reversed(own):
        row = rows[at]
        if phrases.tells_correction(row.head) or row.head != row.text[: len(row.head)]:
            return
        is_labelled = _CAPS_LABEL.match(row.head) is not None and len(row.text) > _LONGER * usual
        if not (row.is_cut or row.is_title or is_labelled):
            return
        yield at


def _is_teasing(run: Sequence[_Row]) -> bool:
    """Say whether the last lines are teasers: labelled, or several that break off or are titles."""
    if any(_CAPS_LABEL.match(row.head) for row in run):
        return True
    cut = sum(row.is_cut and row.text[-1] not in ")|" for row in run)
    titles = sum(row.is_title and len(row.text.split()) > 4 for row in run)
    return cut >= _MIN_TITLES or titles >= _MIN_TITLES


def _part_row(row: _Row, kind: LineKind, starts: Sequence[int], phrases: Phrases) -> Iterator[Line]:
    """Yield the line, parted where one of its sentences begins boilerplate or a teaser."""
    if kind != "body" or phrases.tells_correction(row.head):
        yield Line(row.start, row.end, kind)
        return
    first = bisect_left(starts, row.start)
    inner = [at for at in starts[first : bisect_left(starts, row.end)] if at > row.start]
    begin = row.start
    if inner and phrases.line.match(row.head):
        yield Line(row.start, inner[0], "boilerplate")
        begin = inner[0]
    cut, rest = _find_tail(row, [at for at in inner if at > begin], phrases)
    yield Line(begin, cut, "body")
    if cut < row.end:
        yield Line(cut, row.end, rest)


def _find_tail(row: _Row, inner: Sequence[int], phrases: Phrases) -> tuple[int, LineKind]:
    """Return where in the line its own text ends, and what follows."""
    for at in inner:
        rest = row.text[at - row.start : at - row.start + _LOOKED_AT_CHARS].lstrip(" \t(")
        if phrases.teaser.match(rest):
            return at, "aside"
        if phrases.sentence.match(rest):
            return at, "boilerplate"
    return row.end, "body"
