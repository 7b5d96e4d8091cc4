"""Commitments: acts that a government or body promised, and that one could check were done.

Owns the rules for promises. Readout phrases ("continue to cooperate") are none, demands on others
are none, and what names a duty, a control or a licence is a measure.
"""

import re

from schemas.base import CommitmentStatus, Party, Quantity, Topic
from schemas.draft import DraftCommitment
from service.checking.number_words import fold_plural
from service.readers.embedded.acts import Act, find_acts, list_names_in
from service.readers.embedded.cast import Cast, unite
from service.readers.embedded.deals import find_agreement, tells_near, tells_of_deal
from service.readers.embedded.measures import names_instrument
from service.readers.embedded.page import Page, Sentence
from service.readers.embedded.speech import find_source, is_question
from service.readers.embedded.standing import is_correction, is_denied
from service.readers.embedded.tariffs import DUTY_NOUNS
from service.readers.embedded.timing import find_times
from service.readers.embedded.wording import find_condition, quote_act, state_act

_VAGUE = re.compile(
    r"^(?:(?:continu\w*|keep\w*|maintain\w*|stay\w*|remain\w*|strengthen\w*|promot\w*|deepen\w*|advanc\w*|work\w*|mak\w+|tak\w+|"
    r"lengthen\w*|shorten\w*|expand\w*|build\w*|creat\w+|seek\w*|set\w*|open\w*|start\w*|begin\w*|launch\w*|shar\w+|complet\w+|"
    r"giv\w+|provid\w+|let\w*|hold\w*|host\w*|send\w*|put\w*|see\w*|stop\w*|end\w*|increas\w+|coordinat\w+|exchang\w+)\s)"
    r"(?:\S+\s){0,4}?(?:communicat\w+|dialogue|lines?|channels?|cooperat\w+|collaborat\w+|talks?|talking|touch|relations?|ties|contact|"
    r"consult\w+|negotiat\w+|momentum|progress|efforts?|steps?|actions?|measures\sto|list|discussions?|engagement|"
    r"differences|concerns|views|trust|stability|peace|conditions|environment|bridges?|each\sother|clear|note|look|care|"
    r"commitments?|obligations|effect|force|place|way|fight|war|hope|part|swipes|consensus|stance|position|pressure)\b"
)
_CHECKABLE = frozenset(
    "buy purchase order import invest spend publish submit release crack block resume open ratify send"
    " provide deliver build fund pay contribute phase admit allow accept keep maintain supply export"
    " report review coordinate diversify recognise recognize enforce return extradite remove file"
    " withdraw sell procure finance restore inspect set take expand exchange curb place see make lift"
    " let train appoint establish close share stop cut increase double raise reopen clamp roll carry"
    " put deliver complete approve plant repeal sign give hand create protect produce".split()
)
_FIRM_ACTS = frozenset("publish buy purchase invest release submit ratify abolish extradite".split())
_FULFILLED = re.compile(r"\b(?:complet|fulfil|meet|honou?r|implement|deliver)\w*\s(?:on\s)?(?:its|their|the|all)?\s?(?:\w+\s)?commitments?\b")
_READY = re.compile(r"\b(?:poised|on\strack|ready|set|works?\sin\sprogress|under\sway|beginning|begun|started)\b")
_UNITS = re.compile(r"\s(?P<unit>(?:(?:metric|short|long)\s)?[a-z]+)(?:\s(?:a|per|each|every)\s(?P<per>year|month|week|day|quarter)\b|\s(?P<often>annually|yearly|monthly))?")
_PER = re.compile(r"\b(?:a|per|each|every)\s(?P<per>year|month|week|quarter)\b|\b(?P<often>annually|yearly)\b")
_NO_UNITS = frozenset("of and or to in for by on per a the more new other percent years year months days".split())
_TOPICS: tuple[tuple[Topic, str], ...] = (
    ("narcotics", r"fentanyl|narcotic|opioid|drug|precursor"),
    ("education", r"student|universit|visa|scholar"),
    ("rare_earths", r"rare[- ]earth|critical mineral|magnet|gallium|germanium"),
    ("agriculture", r"soy|sorghum|beef|pork|corn|maize|wheat|farm|agricultur|poultry|canola|dairy|grain|cotton|seafood"),
    ("chips", r"chip|semiconductor|foundr"),
    ("investment", r"invest|factory|factories|plants?\b"),
    ("market_access", r"open (?:up )?(?:its|the|their)?\s?(?:\w+\s)?market|market access"),
    ("export_controls", r"export control|licen[cs]"),
    ("technology", r"technolog|tiktok|artificial intelligence|\bai\b|data"),
    ("security", r"security|militar|defen[cs]e"),
    ("tariffs", r"tariff|dut(?:y|ies)"),
    ("trade", r"import|export|buy|purchas|order|trade|goods|gas|oil|aircraft|coal"),
    ("economy", r"econom|growth|loan|fund|budget"),
)


