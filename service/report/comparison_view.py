"""A compared article, prepared for its page.

Owns numbers, anchors and filter classes: which item is called what, and which part of the text
belongs to it. Must not know markup; the template does, and escapes what it is given.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from schemas.comparison import CriticalError, DocumentComparison, ItemComparison, Place
from service.report.differences import has_differences, is_about, is_critical, list_whole_errors
from service.report.highlights import Segment, cut_segments

FILTERS = {
    "all": "everything",
    "diff": "only differences",
    "crit": "critical only",
    "missing": "missing only",
    "invented": "invented only",
}
"""The filters of the page by the class (``is-diff``) that each leaves standing."""
_RANKS = ("optional", "right", "invented", "missing", "wrong")
"""Outcomes; of several over one passage the last one here gives it its colour."""


@dataclass(frozen=True)
class ItemView:
    """An item with its number in the article."""

    item: ItemComparison
    number: int
    """From 1, in the order of the report."""
    anchor: str
    """Fragment of its field differences."""
    is_critical: bool
    is_different: bool
    errors: list[CriticalError]
    """Critical errors that none of its values shows."""

    @property
    def kinds(self) -> frozenset[str]:
        """Return the filters that show the item, ``all`` left out."""
        kinds = {"diff": self.is_critical or self.is_different, "crit": self.is_critical}
        kinds |= {name: self.item.outcome == name for name in ("missing", "invented")}
        return frozenset(name for name, applies in kinds.items() if applies)


@dataclass(frozen=True)
class Link:
    """The way from the beginning of a quote to its item."""

    anchor: str
    view: ItemView


@dataclass(frozen=True)
class Passage:
    """A slice of the text, with all items whose quotes lie over it."""

    text: str
    outcome: str | None
    """The outcome that colours it; ``None`` outside of all quotes."""
    kinds: frozenset[str]
    """The filters under which it stays coloured."""
    title: str
    """The numbers of its items, as words."""
    links: list[Link]


@dataclass(frozen=True)
class ArticleView:
    """An article with its items, and its text twice: as expected and as found."""

    document: DocumentComparison
    anchor: str
    text: str | None
    """The canonical text; ``None`` where it was not given."""
    items: list[ItemView]

    @property
    def kinds(self) -> frozenset[str]:
        """Return the filters that show the article, ``all`` left out."""
        kinds = frozenset(kind for view in self.items for kind in view.kinds) | self.text_kinds
        return kinds if self.document.status == "compared" else kinds | {"diff"}

    @property
    def text_kinds(self) -> frozenset[str]:
        """Return the filters that show headline and gist, ``all`` left out."""
        severities = {leaf.severity for leaf in self.document.texts}
        if self.loose_errors or "critical" in severities:
            return frozenset({"diff", "crit"})
        return frozenset({"diff"} if "error" in severities else ())

    @property
    def loose_errors(self) -> list[CriticalError]:
        """Return the critical errors that neither an item nor a value shows."""
        return [
            error
            for error in self.document.critical_errors
            if error.kind != "wrong_value"
            and not any(is_about(error, view.item) for view in self.items)
        ]

    def count_items(self, kind: str) -> int:
        """Return how many items the filter ``kind`` shows."""
        return sum(kind == "all" or kind in view.kinds for view in self.items)

    def find_anchor(self, error: CriticalError) -> str:
        """Return the fragment of the item that ``error`` is about, else that of the article."""
        found = (view.anchor for view in self.items if is_about(error, view.item))
        return next(found, self.anchor)

    def cut_expected(self) -> list[Passage]:
        """Return the text with the golden quotes."""
        return self._cut("e", lambda item: item.expected_places)

    def cut_found(self) -> list[Passage]:
        """Return the text with the found quotes."""
        return self._cut("f", lambda item: item.found_places)

    def _cut(
        self, side: str, get_places: Callable[[ItemComparison], Sequence[Place]]
    ) -> list[Passage]:
        views = {view.number: view for view in self.items}
        places = {number: get_places(view.item) for number, view in views.items()}
        segments = cut_segments(self.text or "", places)
        return [_build_passage(segment, views, side) for segment in segments]

    def link_places(self, places: Iterable[Place]) -> list[int]:
        """Return the ordinals of those of ``places`` that begin in the text."""
        end = len(self.text or "")
        return [n for n, place in enumerate(places) if place.start < min(place.end, end)]


def build_article(document: DocumentComparison, number: int, text: str | None) -> ArticleView:
    """Return the view of ``document``, the article ``number`` (from 1) of the page."""
    anchor = f"a{number}"
    items = [
        ItemView(
            item=item,
            number=position,
            anchor=f"{anchor}-{position}",
            is_critical=is_critical(item, document),
            is_different=has_differences(item),
            errors=list_whole_errors(item, document),
        )
        for position, item in enumerate(document.items, 1)
    ]
    return ArticleView(document=document, anchor=anchor, text=text, items=items)


def _build_passage(segment: Segment, views: dict[int, ItemView], side: str) -> Passage:
    covering = [views[number] for number in segment.numbers]
    outcomes = (view.item.outcome for view in covering)
    return Passage(
        text=segment.text,
        outcome=max(outcomes, key=_RANKS.index, default=None),
        kinds=frozenset(kind for view in covering for kind in view.kinds),
        title=", ".join(f"{view.number} {view.item.outcome}" for view in covering),
        links=[
            Link(f"{views[begun.number].anchor}{side}{begun.ordinal}", views[begun.number])
            for begun in segment.beginnings
        ],
    )
