"""Who acts on whom, where a sentence says it plainly.

Owns one pattern: a state, a verb of levying or lifting, "on" or "against", another state. It
only ever contradicts a claim that has exactly the two the other way round; all else proves
nothing.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from schemas.base import Party
from schemas.parties import PartyEntry, resolve_party
from service.checking.affiliations import scan_mentions
from service.checking.names import is_place

_ACTS_ON = re.compile(
    r"(?:['’]s)?\s(?:(?!\bby\b)[^.;:\n])*?\b(?:impos|lev[iy]|slap|rais|hik|increas|cut|lower|reduc"
    r"|remov|lift|suspend|ban|block|restrict|threaten|announc|set|plac|put|doubl|halv|tariff|dut(?:y|ies))"
    r"\w*\b(?:(?!\b(?:by|from|and|while|after|before)\b)[^.;:,\n])*?\b(?:on|against)\s"
    r"(?:(?:the|all|most|some|imports\sfrom|imports\sof|goods\sfrom|exports\sfrom|exports\sto)\s){0,2}"
)


def find_swapped_roles(
    actors: Sequence[Party], targets: Sequence[Party], sentences: Sequence[str]
) -> str | None:
    """Return what is wrong where ``sentences`` have a target act on an actor; else ``None``."""
    told = {pair for sentence in sentences for pair in _read_roles(sentence)}
    claimed = {
        (actor.name, target.name)
        for actor in filter(None, map(resolve_party, actors))
        for target in filter(None, map(resolve_party, targets))
    }
    swapped = {(actor, target) for actor, target in claimed if (target, actor) in told}
    if not swapped or claimed & told:
        return None
    actor, target = min(swapped)
    return f"the quotes have {target} act on {actor}, not the other way round."


def _read_roles(sentence: str) -> Iterator[tuple[str, str]]:
    """Yield (who acts, on whom) for neighbouring states of a sentence."""
    states = [one for one in scan_mentions(sentence) if not is_place(sentence, one)]
    for first, second in pairwise(states):
        entries: tuple[PartyEntry, PartyEntry] = (first.entry, second.entry)
        between = sentence[first.end : second.start]
        if entries[0] is not entries[1] and _ACTS_ON.fullmatch(between):
            yield entries[0].name, entries[1].name
