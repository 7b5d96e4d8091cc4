"""Which engine a batch has, and how its budget is kept."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from schemas.reading import Usage
from service.batch.local import LocalEngine
from service.batch.performing import Estimate
from service.batch.scale.engine import ScaleEngine
from service.bootstrap import Workbench, open_workbench
from service.cli.batch_engines import Hooks, open_engine
from service.errors import SettingsError
from service.settings import Settings
from tests.batch_bench import Bench


class Purse:
    """What was spent, and what was said."""

    def __init__(self) -> None:
        self.spent_usd = 0.0
        self.said: list[str] = []

    def make_hooks(self) -> Hooks:
        """Return what an engine asks and tells."""
        return Hooks(self.said.append, lambda: None, lambda: self.spent_usd)


@pytest.fixture
def settings(postgres_url: str) -> Settings:
    """Return settings with a database of PostgreSQL."""
    return Settings(database_url=postgres_url, reader="embedded")


@pytest.fixture
async def workbench(settings: Settings) -> AsyncIterator[Workbench]:
    """Yield what an engine stands on."""
    async with open_workbench(settings) as workbench:
        yield workbench


async def test_a_budget_is_reached_by_what_was_spent(
    settings: Settings, workbench: Workbench
) -> None:
    """Workers elsewhere do not know of it: who watches withdraws the rest."""
    purse = Purse()
    tools = Bench().make_tools()
    async with open_engine(settings, workbench, tools, 3.0, purse.make_hooks()) as chosen:
        before = chosen.is_exhausted()
        purse.spent_usd = 3.0

        assert isinstance(chosen.engine, ScaleEngine)
        assert (before, chosen.is_exhausted()) == (False, True)


async def test_without_a_budget_nothing_is_ever_withdrawn(
    settings: Settings, workbench: Workbench
) -> None:
    """However much it costs."""
    purse = Purse()
    purse.spent_usd = 1e9
    tools = Bench().make_tools()
    async with open_engine(settings, workbench, tools, None, purse.make_hooks()) as chosen:
        assert not chosen.is_exhausted()


async def test_a_budget_needs_a_price(settings: Settings, workbench: Workbench) -> None:
    """A limit that cannot be kept is refused, not forgotten."""
    tools = Bench().make_tools()._replace(estimate=lambda _article: Estimate(Usage(), None))
    with pytest.raises(SettingsError, match="price of this model is not known"):
        async with open_engine(settings, workbench, tools, 1.0, Purse().make_hooks()):
            pass  # pragma: no cover


async def test_a_file_needs_no_worker(tmp_path: Path) -> None:
    """One machine, and nothing to install or to start."""
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'readout.db'}", reader="embedded")
    tools = Bench().make_tools()
    async with (
        open_workbench(settings) as workbench,
        open_engine(settings, workbench, tools, None, Purse().make_hooks()) as chosen,
    ):
        assert isinstance(chosen.engine, LocalEngine)
        assert chosen.open_source is None