def read_commitments(page: Page, cast: Cast) -> list[DraftCommitment]:
    """Return the commitments that ``page`` tells of, each once."""
    found: list[DraftCommitment] = []
    for sentence in page.told:
        if is_question(page, sentence) or is_correction(sentence):
            continue
        for act in find_acts(sentence):
            item = _read(page, cast, act) or _read_sum(page, cast, act)
            if item is not None:
                _merge(found, item)
    return found


def _merge(found: list[DraftCommitment], item: DraftCommitment) -> None:
    for at, known in enumerate(found):
        if _is_same(known, item):
            fuller, other = (item, known) if item.quantity and not known.quantity else (known, item)
            quotes = list(dict.fromkeys([*fuller.evidence, *other.evidence]))[:3]
            found[at] = fuller.model_copy(update={"evidence": quotes, "due": fuller.due or other.due})
            return
    found.append(item)


def _is_same(known: DraftCommitment, item: DraftCommitment) -> bool:
    if known.topic != item.topic or known.aside != item.aside:
        return False
    if known.actors and item.actors and known.actors != item.actors:
        return False
    if known.quantity and item.quantity:
        return known.quantity.value == item.quantity.value
    return bool(_list_roots(known.statement) & _list_roots(item.statement))


def _list_roots(text: str) -> set[str]:
    return {word[:5] for word in re.findall(r"[a-z]{4,}", text.lower())} - {"their", "would", "will", "from", "with", "that", "unite"}


def _read(page: Page, cast: Cast, act: Act) -> DraftCommitment | None:
    if not act.is_of("act") or act.lemma not in _CHECKABLE or act.is_negated or act.is_hypothetical:
        return None
    if is_denied(act) or (act.is_passive and act.lemma not in {"allow", "admit", "release", "publish", "invest", "open", "buy", "purchase"}):
        return None
    status = _read_status(page, act)
    if status is None or _is_measure(act) or _is_vague(act):
        return None
    actors = cast.find_actors(act) or _find_promiser(page, cast, act)
    if not actors or _has_firm_subject(act) or _is_firms_deal(act):
        return None
    quantity = _find_quantity(act)
    times = find_times(act, act.chain_first, act.object_last)
    if not _is_promised(act, status) and quantity is None and times.due is None:
        return None
    sentence = act.sentence
    statement = state_act(act)
    return DraftCommitment(
        statement=statement,
        actors=actors,
        targets=_find_targets(cast, act, actors, status),
        announced=times.announced,
        condition=find_condition(sentence, act.last, act.clause_last),
        agreement=find_agreement(page, sentence),
        source=find_source(page, sentence, act.start),
        aside=sentence.is_aside,
        topic=_find_topic(statement),
        quantity=quantity,
        due=times.due,
        status=status,
        evidence=[quote_act(act)],
    )


