"""Which elements a page's own style rules hide.

Owns the small part of CSS that this needs: rules with simple selectors (``tag``, ``.class``,
``#id`` and compounds of them) and their ``display`` and ``visibility``, cascaded. Selectors with
combinators, attributes or pseudo-classes are ignored, and so are linked style sheets. Must not
know how elements are removed.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

Property = Literal["display", "visibility"]

SCREEN_WIDTH_PX = 1_280
"""The screen that ``@media`` conditions are asked about: a desktop's."""

_HIDING_VALUES: dict[Property, frozenset[str]] = {
    "display": frozenset({"none"}),
    "visibility": frozenset({"hidden", "collapse"}),
}
_MAX_NESTING = 8
_INLINE_SPECIFICITY = (1, 0, 0, 0)
_PX_PER_EM = 16
_NAME = r"(?:[A-Za-z0-9_-]|[^\x00-\x7f]|\\[^\n])++"
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*+"?|' r"'(?:[^'\\\n]|\\.)*+'?", re.DOTALL)
_COMPOUND = re.compile(rf"({_NAME}|\*)?((?:[.#]{_NAME})*)")
_PART = re.compile(rf"([.#])({_NAME})")
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)
_WIDTH = re.compile(r"\(\s*(min|max)-width\s*:\s*([0-9]{1,6}(?:\.[0-9]{1,6})?)(px|em|rem)\s*\)")
_SCREEN = re.compile(r"(?:only\s+)?(?:all|screen)\b")


class Declaration(NamedTuple):
    """What one rule says of one property."""

    hides: bool
    important: bool


class Element(NamedTuple):
    """What selectors see of an element; ``tag`` in lower case, ``None`` where it has no id."""

    tag: str
    element_id: str | None
    classes: frozenset[str]


class _Rule(NamedTuple):
    tag: str | None
    ids: frozenset[str]
    classes: frozenset[str]
    declarations: dict[Property, Declaration]
    order: int

    def matches(self, element: Element) -> bool:
        return (
            self.tag in {None, element.tag}
            and self.ids <= {element.element_id}
            and self.classes <= element.classes
        )

    @property
    def specificity(self) -> tuple[int, ...]:
        return (0, len(self.ids), len(self.classes), self.tag is not None)

    @property
    def parts(self) -> list[str]:
        """Everything that an element must have, as the keys that it is found by."""
        named = [f"#{name}" for name in self.ids] + [f".{name}" for name in self.classes]
        return named or [self.tag or "*"]


class Stylesheet:
    """The hiding rules of a page, ready to be asked about its elements.

    ``sheets`` are the texts of its ``<style>`` elements in document order. Anything that is no
    CSS is skipped; nothing is raised.
    """

    def __init__(self, sheets: Iterable[str]) -> None:
        blocks = (block for sheet in sheets for block in _read_blocks(_tidy(sheet), 0))
        rules = [rule for order, block in enumerate(blocks) for rule in _build_rules(*block, order)]
        self._rules = _index(rules)
        self._known: dict[tuple[Element, str], bool] = {}

    def hides(self, element: Element, inline: str) -> bool:
        """Say whether ``element`` is not displayed or not visible, given its ``style`` text.

        The winning declaration decides: important ones first, then the ``style`` attribute,
        then by specificity, then the last (CSS Cascading and Inheritance 4, 6). What an
        ancestor hides is not asked here.
        """
        known = self._known.get((element, inline))
        if known is None:
            known = self._known[element, inline] = self._decide(element, inline)
        return known

    def _decide(self, element: Element, inline: str) -> bool:
        keys = [element.tag, "*", f"#{element.element_id}", *(f".{c}" for c in element.classes)]
        rules = [rule for key in keys for rule in self._rules.get(key, ()) if rule.matches(element)]
        own = parse_declarations(inline)
        return any(_cascade(name, rules, own) for name in _HIDING_VALUES)


def parse_declarations(body: str) -> dict[Property, Declaration]:
    """Return what the declarations in ``body`` say of ``display`` and ``visibility``."""
    found: dict[Property, Declaration] = {}
    for name, value in split_declarations(body):
        for known, hiding in _HIDING_VALUES.items():
            if name == known:
                plain, bang, _ = value.partition("!")
                if not (known in found and found[known].important and not bang):
                    found[known] = Declaration(plain.strip() in hiding, bool(bang))
    return found


