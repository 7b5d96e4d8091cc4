"""Commitments: acts that a government or body promised, and that one could check were done.

Owns which acts are promises, and which of them are one. Readout phrases ("continue to
cooperate") are none, demands on others are none, and what names a duty, a control or a licence
is a measure. Knows no words of status, party or quantity.
"""

import re
from collections.abc import Iterator, Sequence

from schemas.base import CommitmentStatus, Party, Quantity
from schemas.draft import MAX_QUOTES, DraftCommitment
from service.readers.embedded.acts import Act, find_acts
from service.readers.embedded.cast import Cast
from service.readers.embedded.commitment_outcomes import is_delivered
from service.readers.embedded.commitment_parties import (
    find_promisees,
    find_promisers,
    find_receivers,
    has_firm_subject,
)
from service.readers.embedded.commitment_status import (
    binds,
    read_commitment_status,
    refrains,
)
from service.readers.embedded.commitment_terms import (
    find_further,
    find_quantity,
    find_topic_of,
    has_deadline,
    is_measure,
    is_vague,
)
from service.readers.embedded.deals import is_deal_story
from service.readers.embedded.page import Page
from service.readers.embedded.speech import is_question
from service.readers.embedded.standing import is_correction, is_denied, is_done
from service.readers.embedded.timing import Times, find_times
from service.readers.embedded.undertakings import read_terms
from service.readers.embedded.word_lists import load_words
from service.readers.embedded.wording import quote_act, state_act

_ROOT = re.compile(r"[a-z]{4,}")
_ROOT_LETTERS = 5
_AMOUNT_WORDS = 3
"""Words from "promised" to the amount: "promised us 12 million tons"."""
_NO_ACTS = (
    "meet", "say", "agree", "promise", "consider", "threaten", "demand", "extend", "maintain",
    "suspend", "honour", "be", "hold", "answer", "plan", "break", "deny", "refuse",
)  # fmt: skip
"""Classes of the verbs that tell of talks, of words, or of what stays as it is."""
_NOT_TO = 2
"""Words before a verb that was promised not to be done: "not to"."""
_NO_ROOTS = frozenset("their would will from with that unite".split())


def read_commitments(page: Page, cast: Cast) -> list[DraftCommitment]:
    """Return the commitments that ``page`` tells of, each once."""
    found: list[DraftCommitment] = []
    for act in _list_acts(page):
        item = _read_promise(page, cast, act) or _read_sum(page, cast, act)
        if item is not None:
            for one in _part_amounts(act, item):
                _add(found, one)
    return found


def _part_amounts(act: Act, item: DraftCommitment) -> Iterator[DraftCommitment]:
    """Yield the item; of two amounts of one thing, each: "12 million and then 25 million"."""
    further = find_further(act) if item.quantity else None
    if further is None or further.quantity == item.quantity:
        yield item
        return
    parts = ((act.at, further.first), (further.first, max(act.object_last, act.last)))
    verb = act.sentence.words[act.at]
    for at, (first, last) in enumerate(parts):
        told = act.sentence.cut(first + at, last).rstrip(" ,.;")
        yield item.model_copy(
            update={
                "statement": f"{verb} {told}" if at else told,
                "quantity": further.quantity if at else item.quantity,
                "due": find_times(act, first, last).due,
            }
        )


def _list_acts(page: Page) -> Iterator[Act]:
    for sentence in page.told:
        if not is_question(page, sentence) and not is_correction(sentence):
            yield from find_acts(sentence)


def _read_promise(page: Page, cast: Cast, act: Act) -> DraftCommitment | None:
    """Read an act that was promised: "agreed to buy", "will publish"."""
    if not _may_be_promised(page, act):
        return None
    status = read_commitment_status(page, act)
    if status is None or is_measure(act) or is_vague(act):
        return None
    actors = find_promisers(cast, act)
    if not actors:
        return None
    quantity = find_quantity(act)
    times = find_times(act, act.chain_first, act.object_last)
    is_dated = times.due is not None or has_deadline(act)
    if not binds(page, act) and not is_dated and (quantity is None or _is_effect(act)):
        return None
    targets = find_promisees(cast, act, actors, status)
    return _draft(page, act, (actors, targets), quantity, times, status)


def _may_be_promised(page: Page, act: Act) -> bool:
    """Say whether the act is one that can be checked, told of as true."""
    if act.is_hypothetical or is_denied(act) or (act.is_negated and not refrains(act)):
        return False
    is_checkable = act.is_of("act") and act.lemma in load_words("commitments", "checkable")
    if not is_checkable and not _may_be_bound(page, act):
        return False
    return not act.is_passive or act.lemma in load_words("commitments", "passive")


