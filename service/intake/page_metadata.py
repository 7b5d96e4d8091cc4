"""What a page's markup says about its article: headline, outlet, address, day, language.

Owns where each is looked for and in which order. Only statements count: nothing is guessed
from the address, from running text or from the words of the title. Must not know what form a
value must have.
"""

import json
import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from itertools import chain

from lxml.html import HtmlElement
from pydantic import JsonValue

from service.intake.metadata import Metadata, find_full_date

JsonObject = dict[str, JsonValue]

_TITLE_NAMES = ("og:title", "citation_title", "dc.title", "dcterms.title", "twitter:title")
_SOURCE_NAMES = ("og:site_name", "dc.publisher", "dcterms.publisher", "application-name")
_PUBLISHED_NAMES = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "citation_publication_date",
    "publication_date",
    "publish-date",
    "publishdate",
    "pubdate",
    "dc.date",
    "date",
)
_LANGUAGE_NAMES = ("content-language", "dc.language", "dcterms.language", "language")
_ARTICLE_TYPE = re.compile(r"(?:Article|Posting|Report)$")
_NOT_OWN_TIME = frozenset(
    {"p", "li", "td", "th", "dd", "blockquote", "aside", "nav", "footer", "figure", "figcaption"}
)
_BYLINE = re.compile(r"byline|dateline|date|time|publish|posted|meta", re.IGNORECASE)
_TITLE_MARKS = "|–—·:-"
_UPDATE = re.compile(r"updat|modif", re.IGNORECASE)


def read_linked_data(tree: HtmlElement) -> list[JsonObject]:
    """Return the JSON-LD objects of ``tree``, graphs opened, articles first.

    Scripts that are no JSON are skipped. To be called before scripts are removed.
    """
    scripts = tree.xpath('//script[@type="application/ld+json"]')
    nodes = [node for script in scripts for node in _open_graph(_parse_json(script.text or ""))]
    return sorted(nodes, key=lambda node: not _is_article(node))


def read_page_metadata(tree: HtmlElement, linked: list[JsonObject]) -> Metadata:
    """Return what ``tree`` and its JSON-LD say; ``None`` for what they do not.

    The day of publication is written ``YYYY-MM-DD`` and is only taken from ``<meta>``, JSON-LD
    and ``<time>``; a ``<time>`` in running text, or one that tells an update, is none.
    """
    named = _read_named(tree)
    source = _first(named, _SOURCE_NAMES) or _find_publisher(linked)
    return Metadata(
        title=_find_title(tree, named, linked, source),
        source=source,
        url=_find_address(tree, named),
        published=_find_published(tree, named, linked),
        language=_find_language(tree, named),
    )


def _parse_json(text: str) -> JsonValue:
    try:
        value: JsonValue = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None
    return value


def _open_graph(value: JsonValue) -> Iterator[JsonObject]:
    for node in value if isinstance(value, list) else [value]:
        if isinstance(node, dict):
            yield node
            graph = node.get("@graph")
            if isinstance(graph, list):
                yield from (inner for inner in graph if isinstance(inner, dict))


def _is_article(node: JsonObject) -> bool:
    kinds = node.get("@type")
    listed = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and _ARTICLE_TYPE.search(kind) for kind in listed)


def _read_named(tree: HtmlElement) -> dict[str, str]:
    """Return the content of each named ``<meta>``; the first of a name counts."""
    named: dict[str, str] = {}
    for meta in tree.iter("meta"):
        content = (meta.get("content") or "").strip()
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = (meta.get(attribute) or "").strip().lower()
            if name and content:
                named.setdefault(name, content)
    return named


