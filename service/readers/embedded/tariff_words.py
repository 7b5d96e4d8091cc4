"""The words of duties, as ``lexicon/tariffs.toml`` lists them.

Owns the file's loading and the expressions made of it. Knows no sentence and no act.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from schemas.base import TariffAction
from service.readers.embedded.word_lists import join_expressions, read_file

DUTY_NOUNS = frozenset(
    "tariff tariffs duty duties levy levies surtax surtaxes surcharge surcharges"
    " countertariffs".split()
)
RATE_NOUNS = frozenset({"rate", "rates"})


class TariffWords(NamedTuple):
    """The file's words, indexed; expressions are for texts in small letters."""

    action_nouns: Mapping[str, TariffAction]
    """Nouns to what they say is done to a duty."""
    action_noun: re.Pattern[str]
    """Such a ``noun`` and the duty behind it: "a cut in the tariff"."""
    taxing: frozenset[str]
    other_kind: re.Pattern[str]
    """The end of what stands before a duty or levy that is none on trade: "fuel "."""
    compounds: frozenset[str]
    qualities: frozenset[str]
    rates_of_duty: frozenset[str]
    rates_of_other: frozenset[str]
    economy: re.Pattern[str]
    """What stands before a percentage of growth, inflation or interest."""
    share: re.Pattern[str]
    """What stands behind a percentage that is a share: " of tariff lines"."""
    parting: frozenset[str]
    reasons: frozenset[str]
    hitting: frozenset[str]
    escaping: frozenset[str]
    raised: frozenset[str]
    lowered: frozenset[str]
    admitting: frozenset[str]
    list_leads: frozenset[str]
    list_others: frozenset[str]
    assigning: frozenset[str]
    moving_themselves: frozenset[str]
    announcing: frozenset[str]
    ending: frozenset[str]
    survey: re.Pattern[str]


@cache
def load_tariff_words() -> TariffWords:
    """Read and index the file; once, at the first article."""
    file = read_file("tariffs")
    duties, rates, lists, verbs = (file[name] for name in ("duties", "rates", "lists", "verbs"))
    actions = {noun: action for action, nouns in file["action_nouns"].items() for noun in nouns}
    return TariffWords(
        action_nouns=actions,
        action_noun=_compile_action_noun(actions),
        taxing=frozenset(duties["taxing"]),
        other_kind=re.compile(rf"\b{join_expressions(duties['other_kinds'])}\s$"),
        compounds=frozenset(duties["compounds"]),
        qualities=frozenset(duties["qualities"]),
        rates_of_duty=frozenset(rates["of_duty"]),
        rates_of_other=frozenset(rates["of_other"]),
        economy=re.compile(rf"\b{join_expressions(rates['economy'])}\b[^.;]{{0,40}}$"),
        share=_compile_share(rates["wholes"]),
        parting=frozenset(rates["parting"]),
        reasons=frozenset(duties["reasons"]),
        hitting=frozenset(verbs["hitting"]),
        escaping=frozenset(verbs["escaping"]),
        raised=frozenset(duties["raised"]),
        lowered=frozenset(duties["lowered"]),
        admitting=frozenset(verbs["admitting"]),
        list_leads=frozenset(lists["leads"]),
        list_others=frozenset(lists["others"]),
        assigning=frozenset(verbs["assigning"]),
        moving_themselves=frozenset(verbs["moving_themselves"]),
        announcing=frozenset(verbs["announcing"]),
        ending=frozenset(verbs["ending"]),
        survey=re.compile(rf"\b{join_expressions(file['surveys']['words'])}\b"),
    )


def _compile_action_noun(nouns: Iterable[str]) -> re.Pattern[str]:
    return re.compile(
        rf"\b(?P<noun>{join_expressions(nouns)})s?\s(?:in|of|on|to|from|for)\s(?:[\w.'’%-]+\s){{0,5}}?"
        r"(?:tariffs?|dut(?:y|ies)|lev(?:y|ies)|surtax)"
    )


def _compile_share(wholes: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\s(?:of|in)\s(?:[\w.'’-]+\s){{0,4}}?{join_expressions(wholes)}\b")
