"""The canonical form of an article's text, and what no text may contain.

Owns the one normalisation that every offset rests on and the checks that precede it. Must not
know where a text comes from: bytes, pages and PDFs are decoded elsewhere.
"""

import re
from itertools import chain
from unicodedata import category, combining, normalize

from service.errors import EmptyArticleError, UndecodableArticleError

MAX_COMBINING_RUN = 1_000
"""Longest run of combining marks that is taken for text, in code points, inclusive.

Bringing a run into canonical order takes time quadratic in its length; natural text stays
below 30 (UAX #15, Stream-Safe Text Format).
"""

_OUTER_START = re.compile(r"\A[\s\ufeff]+")
_BINARY_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_MAY_COMBINE = re.compile(r"[\u0300-\U0010ffff]+")
"""Runs of what may be combining marks: the first one of all is U+0300."""
_INVISIBLE_CATEGORIES = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})
_INVISIBLE_OTHERS = frozenset(
    map(
        chr,
        chain(
            (0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0),
            range(0x180B, 0x1810),
            range(0xFE00, 0xFE10),
        ),
    )
)
"""Default_Ignorable_Code_Point outside the format characters (UCD, DerivedCoreProperties)."""


def canonicalise(text: str) -> str:
    """Return ``text`` in its canonical form; the same text again when it already is.

    NFC; CR-LF and lone CR become LF; no blanks (Unicode white space) at the end of a line, so
    that a line of white space only is empty; no blanks and no byte order mark around the whole.
    Nothing else changes: zero-width and bidirectional characters and soft hyphens stay, and so
    do blanks inside a line. Raises nothing.
    """
    unified = normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    lines = "\n".join(line.rstrip() for line in unified.split("\n"))
    return _OUTER_START.sub("", lines.rstrip())


def check_characters(text: str) -> None:
    """Refuse what is no text; zero-width, bidirectional and C1 characters pass.

    Raises ``UndecodableArticleError`` for a C0 control character other than tab, LF, CR and FF,
    for a lone surrogate, and for a run of more than ``MAX_COMBINING_RUN`` combining marks. The
    message names the code point and its 0-based offset in code points.
    """
    if found := _BINARY_CONTROL.search(text):
        raise UndecodableArticleError(
            f"control character U+{ord(found[0]):04X} at character {found.start():,} means binary "
            "data; send text, or declare the media type that the data has"
        )
    if found := _SURROGATE.search(text):
        raise UndecodableArticleError(
            f"lone surrogate U+{ord(found[0]):04X} at character {found.start():,} is no "
            "character; decode the text again with its own encoding"
        )
    _check_combining_runs(text)


def check_content(text: str) -> None:
    """Raise ``EmptyArticleError`` when nothing of ``text`` would be seen in print.

    White space, zero-width, format and other default-ignorable characters are not seen.
    """
    if all(_is_invisible(char) for char in text):
        raise EmptyArticleError(
            f"the article is empty: none of its {len(text):,} characters is visible; send its text"
        )


def drop_controls(text: str) -> str:
    """Return ``text`` without what ``check_characters`` calls binary, surrogates replaced.

    For text that a page or a PDF spells out with stray codes: the controls are no part of what
    a reader sees, so they go; a lone surrogate stands for a character that was there, so it
    becomes U+FFFD.
    """
    return _SURROGATE.sub("\ufffd", _BINARY_CONTROL.sub("", text))


def _check_combining_runs(text: str) -> None:
    if all(len(found) <= MAX_COMBINING_RUN for found in _MAY_COMBINE.findall(text)):
        return
    run = 0
    for offset, char in enumerate(text):
        run = run + 1 if combining(char) else 0
        if run > MAX_COMBINING_RUN:
            raise UndecodableArticleError(
                f"more than {MAX_COMBINING_RUN:,} combining marks in a row up to character "
                f"{offset:,} are no text; remove them"
            )


def _is_invisible(char: str) -> bool:
    return category(char) in _INVISIBLE_CATEGORIES or char in _INVISIBLE_OTHERS
