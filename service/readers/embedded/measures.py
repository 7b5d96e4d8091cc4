"""Measures other than duties: controls, licences, bans, quotas, fees, listings, chip policies.

Owns the rules for both lists; what is mainly about semiconductors is a chip policy.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal, NamedTuple

from schemas.base import ChipInstrument, MeasureStatus, NonTariffInstrument, Party, Stance
from schemas.draft import DraftChipPolicy, DraftNonTariffMeasure
from service.readers.embedded.acts import Act, find_acts, list_names_in
from service.readers.embedded.cast import Cast, is_adjective, is_government, take_coordinated, unite
from service.readers.embedded.deals import find_agreement, tells_of_deal
from service.readers.embedded.lexicon import FOLDER
from service.readers.embedded.page import Name, Page, Sentence
from service.readers.embedded.speech import find_source, is_question
from service.readers.embedded.standing import is_correction, is_given_up, read_status
from service.readers.embedded.tariffs import DUTY_NOUNS
from service.readers.embedded.timing import Times, find_times
from service.readers.embedded.wording import enrich, find_condition, quote_act, read_noun_phrase, state_act

_UP = ("restrict", "impose", "increase", "investigate")
_DOWN = ("suspend", "remove", "reduce", "exempt")
_CLASSES = (*_UP, *_DOWN, "allow", "refuse", "extend", "maintain", "begin", "bear", "agree", "promise", "threaten", "consider", "demand", "be", "say", "act")
_PASSING = ("impose", "restrict", "allow", "suspend", "remove", "reduce", "exempt", "refuse", "extend", "increase", "investigate")
_SEMICONDUCTOR_GOODS = frozenset({"chips"})
_SHARE = re.compile(
    r"(?P<rate>\d[\d.]*\s?(?:%|per\s?cent|percent))\s(?:(?:cut|share|tax|levy|slice)\b|of\s(?:what|its|the|that|their|all|any)?\s?"
    r"(?:\w+\s){0,3}?(?:revenues?|sales|earns?|money|proceeds|income))"
)
_TREASURY = re.compile(r"\b(?:government|treasury|washington|u\.s\.|commerce\sdepartment|administration|state)\b")
_BILL = re.compile(r"\b(?:bills?|legislation|amendment|act\b(?=\swould)|measure\b(?=.{0,60}legislation))")
_SUBSIDY = re.compile(r"\b(?:subsid\w+|grants?\s(?:of|to|worth)|state\said|tax\scredits?|billion\s\w+\sto\b)")


_WISHES = re.compile(r"\b(?:applications?|requests?|bill|licen[cs]\w+|permits?|measure|idea|calls?|demands?|offers?|proposals?|claims?|suggestion|export)\b")
_SELLERS = re.compile(r"(?:['’]s?)?\s(?:[\w-]+\s)?(?:exporters|companies|firms|makers|producers|suppliers|manufacturers|chipmakers|toolmakers|sellers|vendors|miners)\b")
_LISTED = re.compile(r"(?:['’]s?)?\s(?:entity\slist|export\s(?:control|restriction|rule|list)|restrictions?|controls?|curbs?|rules?|laws?|tariffs?|sanctions?|measures?|blacklist|licen[cs]e|government|authorit)")
_REFERRED = re.compile(
    r"^(?:that|this|the|these|those|its)\s(?:\w+\s)?(?:rules?|controls?|measures?|curbs?|bans?|orders?|requirements?|restrictions?|regime|list|fees?|dues)\b"
)
_SHIPPING = re.compile(r"\b(?:shipping|selling|exporting|supplying|servicing|deliver\w+)")
_ADJUNCTS = frozenset("despite amid over after before since beyond because while under via through by".split())
_WITHIN = _ADJUNCTS | {"within", "for", "with", "to", "above", "in"}
_ENFORCED = re.compile(r"\b(?:smuggl\w+|indict\w+|prosecut\w+|fined|raid(?:ed)?|took\scontrol\sof|seiz\w+)\b")
_GRANT = re.compile(r"\b(?:subsid(?:y|ies)|grants?\b(?!\spermission)|tax\scredits?|state\said|soft\sloans?)")
_PAYEE = re.compile(r"(?:['’]s)?\s(?:government|treasury|state|commerce|administration)\b")
_WITHOUT = re.compile(r"without\s(?:an?\s|the\s|prior\s)?(?:\w+\s)?(?:licen[cs]es?|permits?|approval|authori[sz]ation)")
_HAD_TO = re.compile(r"\b(?:(?:has|have|had|having)\shad\sto|(?:has|have|had)\sto|must|(?:are|is|were|be)\srequired\sto|need\sto|need(?:s|ed)\sto)\s$")
_LICENCE = re.compile(
    r"(?:obtain|get|secure|seek|apply|have|hold|receive)\b(?:\s[\w.-]+){0,8}?\s(?:licen[cs]es?|permits?|approval|authori[sz]ation)\b"
)
_CURRENCY = re.compile(r"\s(?:yen|won|yuan|euros?|dollars?|pounds?|rupees?)\b")


class _Noun(NamedTuple):
    instrument: NonTariffInstrument
    bars: bool
    pattern: re.Pattern[str]


class _Found(NamedTuple):
    """What a clause names: the instrument, whether it bars trade, and its tokens."""

    instrument: NonTariffInstrument
    bars: bool
    first: int
    last: int


class _File(NamedTuple):
    nouns: tuple[_Noun, ...]
    trade: re.Pattern[str]
    use: re.Pattern[str]


@cache
def _load() -> _File:
    file = tomllib.loads((FOLDER / "measures.toml").read_text("utf-8"))
    nouns = tuple(
        _Noun(row["instrument"], row["bars"], re.compile(rf"(?<![\w-])(?:{row['pattern']})(?!\w)"))
        for row in file["nouns"]
    )
    return _File(nouns, re.compile(file["verbs"]["trade"]), re.compile(file["verbs"]["use"]))


def names_instrument(low: str) -> bool:
    """Say whether a text in small letters names a control, a licence, a quota and the like."""
    return any(noun.pattern.search(low) for noun in _load().nouns)


class _Measure(NamedTuple):
    """A measure as it is found, before it is one of a list."""

    act: Act
    instrument: NonTariffInstrument | ChipInstrument
    stance: Stance
    status: MeasureStatus
    actors: list[Party]
    targets: list[Party]
    first: int
    last: int
    rate: float | None = None


def read_measures(page: Page, cast: Cast) -> tuple[list[DraftChipPolicy], list[DraftNonTariffMeasure]]:
    """Return the chip policies and the other measures that ``page`` tells of, each once."""
    chips: list[DraftChipPolicy] = []
    others: list[DraftNonTariffMeasure] = []
    last: list[Party] = []
    before: _Measure | None = None
    for sentence in page.told:
        if is_question(page, sentence) or is_correction(sentence):
            continue
        reader = _SentenceReader(page, cast, sentence, last)
        for measure in reader.read():
            measure = _refer_back(measure, before)
            before = measure
            if not measure.actors and measure.status not in {"agreed", "threatened"}:
                continue
            last = measure.actors or last
            if reader.is_of_chips(measure):
                _merge(chips, reader.make_chip_policy(measure))
            elif measure.instrument not in _CHIPS_ONLY:
                _merge(others, reader.make_other(measure))
    return chips, others


_CHIPS_ONLY = frozenset(
    {"revenue_share", "usage_warning", "procurement_ban", "import_refusal", "legislation", "subsidy", "enforcement"}
)


def _merge(found: list, item) -> None:  # type: ignore[no-untyped-def, type-arg]
    for at, known in enumerate(found):
        if _is_same(known, item):
            found[at] = enrich(known, item)
            return
    found.append(item)


def _is_same(known: DraftChipPolicy | DraftNonTariffMeasure, item: DraftChipPolicy | DraftNonTariffMeasure) -> bool:
    if (known.instrument, known.stance, known.aside) != (item.instrument, item.stance, item.aside):
        return False
    if known.status != item.status and not _is_told_again(known, item):
        return False
    if known.actors != item.actors and not (_has_one_object(known, item) and not (known.actors and item.actors)):
        return False
    if isinstance(known, DraftChipPolicy) and isinstance(item, DraftChipPolicy):
        return known.rate == item.rate and _overlap(known.products, item.products) and _overlap(known.companies, item.companies)
    assert isinstance(known, DraftNonTariffMeasure) and isinstance(item, DraftNonTariffMeasure)
    return _overlap((known.goods or "").lower().split(), (item.goods or "").lower().split())


_GIVEN = frozenset({"announced", "in_force"})


def _is_told_again(known: DraftChipPolicy | DraftNonTariffMeasure, item: DraftChipPolicy | DraftNonTariffMeasure) -> bool:
    """Say whether an item without a date of its own tells of a known measure once more."""
    is_undated = item.announced is None and item.effective is None and item.until is None
    return {known.status, item.status} <= _GIVEN and is_undated and _has_one_object(known, item)


def _has_one_object(known: DraftChipPolicy | DraftNonTariffMeasure, item: DraftChipPolicy | DraftNonTariffMeasure) -> bool:
    """Say whether both name goods or products, and partly the same ones."""
    if isinstance(known, DraftChipPolicy) and isinstance(item, DraftChipPolicy):
        return bool(set(known.products) & set(item.products))
    one, other = getattr(known, "goods", None) or "", getattr(item, "goods", None) or ""
    return bool(set(one.lower().split()) & set(other.lower().split()) - {"and", "of"})


def _overlap(one: Sequence[str], other: Sequence[str]) -> bool:
    return not one or not other or bool(set(one) & set(other))


def _refer_back(measure: _Measure, before: _Measure | None) -> _Measure:
    """Return the measure with what "that rule" says of it: whose it is, and that it rests."""
    act = measure.act
    subject = act.sentence.cut(act.clause_first, act.chain_first).lower()
    if before is None or not _REFERRED.match(subject):
        return measure
    is_near = act.sentence.index - before.act.sentence.index <= 2
    if not is_near:
        return measure
    is_paused = before.act.is_of("suspend") and before.status in {"in_force", "announced", "agreed"}
    is_standing = is_paused and measure.stance == "tighten" and measure.status == "in_force"
    return measure._replace(
        actors=measure.actors or before.actors,
        status="suspended" if is_standing else measure.status,
    )


class _SentenceReader:
    def __init__(
        self, page: Page, cast: Cast, sentence: Sentence, last_actors: list[Party]
    ) -> None:
        self._page = page
        self._last_actors = last_actors
        self._cast = cast
        self._sentence = sentence
        self._acts = find_acts(sentence)
        self._nouns = [
            (match.start(), match.end(), noun)
            for noun in _load().nouns
            for match in noun.pattern.finditer(sentence.low)
        ]

    def read(self) -> Iterator[_Measure]:
        """Yield the measures of the sentence."""
        taken: set[int] = set()
        for reads in (
            self._read_share,
            self._read_warning,
            self._read_requirement,
            self._read_subsidy,
            self._read_bill,
            self._read_enforcement,
            self._read_noun,
            self._read_verb,
        ):
            for act in self._acts:
                if act.at in taken or act.is_hypothetical:
                    continue
                measure = reads(act)
                if measure is not None and not self._is_covered(measure, taken):
                    taken.update(range(measure.first, measure.last))
                    taken.add(act.at)
                    yield measure

    def _is_covered(self, measure: _Measure, taken: set[int]) -> bool:
        return measure.first in taken or measure.last - 1 in taken

    def _read_share(self, act: Act) -> _Measure | None:
        """Read a share of sales that goes to a government: "hands over 15 per cent of ..."."""
        sentence = self._sentence
        match = _SHARE.search(sentence.low, sentence.tokens[act.at].start - sentence.start)
        if match is None or not act.is_of("bear", "act", "agree", "buy") or not _TREASURY.search(sentence.low):
            return None
        if not self._has_chips(0, len(sentence.tokens)) and not self._follows_chips():
            return None
        level = next((one for one in sentence.rates.rates if one.start == match.start("rate")), None)
        first, last = self._span(match.start(), match.end())
        if first >= act.clause_last or act.is_negated:
            return None
        status: MeasureStatus = "in_force" if act.modality in {"present", "fact"} else "announced"
        payee = [name for name in sentence.names if name.entry and _PAYEE.match(sentence.low, name.end - sentence.start)]
        actors = unite(payee[:1]) or self._find_government(exclude=[])
        targets = [party for party in self._list_states(act) if party not in actors]
        rate = float(level.value) if level else None
        return _Measure(act, "revenue_share", "tighten", status, actors[:1], targets[:1], first, last, rate)

    def _follows_chips(self) -> bool:
        at = self._sentence.index
        return at > 0 and self._page.sentences[at - 1].is_of_chips

    def _read_warning(self, act: Act) -> _Measure | None:
        """Read advice or orders not to use chips."""
        if not act.is_of("warn") or act.is_negated:
            return None
        sentence = self._sentence
        match = _load().use.search(sentence.low, sentence.tokens[act.at].start - sentence.start)
        if match is None:
            return None
        first, last = self._span(match.start(), match.end())
        if first - act.at > 14 or not self._has_chips(act.at, len(sentence.tokens)):
            return None
        if _SHIPPING.search(match.group()):
            actors = self._cast.find_actors(act)
            if not actors or act.modality not in {"fact", "present"}:
                return None
            targets = self._find_targets(act, act.last, actors)
            return _Measure(act, "export_control", "tighten", "in_force", actors, targets, first, last)
        is_order = act.lemma in {"order", "tell", "instruct", "ask", "demand"}
        actors = self._cast.find_actors(act)
        if not actors or act.modality not in {"fact", "present"}:
            return None
        instrument: ChipInstrument = "procurement_ban" if is_order and "not to use" not in match.group() else "usage_warning"
        targets = [party for party in self._list_states(act) if party not in actors]
        return _Measure(act, instrument, "tighten", "in_force", actors, targets[:1], first, last)

    def _read_requirement(self, act: Act) -> _Measure | None:
        """Read "could not sell X without a licence" and "have had to obtain a licence"."""
        sentence = self._sentence
        start = sentence.tokens[act.at].start - sentence.start
        match = _WITHOUT.search(sentence.low, start) if act.is_negated and act.is_of("act") else None
        if match is None and _HAD_TO.search(sentence.low[max(0, start - 24) : start]):
            match = _LICENCE.match(sentence.low, start)
        if match is None or act.modality in {"demanded", "threatened"}:
            return None
        first, last = self._span(*match.span())
        status: MeasureStatus = "announced" if act.modality in {"future", "conditional"} and not act.is_negated else "in_force"
        measure = self._make(act, "export_control", "tighten", status, min(first, act.at), last)
        if act.matrix in {"say", "demand", "plan"}:
            measure = measure._replace(actors=self._find_announcer(act, measure.targets))
        return measure

    def _read_subsidy(self, act: Act) -> _Measure | None:
        """Read money that a government gives to a chipmaker."""
        sentence = self._sentence
        if _GRANT.search(sentence.low) and self._has_chips(0, len(sentence.tokens)):
            return self._read_grant(act)
        if act.lemma not in {"give", "grant", "provide", "award", "offer", "allocate", "spend", "invest"}:
            return None
        money = [one for one in sentence.numbers if one.kind == "money" or _CURRENCY.match(sentence.low, one.end)]
        at = sentence.tokens[act.last - 1].end - sentence.start
        held = [one for one in money if at <= one.start and sentence.find_token(sentence.start + one.start) < act.object_last]
        if not held or not self._list_firms(act.last, act.object_last):
            return None
        status = read_status(act)
        actors = self._cast.find_actors(act) or self._cast.find_last_actor(sentence)
        if status is None or not actors:
            return None
        first, last = self._span(held[0].start, held[0].end)
        return _Measure(act, "subsidy", "unclear", status, actors, [], first, last)

    def _read_grant(self, act: Act) -> _Measure | None:
        """Read a subsidy that is called one: "approved a subsidy for a semiconductor plant"."""
        match = _GRANT.search(self._sentence.low, act.start - self._sentence.start)
        if match is None or not act.is_of("act", "allow", "impose", "agree", "promise", "consider"):
            return None
        first, last = self._span(*match.span())
        status = read_status(act)
        actors = self._cast.find_actors(act)
        if first - act.at > 14 or status is None or not actors:
            return None
        return _Measure(act, "subsidy", "unclear", status, actors, [], first, last)

    def _read_bill(self, act: Act) -> _Measure | None:
        """Read a bill about chips: what it would do, or that it was rejected."""
        low = self._sentence.low
        match = _BILL.search(low)
        if match is None or not self._has_chips(0, len(self._sentence.tokens)):
            return None
        is_subject = self._sentence.start + match.start() < act.start
        if act.is_of("refuse") and not is_subject and act.modality == "fact" and not act.is_negated:
            status: MeasureStatus = "rejected"
        elif is_subject and act.modality == "conditional" and "have" not in self._sentence.words[act.chain_first : act.at]:
            status = "proposed"
        else:
            return None
        is_eased = act.is_of("allow", "exempt") and not act.is_of("refuse")
        actors = self._cast.find_actors(act) or self._find_government(exclude=[])
        targets = self._find_targets(act, act.last, actors)
        return _Measure(act, "legislation", "loosen" if is_eased else "tighten", status, actors, targets, act.at, act.last)

    def _read_enforcement(self, act: Act) -> _Measure | None:
        """Read what authorities do against breaches or to a chipmaker itself."""
        match = _ENFORCED.search(self._sentence.low)
        if match is None or not self._has_chips(0, len(self._sentence.tokens)):
            return None
        actors = self._cast.find_actors(act)
        if not actors or act.modality != "fact" or act.is_negated or not act.is_of("impose", "begin", "act", "investigate", "restrict"):
            return None
        return _Measure(act, "enforcement", "tighten", "in_force", actors, [], act.at, act.last)

    def _read_noun(self, act: Act) -> _Measure | None:
        """Read a verb whose object or subject is an instrument."""
        if act.is_hypothetical or act.is_reduced or act.sentence.words[act.last : act.last + 2] == ("short", "of"):
            return None
        if not act.is_of(*_CLASSES, "hold") or _has_infinitive(act):
            return None
        if act.form == "ing" and act.is_of("restrict"):
            standing = self._search(max(0, act.at - 4), act.at)
            if standing is not None and standing.last == act.at:
                return self._make(act, standing.instrument, "maintain", "in_force", act.at, act.last)
        found = self._find_noun(act)
        if found is None or self._is_duty(found) or self._has_nearer(act, found):
            return None
        if self._is_adjunct(act, found):
            return None
        stance = _read_stance(act, found)
        status = _read_noun_status(act, found)
        if stance is None or status is None:
            return None
        if status == "threatened" and stance == "loosen":
            # "Would lift its ban if": an offer, no threat.
            status = "proposed"
        if found.instrument in {"license", "investigation"} and not self._is_of_trade(act, found):
            return None
        if found.instrument == "license" and stance == "tighten" and not act.is_of("suspend", "remove"):
            found = found._replace(instrument="export_control")
        return self._make(act, found.instrument, stance, status, found.first, found.last)

    def _is_adjunct(self, act: Act, found: _Found) -> bool:
        """Say whether a preposition leads from the verb to the instrument: "cut the duty within a quota"."""
        if found.first < act.last or act.is_of("answer", "agree", "be", "demand") or act.lemma in {"hit", "respond"}:
            return False
        words = self._sentence.words[act.last : found.first]
        return not (_WITHIN if found.instrument == "quota" else _ADJUNCTS).isdisjoint(words)

    def _has_nearer(self, act: Act, found: _Found) -> bool:
        """Say whether another verb stands between the act and the instrument in its object."""
        return any(
            act.at < other.at < found.first and other.is_of(*_PASSING, "act") and other.at >= act.last
            for other in self._acts
        )

    def _is_of_trade(self, act: Act, found: _Found) -> bool:
        """Say whether it is about goods, chips, exports or another state: no taxi licence."""
        first, last = act.clause_first, max(act.clause_last, found.last)
        low = self._sentence.cut(first, last).lower()
        states = [name for name in list_names_in(self._sentence, first, last) if name.entry and name.kind != "place"]
        return (
            self._has_object(act)
            or re.search(r"\b(?:exports?|imports?|trade|shipments?|dumping|subsid\w+|chip|case-by-case)", low) is not None
            or (len(unite(states)) > 1)
        )

    def _find_noun(self, act: Act) -> _Found | None:
        """Return the instrument in the act's object; of a passive or a copula in its subject."""
        spans = [(act.at + 1, act.object_last)]
        is_finite = act.form in {"third", "past", "participle"}
        if act.is_passive or (is_finite and act.is_of("be", "begin", "maintain", "extend", "impose", "bear")):
            spans = [(act.clause_first, act.chain_first), *spans]
        if act.is_relative:
            spans.insert(0, (max(0, act.clause_first - 12), act.clause_first - 1))
        for first, last in spans:
            found = self._search(first, min(last, first + 24))
            if found is not None:
                return found
        return None

    def _search(self, first: int, last: int) -> _Found | None:
        sentence = self._sentence
        if first >= last or first >= len(sentence.tokens):
            return None
        start = sentence.tokens[first].start - sentence.start
        end = sentence.tokens[min(last, len(sentence.tokens)) - 1].end - sentence.start
        held = [one for one in self._nouns if start <= one[0] and one[1] <= end]
        if not held:
            return None
        begin, behind, noun = min(held, key=lambda one: one[0])
        return _Found(noun.instrument, noun.bars, *self._span(begin, behind))

    def _span(self, start: int, end: int) -> tuple[int, int]:
        first = self._sentence.find_token(self._sentence.start + start)
        return first, max(first + 1, self._sentence.find_token(self._sentence.start + end))

    def _is_duty(self, found: _Found) -> bool:
        words = self._sentence.words[max(0, found.first - 3) : found.last + 2]
        return not DUTY_NOUNS.isdisjoint(words)

    def _read_verb(self, act: Act) -> _Measure | None:
        """Read a verb that bars or lets pass by itself: "allow shipments of H200 chips"."""
        if not act.is_of("restrict", "allow", "refuse") or act.is_of("maintain") or act.is_reduced:
            return None
        if act.lemma in _NOUN_ONLY or self._is_told_below(act):
            return None
        if act.modality in {"agreed", "promised"} and act.lemma in {"stop", "halt", "end", "cut"}:
            return None
        sentence = self._sentence
        first, last = (act.clause_first, act.chain_first) if act.is_passive else (act.last, act.clause_last)
        first = act.at if not act.is_passive else first
        text = sentence.cut(first, min(max(last, act.object_last), first + 26)).lower()
        is_refusal = act.is_of("refuse") and self._has_chips(act.at, act.clause_last)
        if act.is_of("refuse") and (not is_refusal or sentence.words[act.last : act.last + 1] == ("to",)):
            return None
        if not (is_refusal or _load().trade.search(text)) or not DUTY_NOUNS.isdisjoint(sentence.words[act.at : act.clause_last]):
            return None
        if not self._has_object(act):
            return None
        status = read_status(act)
        if status is None:
            return None
        if act.is_of("refuse") and self._has_chips(act.at, act.clause_last) and not _WISHES.search(text):
            return self._make(act, "import_refusal", "tighten", status, act.at, act.last)
        if "invest" in text and act.is_of("restrict"):
            return self._make(act, "investment_limit", "tighten", status, act.at, act.last)
        if act.lemma in {"license", "licence"}:
            return self._make(act, "license", "loosen", status, act.at, act.last)
        is_import = re.search(r"\b(?:imports?|purchas\w+|buy\w*|orders?|ordering)\b", text) is not None
        stance: Stance = "loosen" if act.is_of("allow") and not act.is_of("restrict") else "tighten"
        instrument: NonTariffInstrument = "import_ban" if is_import and stance == "tighten" else "export_control"
        if stance == "tighten" and not is_import and act.lemma in {"ban", "prohibit", "halt", "stop", "forbid"}:
            instrument = "export_ban"
        return self._make(act, instrument, stance, status, act.at, act.last)

    def _is_told_below(self, act: Act) -> bool:
        """Say whether a refusal's object tells the measure: "kept a measure out that would limit"."""
        return act.is_of("refuse") and any(
            other.at > act.at
            and ((other.matrix == "refuse" and other.is_of("restrict", "allow")) or (other.modality == "refused" and other.is_of("allow", "restrict")))
            for other in self._acts
        )

    def _has_object(self, act: Act) -> bool:
        """Say whether the clause names goods, products or a firm that the verb bears on."""
        first, last = act.clause_first, act.clause_last
        return (
            any(first <= phrase.first < last for phrase in self._sentence.goods)
            or bool(self._list_products(first, last))
            or bool(self._list_firms(first, last))
        )

    def _make(
        self,
        act: Act,
        instrument: NonTariffInstrument | ChipInstrument,
        stance: Stance,
        status: MeasureStatus,
        first: int,
        last: int,
    ) -> _Measure:
        issuer = self._find_issuer(first) or self._find_owner(first)
        is_bound = act.lemma in {"need", "obtain"} or (act.lemma == "require" and act.is_passive)
        actors = issuer if is_bound else self._cast.find_actors(act) or issuer
        targets = self._find_targets(act, last, actors)
        if not actors and not act.is_relative:
            actors = self._find_announcer(act, targets)
        if not actors and instrument in {"license", "export_control"}:
            actors = self._find_government(exclude=targets, act=act)[:1]
        if not actors and (is_bound or act.is_of("begin", "hold")) and not self._names_exporters(act):
            actors = self._last_actors or self._cast.find_speaker(
                find_source(self._page, self._sentence, act.start)
            )
        if not actors and is_bound:
            subject = list_names_in(self._sentence, act.clause_first, act.chain_first)
            actors = unite([name for name in subject if name.entry and self._is_exporter(name)][:1])
        targets = [party for party in targets if party not in actors]
        return _Measure(act, instrument, stance, status, actors, targets, first, last)

    def _names_exporters(self, act: Act) -> bool:
        names = list_names_in(self._sentence, act.clause_first, act.chain_first)
        return any(map(self._is_exporter, names))

    def _is_exporter(self, name: Name) -> bool:
        """Say whether the name qualifies firms that sell: "Taiwan's chipmakers"."""
        return _SELLERS.match(self._sentence.low, name.end - self._sentence.start) is not None

    def _find_issuer(self, first: int) -> list[Party]:
        """Return who gives a licence: "a license from the Dutch government"."""
        words = self._sentence.words
        for at in range(first, min(first + 5, len(words))):
            if words[at] in {"from", "to"}:
                names = [name for name in list_names_in(self._sentence, at + 1, at + 5) if name.entry]
                is_issuer = words[at] == "from" or any(
                    is_government(self._sentence, name, after_by=True) and name.kind != "form" for name in names[:1]
                )
                return unite(names[:1]) if is_issuer else []
        return []

    def _find_owner(self, first: int) -> list[Party]:
        """Return whose instrument it is: "US export controls", "China's licensing regime"."""
        start = self._sentence.tokens[first].start
        for name in self._sentence.names:
            gap = self._sentence.text[name.end - self._sentence.start : start - self._sentence.start]
            if name.entry and name.kind != "firm" and name.end <= start and len(gap.split()) <= 2 and "," not in gap and not re.search(r"\b(?:on|to|of|for|from|in)\b", gap):
                return unite([name])
        return []

    def _find_announcer(self, act: Act, targets: list[Party]) -> list[Party]:
        for other in reversed(self._acts):
            if other.at < act.at and other.is_of("say", "plan", "agree", "promise", "threaten"):
                subject = self._cast.find_subject(other)
                return [party for party in subject if party not in targets]
        return []

    def _find_targets(self, act: Act, last: int, actors: Sequence[Party]) -> list[Party]:
        """Return the states that the clause leads to with "to", "on", "for" or before goods."""
        words = self._sentence.words
        stop = min(len(words), max(act.object_last, last))
        for at in range(act.at + 1, stop - 1):
            if words[at] in {"to", "on", "for", "in", "into", "against", "from", "at"}:
                names = self._list_bearers(at + 1, min(at + 5, stop), actors)
                if names:
                    rest = self._list_bearers(at + 1, stop, actors)
                    return unite(take_coordinated(self._sentence, rest))
        names = self._list_bearers(act.at + 1, stop, actors)
        return unite([name for name in names if is_adjective(self._sentence, name)][:1])

    def _list_bearers(self, first: int, last: int, actors: Sequence[Party]) -> list[Name]:
        """Return the states in ``tokens[first:last]`` but for those that act."""
        return [
            name
            for name in list_names_in(self._sentence, first, last)
            if name.entry
            and name.kind not in {"firm", "person", "body"}
            and name.state not in actors
            and not _LISTED.match(self._sentence.low, name.end - self._sentence.start)
        ]

    def _list_states(self, act: Act) -> list[Party]:
        names = list_names_in(self._sentence, act.at, len(self._sentence.tokens))
        return unite([name for name in names if name.kind not in {"firm", "person", "place"}])

    def _find_government(self, exclude: Sequence[Party], act: Act | None = None) -> list[Party]:
        """Return the one government that is named beside those whom it bears on.

        With ``act`` only its clause counts, else the whole sentence.
        """
        held = (
            list_names_in(self._sentence, act.clause_first, max(act.object_last, act.last))
            if act
            else self._sentence.names
        )
        names = [
            name
            for name in held
            if name.entry and name.kind not in {"firm", "person", "place"}
        ]
        governing = [name for name in names if is_government(self._sentence, name)]
        found = [party for party in unite(governing) if party not in exclude]
        return found if len(found) == 1 else []

    def _has_chips(self, first: int, last: int) -> bool:
        if self._list_products(first, last):
            return True
        if self._list_firms(first, last):
            return True
        low = self._sentence.cut(first, min(last, len(self._sentence.tokens))).lower()
        return self._sentence.is_of_chips and bool(re.search(r"\b(?:chip|semiconductor|wafer|lithograph|photoresist|foundr|processor|accelerator)", low))

    def _list_products(self, first: int, last: int) -> list[str]:
        tokens = self._sentence.tokens
        if first >= len(tokens):
            return []
        start, end = tokens[first].start, tokens[min(last, len(tokens)) - 1].end
        held = [name for begin, behind, name in self._sentence.products if start <= begin and behind <= end]
        named = [name for name in held if name.lower() != name and any(letter.isdigit() or letter.isupper() for letter in name[:1])]
        return list(dict.fromkeys(named or held))

    def _list_firms(self, first: int, last: int) -> list[str]:
        firms = self._sentence.lexicon.chip_firms
        names = list_names_in(self._sentence, first, last)
        return list(dict.fromkeys(name.text for name in names if name.kind == "firm" and name.text in firms))

    def is_of_chips(self, measure: _Measure) -> bool:
        """Say whether the measure is mainly about semiconductors."""
        if measure.instrument in _CHIPS_ONLY:
            return True
        first, last = self._bound(measure)
        goods = [phrase.value for phrase in self._sentence.goods if first <= phrase.first < last]
        if self._list_products(first, last):
            return True
        if "rare_earths" in goods:
            return False
        return self._has_chips(first, last)

    def _bound(self, measure: _Measure) -> tuple[int, int]:
        """Return the tokens that tell the measure."""
        act = measure.act
        if measure.instrument == "revenue_share":
            return 0, len(self._sentence.tokens)
        is_whole = act.is_passive or act.is_of("be", "begin") or act.lemma in _REQUIRING
        first = act.clause_first if is_whole else act.at
        return min(first, measure.first), max(act.object_last, measure.last)

    def make_chip_policy(self, measure: _Measure) -> DraftChipPolicy:
        """Return the measure as a chip policy."""
        act, sentence = measure.act, self._sentence
        first, last = self._bound(measure)
        times = find_times(act, act.clause_first, last)
        return DraftChipPolicy(
            **self._share(measure, times),
            companies=self._list_firms(first, last) or self._find_own_firm(first, last),
            products=self._list_products(first, last),
            instrument=_read_chip_instrument(measure, sentence),
            rate=measure.rate,
        )

    def _find_own_firm(self, first: int, last: int) -> list[str]:
        """Return the one firm that "the company" points to."""
        if not {"company", "its"} & set(self._sentence.words[first:last]):
            return []
        firms = self._list_firms(0, first)
        return firms if len(firms) == 1 else []

    def make_other(self, measure: _Measure) -> DraftNonTariffMeasure:
        """Return the measure as one outside chips."""
        times = find_times(measure.act, measure.act.clause_first, self._bound(measure)[1])
        return DraftNonTariffMeasure(
            **self._share(measure, times),
            goods=self._find_goods(measure),
            instrument=measure.instrument,  # type: ignore[arg-type]
        )

    def _share(self, measure: _Measure, times: Times) -> dict:  # type: ignore[type-arg]
        act, sentence = measure.act, self._sentence
        if measure.status == "rejected":
            times = times._replace(announced=times.announced or times.effective, effective=None)
        return {
            "statement": state_act(act, min(measure.first, act.clause_first) if measure.first < act.at else None),
            "actors": measure.actors,
            "targets": measure.targets,
            "announced": times.announced,
            "condition": find_condition(sentence, act.last, act.clause_last),
            "agreement": find_agreement(self._page, sentence),
            "source": find_source(self._page, sentence, act.start),
            "aside": sentence.is_aside,
            "stance": measure.stance,
            "effective": times.effective,
            "until": times.until,
            "status": measure.status,
            "evidence": [quote_act(act, first=measure.first, last=measure.last)],
        }

    def _find_goods(self, measure: _Measure) -> str | None:
        if measure.instrument in {"entity_listing", "investment_limit"}:
            return None
        words = self._sentence.words
        for at in range(measure.first, min(len(words) - 1, measure.last + 8)):
            if words[at] in {"of", "on", "for", "into"}:
                phrase = read_noun_phrase(self._sentence, at + 1)
                if phrase.goods and any(phrase.first <= one.first < phrase.last for one in self._sentence.goods):
                    return phrase.goods
        first, last = self._bound(measure)
        held = [one for one in self._sentence.goods if first <= one.first < last]
        return self._sentence.cut(held[0].first, held[0].last) if held else None


