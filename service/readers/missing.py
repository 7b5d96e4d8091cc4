"""What stands in for a reader where none is configured.

Owns the sentence that says what to set. Reads nothing.
"""

from typing import NoReturn

from schemas.reading import ReadingRequest
from service.errors import NoEndpointError
from service.readers.protocol import Notify, Review, ignore_progress

NO_ENDPOINT = (
    "no LLM endpoint is configured; set OPENAI_API_KEY for OpenAI, or OPENAI_BASE_URL "
    "for any compatible endpoint, and READOUT_MODEL to its model"
)
"""What is missing, and what to do."""


class MissingReader:
    """A reader that can only say why there is none; what is stored is served without it."""

    async def read(
        self, _request: ReadingRequest, _review: Review, _notify: Notify = ignore_progress
    ) -> NoReturn:
        """Raise ``NoEndpointError``."""
        raise NoEndpointError(NO_ENDPOINT)
