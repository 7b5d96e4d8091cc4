"""The articles of golden fixtures, read now: ``compare --read``.

Owns which are read, and the databases of repetitions.
"""

import asyncio
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

from pydantic_core import from_json

from service.bootstrap import open_workbench
from service.cli.output import Output
from service.cli.reader_notice import find_notice
from service.cli.reading import MAX_AT_ONCE, Result, read_article
from service.errors import (
    ClaimError,
    IntakeError,
    ReadoutError,
    SettingsError,
    describe_problem,
)
from service.golden.files import list_files
from service.golden.fixtures import GoldenCase
from service.golden.parsing import parse_claimed
from service.golden.readings import NamedReading
from service.intake import Metadata
from service.intake.files import read_file
from service.intake.media_types import list_suffixes
from service.settings import Settings
from service.showing import show_path


def read_cases(
    cases: Sequence[GoldenCase], actual: Path | None, settings: Settings, *, repetitions: int
) -> Iterator[Sequence[NamedReading]]:
    """Yield the readings of the cases' articles, one sequence for each repetition.

    Only articles below ``actual`` are read, or all without it. The first repetition uses the
    configured database, so that nothing is paid for twice; each other one has a database of its
    own beside it, for the same reason. Raises ``SettingsError`` where no article can be read.
    """
    chosen = _choose(cases, actual, settings.max_chars) if actual else list(cases)
    if notice := find_notice(settings):
        Output(as_json=False).print_notice(notice)
    # A reader is judged by its own readings: where it cannot be reached, that is what is found.
    settings = settings.model_copy(update={"fallback": False})
    for repetition in range(1, repetitions + 1):
        yield asyncio.run(_read_all(chosen, _separate(settings, repetition)))


def _choose(cases: Sequence[GoldenCase], actual: Path, max_chars: int) -> list[GoldenCase]:
    files = list_files(actual, list_suffixes())
    texts = {_read_text(file, max_chars) for file in files}
    chosen = [case for case in cases if case.article.text in texts]
    if not chosen:
        raise ClaimError(f"{show_path(actual)}: there is no article of which there is a fixture")
    return chosen


def _read_text(file: Path, max_chars: int) -> str:
    try:
        return read_file(file, Metadata(), max_chars=max_chars).text
    except IntakeError as error:
        raise ClaimError(f"{show_path(file)}: {error}") from error


def _separate(settings: Settings, repetition: int) -> Settings:
    """Return the settings of one repetition: readout.db, readout.repeat-2.db and so on."""
    if repetition == 1:
        return settings
    stem, dot, suffix = settings.database_url.rpartition(".")
    if not dot or "/" in suffix:
        stem, suffix = settings.database_url, "db"
    url = f"{stem}.repeat-{repetition}.{suffix}"
    return settings.model_copy(update={"database_url": url})


async def _read_all(cases: Sequence[GoldenCase], settings: Settings) -> list[NamedReading]:
    gate = asyncio.Semaphore(MAX_AT_ONCE)
    output = Output(as_json=True)
    async with open_workbench(settings) as workbench:
        with output.show_progress(len(cases)):
            results = await asyncio.gather(
                *(read_article(workbench.pipeline, case.article, gate) for case in cases)
            )
    for result in results:
        if isinstance(result, SettingsError):
            raise result
    return [_name(case, result) for case, result in zip(cases, results, strict=True)]


def _name(case: GoldenCase, result: Result) -> NamedReading:
    name = show_path(case.article_path)
    if isinstance(result, ReadoutError):
        instance = quote(case.fixture.article)
        problem = describe_problem(result).model_copy(update={"instance": instance})
        return NamedReading(name, problem)
    return NamedReading(name, parse_claimed(from_json(result.body), name))
