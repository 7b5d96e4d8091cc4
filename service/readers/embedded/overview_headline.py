"""The headline: the article's own, or the shortest good clause of its first sentence.

Owns the search for it and the cutting. Adds no word.
"""

import re
from collections.abc import Iterator

from schemas.draft import MAX_HEADLINE_CHARS
from service.checking.instructions import find_instructions
from service.readers.embedded.overview_sentences import clean_text, has_open_quote, strip_dateline
from service.readers.embedded.page import Page, Sentence

_MIN_CHARS = 25
"""Shortest text that a cut may leave."""
_MIN_TITLE_WORDS = 3
_MAX_LINE_CHARS = 260
_OUTLET = re.compile(r"\s+(?:[|–—]|-|::|»)\s+[A-Z][\w.&’' ]{1,40}$")
_KICKER = re.compile(
    r"(?:(?:exclusive|breaking(?: news)?|explainer|explained|analysis|opinion|media|update"
    r"|update \d|watch|video|live|news|just in|focus|feature|factbox|interview"
    r"|editorial|commentary"
    r"|in brief|\w+ alert)\s*(?:[:|]|[-–—]\s)\s*|\d+[.)]\s+|\[[^\]]{2,30}\]\s*)",
    re.IGNORECASE,
)
_SHOUT = re.compile(r"['‘\"“][^a-z]{5,80}?['’\"”]\s+(?=[A-Z][a-z])")
_PART = re.compile(
    r"(?P<strong>[;:]\s|\s[—–]\s|\s--\s|—)|(?P<comma>,\s)"
    r"|\s(?=(?:as|after|while|amid|following|because|despite|although|ahead of|in exchange|under"
    r"|which|when|where|before|but|that would|to avoid|in a bid|in response|and said|according)\s)"
)
_WEAK = re.compile(
    r"\s(?=(?:in|on|at|to|for|from|with|by|of|over|and|or|through|until|than|into)\s)"
)
_DANGLING = frozenset(
    """
    a an the and or but nor of in on at to for from with by as that which who whom whose when
    where while if than over under into onto upon about after before between against during
    without within per via its their his her our your my this these those is are was were be
    been being has have had will would could should may might must can not no more most very
    also said says saying including such both between new mr mrs ms dr u.s us
    """.split()
)
_UNDONE = re.compile(
    r"[,;:—–-]*\s*(?:unless|except|but|if|until|without|not|provided|denied|only)\b", re.IGNORECASE
)
_OPENINGS = frozenset(
    """
    On In At After As While Despite Following Amid With Under For By When Although Since Before
    From If To According
    """.split()
)
"""Words whose clause stands before the verb."""
_STATES = (
    (re.compile(r"(?<=the )United States\b"), re.compile(r"(?<!\w)(?:US|U\.S\.)(?!\w)")),
    (re.compile(r"(?<=the )European Union\b"), re.compile(r"\bEU\b")),
    (re.compile(r"(?<=the )United Kingdom\b"), re.compile(r"\bUK\b|(?<!\w)U\.K\.(?!\w)")),
)


def list_headlines(page: Page) -> Iterator[str]:
    """Yield what may be the headline, the best first; each 1 to 120 characters, on one line."""
    title = page.context.article.title
    if title and not find_instructions(title):
        yield from _trim(_strip_title(title))
    sentences = page.told or list(page.sentences)
    own = [sentence for sentence in sentences if not sentence.is_aside] or sentences
    line = find_headline_line(own)
    if line:
        yield from _trim(_strip_title(line))
    verbal = (one for one in own[:6] if len(one.text) >= _MIN_CHARS)
    for sentence in verbal:
        yield from _trim(_shorten_states(strip_dateline(clean_text(sentence.text)), page))
    if own:
        yield from _cut_words(clean_text(own[0].text) or own[0].text.strip())


