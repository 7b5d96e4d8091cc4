"""What a page's reader cannot see: found and removed before anything else looks at the page.

Owns the list of ways to hide text in markup. Hidden text is a way to put words into a reading
that no person has read. Must not know what an article is.
"""

import re

from lxml.html import HtmlElement

from service.intake.stylesheet import Element, Stylesheet, applies_to_screen, split_declarations

_UNSHOWN_TAGS = (
    "script",
    "style",
    "template",
    "noscript",
    "noembed",
    "noframes",
    "annotation",
    "svg",
)
_ROOTS = frozenset({"html", "head", "body"})
_ZERO = re.compile(r"[+-]?(?:0++(?:\.0*+)?|\.0++)(?:[a-z]++|%)?\s*(?:!.*)?")
_ALTERNATIVE_TEXTS = ("alttext", "data-preloaded")


def remove_hidden(tree: HtmlElement) -> None:
    """Remove from ``tree``, in place, every element that a browser would not show.

    Scripts, styles, templates, fallbacks and drawings; the ``hidden`` attribute;
    ``aria-hidden="true"``; ``<input type=hidden>``; inline ``display:none``,
    ``visibility:hidden``, ``font-size:0`` and ``opacity:0``; what the page's own ``<style>``
    hides by a simple selector. Texts for machines in attributes go as well. Text behind a
    removed element stays. The root elements stay however they are styled: pages hide all of
    themselves until a script has run, and that tells no part from another. Text that is merely
    off the screen, or of the background's colour, is not found. Raises nothing.
    """
    sheet = Stylesheet(_read_sheets(tree))
    hidden = [element for element in tree.iter("*") if _is_hidden(element, sheet)]
    for element in hidden:
        element.drop_tree()
    for element in tree.iter("*"):
        for name in _ALTERNATIVE_TEXTS:
            element.attrib.pop(name, None)


def _read_sheets(tree: HtmlElement) -> list[str]:
    return [
        style.text or ""
        for style in tree.iter("style")
        if applies_to_screen(style.get("media") or "")
    ]


def _is_hidden(element: HtmlElement, sheet: Stylesheet) -> bool:
    if element.tag in _ROOTS:
        return False
    if element.tag in _UNSHOWN_TAGS or _is_marked(element):
        return True
    inline = element.get("style") or ""
    return _is_shrunk(inline) or sheet.hides(_describe(element), inline)


def _is_marked(element: HtmlElement) -> bool:
    return (
        element.get("hidden") is not None
        or _says(element, "aria-hidden", "true")
        or (element.tag == "input" and _says(element, "type", "hidden"))
    )


def _says(element: HtmlElement, name: str, value: str) -> bool:
    return (element.get(name) or "").strip().lower() == value


def _is_shrunk(inline: str) -> bool:
    """Say whether the ``style`` text makes its element invisibly small or transparent."""
    return any(
        name in {"font-size", "opacity"} and _ZERO.fullmatch(value)
        for name, value in split_declarations(inline)
    )


def _describe(element: HtmlElement) -> Element:
    return Element(
        tag=str(element.tag).lower(),
        element_id=element.get("id"),
        classes=frozenset((element.get("class") or "").split()),
    )
