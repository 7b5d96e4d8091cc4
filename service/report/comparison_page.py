"""A comparison as one self-contained page.

Owns the rendering of ``comparison.html.jinja`` and how characters that nobody sees are made
visible. The page needs neither network nor script. Must not read files but its template:
articles are handed in. Everything but the markup of the template is untrusted, and escaped there.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from schemas.comparison import ComparisonReport
from service.report import labels
from service.report.comparison_view import FILTERS, build_article
from service.report.plain_text import show_line

_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls but tab and LF
    "\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # direction, width
    "\u2028\u2029\ud800-\udfff\U000e0000-\U000e007f]"  # separators, surrogates, tags
)
"""Characters that are not seen, or change what others look like (UAX #9, UTR #36)."""
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")
"""Characters that no HTML document can hold; each becomes one U+FFFD."""


def render_page(report: ComparisonReport, texts: Mapping[str, str]) -> str:
    """Return ``report`` as one HTML document that loads nothing and can be sent in UTF-8.

    ``texts`` has the canonical text of each ``DocumentComparison.article``; an article that is
    not in it is shown without its text. The text of each of its two columns is the article's own,
    to the code point; only NUL and lone surrogates, which HTML has no way to hold, become U+FFFD.
    """
    articles = [
        build_article(document, number, texts.get(document.article))
        for number, document in enumerate(report.comparison.documents, 1)
    ]
    counts = {name: sum(view.count_items(name) for view in articles) for name in FILTERS}
    template = _load_environment().get_template("comparison.html.jinja")
    return template.render(
        report=report,
        run=report.comparison,
        articles=articles,
        unread=[view for view in articles if view.document.status != "compared"],
        lists=[scores for scores in report.comparison.lists if labels.has_anything(scores)],
        filters=FILTERS,
        counts=counts,
    )


def split_hidden(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield ``text`` as pieces: what is seen, then a character that is not, then its name.

    The last piece has no such character, and the first need not have any text before it. The name
    is the code point's, ``U+202E``.
    """
    start = 0
    for found in _HIDDEN.finditer(text):
        char = found[0]
        yield text[start : found.start()], _UNWRITABLE.sub("\ufffd", char), f"U+{ord(char):04X}"
        start = found.end()
    yield text[start:], "", ""


@cache
def _load_environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent, encoding="utf-8"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "split_hidden": split_hidden,
        "line": show_line,
        "score": labels.show_score,
        "credit": labels.show_credit,
        "mean": labels.show_mean,
    }
    environment.globals |= {
        "headings": labels.LIST_HEADINGS,
        "critical_kinds": labels.CRITICAL_KINDS,
        "score_kinds": labels.SCORE_KINDS,
        "count": labels.count,
        "nothing": labels.NOTHING,
    }
    return environment