def find_headline_line(own: list[Sentence]) -> str | None:
    """Return the article's first line where it is a headline: short, no full stop, text below."""
    if not own or not own[0].is_line_start:
        return None
    size = 1
    while size < len(own) and not own[size].is_line_start:
        size += 1
    line = " ".join(sentence.text for sentence in own[:size])
    is_headline = not line.endswith((".", "…", ":", ",", ";", ".”", '."')) and len(own) > size
    if is_headline and len(line) <= _MAX_LINE_CHARS and len(line.split()) >= _MIN_TITLE_WORDS:
        return clean_text(line)
    return None


def _strip_title(title: str) -> str:
    """Return a title without outlet, kicker and a shouted quotation."""
    text = clean_text(title)
    for pattern in (_OUTLET, _KICKER, _SHOUT):
        rest = (
            pattern.sub("", text, count=1).strip() if pattern is _OUTLET else _drop(pattern, text)
        )
        text = rest if len(rest) >= _MIN_CHARS else text
    return text


def _drop(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.match(text)
    return text[match.end() :].strip() if match else text


def _trim(text: str) -> Iterator[str]:
    """Yield ``text`` as a headline, and cut at its clauses where it is too long."""
    line = text.rstrip()
    line = line[:-1] if line.endswith(".") and not line.endswith("..") else line
    line = line.rstrip(" ,;:—–")
    if line and len(line) <= MAX_HEADLINE_CHARS and not has_open_quote(line):
        cut = _cut_clause(line, at_most=100) if len(line) > 100 and "," in line else None
        if cut:
            yield cut
        yield line
        return
    cut = _cut_clause(line, at_most=MAX_HEADLINE_CHARS)
    if cut:
        yield cut


def _cut_clause(line: str, *, at_most: int) -> str | None:
    """Return the longest beginning of ``line`` that ends where a clause does."""
    strong, weak = "", ""
    for part in _PART.finditer(line[: at_most + 2]):
        head = line[: part.start()].rstrip(" ,;:—–")
        if not _is_sound(head, line[part.start() :]) or len(head) > at_most:
            continue
        if part["comma"] and _is_list(line, part.end()):
            continue
        strong = head
    if strong:
        return strong
    for part in _WEAK.finditer(line[: at_most + 2]):
        head = line[: part.start()].rstrip(" ,;:—–")
        fits = at_most // 2 <= len(head) <= at_most
        weak = head if fits and _is_sound(head, line[part.start() :]) else weak
    return weak or None


def _is_sound(head: str, rest: str) -> bool:
    words = head.split()
    if len(head) < _MIN_CHARS or len(words) < 4 or words[-1].lower().strip('“"‘') in _DANGLING:
        return False
    return not has_open_quote(head) and not _UNDONE.match(rest)


def _is_list(line: str, at: int) -> bool:
    """Say whether a comma parts the members of a list, or ends an opening that has no verb yet."""
    head, rest = line[:at], line[at:]
    next_words = rest.split()[:5]
    joined = any(word in {"and", "or", "&"} for word in next_words[:4])
    begins = head.split(" ", 1)[0]
    is_member = joined and not rest.startswith(("the ", "a ", "an ", "who "))
    return is_member or (begins in _OPENINGS and head.count(",") == 1)


def _shorten_states(text: str, page: Page) -> str:
    """Return ``text`` with "US" for "the United States" where the article itself writes so."""
    if len(text) <= MAX_HEADLINE_CHARS // 2:
        return text
    for long, short in _STATES:
        written = short.search(page.context.article.text) if long.search(text) else None
        if written:
            text = long.sub(written.group(), text)
    return text


def _cut_words(text: str) -> Iterator[str]:
    """Yield ``text`` cut at a word; the cut shows."""
    line = " ".join(text.split())
    if len(line) <= MAX_HEADLINE_CHARS:
        yield line or "-"
        return
    words = line[: MAX_HEADLINE_CHARS - 1].split(" ")[:-1]
    while len(words) > 1 and words[-1].lower().strip(",;:") in _DANGLING:
        words.pop()
    cut = " ".join(words).rstrip(" ,;:—–-") or line[: MAX_HEADLINE_CHARS - 1]
    yield f"{cut}…"
