"""How many articles a batch has in hand."""

import pytest

from service.bootstrap import count_batch_places
from service.settings import Settings


@pytest.mark.parametrize(("concurrency", "places"), [(64, 80), (4, 5), (3, 3), (1, 1)])
def test_a_batch_has_some_more_in_hand_than_calls(concurrency: int, places: int) -> None:
    """While one is stored the endpoint is asked for another; who set 1 gets one at a time."""
    settings = Settings(_env_file=None, concurrency=concurrency)

    assert count_batch_places(settings) == places
