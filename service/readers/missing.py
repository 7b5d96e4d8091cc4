"""What stands in for an LLM where none is configured.

Owns the sentences that say so, and what to set. Reads nothing.
"""

from typing import NoReturn

from schemas.reading import ReadingRequest
from service.errors import NoEndpointError
from service.readers.protocol import Notify, Reviewer, ignore_progress

NO_ENDPOINT = (
    "no LLM endpoint is configured; set OPENAI_API_KEY for OpenAI, or OPENAI_BASE_URL for any "
    "compatible endpoint, and READOUT_MODEL to its model"
)
"""What is missing, and what to do."""
_BY_RULES = "articles are read by the embedded reader, by rules and not by an LLM"
EMBEDDED_FOR_WANT = f"{_BY_RULES}, because {NO_ENDPOINT}"
"""What is read with where nothing is configured, why, and what to do."""
EMBEDDED_AS_SET = f"{_BY_RULES}, as READOUT_READER says"
"""What is read with where just that is configured."""


class MissingReader:
    """A reader that can only say why there is none; what is stored is served without it."""

    async def read(
        self, _request: ReadingRequest, _reviewer: Reviewer, _notify: Notify = ignore_progress
    ) -> NoReturn:
        """Raise ``NoEndpointError``."""
        raise NoEndpointError(NO_ENDPOINT)
