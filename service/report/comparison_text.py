"""The differences of one article as plain lines, for an assertion's message.

Owns how a difference is written on one line. Which differences there are is ``differences``'s.
"""

from collections.abc import Iterator

from schemas.comparison import DocumentComparison
from service.report.differences import Difference, list_critical, list_others
from service.report.labels import NOTHING
from service.report.plain_text import cut_line, show_line

_MAX_NAME_CHARS = 60


def render_differences(document: DocumentComparison) -> str:
    """Return one line for each difference, critical ones first; empty where there is none."""
    return "\n".join(_list_lines(document))


def _list_lines(document: DocumentComparison) -> Iterator[str]:
    if document.reason is not None:
        yield document.reason
    for difference in list_critical(document):
        yield f"  critical: {_describe(difference)}"
    for difference in list_others(document):
        yield f"  {_describe(difference)}"


def _describe(difference: Difference) -> str:
    where: str = difference.list_name or "the summary"
    if difference.item is not None:
        where += f' "{cut_line(difference.item, _MAX_NAME_CHARS)}"'
    if difference.field is not None:
        where += f" {difference.field}"
    values = ""
    if difference.expected is not None or difference.found is not None:
        expected, found = (
            NOTHING if value is None else show_line(value)
            for value in (difference.expected, difference.found)
        )
        values = f": expected {expected}, found {found}"
    note = f" ({show_line(difference.note)})" if difference.note else ""
    return f"{difference.what}: {where}{values}{note}"