_REQUIRING = frozenset({"need", "require", "obtain"})
_NOUN_ONLY = frozenset(
    "expand widen broaden strengthen need require oblige crack clamp resume like issue tell order"
    " control sanction renew".split()
)


Polarity = Literal["up", "down", "keep"]


_ARTICLES = frozenset({"a", "an", "the", "its", "their", "new", "yearly", "annual"})


def _has_infinitive(act: Act) -> bool:
    """Say whether what the verb governs is another verb: "agreed to license"."""
    following = act.sentence.words[act.last : act.last + 2]
    return following[:1] == ("to",) and following[1:] != () and following[1] not in _ARTICLES


_TURNS = frozenset("pause suspension freeze delay waiver exemption easing relaxation lifting removal rollback moratorium truce".split())


def _is_turned(act: Act, found: _Found) -> bool:
    """Say whether it is the pausing of the instrument that is spoken of: "its pause on port fees"."""
    return not _TURNS.isdisjoint(act.sentence.words[max(act.at, found.first - 4) : found.first])


def _read_stance(act: Act, found: _Found) -> Stance | None:
    """Return the direction of what is done to an instrument; ``None`` where nothing is."""
    stance = _read_plain_stance(act, found)
    is_turned = _is_turned(act, found) or (found.instrument == "quota" and stance != "maintain")
    if found.instrument == "quota" and not act.is_of("increase", "reduce"):
        is_turned = _is_turned(act, found)
    if is_turned and stance in {"tighten", "loosen"}:
        return "loosen" if stance == "tighten" else "tighten"
    return stance


