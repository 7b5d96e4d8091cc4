"""Who promises, and to whom.

Owns the way from a promised act to states, and the telling of firms apart. Knows no status of
measures.
"""

import re
from collections.abc import Sequence

from schemas.base import CommitmentStatus, Party
from service.readers.embedded.acts import Act, find_acts, list_names_in, list_subject_names
from service.readers.embedded.cast import Cast
from service.readers.embedded.clause_parties import TELLING, find_teller, list_states
from service.readers.embedded.naming import unite

_BODIES = frozenset(
    """
    ministry department commission bureau government cabinet council treasury agency office
    congress parliament senate house customs administration minister president secretary premier
    """.split()
)
_BODY_NAME = re.compile(
    r"The\s(?P<name>(?:[A-Z][\w’'-]+\s){1,3}"
    r"(?:Department|Ministry|Agency|Bureau|Administration))\b"
)
_FIRMS = frozenset(
    """
    company companies firm firms group carmaker automaker chipmaker manufacturer maker makers
    manufacturers businesses business bank conglomerate retailer airline investors corporation
    carmakers automakers chipmakers startup subsidiary
    """.split()
)
_NEAR_SUBJECT = 10
"""Most words before a verb in which firms are its subject."""
_PRONOUNS = frozenset({"it", "they"})
_FIRMS_DEALS = frozenset({"agreement", "deal", "accord"})
_LEAD_WORDS = 3
_AGENT_WORDS = 3
"""Words behind "by" in which the one who acts is named."""


def find_promisers(cast: Cast, act: Act) -> list[Party]:
    """Return the states that promise ``act``; empty where none is told or a firm does."""
    if has_firm_subject(act) or _is_firms_deal(act):
        return []
    teller = find_teller(cast, act)
    firm = _find_national_firm(act)
    if firm is not None:
        return [firm] if teller else []
    return cast.find_actors(act) or _find_agent(act) or teller or _find_unknown_body(act)


def _find_unknown_body(act: Act) -> list[Party]:
    """Return a body of which the article does not say whose it is: "The Interior Department"."""
    start = act.sentence.tokens[act.chain_first].start - act.sentence.start
    match = _BODY_NAME.match(act.sentence.text, 0, start)
    return [Party(name=match["name"], country=None)] if match else []


def _find_national_firm(act: Act) -> Party | None:
    """Return the firm that is called after its state: "that British Airways would order"."""
    tokens = act.sentence.tokens
    last = act.chain_first
    first = last
    while first > act.clause_first and first - 1 not in act.sentence.named_tokens:
        if not tokens[first - 1].text[0].isupper() or tokens[first - 1].low in _BODIES:
            return None
        first -= 1
    names = list_names_in(act.sentence, first - 1, first)
    if first in {last, act.clause_first} or not names or names[-1].kind not in {"demonym", "form"}:
        return None
    name = act.sentence.text[
        names[-1].start - act.sentence.start : tokens[last - 1].end - act.sentence.start
    ]
    state = names[-1].state
    return Party(name=name, country=state.country) if state else None


def find_receivers(cast: Cast, act: Act, actors: Sequence[Party]) -> list[Party]:
    """Return to whom goods or money were promised: "promised us", "promised Washington"."""
    behind = act.sentence.words[act.last : act.last + 1]
    if behind == ("us",):
        others = [party for party in cast.find_pair(act.sentence) if party not in actors]
        return others if len(others) == 1 else []
    return list_states(act.sentence, act.last, act.last + 1, but=actors)


def has_firm_subject(act: Act) -> bool:
    """Say whether it is a firm that acts."""
    near = act.sentence.words[
        max(act.clause_first, act.chain_first - _NEAR_SUBJECT) : act.chain_first
    ]
    names = list_subject_names(act)
    if names and names[-1].kind != "demonym":
        return names[-1].kind == "firm" or not _FIRMS.isdisjoint(near)
    return not _FIRMS.isdisjoint(_list_subject(act))


def _list_subject(act: Act) -> Sequence[str]:
    """Return the words of the subject, also of the verb that tells what its subject will do."""
    if act.subject_words and act.subject_words[0] not in _PRONOUNS:
        return act.subject_words
    earlier = next((one for one in reversed(find_acts(act.sentence)) if one.at < act.at), None)
    return earlier.subject_words if earlier is not None and earlier.is_of(*TELLING) else ()


def _is_firms_deal(act: Act) -> bool:
    """Say whether it is an agreement of a firm: "leaving an agreement to share the revenue"."""
    lead = act.sentence.words[max(0, act.at - _LEAD_WORDS) : act.at]
    return not _FIRMS_DEALS.isdisjoint(lead) and any(
        name.kind == "firm" for name in act.sentence.names
    )


def _find_agent(act: Act) -> list[Party]:
    """Return whom a "by" behind the verb names."""
    for at in range(act.last, act.object_last - 1):
        if act.sentence.words[at] == "by":
            names = list_names_in(act.sentence, at + 1, at + 1 + _AGENT_WORDS)
            if names and names[0].entry:
                return unite(names[:1])
    return []


_ENDING = frozenset(
    "stop halt end replace retire destroy remove seize dismantle decommission drop".split()
)
"""Of what is stopped, it is not the other side's goods that are named."""


def find_promisees(
    cast: Cast, act: Act, actors: Sequence[Party], status: CommitmentStatus
) -> list[Party]:
    """Return to whom it is promised: whose goods are bought, or the other side of a deal."""
    is_buying = act.is_of("buy")
    if status == "announced" and act.modality != "promised" and not is_buying:
        return []
    is_bought = is_buying and act.is_passive
    first = act.clause_first if is_bought else act.last
    last = act.chain_first if is_bought else act.object_last
    named = list_states(act.sentence, first, last, but=actors)
    if named and act.lemma not in _ENDING:
        return named[:1]
    if len(actors) > 1 or status == "announced":
        return []
    others = [party for party in cast.find_pair(act.sentence) if party not in actors]
    return others if len(others) == 1 else []