def _read_sum(page: Page, cast: Cast, act: Act) -> DraftCommitment | None:
    """Read a promise of money: "promised C$1.2 billion in aid by the end of March"."""
    if not act.is_of("promise") or act.modality not in {"fact", "present"} or act.is_negated:
        return None
    quantity = _find_quantity(act)
    actors = cast.find_actors(act)
    if quantity is None or len(quantity.unit) != 3 or not actors or _has_firm_subject(act) or is_denied(act) or act.sentence.words[act.last : act.last + 1] == ("to",):
        return None
    sentence = act.sentence
    times = find_times(act, act.chain_first, act.object_last)
    statement = state_act(act)
    return DraftCommitment(
        statement=statement,
        actors=actors,
        targets=[],
        announced=times.announced or times.effective,
        condition=find_condition(sentence, act.last, act.clause_last),
        agreement=find_agreement(page, sentence),
        source=find_source(page, sentence, act.start),
        aside=sentence.is_aside,
        topic=_find_topic(statement),
        quantity=quantity,
        due=times.due,
        status="announced",
        evidence=[quote_act(act)],
    )


def _read_status(page: Page, act: Act) -> CommitmentStatus | None:
    """Return how far the promise is; ``None`` where the act is none."""
    sentence = act.sentence
    if act.is_of("say") and act.lemma != "report":
        return None
    kept = _read_kept(act)
    if kept is not None:
        return kept
    if act.modality == "agreed":
        return "in_progress" if _FULFILLED.search(sentence.low) and _READY.search(sentence.low) else "agreed"
    if act.modality == "promised":
        return "agreed" if _is_bilateral(page, sentence) else "announced"
    if act.modality == "planned":
        return "announced"
    if act.modality == "future" and act.matrix != "threaten":
        return "agreed" if _is_bilateral(page, sentence) else "announced"
    if act.modality == "conditional" and act.matrix in {"say", "agree", "promise", "plan"}:
        words = sentence.words[act.chain_first : act.at]
        if "would" in words and not {"have", "if"} & set(words):
            return "agreed" if act.matrix == "agree" else "announced"
    return None


_KEPT: tuple[tuple[str, CommitmentStatus], ...] = (("honour", "fulfilled"), ("break", "broken"))


def _read_kept(act: Act) -> CommitmentStatus | None:
    """Return what became of a promise: "broke its promise to buy", "offered to buy"."""
    if act.modality not in {"promised", "considered"}:
        return None
    lead = act.sentence.words[max(0, act.at - 3) : act.at]
    for earlier in find_acts(act.sentence):
        if earlier.lemma == "offer" and act.at - earlier.last <= 2:
            return "proposed"
        is_near = 0 < act.at - earlier.at <= 8 and bool(_PROMISES & set(lead))
        if not is_near or earlier.is_negated:
            continue
        if earlier.lemma in {"withdraw", "rescind", "retract"}:
            return "withdrawn"
        for name, status in _KEPT:
            if earlier.is_of(name) and earlier.modality == "fact":
                return status
    return "proposed" if "offer" in lead else None


_PROMISES = frozenset("promise promises pledge pledges commitment commitments vow offer undertaking".split())


def _is_bilateral(page: Page, sentence: Sentence) -> bool:
    return tells_of_deal(sentence) or tells_near(page, sentence)


def _is_promised(act: Act, status: CommitmentStatus) -> bool:
    """Say whether the words bind by themselves: "agreed to", "pledged to", "in exchange for"."""
    del status
    is_firm = act.lemma in _FIRM_ACTS or any(
        phrase.value == "narcotics" and act.at < phrase.first < act.object_last
        for phrase in act.sentence.goods
    )
    is_bare = act.modality in {"future", "conditional"} and is_firm
    return act.modality in {"agreed", "promised", "considered"} or (is_bare and not act.is_passive)


def _is_measure(act: Act) -> bool:
    sentence = act.sentence
    words = sentence.words[act.at : act.object_last]
    text = sentence.cut(act.at, max(act.object_last, act.last)).lower()
    head = text if act.is_of("restrict", "allow", "suspend", "remove", "impose") else text[:30]
    is_subsidy = re.search(r"\bsubsid|\bgrants?\b", text) is not None
    return not DUTY_NOUNS.isdisjoint(words) or names_instrument(head) or is_subsidy


