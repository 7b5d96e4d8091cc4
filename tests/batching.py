"""Exports and imports in one call each, over a real database and real files.

Owns what the tests of OpenAI's Batch files share.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from schemas.article import Article
from schemas.openai_batch import ExportReport, ImportReport
from schemas.summary import Summary
from service.bootstrap import open_batch_desk
from service.derivation import derive_id
from service.openai_batch.articles import Listed
from service.openai_batch.exporting import Export
from service.openai_batch.importing import import_answers
from service.openai_batch.request_files import RequestFiles
from service.settings import Settings
from service.store import open_store
from tests.batch_standin import Line, write_lines


def make_settings(folder: Path, base_url: str | None = None, **overrides: Any) -> Settings:
    """Return settings with a database in ``folder``."""
    url = f"sqlite:///{folder / 'readout.db'}"
    return Settings(_env_file=None, OPENAI_BASE_URL=base_url, database_url=url, **overrides)


async def export(
    settings: Settings, path: Path, *articles: Article, again: bool = False
) -> ExportReport:
    """Export ``articles`` to ``path``."""
    listed = [Listed(f"article {number}", one) for number, one in enumerate(articles, start=1)]
    with RequestFiles(path) as files:
        async with open_batch_desk(settings) as desk:
            return await Export(desk, files, again=again).run(listed)


async def take_in(
    settings: Settings,
    *files: bytes,
    folder: Path,
    retry: Path | None = None,
    reads_online: bool = False,
) -> ImportReport:
    """Import ``files``; what has to be asked again goes to ``retry``."""
    paths = [folder / f"answers-{number}.jsonl" for number in range(len(files))]
    for path, content in zip(paths, files, strict=True):
        path.write_bytes(content)
    async with open_batch_desk(settings, reads_online=reads_online) as desk:
        if retry is None:
            return await import_answers(paths, desk)
        with RequestFiles(retry) as written:
            return await import_answers(paths, desk, written)


async def take_in_lines(
    settings: Settings, *lines: Line, folder: Path, retry: Path | None = None
) -> ImportReport:
    """Import a file of ``lines``."""
    return await take_in(settings, write_lines(*lines), folder=folder, retry=retry)


def read_requests(path: Path) -> list[Line]:
    """Return the lines of a file of requests."""
    return [json.loads(line) for line in path.read_bytes().splitlines()]


async def find_summaries(settings: Settings, key: str, articles: Sequence[Article]) -> list[bytes]:
    """Return the stored summaries of ``articles``, of a reading ``key``."""
    async with open_store(settings.database_url) as store:
        found = [await store.find_summary(derive_id(key, article)) for article in articles]
    return [stored.body for stored in found if stored is not None]


async def find_summary(settings: Settings, key: str, article: Article) -> Summary:
    """Return the stored summary of ``article``; fails where there is none."""
    (body,) = await find_summaries(settings, key, [article])
    return Summary.model_validate_json(body)
