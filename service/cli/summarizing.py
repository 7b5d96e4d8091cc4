"""The command ``summarize``: several articles, one workbench, results in the order given.

Owns what happens when one of several fails, and the exit code that says so.
"""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from schemas.article import Article
from service.bootstrap import open_workbench
from service.cli.articles import load_article
from service.cli.output import Output
from service.cli.reader_notice import find_notice
from service.cli.reading import MAX_AT_ONCE, Result, read_article
from service.errors import (
    EXIT_GOOD,
    EXIT_SOME_FAILED,
    BrokenArticleError,
    ReadoutError,
    SettingsError,
    StoreError,
)
from service.intake import Metadata
from service.settings import Settings
from service.showing import show_reason


def run(files: Sequence[Path], metadata: Metadata, media_type: str | None, *, as_json: bool) -> int:
    """Read ``files`` and print each summary or error; return the exit code.

    One file gives its own error's code; of several, any failure gives 3. A setting that does
    not fit, or a database that cannot be used, fails every file that could be read. What is
    stored is printed without a call, and without an endpoint too.
    """
    output = Output(as_json=as_json)
    loaded: Sequence[Article | ReadoutError]
    try:
        settings = Settings.load()
    except SettingsError as error:
        loaded = [error] * len(files)
        return _conclude(_print_all(output, files, loaded))
    loaded = [_load(file, metadata, media_type, settings.max_chars) for file in files]
    if all(isinstance(one, ReadoutError) for one in loaded):
        return _conclude(_print_all(output, files, loaded))
    if notice := find_notice(settings):
        output.print_notice(notice)
    return _conclude(asyncio.run(_read_all(files, loaded, settings, output)))


def _conclude(results: Sequence[Result]) -> int:
    failures = [result for result in results if isinstance(result, ReadoutError)]
    if not failures:
        return EXIT_GOOD
    return failures[0].exit_code if len(results) == 1 else EXIT_SOME_FAILED


def _load(
    file: Path, metadata: Metadata, media_type: str | None, max_chars: int
) -> Article | ReadoutError:
    """Return the article, or why it is none: here a failure becomes a value, file by file."""
    try:
        return load_article(file, metadata, media_type, max_chars=max_chars)
    except ReadoutError as error:
        return error
    except OSError as error:
        return BrokenArticleError(f"the file cannot be opened: {show_reason(error)}")


async def _read_all(
    files: Sequence[Path],
    loaded: Sequence[Article | ReadoutError],
    settings: Settings,
    output: Output,
) -> list[Result]:
    """Print each result as soon as it and all before it are there."""
    gate = asyncio.Semaphore(MAX_AT_ONCE)
    try:
        async with open_workbench(settings) as workbench:
            tasks = [
                asyncio.create_task(read_article(workbench.pipeline, one, gate)) for one in loaded
            ]
            try:
                return await _print_in_order(files, tasks, output)
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
    except (SettingsError, StoreError) as error:
        failed = [one if isinstance(one, ReadoutError) else error for one in loaded]
        return _print_all(output, files, failed)


async def _print_in_order(
    files: Sequence[Path], tasks: Sequence[asyncio.Task[Result]], output: Output
) -> list[Result]:
    results: list[Result] = []
    for file, task in zip(files, tasks, strict=True):
        with output.show_progress(len(files) - len(results)):
            result = await task
        results.append(_print(output, file, result))
    return results


def _print_all(
    output: Output, files: Sequence[Path], errors: Sequence[Article | ReadoutError]
) -> list[Result]:
    results = [error for error in errors if isinstance(error, ReadoutError)]
    return [_print(output, file, error) for file, error in zip(files, results, strict=True)]


def _print(output: Output, file: Path, result: Result) -> Result:
    if isinstance(result, ReadoutError):
        output.print_error(file, result)
    else:
        output.print_summary(result.body)
    return result
