"""The commands ``openai-batch``: what each does, and its exit code.

Owns the order of opening, working and printing.
"""

import asyncio
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path

from schemas.openai_batch import BatchProgress, ExportReport, ImportReport
from service.bootstrap import open_batch_desk, open_batch_office
from service.cli.openai_batch_report import (
    print_batches,
    print_export,
    print_import,
    print_without_answers,
)
from service.cli.output import write_json, write_text
from service.errors import EXIT_GOOD, EXIT_SOME_FAILED
from service.openai_batch.articles import Lengths, list_articles
from service.openai_batch.exporting import Export
from service.openai_batch.importing import import_answers
from service.openai_batch.request_files import RequestFiles
from service.settings import Settings


def run_export(arguments: Sequence[str], out: Path, *, again: bool, as_json: bool) -> int:
    """Write the requests for the articles of ``arguments``; return the exit code."""
    report = asyncio.run(_export(arguments, out, again=again))
    if as_json:
        write_json(report.model_dump(mode="json"))
    else:
        print_export(report)
    return EXIT_SOME_FAILED if report.faults else EXIT_GOOD


async def _export(arguments: Sequence[str], out: Path, *, again: bool) -> ExportReport:
    settings = Settings.load()
    lengths = Lengths(document=settings.max_chars, reading=settings.part_chars)
    listed = list_articles(arguments, lengths, stdin=sys.stdin.buffer)
    with RequestFiles(out) as files:
        async with open_batch_desk(settings) as desk:
            export = Export(desk, files, again=again)
            return await export.run(listed)


def run_submit(paths: Sequence[Path], *, again: bool, as_json: bool) -> int:
    """Submit files, one after the other; each is told as soon as it is accepted."""

    async def submit() -> None:
        async with open_batch_office(Settings.load()) as office:
            for path in paths:
                batch = await office.submit(path, again=again)
                _print_batches([batch], as_json=as_json)

    asyncio.run(submit())
    return EXIT_GOOD


def run_status(ids: Sequence[str], *, as_json: bool) -> int:
    """Print how far batches are."""

    async def check() -> list[BatchProgress]:
        async with open_batch_office(Settings.load()) as office:
            chosen = ids or await office.list_ids(only_open=True)
            return [await office.check(batch_id) for batch_id in chosen]

    _print_batches(asyncio.run(check()), as_json=as_json)
    return EXIT_GOOD


def _print_batches(batches: Sequence[BatchProgress], *, as_json: bool) -> None:
    if as_json:
        write_json([batch.model_dump(mode="json") for batch in batches])
    else:
        print_batches(batches)


def run_fetch(ids: Sequence[str], folder: Path) -> int:
    """Fetch what is there, and print the paths of the files, one a line; return the exit code."""
    folder.mkdir(parents=True, exist_ok=True)

    async def fetch() -> int:
        code = EXIT_GOOD
        async with open_batch_office(Settings.load()) as office:
            for batch_id in ids or await office.list_ids():
                batch = await office.check(batch_id)
                paths = await office.fetch(batch, folder)
                for path in paths:
                    write_text(str(path))
                if not paths:
                    print_without_answers(batch)
                    code = EXIT_SOME_FAILED
        return code

    return asyncio.run(fetch())


def run_import(
    paths: Sequence[Path], retry_out: Path | None, *, read_online: bool, as_json: bool
) -> int:
    """Take in files of answers; return the exit code."""
    report = asyncio.run(_import(paths, retry_out, read_online=read_online))
    if as_json:
        write_json(report.model_dump(mode="json"))
    else:
        print_import(report, is_written=retry_out is not None)
    is_whole = not (report.faults or report.broken or report.waiting)
    return EXIT_GOOD if is_whole else EXIT_SOME_FAILED


async def _import(
    paths: Sequence[Path], retry_out: Path | None, *, read_online: bool
) -> ImportReport:
    settings = Settings.load()
    # What is in the way is told before anything is done.
    with nullcontext() if retry_out is None else RequestFiles(retry_out) as files:
        async with open_batch_desk(settings, reads_online=read_online) as desk:
            return await import_answers(paths, desk, files)
