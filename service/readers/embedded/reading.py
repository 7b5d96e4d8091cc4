"""From an article to a draft, by rules.

Owns the order in which the lists are read. Knows no endpoint, no store and no event loop.
"""

from schemas.article import Article
from schemas.draft import Draft
from service.checking.context import build_context
from service.readers.embedded.cast import Cast
from service.readers.embedded.commitments import read_commitments
from service.readers.embedded.doubts import read_doubts
from service.readers.embedded.follow_ups import date_items, find_follow_ups
from service.readers.embedded.marking import mark_page
from service.readers.embedded.measures import read_measures
from service.readers.embedded.overview import write_overview
from service.readers.embedded.standing import settle_dates
from service.readers.embedded.talks import read_talks
from service.readers.embedded.tariffs import read_tariffs

EMBEDDED_VERSION = "embedded/1"
"""The reader and its version; changes whenever an article could be read differently."""


def read_article(article: Article) -> Draft:
    """Return what the rules find in ``article``; the same draft for the same article, always."""
    page = mark_page(build_context(article))
    cast = Cast(page)
    published = article.published
    follow_ups = find_follow_ups(page)
    tariffs = date_items(read_tariffs(page, cast), follow_ups)
    chip_policies, others = read_measures(page, cast)
    chip_policies = date_items(chip_policies, follow_ups)
    others = date_items(others, follow_ups)
    draft = Draft(
        talks=read_talks(page),
        commitments=[settle_dates(one, published) for one in read_commitments(page, cast)],
        tariffs=[settle_dates(one, published) for one in tariffs],
        chip_policies=[settle_dates(one, published) for one in chip_policies],
        non_tariff_measures=[settle_dates(one, published) for one in others],
        doubts=read_doubts(page),
        headline="-",
        gist="-",
    )
    headline, gist = write_overview(page, draft)
    return draft.model_copy(update={"headline": headline, "gist": gist})
