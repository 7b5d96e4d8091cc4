"""The commands of ``readout openai-batch``, their options and their help.

Owns what can be typed; the work is done elsewhere. Imports that cost time stand in the commands
that need them.
"""

from pathlib import Path
from typing import Annotated

import typer

from service.cli.arguments import Paths
from service.cli.store_commands import AsJson

openai_batch_app = typer.Typer(
    no_args_is_help=True,
    help="Read by files of OpenAI's Batch API: half the price, within a day.",
)

Ids = Annotated[
    list[str] | None, typer.Argument(metavar="[ID...]", help="Batches; by default those submitted.")
]
Again = Annotated[
    bool, typer.Option("--again", help="Also what was submitted before: it is paid for again.")
]


@openai_batch_app.command()
def export(
    paths: Paths,
    *,
    out: Annotated[
        Path,
        typer.Option("-o", "--out", metavar="FILE", help="Where the requests go; then FILE-2 …"),
    ],
    again: Again = False,
    as_json: AsJson = False,
) -> None:
    """Write the requests for articles that are not read yet, 50,000 or 200 MB to a file.

    Each is the very request that would be sent online; one whose reply was sent back before goes
    on there. Nothing is sent.

    Exit codes: 0 good, 2 could not run, 3 some articles could not be read.
    """
    from service.cli.openai_batch_work import run_export

    raise typer.Exit(run_export(paths, out, again=again, as_json=as_json))


@openai_batch_app.command()
def submit(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Files that export wrote.")
    ],
    *,
    again: Again = False,
    as_json: AsJson = False,
) -> None:
    """Upload files of requests, and have each read as a batch: from then on it costs money.

    Exit codes: 0 good, 2 could not run, 4 the endpoint does not take it.
    """
    from service.cli.openai_batch_work import run_submit

    raise typer.Exit(run_submit(files, again=again, as_json=as_json))


@openai_batch_app.command()
def status(ids: Ids = None, *, as_json: AsJson = False) -> None:
    """Ask how far batches are: those named, or those submitted that had not ended.

    Exit codes: 0 good, 2 could not run, 4 the endpoint does not say.
    """
    from service.cli.openai_batch_work import run_status

    raise typer.Exit(run_status(ids or [], as_json=as_json))


@openai_batch_app.command()
def fetch(
    ids: Ids = None,
    *,
    out: Annotated[
        Path, typer.Option("-o", "--out", metavar="DIR", help="Folder for the files of answers.")
    ],
) -> None:
    """Fetch the answers of batches that have ended, and print the paths of their files.

    What is there already is not fetched again.

    Exit codes: 0 good, 2 could not run, 3 some have no answers yet, 4 the endpoint fails.
    """
    from service.cli.openai_batch_work import run_fetch

    raise typer.Exit(run_fetch(ids or [], out))


@openai_batch_app.command(name="import")
def import_answers(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Files of answers, errors included.")
    ],
    *,
    retry_out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write what has to be asked again, for the next batch."),
    ] = None,
    read_online: Annotated[
        bool, typer.Option("--read-online", help="Ask at once what has to be asked again.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Make summaries of answers, as online: checked, quoted, stored. Again changes nothing.

    Exit codes: 0 every article has its summary, 2 could not run, 3 some have none.
    """
    from service.cli.openai_batch_work import run_import

    if retry_out and read_online:
        raise typer.BadParameter("--retry-out and --read-online: take one of them")
    raise typer.Exit(run_import(files, retry_out, read_online=read_online, as_json=as_json))