def _read_plain_stance(act: Act, found: _Found) -> Stance | None:
    if found.instrument == "investigation":
        return None if act.is_of("refuse") else "loosen" if act.is_of("suspend") else "tighten"
    if found.instrument == "quota" and act.lemma in {"open", "grant", "create", "offer", "allow", "give"}:
        return "loosen"
    if act.lemma in {"need", "require", "oblige"} or (act.is_of("act") and "need" in act.sentence.words[act.clause_first : act.at]):
        return "tighten"
    if act.is_of("maintain", "be"):
        return "maintain"
    is_up = act.is_of("impose", "increase", "investigate", "consider", "agree", "plan", "say") or act.lemma in {"open", "launch", "tighten", "expand", "widen", "broaden", "strengthen", "restrict", "extend", "begin", "start", "add", "bring", "threaten"}
    is_down = act.is_of(*_DOWN) or (act.is_of("allow") and found.bars)
    if found.bars:
        if is_down:
            return "loosen"
        return "tighten" if is_up or act.is_of("restrict") else None
    if act.is_of("allow", "hold", "begin", "extend") or act.lemma in {"hand", "give", "issue"}:
        return "loosen"
    if act.lemma in _NOUN_ONLY:
        return None
    if act.is_of("refuse", "suspend", "restrict", "remove"):
        return "loosen" if act.is_of("refuse") else "tighten"
    return None


