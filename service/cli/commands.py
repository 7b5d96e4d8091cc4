"""The commands of ``readout``, their options and their help.

Owns what can be typed; the work is done elsewhere. Imports that cost time stand in the
commands that need them: ``readout --help`` must answer at once.
"""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from service.cli.arguments import Paths
from service.cli.golden_commands import Root, golden_app
from service.cli.openai_batch import openai_batch_app
from service.cli.store_commands import AsJson, store_app

app = typer.Typer(
    name="readout",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(golden_app, name="golden")
app.add_typer(openai_batch_app, name="openai-batch")
app.add_typer(store_app, name="store")

Files = Annotated[
    list[Path], typer.Argument(metavar="FILE...", help="Articles: .txt .md .html .pdf, or - .")
]
OneFile = Annotated[Path, typer.Argument(metavar="FILE", help="An article, or - .")]
Published = Annotated[
    str | None, typer.Option(help="Publication date: 2026, 2026-02 or 2026-02-28.")
]
Title = Annotated[str | None, typer.Option(help="The article's title.")]
Source = Annotated[str | None, typer.Option(help="The outlet that published it.")]
Url = Annotated[str | None, typer.Option(help="Where it was published.")]
Language = Annotated[str | None, typer.Option(help="BCP 47 tag of its language.")]
MediaType = Annotated[
    str | None,
    typer.Option(help="Media type, with charset if need be; by default the file suffix tells."),
]


class SchemaName(StrEnum):
    """The documents that ``readout schema`` prints."""

    COMPARISON = "comparison"
    DRAFT = "draft"
    GOLDEN = "golden"
    PROBLEM = "problem"
    STRICT = "strict"
    SUMMARY = "summary"
    TABLES = "tables"


class BatchFormat(StrEnum):
    """The forms of a batch's results."""

    JSONL = "jsonl"
    JSON = "json"
    CSV = "csv"
    PARQUET = "parquet"


def _print_version(*, wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"readout {version('readout')}")
        raise typer.Exit


@app.callback()
def start(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=lambda wanted: _print_version(wanted=wanted),
            is_eager=True,
            help="Show the version and exit.",
        ),
    ] = False,
) -> None:
    """Typed, quoted summaries of news on trade diplomacy."""


@app.command()
def summarize(
    files: Files,
    *,
    as_json: AsJson = False,
    published: Published = None,
    title: Title = None,
    source: Source = None,
    url: Url = None,
    language: Language = None,
    media_type: MediaType = None,
) -> None:
    """Read articles and print their summaries, in the order given.

    With --json there is one summary a line, and errors are problem details (RFC 9457).

    Exit codes: 0 good, 2 could not run, 3 some of several failed, 4 the reader failed.
    """
    from service.cli.summarizing import run
    from service.intake import Metadata

    metadata = Metadata(title=title, source=source, url=url, published=published, language=language)
    raise typer.Exit(run(files, metadata, media_type, as_json=as_json))


@app.command()
def batch(
    paths: Paths,
    *,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="PATH", help="File (jsonl) or folder for the results."),
    ] = None,
    output_format: Annotated[
        BatchFormat, typer.Option("--format", help="jsonl, json (one file each), csv or parquet.")
    ] = BatchFormat.JSONL,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace what stands at --out.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say how many articles, tokens and dollars.")
    ] = False,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Try again what failed before.")
    ] = False,
    budget_usd: Annotated[
        float | None, typer.Option(min=0, help="Most US dollars of this run.")
    ] = None,
    max_articles: Annotated[
        int | None, typer.Option(min=1, help="Take the first so many articles only.")
    ] = None,
    concurrency: Annotated[
        int | None,
        typer.Option(min=1, max=64, help="Most readings at once; by default READOUT_CONCURRENCY."),
    ] = None,
    rpm: Annotated[
        int | None, typer.Option(min=1, help="Requests a minute; by default READOUT_RPM.")
    ] = None,
    tpm: Annotated[
        int | None, typer.Option(min=1, help="Tokens a minute; by default READOUT_TPM.")
    ] = None,
    as_json: AsJson = False,
    published: Published = None,
    source: Source = None,
    language: Language = None,
) -> None:
    """Read all articles of folders, however many, and hand out their summaries as they come.

    The same command again goes on where it was: after Ctrl-C, a crash, or a new file in the
    folder. Nothing that was paid for is paid again. --published, --source and --language fill
    what an article, or its sidecar (article.json beside article.txt), leaves open.

    Exit codes: 0 good, 2 could not run, 3 some failed or are left, 4 the reader failed,
    130 interrupted.
    """
    from service.cli.batch import Request, run
    from service.intake import Metadata

    if as_json and not dry_run:
        raise typer.BadParameter("--json needs --dry-run: results are JSON by themselves")
    request = Request(
        arguments=paths,
        metadata=Metadata(published=published, source=source, language=language),
        output_format=output_format.value,
        out=out,
        overwrites=overwrite,
        retries=retry_failed,
        dry_run=dry_run,
        budget_usd=budget_usd,
        max_articles=max_articles,
        changes={"concurrency": concurrency, "rpm": rpm, "tpm": tpm},
        as_json=as_json,
    )
    raise typer.Exit(run(request))


