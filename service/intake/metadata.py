"""What is known about an article besides its text, and the form that each value must have.

Owns the rules for title, source, URL, date and language. Must not know whether a value comes
from a caller (a bad one is an error) or from a document (a bad one is no value).
"""

import re
from collections.abc import Callable
from datetime import datetime
from unicodedata import normalize
from urllib.parse import urlsplit

from schemas.base import Frozen, is_partial_date
from service.errors import MetadataError

MAX_NAME_CHARS = 500
"""Longest title or source, in code points, inclusive."""
MAX_URL_CHARS = 2_000
"""Longest URL, in code points, inclusive."""

_MAX_SHOWN_CHARS = 80
_MAX_LANGUAGE_CHARS = 100
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_LANGUAGE = re.compile(
    r"""
    (?: [a-z]{2,3} (?: -[a-z]{3} ){0,3}            # language and extended language
        (?: -[a-z]{4} )?                           # script
        (?: -(?: [a-z]{2} | [0-9]{3} ) )?          # region
        (?: -(?: [a-z0-9]{5,8} | [0-9][a-z0-9]{3} ) )*   # variants
        (?: -[a-wyz0-9] (?: -[a-z0-9]{2,8} )+ )*   # extensions
        (?: -x (?: -[a-z0-9]{1,8} )+ )?            # private use
    |   x (?: -[a-z0-9]{1,8} )+
    )
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)


class Metadata(Frozen):
    """What a caller or a document says about an article, not validated; ``None`` is not said."""

    title: str | None = None
    """The headline."""
    source: str | None = None
    """The outlet."""
    url: str | None = None
    """Where it was published."""
    published: str | None = None
    """When it was published."""
    language: str | None = None
    """A language tag."""


def check_metadata(given: Metadata) -> Metadata:
    """Return ``given`` with every value in its form; blank title, source and URL are ``None``.

    Title and source: at most 500 code points; URL: http or https, at most 2,000. All three in
    NFC, white space collapsed, control characters stripped. ``published`` is a partial date, or
    an ISO 8601 date-time of which the date stays as written, whatever its zone. ``language`` is
    a well-formed tag (RFC 5646, 2.1, without the grandfathered ones). Raises ``MetadataError``
    for any other value.
    """
    return Metadata(**{name: _check(name, getattr(given, name)) for name in _CHECKS})


def keep_valid(found: Metadata) -> Metadata:
    """Return ``found`` with every value in its form, and ``None`` for each that has not.

    For what a document says of itself: its author is not there to correct it. Raises nothing.
    """
    return Metadata(**{name: _try(name, getattr(found, name)) for name in _CHECKS})


def find_full_date(value: str) -> str | None:
    """Return the day, ``YYYY-MM-DD``, with which ``value`` begins, or ``None``.

    ``value`` is an ISO 8601 date or date-time in extended format; the day is taken as written,
    whatever the zone.
    """
    day = value.strip()[:10]
    if len(day) < 10 or not is_partial_date(day):
        return None
    return day if _is_date_time(value.strip()) else None


def _check(name: str, value: str | None) -> str | None:
    return None if value is None else _CHECKS[name](name, value)


def _try(name: str, value: str | None) -> str | None:
    try:
        return _check(name, value)
    except MetadataError:
        return None


def _check_name(name: str, value: str) -> str | None:
    tidy = _tidy(name, value)
    if len(tidy) > MAX_NAME_CHARS:
        raise MetadataError(
            f"the {name} has {len(tidy):,} characters, the limit is {MAX_NAME_CHARS}; shorten it"
        )
    return tidy or None


def _check_url(name: str, value: str) -> str | None:
    tidy = _tidy(name, value)
    if len(tidy) > MAX_URL_CHARS:
        raise MetadataError(
            f"the {name} has {len(tidy):,} characters, the limit is {MAX_URL_CHARS:,}; "
            "leave out its query or give none"
        )
    if tidy and not _is_web_address(tidy):
        raise MetadataError(
            f"{name} {_show(tidy)} is no web address; give one that begins with http:// or "
            "https:// and has no blanks"
        )
    return tidy or None


def _check_published(name: str, value: str) -> str:
    stripped = value.strip()
    if is_partial_date(stripped):
        return stripped
    if day := find_full_date(stripped):
        return day
    raise MetadataError(
        f"{name} {_show(value)} is no date; give 2026, 2026-02, 2026-02-28 or a date-time such as "
        "2026-02-28T09:30:00Z"
    )


def _check_language(name: str, value: str) -> str:
    stripped = value.strip()
    if len(stripped) <= _MAX_LANGUAGE_CHARS and _LANGUAGE.fullmatch(stripped):
        return stripped
    raise MetadataError(
        f"{name} {_show(value)} is no BCP 47 language tag; give one such as en, zh-Hant or pt-BR"
    )


_CHECKS: dict[str, Callable[[str, str], str | None]] = {
    "title": _check_name,
    "source": _check_name,
    "url": _check_url,
    "published": _check_published,
    "language": _check_language,
}


def _tidy(name: str, value: str) -> str:
    if _SURROGATE.search(value):
        raise MetadataError(
            f"the {name} {_show(value)} has a lone surrogate; decode it again with its own encoding"
        )
    collapsed = " ".join(value.split())
    return normalize("NFC", " ".join(_CONTROL.sub("", collapsed).split()))


def _is_web_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
        has_host = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and has_host and " " not in value


def _is_date_time(value: str) -> bool:
    if len(value) == 10:
        return True
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return value[10] in "Tt "


def _show(value: str) -> str:
    """Return ``value`` quoted, escaped and cut, fit for a message."""
    cut = value if len(value) <= _MAX_SHOWN_CHARS else value[:_MAX_SHOWN_CHARS] + "…"
    return ascii(cut) if _SURROGATE.search(cut) else repr(cut)
