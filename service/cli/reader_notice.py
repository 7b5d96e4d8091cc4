"""Whether whoever runs a command must be told that rules read, and no LLM.

Owns when that is said; the sentences are the readers'.
"""

from service.readers.missing import EMBEDDED_AS_SET, EMBEDDED_FOR_WANT
from service.settings import Settings


def find_notice(settings: Settings) -> str | None:
    """Return the sentence, ``None`` where an LLM is to read."""
    if settings.chosen_reader == "llm":
        return None
    return EMBEDDED_AS_SET if settings.reader == "embedded" else EMBEDDED_FOR_WANT
