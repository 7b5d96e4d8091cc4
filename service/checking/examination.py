"""The evidence stage: from a draft to items that hold, and to what does not.

Owns the examination of a whole draft and the mending of its items. The same examination gives
the reader its complaints and the summary its items and warnings, so the two cannot disagree.
"""

from collections.abc import Sequence
from typing import NamedTuple

from schemas.base import LIST_NAMES, ListName, WarningCode
from schemas.draft import Draft, DraftItem
from schemas.evidence import Evidence
from schemas.paths import format_path
from schemas.reading import Complaint
from schemas.summary import SummaryWarning
from service.checking.context import ArticleContext, QuoteContext, widen_quotes
from service.checking.fields import check_fields
from service.checking.findings import Finding
from service.checking.texts import examine_texts
from service.grounding import ground_quotes

CHECKING_VERSION = "2"
"""Changes whenever an item could be judged differently; part of every summary's id."""
MAX_QUOTED_CHARS = 80
"""Most characters of a quote that a complaint repeats: a re-ask is short."""


class ExaminedItem(NamedTuple):
    """One item of a draft, its grounded quotes and what was found."""

    list_name: ListName
    draft: DraftItem
    evidence: tuple[Evidence, ...]
    sentences: tuple[str, ...]
    """Those that hold the evidence."""
    findings: tuple[Finding, ...]

    @property
    def is_kept(self) -> bool:
        """Say whether the item holds, mended where needed."""
        return not any(finding.remedy == "drop_item" for finding in self.findings)


class Examination(NamedTuple):
    """What became of a draft."""

    items: tuple[ExaminedItem, ...]
    findings: tuple[Finding, ...]
    """Findings on headline and gist."""

    def list_complaints(self) -> list[Complaint]:
        """Return what the reader is told; a quote placed by rule is no complaint."""
        found = [finding for item in self.items for finding in item.findings]
        return [
            finding.to_complaint()
            for finding in (*found, *self.findings)
            if finding.remedy != "note" or finding.code == "quote_dropped"
        ]


def examine_draft(draft: Draft, context: ArticleContext) -> Examination:
    """Return what of ``draft`` holds for the article, item by item, and what does not."""
    items = tuple(
        _examine_item(name, position, item, context)
        for name in LIST_NAMES
        for position, item in enumerate(getattr(draft, name))
    )
    is_void = bool(items) and not any(item.is_kept for item in items)
    findings = examine_texts(draft, context, is_void=is_void)
    return Examination(items=items, findings=tuple(findings))


def _examine_item(
    name: ListName, position: int, item: DraftItem, context: ArticleContext
) -> ExaminedItem:
    path = (name, position)
    grounding = ground_quotes(item.evidence, context.text_index)
    findings = [_find_missing(path, at, item.evidence[at]) for at in grounding.missing]
    findings += [_find_repeated(path, at) for at in grounding.repeated]
    held = widen_quotes(grounding.evidence, context.names)
    if not held.evidence:
        message = "none of its quotes is in the article; quote what it says or leave the item out."
        findings.append(Finding(path, message, "drop_item", "item_dropped"))
    elif _is_instructed(held, context):
        message = "its quotes are text that instructs machines, no fact about trade; leave it out."
        findings.append(Finding(path, message, "drop_item", "item_dropped"))
    else:
        findings += check_fields(path, item, held, context)
    return ExaminedItem(name, item, held.evidence, held.sentences, tuple(findings))


def _find_missing(path: tuple[int | str, ...], at: int, quote: str) -> Finding:
    message = (
        f'"{_cut_quote(quote)}" is not in the article as one run of whole words; '
        "copy its words exactly, or leave the quote out."
    )
    return Finding((*path, "evidence", at), message, "note", "quote_dropped")


def _cut_quote(quote: str) -> str:
    return quote if len(quote) <= MAX_QUOTED_CHARS else f"{quote[:MAX_QUOTED_CHARS]} …"


def _find_repeated(path: tuple[int | str, ...], at: int) -> Finding:
    message = "the quote stands in the article more than once."
    return Finding((*path, "evidence", at), message, "note", "repeated_quote")


def _is_instructed(held: QuoteContext, context: ArticleContext) -> bool:
    return any(
        span.start < paragraph.end and paragraph.start < span.end
        for span in held.spans
        for paragraph in context.instructions
    )


def mend_item(item: ExaminedItem) -> DraftItem:
    """Return the item with everything cleared that its quotes do not carry."""
    changes: dict[str, object] = {}
    dropped: dict[str, set[int]] = {}
    for finding in item.findings:
        if finding.remedy == "clear":
            changes[str(finding.path[2])] = None
        elif finding.remedy == "quote_instead":
            # The whole sentence: a quote may start behind the word that denies it.
            changes[str(finding.path[2])] = item.sentences[0]
        elif finding.remedy == "drop_entry":
            dropped.setdefault(str(finding.path[2]), set()).add(int(finding.path[3]))
    for name, positions in dropped.items():
        entries: Sequence[object] = getattr(item.draft, name)
        changes[name] = [entry for at, entry in enumerate(entries) if at not in positions]
    return item.draft.model_copy(update=changes)


_WARNINGS: dict[WarningCode, str] = {
    "item_dropped": "was dropped: the article does not carry it",
    "quote_dropped": "lost a quote that is not in the article",
    "value_cleared": "does not follow from the article and was cleared",
    "repeated_quote": "has a quote that the article repeats; it was placed by rule",
}


def describe_findings(findings: Sequence[Finding], name: str) -> list[SummaryWarning]:
    """Return the warnings for the findings on the item or text called ``name``.

    The faulty value itself is not repeated: what the article does not say stays out of the
    summary altogether. Each field is named once.
    """
    described: dict[tuple[WarningCode, str], None] = {}
    for finding in findings:
        field = format_path(finding.path[2:3]) if finding.code == "value_cleared" else ""
        subject = f"{name}: {field}" if field else name
        described[finding.code, f"{subject} {_WARNINGS[finding.code]}"] = None
    return [SummaryWarning(code=code, message=text) for code, text in described]
