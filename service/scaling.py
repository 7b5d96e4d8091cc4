"""What is built for batches past one machine: who hands jobs over, and who does them.

Owns which workers take which jobs. Beside ``bootstrap``, on whose parts it stands; pgqueuer is
imported only in the functions that need it.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from service.addresses import is_postgres
from service.batch.performing import Performer
from service.bootstrap import Workbench, identify_reading, make_tools
from service.errors import SettingsError, StoreBusyError
from service.settings import Settings

if TYPE_CHECKING:
    from service.batch.scale.engine import ScaleEngine
    from service.batch.scale.worker import Worker


@asynccontextmanager
async def open_scale_engine(
    settings: Settings,
    workbench: Workbench,
    *,
    begins_early: bool,
    is_exhausted: Callable[[], bool],
    on_idle: Callable[[], None],
    on_away: Callable[[StoreBusyError], None],
) -> AsyncIterator["ScaleEngine"]:
    """Yield who hands jobs to workers elsewhere, on a database of PostgreSQL, and watches."""
    from service.batch.scale.engine import ScaleEngine  # noqa: PLC0415  # an extra, and slow
    from service.batch.scale.outbox import Outbox  # noqa: PLC0415  # as above

    outbox = Outbox(settings.database_url, identify_reading(settings, workbench))
    try:
        yield ScaleEngine(
            workbench.store.queue,
            outbox,
            begins_early=begins_early,
            is_exhausted=is_exhausted,
            on_idle=on_idle,
            on_away=on_away,
        )
    finally:
        await outbox.close()


def build_worker(
    settings: Settings, workbench: Workbench, on_away: Callable[[StoreBusyError], None]
) -> "Worker":
    """Return who takes jobs of batches; ``SettingsError`` where the database is a file."""
    if not is_postgres(settings.database_url):
        raise SettingsError(
            "workers share a database of PostgreSQL, and READOUT_DATABASE_URL names a file; set "
            "it to postgresql://USER:PASSWORD@HOST/NAME, or run `readout batch` alone: it needs "
            "no worker"
        )
    from service.batch.scale.worker import Worker  # noqa: PLC0415  # an extra, and slow

    return Worker(
        workbench.store.queue,
        Performer(make_tools(workbench, settings)),
        topic=identify_reading(settings, workbench),
        places=settings.concurrency,
        on_away=on_away,
    )
