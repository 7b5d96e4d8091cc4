"""What ``readout serve`` says when it listens.

Owns the words: where it listens, what it stores in, what it reads with, and a command to paste.
"""

import shlex
from pathlib import Path

from service.cli.listening import Address
from service.cli.reader_notice import find_notice
from service.readers.missing import NO_ENDPOINT
from service.settings import Settings

_SAMPLE = Path("seeds") / "000_5afe54d1572835e4.txt"
"""The first of the samples; there when the working folder is the repository."""
_ARTICLE = (
    "WASHINGTON - China will buy 12 million metric tons of U.S. soybeans by the end of February "
    "2026, Treasury Secretary Scott Bessent said on Friday."
)
_PUBLISHED = "2025-12-06"
"""The day after the Friday of which it tells; the sample is sent as its recording was made."""


def describe_service(address: Address, settings: Settings) -> str:
    """Return the lines that say where the service is and how to use it; none holds a secret."""
    everywhere = ", and at every other address of this machine" if address.is_everywhere else ""
    lines = [
        f"Readout listens at {address.url}{everywhere}; Ctrl-C stops it.",
        f"  database: {settings.describe()['READOUT_DATABASE_URL'][0]}",
        f"  {_describe_reader(settings)}",
    ]
    if not address.is_local:
        lines.append(f"  open to all who can reach that address: {_warn_of_strangers(settings)}")
    return "\n".join([*lines, "", "Try it:", f"  {make_example(address)}", ""])


def make_example(address: Address) -> str:
    """Return a shell command that has an article read, to be pasted as it is."""
    if _SAMPLE.is_file():
        body, query = f"@{_SAMPLE}", ""
    else:
        body, query = _ARTICLE, f"?published={_PUBLISHED}"
    url = f"{address.url}/v1/summaries{query}"
    return shlex.join(["curl", "--data-binary", body, "-H", "content-type: text/plain", url])


def _describe_reader(settings: Settings) -> str:
    notice = find_notice(settings)
    return f"reader: {notice}" if notice else f"endpoint: {_describe_endpoint(settings)}"


def _describe_endpoint(settings: Settings) -> str:
    if not settings.has_endpoint:
        return f"{NO_ENDPOINT}, and start again; until then only what is stored is served"
    shown, _meaning = settings.describe()["OPENAI_BASE_URL"]
    base_url = shown if settings.openai_base_url else "OpenAI's own"
    stand_in = "; while that is down, the embedded reader (rules, not an LLM)"
    return f"{base_url}, model {settings.model}{stand_in if settings.fallback else ''}"


def _warn_of_strangers(settings: Settings) -> str:
    if settings.chosen_reader == "embedded":
        return "there is no log-in"
    return "there is no log-in, and each new article is paid for at the endpoint"
