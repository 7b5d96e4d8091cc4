"""How many articles a batch has in hand."""

from typing import Literal

import pytest

from service.bootstrap import count_batch_places
from service.settings import Settings


@pytest.mark.parametrize(
    ("reader", "concurrency", "places"),
    [("llm", 64, 128), ("llm", 2, 4), ("llm", 1, 1), ("embedded", 64, 64), ("embedded", 1, 1)],
)
def test_a_batch_has_more_in_hand_than_calls(
    reader: Literal["llm", "embedded"], concurrency: int, places: int
) -> None:
    """While one is stored the endpoint is asked for another; who set 1 gets one at a time."""
    settings = Settings(_env_file=None, concurrency=concurrency, reader=reader)

    assert count_batch_places(settings) == places
