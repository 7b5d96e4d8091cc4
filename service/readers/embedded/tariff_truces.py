"""Truces and exclusions that are prolonged: "extended the tariff truce by a year".

Owns what a truce's item holds. Knows no rate.
"""

import re

from schemas.base import MeasureStatus, Party
from schemas.draft import DraftTariff
from service.readers.embedded.acts import Act
from service.readers.embedded.deals import tells_of_deal
from service.readers.embedded.page import Sentence
from service.readers.embedded.standing import read_status
from service.readers.embedded.tariff_acts import find_clause_act
from service.readers.embedded.tariff_items import TariffFacts, make_tariff
from service.readers.embedded.tariff_passage import Passage
from service.readers.embedded.tariff_status import read_nominal_status
from service.readers.embedded.wording import read_noun_phrase, state_act

_TRUCE = re.compile(
    r"\b(?:tariff|trade|trade\swar|90-day|one-year)?\s?truce\b|\b(?P<exclusion>exclusions?)\b"
)
_EXTENSION = re.compile(r"\bextension\sof\s(?:the|a|their)?\s?[\w\s]{0,12}truce")
_MAX_GAP = 14
_MAX_STATEMENT_CHARS = 160


def names_truce(sentence: Sentence) -> bool:
    """Say whether the sentence names a truce or exclusions."""
    return _TRUCE.search(sentence.low) is not None


def read_truce(passage: Passage) -> DraftTariff | None:
    """Return the extension of a truce or of exclusions; ``None`` where there is none."""
    sentence = passage.sentence
    match = _TRUCE.search(sentence.low)
    if match is None:
        return None
    at = sentence.find_token(sentence.start + match.start())
    is_exclusion = match["exclusion"] is not None
    verb = _find_extending(passage, at)
    if verb is not None:
        status, statement = read_status(verb), state_act(verb)
        return _make_truce(passage, verb, status, statement, is_exclusion=is_exclusion)
    act = find_clause_act(sentence, at) if _EXTENSION.search(sentence.low) else None
    if act is None:
        return None
    status, statement = read_nominal_status(act), _cut_extension(act)
    return _make_truce(passage, act, status, statement, is_exclusion=is_exclusion)


def _find_extending(passage: Passage, at: int) -> Act | None:
    """Return the verb that extends what token ``at`` names."""
    return next(
        (
            act
            for act in passage.acts
            if act.is_of("extend")
            and abs(act.at - at) <= _MAX_GAP
            and act.clause_first <= at < act.clause_last
        ),
        None,
    )


def _make_truce(
    passage: Passage, act: Act, status: MeasureStatus | None, statement: str, *, is_exclusion: bool
) -> DraftTariff | None:
    sentence = passage.sentence
    if status is None or status == "rejected":
        return None
    if status == "in_force" and not is_exclusion and tells_of_deal(sentence):
        status = "agreed"
    actors = passage.cast.find_actors(act)
    if not is_exclusion and len(actors) < 2:
        actors = passage.cast.find_pair(sentence)
    targets = _find_targets(sentence) if is_exclusion else []
    return make_tariff(passage, act, TariffFacts("extend", status, actors, targets, statement))


def _find_targets(sentence: Sentence) -> list[Party]:
    """Return whose goods are excluded: the first parties behind "for" or "on"."""
    phrases = (
        read_noun_phrase(sentence, at)
        for at in range(1, len(sentence.words))
        if sentence.words[at - 1] in {"for", "on"}
    )
    return next((phrase.parties for phrase in phrases if phrase.parties), [])


def _cut_extension(act: Act) -> str:
    """Return "one-year extension of the truce", to the end of the clause."""
    sentence = act.sentence
    start = max(0, sentence.low.find("extension") - 1)
    begin = sentence.text.rfind(" ", 0, start) + 1
    last = sentence.tokens[min(act.clause_last, len(sentence.tokens)) - 1]
    return sentence.text[begin : last.end - sentence.start][:_MAX_STATEMENT_CHARS]