def _first(named: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((named[name] for name in names if name in named), None)


def _find_title(
    tree: HtmlElement, named: dict[str, str], linked: list[JsonObject], source: str | None
) -> str | None:
    headlines = (node.get("headline") for node in linked if _is_article(node))
    headline = next((text for text in headlines if isinstance(text, str) and text.strip()), None)
    title = headline or _first(named, _TITLE_NAMES) or _find_heading(tree) or _read_title(tree)
    return _cut_source(title, source) if title else None


def _find_heading(tree: HtmlElement) -> str | None:
    """Return the one ``<h1>``, or the one within the article; ``None`` where several compete."""
    for path in ("//article//h1", "//main//h1", "//h1"):
        headings: list[str] = [h1.text_content() for h1 in tree.xpath(path)]
        if len(shown := [heading for heading in headings if heading.strip()]) == 1:
            return shown[0]
    return None


def _read_title(tree: HtmlElement) -> str | None:
    titles: Iterator[str] = (title.text for title in tree.iter("title") if title.text)
    return next(titles, None)


def _cut_source(title: str, source: str | None) -> str:
    """Return ``title`` without the outlet's own name behind a dash or bar."""
    shown = " ".join(title.split())
    for mark in _TITLE_MARKS if source else ():
        shown = shown.removesuffix(f" {mark} {source}")
    return shown


def _find_publisher(linked: list[JsonObject]) -> str | None:
    for node in linked:
        publisher = node.get("publisher")
        name = publisher.get("name") if isinstance(publisher, dict) else None
        if isinstance(name, str):
            return name
    return None


def _find_address(tree: HtmlElement, named: dict[str, str]) -> str | None:
    """Return the canonical link where it is absolute, else the one that shares are to use."""
    links = (link.get("href") for link in tree.iter("link") if _is_canonical(link))
    absolute = (href for href in links if href and re.match(r"\s*https?://", href, re.IGNORECASE))
    return next(absolute, None) or named.get("og:url")


def _is_canonical(link: HtmlElement) -> bool:
    return "canonical" in (link.get("rel") or "").lower().split()


def _find_published(
    tree: HtmlElement, named: dict[str, str], linked: list[JsonObject]
) -> str | None:
    stated = [named[name] for name in _PUBLISHED_NAMES if name in named]
    stated += [day for node in linked if isinstance(day := node.get("datePublished"), str)]
    return next((day for text in [*stated, *_read_times(tree)] if (day := _read_day(text))), None)


def _read_times(tree: HtmlElement) -> list[str]:
    """Return the ``datetime`` of the article's own times, those marked as publication first."""
    times = [time for time in _find_scope(tree).iter("time") if time.get("datetime")]
    own = [time for time in times if _is_own(time)]
    marked = [time for time in times if _is_publication(time)]
    return [time.get("datetime") for time in [*marked, *own]]


def _find_scope(tree: HtmlElement) -> HtmlElement:
    """Return the first ``<article>``, else ``<main>``, else the page: others list other stories."""
    return next(chain(tree.iter("article"), tree.iter("main")), tree)


def _is_publication(time: HtmlElement) -> bool:
    return time.get("pubdate") is not None or time.get("itemprop") == "datePublished"


def _is_own(time: HtmlElement) -> bool:
    if _UPDATE.search(f"{time.get('class') or ''} {time.get('itemprop') or ''}"):
        return False
    around = [above for above in time.iterancestors() if above.tag in _NOT_OWN_TIME]
    return all(above.tag == "p" and _BYLINE.search(above.get("class") or "") for above in around)


def _read_day(text: str) -> str | None:
    """Return the day that ``text`` gives: ISO 8601, with slashes, or RFC 5322."""
    if day := find_full_date(text.strip().replace("/", "-")):
        return day
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except ValueError:
        return None


def _find_language(tree: HtmlElement, named: dict[str, str]) -> str | None:
    root = tree.getroottree().getroot()
    stated = root.get("lang") or root.get("xml:lang") or _first(named, _LANGUAGE_NAMES)
    # Open Graph writes its locales with an underscore (ogp.me, "Optional Metadata")
    return stated or named.get("og:locale", "").replace("_", "-") or None
