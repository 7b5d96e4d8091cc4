"""What an export and an import work with.

Owns nothing but the list; the composition root fills it.
"""

from typing import NamedTuple

from service.engines import BuildRequest
from service.openai_batch.conversations import Conversations
from service.readers.llm.session import ComputeCost
from service.readers.protocol import Reader
from service.store import Store


class BatchDesk(NamedTuple):
    """The parts at hand."""

    store: Store
    build_request: BuildRequest
    """What an article is asked by the settings in force."""
    conversations: Conversations
    compute_cost: ComputeCost
    """The price of a call in a batch."""
    online: Reader | None
    """What reads at once; ``None`` where nothing is to be."""
