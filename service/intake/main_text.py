"""The main text of a page, as trafilatura finds it.

Owns how the tree is prepared for trafilatura, how that is set up, and how its result becomes
lines. Must not know of hidden elements or metadata: both are dealt with before. Nothing here
reaches the network: trafilatura is only ever given a parsed tree.
"""

import logging
import re
from copy import deepcopy

from lxml import etree
from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.settings import DEFAULT_CONFIG, Document, Extractor

from service.errors import NoMainTextError

_HTML_BLANKS = re.compile(r"[ \t\n\f\r]+")
_LINE_TAGS = frozenset(
    {"p", "head", "item", "list", "row", "table", "quote", "code", "lb", "div", "body"}
)
_RUNNING_TEXT = frozenset(
    {"p", "li", "dd", "dt", "td", "th", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"}
)
_CELL_SEPARATOR = " | "
_LOGGERS = ("trafilatura", "htmldate", "justext", "courlan")


def extract_main_text(tree: HtmlElement) -> str:
    """Return the main text of ``tree``, a line for each block; empty where there is none.

    Navigation, teasers, comments and captions are left out as trafilatura judges; headings,
    list items and table rows (cells parted by a bar) are lines. A block of more than 50
    characters that repeats the one right before it comes once. ``tree`` is changed. Raises
    ``NoMainTextError`` where trafilatura fails.
    """
    for element in list(tree.iter("time", "math", "q", "pre")):
        _settle(element)
    body = _find_body(tree)
    return "" if body is None else _render(body)


def _find_body(tree: HtmlElement) -> HtmlElement | None:
    """Run trafilatura so that it neither cuts, dates nor deduplicates.

    Its smallest size is 0: below that size it takes the whole page, menus included, for the
    article, which would lose a short article among them and find one where there is none.
    """
    _silence()
    config = deepcopy(DEFAULT_CONFIG)
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", "0")
    options = Extractor(
        config=config,
        output_format="python",
        comments=False,
        tables=True,
        links=False,
        images=False,
        formatting=False,
        dedup=False,
        with_metadata=False,
    )
    try:
        document = bare_extraction(tree, options=options)
    except Exception as error:
        # its heuristics run over whatever markup there is in the world
        raise NoMainTextError(
            f"the main text cannot be searched for ({type(error).__name__}); "
            "send the article's text as text/plain"
        ) from error
    return document.body if isinstance(document, Document) else None


def _silence() -> None:
    """Switch the libraries' loggers off: their records hold article text."""
    for name in _LOGGERS:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def _settle(element: HtmlElement) -> None:
    """Turn ``element`` into text that trafilatura keeps where it stands."""
    if element.tag == "q":
        # what a browser draws around it (WHATWG HTML, 15.3.3)
        element.text = "“" + (element.text or "")
        _append_text(element, "”")
        element.drop_tag()
    elif element.tag == "pre":
        _break_lines(element)
    elif any(above.tag in _RUNNING_TEXT for above in element.iterancestors()):
        # trafilatura deletes dates and formulas, out of the middle of a sentence too
        element.drop_tag()


def _append_text(element: HtmlElement, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _break_lines(element: HtmlElement) -> None:
    """Make each line feed in preformatted ``element`` a line break, as it is shown."""
    for node in list(element.iter()):
        first, *others = (node.text or "").split("\n")
        node.text = first
        for line in reversed(others):
            node.insert(0, _make_break(line))
        if node is not element:
            _break_tail(node)
    element.tag = "p"


def _break_tail(node: HtmlElement) -> None:
    first, *others = (node.tail or "").split("\n")
    # addnext would take the tail along
    node.tail = None
    for line in reversed(others):
        node.addnext(_make_break(line))
    node.tail = first


def _make_break(tail: str) -> HtmlElement:
    line_break = etree.Element("br")
    line_break.tail = tail
    return line_break


def _render(body: HtmlElement) -> str:
    parts = [
        part for event in etree.iterwalk(body, events=("start", "end")) for part in _write(*event)
    ]
    lines = ("".join(parts)).split("\n")
    return "\n".join(stripped for line in lines if (stripped := line.strip()))


def _write(event: str, element: HtmlElement) -> tuple[str, str]:
    """Return what stands before and after the text next to a start or an end tag."""
    if event == "start":
        return _start(element), _collapse(element.text)
    return _end(element), _collapse(element.tail)


def _start(element: HtmlElement) -> str:
    if element.tag == "cell":
        return _CELL_SEPARATOR if element.getprevious() is not None else ""
    return _break(element)


def _end(element: HtmlElement) -> str:
    return "" if element.tag == "cell" else _break(element)


def _break(element: HtmlElement) -> str:
    if element.tag not in _LINE_TAGS:
        return ""
    # a cell's own paragraphs stay in its row
    return " " if next(element.iterancestors("cell"), None) is not None else "\n"


def _collapse(text: str | None) -> str:
    return _HTML_BLANKS.sub(" ", text or "")
