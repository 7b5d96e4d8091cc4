"""An HTML page, from its characters to its main text.

Owns the order: parse, read the data that scripts hold, remove what is hidden, read the rest.
Must not know of bytes or limits.
"""

from lxml import etree
from lxml.html import (
    HtmlElement,
    HTMLParser,
    document_fromstring,
)

from service.errors import NoMainTextError
from service.intake.canonical import drop_controls
from service.intake.main_text import extract_main_text
from service.intake.metadata import Metadata
from service.intake.page_metadata import read_linked_data, read_page_metadata
from service.intake.visibility import remove_hidden

MAX_ELEMENTS = 30_000
"""Most elements that a page may have, inclusive.

The search for the main text takes time quadratic in the children of one element, at this limit
some 3 seconds.
"""
MAX_DEPTH = 256
"""Deepest nesting of shown elements, inclusive; the search for the main text is recursive."""

_TOO_DEEP = "the page's elements nest too deep to be read; send the article's text as text/plain"


def read_page(markup: str, *, is_xml: bool = False) -> tuple[str, Metadata]:
    """Return the main text of the page ``markup``, and what its markup says about it.

    Hidden elements are removed before the text is looked for, and before titles and dates are
    read from the body. Raises ``NoMainTextError`` where no text is left, above
    ``MAX_ELEMENTS``, and where shown elements nest deeper than ``MAX_DEPTH``.
    ``is_xml`` says that ``<div/>`` is a whole element, as it is in XHTML.
    """
    tree = _parse(drop_controls(markup if is_xml else _open_elements(markup)))
    linked = read_linked_data(tree)
    remove_hidden(tree)
    _check_depth(tree)
    metadata = read_page_metadata(tree, linked)
    text = drop_controls(extract_main_text(tree))
    if not text.strip():
        raise NoMainTextError(
            f"the page of {len(markup):,} characters shows no main text; send the article's text "
            "as text/plain"
        )
    return text, metadata


def _parse(markup: str) -> HtmlElement:
    parser = HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True
    )
    try:
        tree = document_fromstring(markup.encode(), parser=parser)
    except etree.ParserError as error:
        raise NoMainTextError("the page holds no element; send the article's text") from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise NoMainTextError(_TOO_DEEP)
    _check_size(tree)
    _clean_text(tree)
    return tree


def _check_size(tree: HtmlElement) -> None:
    elements = sum(1 for _ in tree.iter("*"))
    if elements > MAX_ELEMENTS:
        raise NoMainTextError(
            f"the page has {elements:,} elements, at most {MAX_ELEMENTS:,} are searched for the "
            "main text; send the article's text as text/plain"
        )


def _check_depth(tree: HtmlElement) -> None:
    depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            raise NoMainTextError(_TOO_DEEP)


def _open_elements(markup: str) -> str:
    """Return ``markup`` without the slashes that HTML ignores at the end of a start tag.

    A browser takes ``<div hidden/>`` for a start tag and hides what follows; the parser takes it
    for a whole element and would show it (WHATWG HTML, 13.2.5.40).
    """
    return markup.replace("/>", ">")


def _clean_text(tree: HtmlElement) -> None:
    """Drop the controls that character references spell: one would make lxml refuse the page."""
    for element in tree.iter("*"):
        element.text = drop_controls(element.text) if element.text else None
        element.tail = drop_controls(element.tail) if element.tail else None
