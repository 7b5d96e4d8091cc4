"""Tariffs: duties that are levied, moved, paused, threatened or lifted.

Owns which sentences are read for duties, and in which order. Knows no rule of its own for what
is a duty: those stand in the ``tariff_`` modules beside it.
"""

import re

from schemas.draft import MAX_QUOTES, DraftTariff
from service.readers.embedded.acts import find_acts
from service.readers.embedded.cast import Cast
from service.readers.embedded.page import Page, Sentence
from service.readers.embedded.speech import is_question
from service.readers.embedded.standing import is_correction
from service.readers.embedded.tariff_acts import admits
from service.readers.embedded.tariff_lists import read_bracketed, read_listed
from service.readers.embedded.tariff_merging import drop_headlines, merge_tariff
from service.readers.embedded.tariff_moves import read_duties
from service.readers.embedded.tariff_passage import Passage, is_told_before
from service.readers.embedded.tariff_truces import names_truce, read_truce
from service.readers.embedded.tariff_words import DUTY_NOUNS, RATE_NOUNS, load_tariff_words
from service.readers.embedded.wording import MAX_QUOTE_CHARS

_BEFORE = re.compile(
    r"^(?:until\s(?:then|now)|before\sthat|previously|earlier|so\sfar),?\s"
    r".{0,40}\b(?:rate|duty|tariff|levy|it)\b"
    r"|(?:it|the\s(?:rate|duty|tariff|levy))\s(?:was|had\sbeen|stood\sat|had\sstood\sat|used\sto\sbe)\s"
    r"[^.;,]{1,24}\b(?:before|previously|earlier|until|last\s\w+|a\s(?:year|month)\sago)\b"
    r"|(?:it|the\s(?:rate|duty|tariff|levy))\s(?:was|has\sbeen|had\sbeen)\s"
    r"(?:cut|lowered|reduced|slashed|brought\sdown|raised|increased|hiked)\sfrom\s"
)
_DROPPED = re.compile(
    r"(?:it|that|this|the\s(?:plan|idea|proposal|threat|measure|tariff|dut(?:y|ies)|levy))\s"
    r"(?:was|(?:has|had)(?:\ssince)?\sbeen)\s(?:later\s|since\s|quietly\s)?"
    r"(?:dropped|shelved|abandoned|rejected|withdrawn|scrapped|voted\sdown|defeated)\b"
)


def read_tariffs(page: Page, cast: Cast) -> list[DraftTariff]:
    """Return the tariffs that ``page`` tells of, each once."""
    found: list[DraftTariff] = []
    for sentence in page.told:
        follow_up = _follow_up(page, sentence, found[-1]) if found else None
        if follow_up is not None:
            found[-1] = follow_up
            continue
        if not _may_tell(sentence) or _is_no_news(page, sentence):
            continue
        for item in _read_items(Passage(page, cast, sentence, found)):
            merge_tariff(found, item)
    return drop_headlines(found)


def _follow_up(page: Page, sentence: Sentence, item: DraftTariff) -> DraftTariff | None:
    """Return the duty told of last with what the sentence adds to it; ``None`` for nothing."""
    if _tells_of_dropping(page, sentence, item):
        return _drop(item, sentence)
    former = _read_former_rate(sentence)
    if former is None or _is_no_news(page, sentence):
        return None
    if not is_told_before(page, sentence, item, 2):
        return None
    return _add_former_rate(item, sentence, former)


def _tells_of_dropping(page: Page, sentence: Sentence, item: DraftTariff) -> bool:
    """Say whether the sentence tells that the duty mooted just before came to nothing."""
    if item.status not in {"proposed", "threatened"} or not _DROPPED.match(sentence.low):
        return False
    return is_told_before(page, sentence, item, 1)


def _drop(item: DraftTariff, sentence: Sentence) -> DraftTariff:
    quotes = [*item.evidence, sentence.text[:MAX_QUOTE_CHARS]][:MAX_QUOTES]
    return item.model_copy(update={"status": "rejected", "evidence": quotes})


def _may_tell(sentence: Sentence) -> bool:
    """Say whether the sentence names a duty, a truce, or a rate that may be one of a duty."""
    if not DUTY_NOUNS.isdisjoint(sentence.words) or names_truce(sentence):
        return True
    return bool(sentence.rates.rates) and _leads_to_rate(sentence)


def _leads_to_rate(sentence: Sentence) -> bool:
    words = load_tariff_words()
    leads = words.taxing | words.list_others | RATE_NOUNS
    return (
        not leads.isdisjoint(sentence.words)
        or any(name.kind == "firm" for name in sentence.names)
        or any(act.is_of("impose", "bear") or admits(act) for act in find_acts(sentence))
    )


def _is_no_news(page: Page, sentence: Sentence) -> bool:
    """Say whether the sentence asks, corrects the article, or tells what a poll found."""
    if is_question(page, sentence) or is_correction(sentence):
        return True
    return load_tariff_words().survey.search(sentence.low) is not None


def _read_former_rate(sentence: Sentence) -> float | None:
    """Return the rate that the duty told of last had before: "Until then the rate was 25%"."""
    if not _BEFORE.match(sentence.low):
        return None
    levels = [rate for rate in sentence.rates.rates if rate.doubt is None]
    return float(levels[0].value) if len(levels) == 1 else None


def _add_former_rate(item: DraftTariff, sentence: Sentence, rate: float) -> DraftTariff:
    """Return ``item`` with the former rate where it has none and a quote more is allowed."""
    is_full = len(item.evidence) >= MAX_QUOTES
    if item.rate is None or item.previous_rate is not None or is_full:
        return item
    quotes = [*item.evidence, sentence.text[:MAX_QUOTE_CHARS]]
    changes: dict[str, object] = {"previous_rate": rate, "evidence": quotes}
    if item.action in {"impose", "maintain"} and item.rate != rate:
        changes["action"] = "increase" if item.rate > rate else "reduce"
    return item.model_copy(update=changes)


def _read_items(passage: Passage) -> list[DraftTariff]:
    """Return all that the sentence tells, unmerged."""
    truce = read_truce(passage)
    return [
        *([] if truce is None else [truce]),
        *read_bracketed(passage),
        *read_duties(passage),
        *read_listed(passage),
    ]
