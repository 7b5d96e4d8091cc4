"""From an article to a draft, by rules.

Owns the order in which the lists are read. Knows no endpoint, no store and no event loop.
"""

from schemas.article import Article
from schemas.draft import Draft

EMBEDDED_VERSION = "embedded/1"
"""The reader and its version; changes whenever an article could be read differently."""


def read_article(article: Article) -> Draft:
    """Return what the rules find in ``article``; the same draft for the same article, always."""
    title = article.title or article.text.splitlines()[0]
    return Draft(
        talks=[],
        commitments=[],
        tariffs=[],
        chip_policies=[],
        non_tariff_measures=[],
        doubts=[],
        headline=title[:120],
        gist=article.text.splitlines()[0],
    )
