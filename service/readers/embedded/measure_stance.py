"""The direction of what is done to an instrument: more of it, less, or as before.

Owns which verbs tighten and which loosen. Knows no status and no party.
"""

from schemas.base import Stance
from service.readers.embedded.acts import Act
from service.readers.embedded.measure_clauses import LIFTING
from service.readers.embedded.measure_nouns import NamedInstrument
from service.readers.embedded.measure_words import load_measure_words

_TURN_WORDS = 4
"""Words before an instrument in which a noun may turn what is done to it."""
_NEEDING = frozenset({"need", "require", "oblige"})
_WIDENING = frozenset({"widen", "expand", "broaden", "enlarge"})
_ABOLISHING = frozenset({"scrap", "abolish", "eliminate"})
"""What is done to the need for a licence, and not to one that somebody has."""
_HANDING_OUT = frozenset({"hand", "give", "issue"})
_OPPOSITES: dict[Stance, Stance] = {"tighten": "loosen", "loosen": "tighten"}


def read_stance(act: Act, named: NamedInstrument) -> Stance | None:
    """Return the direction of what is done to an instrument; ``None`` where nothing is."""
    stance = _read_unturned(act, named)
    # A larger quota lets more pass.
    is_quota = named.instrument == "quota" and (
        act.is_of("increase", "reduce") or act.lemma in _WIDENING
    )
    if stance is not None and (is_quota or _is_turned(act, named)):
        return _OPPOSITES.get(stance, stance)
    return stance


def tells_amount(act: Act) -> bool:
    """Say whether it tells how much a fee is: "which stood at $18 per net ton"."""
    is_level = act.lemma in {"stand", "come", "amount", "run"} and not act.is_negated
    behind = act.sentence.words[act.last : act.last + 1]
    return is_level and behind in {("at",), ("to",)}


def _is_turned(act: Act, named: NamedInstrument) -> bool:
    """Say whether the pausing of the instrument is spoken of: "its pause on port fees"."""
    lead = act.sentence.words[max(act.at, named.first - _TURN_WORDS) : named.first]
    return not load_measure_words("turns").isdisjoint(lead)


def _read_unturned(act: Act, named: NamedInstrument) -> Stance | None:
    if named.instrument == "investigation":
        return _read_investigation(act)
    if named.instrument == "quota" and act.lemma in load_measure_words("opening"):
        return "loosen"
    if _is_needed(act) or (named.instrument == "fee" and tells_amount(act)):
        return "tighten"
    if act.is_of("be") and not named.bars and "available" in act.sentence.words[act.last :]:
        return "loosen"
    if act.is_of("maintain", "be"):
        return "maintain"
    return _read_barring(act) if named.bars else _read_passing(act)


def _read_investigation(act: Act) -> Stance | None:
    if act.is_of("refuse"):
        return None
    return "loosen" if act.is_of("suspend") else "tighten"


def _is_needed(act: Act) -> bool:
    """Say whether the instrument is asked for: "need a licence", "they need to obtain one"."""
    words = act.sentence.words[act.clause_first : act.at]
    return act.lemma in _NEEDING or (act.is_of("act") and "need" in words)


def _read_barring(act: Act) -> Stance | None:
    """Return the direction of what is done to what holds trade back."""
    if act.is_of(*LIFTING, "allow"):
        return "loosen"
    is_tightened = act.lemma in load_measure_words("tightening") or act.is_of(
        "impose",
        "increase",
        "investigate",
        "restrict",
        "consider",
        "agree",
        "plan",
        "say",
        "answer",
    )
    return "tighten" if is_tightened else None


def _read_passing(act: Act) -> Stance | None:
    """Return the direction of what is done to what lets trade pass."""
    if act.is_of("allow", "hold", "begin", "extend") or act.lemma in _HANDING_OUT:
        return "loosen"
    if act.lemma in load_measure_words("only_with_noun"):
        return None
    if act.is_of("refuse") or act.lemma in _ABOLISHING:
        return "loosen"
    return "tighten" if act.is_of("suspend", "restrict", "remove") else None