def _may_be_bound(page: Page, act: Act) -> bool:
    """Say whether an act of any kind was promised of a thing that can be counted or dated."""
    is_given = act.modality in {"agreed", "promised"}
    if act.is_of(*_NO_ACTS) or not (is_given or _is_paid_in_deal(page, act)):
        return False
    return refrains(act) or find_quantity(act) is not None or has_deadline(act) or _has_goods(act)


def _is_paid_in_deal(page: Page, act: Act) -> bool:
    """Say whether a deal has somebody give money: "is to guarantee $250 billion in credit"."""
    if act.modality != "future" or not is_deal_story(page):
        return False
    quantity = find_quantity(act)
    return quantity is not None and _is_money(quantity)


def _has_goods(act: Act) -> bool:
    return any(act.at < phrase.first < act.object_last for phrase in act.sentence.goods)


def _is_effect(act: Act) -> bool:
    """Say whether it may be what something brings about: "it will protect the industry"."""
    return act.lemma in load_words("commitments", "effects")


def _read_sum(page: Page, cast: Cast, act: Act) -> DraftCommitment | None:
    """Read a promise of money or goods: "promised C$1.2 billion in aid", "promised us corn"."""
    if not act.is_of("promise") or not is_done(act) or is_denied(act):
        return None
    if act.sentence.words[act.last : act.last + 1] == ("to",) or has_firm_subject(act):
        return None
    quantity = find_quantity(act)
    actors = cast.find_actors(act)
    if quantity is None or not actors or not (_is_money(quantity) or _names_goods(act)):
        return None
    times = find_times(act, act.chain_first, act.object_last)
    times = times._replace(announced=times.announced or times.effective)
    status: CommitmentStatus = "fulfilled" if is_delivered(act) else "announced"
    return _draft(page, act, (actors, find_receivers(cast, act, actors)), quantity, times, status)


def _names_goods(act: Act) -> bool:
    """Say whether its object is goods by the ton and the like."""
    sentence = act.sentence
    if act.is_relative or not any(
        act.last <= phrase.first < act.object_last for phrase in sentence.goods
    ):
        return False
    near = sentence.words[act.last : act.last + _AMOUNT_WORDS]
    return any(word[0].isdigit() for word in near)


def _is_money(quantity: Quantity) -> bool:
    """Say whether the unit is a currency's code, or so much of it a year."""
    return quantity.unit.split()[0].isupper()


def _draft(
    page: Page,
    act: Act,
    parties: tuple[list[Party], list[Party]],
    quantity: Quantity | None,
    times: Times,
    status: CommitmentStatus,
) -> DraftCommitment:
    """Return the item; ``parties`` are those who promise and those to whom it is promised."""
    statement = state_act(act, act.at - _NOT_TO if refrains(act) else None)
    actors, targets = parties
    return DraftCommitment(
        **read_terms(page, act),
        statement=statement,
        actors=actors,
        targets=targets,
        announced=times.announced,
        topic=find_topic_of(act, statement),
        quantity=quantity,
        due=times.due,
        status=status,
        evidence=[quote_act(act)],
    )


def _add(found: list[DraftCommitment], item: DraftCommitment) -> None:
    """Add ``item`` to ``found``, or its quotes to the commitment in it that it tells again."""
    for at, known in enumerate(found):
        if _is_same(known, item):
            is_fuller = item.quantity is not None and known.quantity is None
            found[at] = _unite(item, known) if is_fuller else _unite(known, item)
            return
    found.append(item)


def _unite(fuller: DraftCommitment, other: DraftCommitment) -> DraftCommitment:
    quotes = list(dict.fromkeys([*fuller.evidence, *other.evidence]))[:MAX_QUOTES]
    return fuller.model_copy(update={"evidence": quotes, "due": fuller.due or other.due})


def _is_same(known: DraftCommitment, item: DraftCommitment) -> bool:
    """Say whether both tell of one promise: of one amount, or partly in the same words."""
    if known.topic != item.topic or known.aside != item.aside:
        return False
    if _differ(known.actors, item.actors):
        return False
    if known.quantity and item.quantity:
        return known.quantity.value == item.quantity.value
    return not _list_roots(known.statement).isdisjoint(_list_roots(item.statement))


def _differ(one: Sequence[Party], other: Sequence[Party]) -> bool:
    return bool(one) and bool(other) and one != other


def _list_roots(text: str) -> set[str]:
    """Return the beginnings of the longer words of ``text``."""
    return {word[:_ROOT_LETTERS] for word in _ROOT.findall(text.lower())} - _NO_ROOTS
