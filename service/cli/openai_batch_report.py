"""How the reports on OpenAI's Batch files look to people; programs read JSON.

Owns words: what was done on standard output, what went wrong on standard error.
"""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from schemas.openai_batch import (
    ENDED_STATES,
    BatchFault,
    BatchProgress,
    ExportReport,
    ImportReport,
    WrittenFile,
)
from service.cli.output import print_page
from service.cli.store_report import describe_size

_HEADINGS = ("batch", "state", "requests", "answered", "failed")


def print_export(report: ExportReport) -> None:
    """Print what was written and what was left out."""
    _print_files(report.files)
    counts = (
        f"{report.articles:,} articles: {report.requests:,} requests written "
        f"({report.reasks:,} of them send a reply back), {report.already_read:,} read already"
    )
    print_page(Text(counts))
    if report.waiting:
        _say(
            f"{report.waiting:,} articles wait for the answers of a batch and were left out; "
            "fetch and import them, or say --again to pay for them again"
        )
    _say_faults(report.faults)


def print_import(report: ImportReport, *, is_written: bool) -> None:
    """Print what was taken in, and what is still to be asked; ``is_written``: to files."""
    _print_files(report.files)
    print_page(Text(_count_lines(report)), Text(_count_articles(report)), Text(_price(report)))
    if report.other_models:
        _say(f"{report.other_models:,} replies name another model than was asked")
    if report.unknown_count:
        more = ", …" if report.unknown_count > len(report.unknown) else ""
        _say(
            f"{report.unknown_count:,} answers are to requests that were not exported with this "
            f"database, and were left out: {', '.join(report.unknown)}{more}"
        )
    _say_faults([*report.broken, *report.faults])
    if report.to_ask and not is_written:
        _say(
            f"{report.to_ask:,} requests have to be asked again: import the same files with "
            "--retry-out FILE for another batch, or with --read-online"
        )


def _count_lines(report: ImportReport) -> str:
    return (
        f"{report.lines:,} lines: {report.replies:,} replies and {report.errors:,} errors new, "
        f"{report.repeated:,} known, {report.unknown_count:,} of others, "
        f"{len(report.broken):,} broken"
    )


def _count_articles(report: ImportReport) -> str:
    return (
        f"{report.summaries:,} articles have a summary; {report.read_now:,} readings made now, "
        f"{report.to_ask:,} to be asked again, {report.waiting:,} in another batch"
    )


def _price(report: ImportReport) -> str:
    unpriced = f", and {report.unpriced:,} replies of unknown price" if report.unpriced else ""
    return (
        f"{report.usage.input_tokens:,} tokens in, {report.usage.output_tokens:,} out; "
        f"${report.cost_usd:,.4f} at the price of a batch{unpriced}"
    )


def print_batches(batches: Sequence[BatchProgress]) -> None:
    """Print batches as a table, and why any of them failed."""
    table = Table(box=None, pad_edge=False)
    for heading in _HEADINGS:
        table.add_column(heading, overflow="fold")
    for batch in batches:
        counts = (f"{count:,}" for count in (batch.total, batch.completed, batch.failed))
        table.add_row(Text(batch.id), Text(batch.state), *counts)
    print_page(table if batches else Text("no batch is open"))
    for batch in batches:
        if batch.message:
            _say(f"{batch.id} failed: {batch.message}")


def print_without_answers(batch: BatchProgress) -> None:
    """Say on standard error that a batch has no answers, or none yet."""
    if batch.state in ENDED_STATES:
        _say(f"{batch.id} is {batch.state}, and has no answers; submit its file again")
        return
    done = batch.completed + batch.failed
    _say(f"{batch.id} is {batch.state}: {done:,} of {batch.total:,} answered; come back later")


def _print_files(files: Sequence[WrittenFile]) -> None:
    for file in files:
        size = describe_size(file.size_bytes)
        print_page(Text(f"{file.path}: {file.lines:,} requests, {size}"))


def _say_faults(faults: Sequence[BatchFault]) -> None:
    for fault in faults:
        _say(f"{fault.name}: {fault.message}")


def _say(sentence: str) -> None:
    Console(stderr=True, highlight=False).print(Text(f"readout: {sentence}"), soft_wrap=True)