@app.command()
def worker(
    *,
    concurrency: Annotated[
        int | None,
        typer.Option(min=1, max=64, help="Most readings at once; by default READOUT_CONCURRENCY."),
    ] = None,
) -> None:
    """Do the articles of batches on PostgreSQL; start it on as many machines as you like.

    `readout batch` hands the articles over and collects what comes of them. Only workers with the
    same reader, model and version take them. Ctrl-C or SIGTERM finishes what is in flight; a
    second Ctrl-C gives it back. The work of one that dies is taken over within half a minute.

    Exit codes: 0 stopped, 2 could not run, 4 the reader failed, 130 cut off.
    """
    from service.cli.working import run

    raise typer.Exit(run(concurrency))


@app.command()
def compare(
    actual: Annotated[
        Path,
        typer.Argument(
            metavar="ACTUAL",
            help="Summaries: a file, JSON lines, a folder, or - ; with --read, articles.",
        ),
    ],
    golden: Annotated[
        Path | None, typer.Argument(metavar="GOLDEN", help="A golden fixture, or a folder of them.")
    ] = None,
    *,
    read: Annotated[
        bool, typer.Option("--read", help="Read the articles now; without ACTUAL all of GOLDEN.")
    ] = False,
    root: Root = None,
    min_f1: Annotated[
        float | None, typer.Option(min=0, max=1, help="Least F1 of items, over all articles.")
    ] = None,
    min_leaf_f1: Annotated[
        float | None, typer.Option(min=0, max=1, help="Least F1 of values, over all articles.")
    ] = None,
    max_critical: Annotated[
        int | None, typer.Option(min=0, help="Most critical errors: wrong rate, party, date …")
    ] = None,
    baseline: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="An earlier --json: no article may be worse than in it."),
    ] = None,
    repeat: Annotated[
        int, typer.Option(min=1, max=100, help="With --read: read this many times, show the mean.")
    ] = 1,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write a page to look at, self-contained.")
    ] = None,
    junit: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write JUnit XML, for a build server.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Compare summaries with golden fixtures, item by item and field by field.

    A fixture without a summary counts as zero. Without a bar the exit code is 0 whatever is
    found; with one, an article that has no summary falls short too. Each repetition after the
    first has a database of its own, so that it is read anew, but only once.

    Exit codes: 0 good, 1 below a bar or worse than the baseline, 2 could not run.
    """
    from service.cli.comparing import Request, run
    from service.compare.bars import Bars

    if golden is None and not read:
        raise typer.BadParameter("GOLDEN is missing: name the fixtures to compare with")
    if repeat > 1 and not read:
        raise typer.BadParameter("--repeat needs --read: what is on file does not vary")
    bars = Bars(min_f1=min_f1, min_leaf_f1=min_leaf_f1, max_critical=max_critical)
    request = Request(
        actual=actual if golden else None,
        golden=golden or actual,
        root=root,
        bars=bars,
        baseline=baseline,
        reads=read,
        repetitions=repeat,
        html=html,
        junit=junit,
        as_json=as_json,
    )
    raise typer.Exit(run(request))


@app.command()
def serve(
    *,
    host: Annotated[
        str | None, typer.Option(help="Address to listen at; by default READOUT_HOST.")
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(min=0, max=65_535, help="Port, 0 for a free one; by default READOUT_PORT."),
    ] = None,
) -> None:
    """Serve over HTTP until told to stop, by Ctrl-C or SIGTERM.

    What is in flight is finished first; a second Ctrl-C cuts it off.

    Exit codes: 0 stopped, 2 could not run, 130 cut off.
    """
    from service.cli.serving import run

    raise typer.Exit(run(host, port))


@app.command()
def prompt(
    file: OneFile,
    *,
    published: Published = None,
    title: Title = None,
    media_type: MediaType = None,
) -> None:
    """Print the exact request that an LLM would be sent, as JSON; nothing is sent.

    Of an article that is read in parts it is a list: one request a part.
    """
    from service.bootstrap import make_bodies
    from service.cli.articles import load_article
    from service.cli.output import write_json
    from service.intake import Metadata
    from service.settings import Settings

    settings = Settings.load()
    metadata = Metadata(title=title, published=published)
    article = load_article(file, metadata, media_type, max_chars=settings.max_chars)
    bodies = make_bodies(article, settings)
    write_json(bodies[0] if len(bodies) == 1 else [*bodies])


@app.command()
def schema(
    name: Annotated[SchemaName, typer.Argument(help="Which document.")] = SchemaName.SUMMARY,
) -> None:
    """Print a JSON Schema: of a summary, or of what else is named.

    `tables` are those of `readout batch --format csv`: a Data Package that names every column.
    """
    from schemas.export import DOCUMENTS
    from service.cli.output import write_json
    from service.outputs.describing import describe_tables

    make = describe_tables if name is SchemaName.TABLES else DOCUMENTS[name.value]
    write_json(make())


@app.command()
def settings(*, as_json: AsJson = False) -> None:
    """Print the settings in force, without secrets, and what each one means."""
    from service.cli.output import print_settings, write_json
    from service.settings import Settings

    described = Settings.load().describe()
    if as_json:
        write_json({name: value for name, (value, _meaning) in described.items()})
        return
    print_settings(described)