def _is_vague(act: Act) -> bool:
    text = act.sentence.cut(act.at, max(act.object_last, act.last)).lower()
    if act.lemma in {"keep", "maintain"} and not any(
        act.at < phrase.first < act.object_last for phrase in act.sentence.goods
    ):
        return True
    return _VAGUE.match(text) is not None or len(text.split()) < 2


def _is_firms_deal(act: Act) -> bool:
    """Say whether it is an agreement of a firm: "leaving an agreement to share the revenue"."""
    lead = act.sentence.words[max(0, act.at - 3) : act.at]
    return bool({"agreement", "deal", "accord"} & set(lead)) and any(
        name.kind == "firm" for name in act.sentence.names
    )


def _has_firm_subject(act: Act) -> bool:
    names = list_names_in(act.sentence, act.clause_first, act.chain_first)
    return bool(names) and names[-1].kind == "firm"


def _find_promiser(page: Page, cast: Cast, act: Act) -> list[Party]:
    """Return who tells of the act in the first place, where the clause names nobody."""
    del page
    sentence = act.sentence
    for at in range(act.last, act.object_last - 1):
        if sentence.words[at] == "by":
            names = list_names_in(sentence, at + 1, at + 4)
            if names and names[0].entry:
                return unite(names[:1])
    for other in reversed(find_acts(sentence)):
        if other.at < act.at and other.is_of("say", "plan", "agree", "promise"):
            return cast.find_subject(other)
    return []


def _find_targets(cast: Cast, act: Act, actors: list[Party], status: CommitmentStatus) -> list[Party]:
    """Return to whom it is promised: whose goods are bought, or the other side of a deal."""
    if status == "announced" and act.modality != "promised" and not act.is_of("buy"):
        return []
    is_bought = act.is_passive and act.is_of("buy")
    span = (act.clause_first, act.chain_first) if is_bought else (act.last, act.object_last)
    names = list_names_in(act.sentence, *span)
    named = [party for party in unite([name for name in names if name.kind not in {"firm", "person", "place"}]) if party not in actors]
    if named:
        return named[:1]
    if act.modality == "future":
        return []
    if len(actors) > 1 or status == "announced":
        return []
    others = [party for party in cast.find_pair(act.sentence) if party not in actors]
    return others[:1] if len(others) == 1 else []


def _find_quantity(act: Act) -> Quantity | None:
    """Return the first amount that the act names, written out."""
    sentence = act.sentence
    start = sentence.tokens[act.clause_first if act.is_passive else act.at].start - sentence.start
    end = sentence.tokens[max(act.object_last, act.last) - 1].end - sentence.start
    for number in sentence.numbers:
        if not start <= number.start < end or number.kind not in {"plain", "money"} or number.bound == "range":
            continue
        if number.spelled and number.value < 1000:
            continue
        if number.kind == "money":
            return Quantity(value=float(number.value), unit=number.unit)
        match = _UNITS.match(sentence.low, _skip_adjectives(sentence, number.end))
        if match is None or match["unit"].split()[0] in _NO_UNITS:
            continue
        unit = fold_plural(match["unit"])
        if unit in {"kind", "type", "working", "day", "country"}:
            continue
        per = _PER.search(sentence.low, number.end, min(end, number.end + 60))
        period = (per["per"] or "year") if per else ""
        return Quantity(value=float(number.value), unit=f"{unit} per {period}" if period else unit)
    return None


_ADJECTIVE = re.compile(r"\s(?:[A-Z][\w-]+|further|additional|new|more|other|extra)(?=\s[a-z])")


def _skip_adjectives(sentence: Sentence, end: int) -> int:
    """Return the offset in front of the unit: "200 Boeing aircraft", "13 further chemicals"."""
    for _ in range(2):
        match = _ADJECTIVE.match(sentence.text, end)
        if match is None:
            return end
        end = match.end()
    return end


def _find_topic(statement: str) -> Topic:
    low = statement.lower()
    return next((topic for topic, pattern in _TOPICS if re.search(pattern, low)), "other")

