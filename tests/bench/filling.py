"""A database full of summaries: as many as are asked for, no two alike, always the same ones.

Owns which values are common, which are scarce, and which never stand together: the worst that a
filter can be asked for must be in there. The rare values stand in the first summary that is
stored, so that whoever looks through the items from the newest on comes to them last.
"""

import random
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar, get_args

from schemas.base import CommitmentStatus, MeasureStatus, Party, Topic
from schemas.draft import DraftChipPolicy, DraftTalk
from schemas.summary import Summary
from service.store import open_store
from tests.bench.examining import SAMPLES, load_sample
from tests.builders import (
    ARTICLE_TEXT,
    build_draft,
    build_draft_chip_policy,
    build_draft_commitment,
    build_draft_non_tariff_measure,
    build_draft_talk,
    build_draft_tariff,
    build_summary,
)

ITEMS_EACH = 20
"""Items of every summary."""
TEMPLATES = 24
"""Kinds of summaries in the older half of a database, and again in the newer."""

RARE_COUNTRY, RARE_TOPIC, RARE_PRODUCT, RARE_STATUS = "NO", "education", "MI500X", "cancelled"
"""Each of them stands in one item of a database."""
OLD_STATUS = "stalled"
"""A status of the older half alone."""
APART = "JP"
"""A common country that never stands in a chip policy."""

_COUNTRIES = {"CN": 30, "US": 30, "EU": 10, APART: 8, "KR": 6, "TW": 5, "NL": 4, "IN": 3, "AU": 1}
_PRODUCTS = {"H20": 10, "H200": 6, "MI308": 6, "Blackwell": 4, "EUV tools": 2, "TPU": 1}
_FIRST_DAY = date(2018, 1, 1)
_DAYS = 2_900
"""Days over which articles and acts are spread: to December 2025."""

Value = TypeVar("Value")


class _Dice:
    """Draws what a summary says; always the same in the same order."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def weigh(self, values: dict[str, int]) -> str:
        return self._random.choices(list(values), list(values.values()))[0]

    def choose(self, values: tuple[Value, ...]) -> Value:
        return self._random.choice(values)

    def name_day(self) -> str | None:
        """Return a day, a month or a year; one in four is left open."""
        day = _FIRST_DAY + timedelta(days=self._random.randrange(_DAYS))
        return self.choose((day.isoformat(), f"{day:%Y-%m}", f"{day:%Y}", None))

    def find_parties(self, *, without: str = "") -> list[Party]:
        countries = {code: weight for code, weight in _COUNTRIES.items() if code != without}
        codes = {self.weigh(countries) for _ in range(2)}
        return [Party(name=f"Government of {code}", country=code) for code in sorted(codes)]


_TOPICS = tuple(topic for topic in get_args(Topic) if topic != RARE_TOPIC)
_PROMISED = get_args(CommitmentStatus)
_MEASURED = get_args(MeasureStatus)
_NEW_PROMISED = tuple(status for status in _PROMISED if status != OLD_STATUS)


def make_summaries(count: int) -> Iterator[Summary]:
    """Yield ``count`` summaries of as many articles, the oldest first."""
    sample, _draft = load_sample(SAMPLES[0])
    text = f"{ARTICLE_TEXT}\n\n{sample}"
    old = [_make_template(text, _Dice(at), _PROMISED) for at in range(TEMPLATES)]
    new = [_make_template(text, _Dice(-1 - at), _NEW_PROMISED) for at in range(TEMPLATES)]
    for number in range(count):
        templates = old if number < count // 2 else new
        summary = _make_own(templates[number % TEMPLATES], number)
        yield _make_rare(summary) if number == 0 else summary


def name_own_product(number: int) -> str:
    """Return the product that only the summary ``number``, from 0, speaks of."""
    return f"Chip No. {number}"


async def fill_database(path: Path, items: int) -> float:
    """Make a database of ``items`` items at ``path``, summary by summary; return the seconds."""
    started = time.monotonic()
    async with open_store(f"sqlite:///{path}") as store:
        for summary in make_summaries(items // ITEMS_EACH):
            await store.save_summary(summary)
    return time.monotonic() - started


def _make_template(text: str, dice: _Dice, promised: tuple[str, ...]) -> Summary:
    draft = build_draft(
        talks=[_make_talk(dice) for _ in range(3)],
        commitments=[
            build_draft_commitment(
                actors=dice.find_parties(),
                topic=dice.choose(_TOPICS),
                status=dice.choose(promised),
                announced=dice.name_day(),
            )
            for _ in range(5)
        ],
        tariffs=[
            build_draft_tariff(
                actors=dice.find_parties(),
                status=dice.choose(_MEASURED),
                announced=dice.name_day(),
                effective=dice.name_day(),
            )
            for _ in range(4)
        ],
        chip_policies=[_make_chip_policy(dice) for _ in range(3)],
        non_tariff_measures=[
            build_draft_non_tariff_measure(
                actors=dice.find_parties(),
                status=dice.choose(_MEASURED),
                announced=dice.name_day(),
            )
            for _ in range(4)
        ],
    )
    return build_summary(text, draft=draft)


def _make_talk(dice: _Dice) -> DraftTalk:
    return build_draft_talk(
        participants=dice.find_parties(),
        topics=[dice.choose(_TOPICS)],
        status=dice.choose(("planned", "ongoing", "held")),
        date=dice.name_day(),
    )


def _make_chip_policy(dice: _Dice) -> DraftChipPolicy:
    return build_draft_chip_policy(
        actors=dice.find_parties(without=APART),
        products=[dice.weigh(_PRODUCTS)],
        status=dice.choose(_MEASURED),
        announced=dice.name_day(),
    )


def _make_own(template: Summary, number: int) -> Summary:
    """Return a summary of another article: its own id, address, day, and one product."""
    day = _FIRST_DAY + timedelta(days=number * 7_919 % _DAYS)
    first, *others = template.chip_policies
    own = first.model_copy(update={"products": [*first.products, name_own_product(number)]})
    article = template.article.model_copy(
        update={"url": f"https://news.example/{number}", "published": day.isoformat()}
    )
    return template.model_copy(
        update={"id": f"{number:064x}", "article": article, "chip_policies": [own, *others]}
    )


def _make_rare(summary: Summary) -> Summary:
    """Return ``summary`` with the rare values in its first talk and its first chip policy."""
    talk, *talks = summary.talks
    rare_talk = talk.model_copy(
        update={
            "participants": [Party(name="Norway", country=RARE_COUNTRY)],
            "topics": [RARE_TOPIC],
            "status": RARE_STATUS,
        }
    )
    policy, *policies = summary.chip_policies
    rare_policy = policy.model_copy(update={"products": [*policy.products, RARE_PRODUCT]})
    return summary.model_copy(
        update={"talks": [rare_talk, *talks], "chip_policies": [rare_policy, *policies]}
    )