def split_declarations(body: str) -> list[tuple[str, str]]:
    """Return the names and values in ``body``, in lower case, escapes and comments resolved."""
    parts = (part.partition(":") for part in _tidy(body).split(";"))
    return [(_unescape(n).strip().lower(), _unescape(v).strip().lower()) for n, _, v in parts]


def applies_to_screen(query: str) -> bool:
    """Say whether media query list ``query`` holds on a desktop screen; blank is every medium.

    Media other than ``all`` and ``screen``, and conditions other than on the width in px, em or
    rem, do not hold.
    """
    return any(_query_holds(part.strip().lower()) for part in query.split(","))


def _index(rules: list[_Rule]) -> dict[str, list[_Rule]]:
    """File each rule under its rarest part, so that few are tried on an element."""
    uses = Counter(part for rule in rules for part in rule.parts)
    index: defaultdict[str, list[_Rule]] = defaultdict(list)
    for rule in rules:
        index[min(rule.parts, key=lambda part: uses[part])].append(rule)
    return index


def _query_holds(query: str) -> bool:
    rest = _SCREEN.sub("", query, count=1)
    widths = _WIDTH.findall(rest)
    if _WIDTH.sub("", rest).replace("and", "").strip():
        return False
    return all(_width_holds(bound, float(size), unit) for bound, size, unit in widths)


def _width_holds(bound: str, size: float, unit: str) -> bool:
    width_px = size if unit == "px" else size * _PX_PER_EM
    return width_px <= SCREEN_WIDTH_PX if bound == "min" else width_px >= SCREEN_WIDTH_PX


def _cascade(name: Property, rules: list[_Rule], inline: dict[Property, Declaration]) -> bool:
    said = [
        (rule.declarations[name], rule.specificity, rule.order)
        for rule in rules
        if name in rule.declarations
    ]
    if name in inline:
        said.append((inline[name], _INLINE_SPECIFICITY, 0))
    if not said:
        return False
    winner = max(said, key=lambda entry: (entry[0].important, entry[1], entry[2]))
    return winner[0].hides


def _tidy(css: str) -> str:
    return _STRING.sub('""', _COMMENT.sub("", css))


def _read_blocks(css: str, depth: int) -> Iterator[tuple[str, str]]:
    """Yield selectors and declarations of the style rules that apply, in order."""
    for prelude, body in _split_blocks(css):
        if not prelude.startswith("@"):
            yield prelude, body
        elif depth < _MAX_NESTING and _enters(prelude):
            yield from _read_blocks(body, depth + 1)


def _split_blocks(css: str) -> Iterator[tuple[str, str]]:
    """Yield each outermost ``prelude { body }``."""
    depth, start, opened = 0, 0, 0
    for found in re.finditer(r"[{};]", css):
        if found[0] == "{":
            depth += 1
            if depth == 1:
                opened = found.start()
        elif found[0] == "}" and depth:
            depth -= 1
            if not depth:
                yield css[start:opened].strip(), css[opened + 1 : found.start()]
        if not depth:
            start = found.end()


def _enters(prelude: str) -> bool:
    name, _, condition = prelude.partition(" ")
    if "(" in name:
        name, _, condition = prelude.partition("(")
        condition = f"({condition}"
    if name.lower() == "@media":
        return applies_to_screen(condition)
    return name.lower() in {"@layer", "@supports"}


def _build_rules(selectors: str, body: str, order: int) -> Iterator[_Rule]:
    declarations = parse_declarations(body)
    if not declarations:
        return
    for selector in selectors.split(","):
        found = _COMPOUND.fullmatch(selector.strip())
        if found and found[0]:
            parts = [(kind, _unescape(name)) for kind, name in _PART.findall(found[2])]
            yield _Rule(
                tag=None if found[1] in {None, "*"} else found[1].lower(),
                ids=frozenset(name for kind, name in parts if kind == "#"),
                classes=frozenset(name for kind, name in parts if kind == "."),
                declarations=declarations,
                order=order,
            )


def _unescape(text: str) -> str:
    return _ESCAPE.sub(lambda found: found[2] or _decode_escape(found[1]), text)


def _decode_escape(digits: str) -> str:
    number = int(digits, 16)
    return chr(number) if 0 < number <= 0x10FFFF else "\ufffd"