_IN_PLACE = (("in", "place"), ("in", "force"), ("in", "effect"))


def _is_lobbied(act: Act) -> bool:
    """Say whether it is a firm that asks a government for it."""
    names = list_names_in(act.sentence, act.clause_first, act.chain_first)
    return bool(names) and names[0].kind == "firm" and not act.is_negated


def _read_noun_status(act: Act, found: _Found) -> MeasureStatus | None:
    if act.is_of("refuse") and act.modality in {"fact", "present"} and not act.is_negated:
        return "rejected"
    if act.modality == "demanded" and _is_lobbied(act):
        return "proposed"
    if act.is_of("be", "maintain") and act.modality in {"present", "fact"} and not act.is_negated:
        is_standing = act.sentence.words[act.last : act.last + 2] in _IN_PLACE
        return "in_force" if is_standing or not act.is_of("be") else None
    if act.is_of("agree") and act.modality in {"fact", "present"} and not act.is_negated:
        return "agreed"
    if act.is_of("threaten") and not act.is_negated:
        return "threatened"
    if act.is_of("consider") or act.lemma in {"discuss", "negotiate"}:
        return "rejected" if is_given_up(act) else "proposed"
    if act.is_of("say") and not act.is_of(*_PASSING) :
        return "announced" if act.lemma in {"announce", "unveil", "introduce"} else None
    if found.instrument == "investigation" and act.lemma in {"close", "end", "conclude", "drop", "terminate", "complete"}:
        return "ended" if act.modality == "fact" else None
    status = read_status(act)
    if status is None and act.modality == "purpose" and tells_of_deal(act.sentence):
        return "agreed"
    if act.lemma in {"announce", "unveil", "publish"} and status == "in_force":
        return "announced"
    return status


def _read_chip_instrument(measure: _Measure, sentence: Sentence) -> ChipInstrument:
    if measure.instrument in _CHIPS_ONLY:
        return measure.instrument  # type: ignore[return-value]
    if _BILL.search(sentence.low) and measure.status in {"proposed", "rejected"}:
        return "legislation"
    if measure.instrument in {"export_control", "license", "entity_listing", "investigation"}:
        return measure.instrument  # type: ignore[return-value]
    return "procurement_ban" if measure.instrument == "import_ban" else "export_control" if measure.instrument == "export_ban" else "other"
