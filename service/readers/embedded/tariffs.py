"""Tariffs: duties that are levied, moved, paused, threatened or lifted.

Owns the rules for duties. Growth rates, market shares and margins are none: a percentage counts
where the words around it make it the rate of a duty.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from schemas.base import MeasureStatus, Party, TariffAction
from schemas.draft import MAX_QUOTES, DraftTariff
from service.checking.rates import RateMention
from service.readers.embedded.acts import BE, Act, find_acts, list_names_in
from service.readers.embedded.cast import Cast, is_adjective, unite
from service.readers.embedded.deals import find_agreement, is_deal_story, tells_near, tells_of_deal
from service.readers.embedded.page import Name, Page, Sentence
from service.readers.embedded.speech import find_source, is_question
from service.readers.embedded.standing import is_correction, is_denied, is_given_up, read_status
from service.readers.embedded.timing import Times, find_times
from service.readers.embedded.wording import (
    MAX_QUOTE_CHARS,
    NounPhrase,
    enrich,
    find_condition,
    quote_act,
    read_noun_phrase,
    state_act,
)

DUTY_NOUNS = frozenset(
    "tariff tariffs duty duties levy levies surtax surtaxes surcharge surcharges countertariffs".split()
)
_RATE_NOUNS = frozenset({"rate", "rates"})
_TAXED = frozenset("taxed tax taxes dutiable charged levied charge held filed".split())
_TRUCE = re.compile(r"\b(?:tariff|trade|trade\swar|90-day|one-year)?\s?truce\b|\bexclusions?\b")
_NO_DUTY = re.compile(r"\b(?:fuel|stamp|heavy|on|active|off|death|digital|income|property|export|equali[sz]ation|services?|sales|carbon|value-added|withholding|excise)\s$")
_ACTIONS: tuple[TariffAction, ...] = (
    "suspend", "extend", "exempt", "remove", "increase", "reduce", "maintain", "impose",
)  # fmt: skip
_CLASSES = ("impose", "increase", "reduce", "remove", "suspend", "extend", "exempt", "maintain", "bear", "threaten", "refuse")
_NOMINAL = re.compile(
    r"\b(?P<noun>reduction|cut|doubling|tripling|raising|halving|lowering|increase|hike|rise|removal|elimination|suspension|pause"
    r"|extension|exemption|imposition|freeze|rollback)s?\s(?:in|of|on|to|from|for)\s(?:[\w.'’%-]+\s){0,5}?"
    r"(?:tariffs?|dut(?:y|ies)|lev(?:y|ies)|surtax)"
)
_NOMINALS: dict[str, TariffAction] = {
    "reduction": "reduce", "cut": "reduce", "lowering": "reduce", "rollback": "reduce", "increase": "increase",
    "hike": "increase", "doubling": "increase", "tripling": "increase", "raising": "increase", "halving": "reduce", "rise": "increase", "removal": "remove", "elimination": "remove",
    "suspension": "suspend", "pause": "suspend", "freeze": "suspend", "extension": "extend",
    "exemption": "exempt", "imposition": "impose",
}  # fmt: skip
_STANDING = frozenset({"already", "still", "remain", "remains", "existing", "current", "ordinary", "now", "keeps"})
_BORDER = re.compile(r"\b(?:at|in|into|by|enter(?:s|ing)?|entry\sto|reach(?:ing)?)\s(?=the\s|[a-z])")
_POLL = re.compile(r"\b(?:polls?|surveys?|respondents|pollsters?|voters)\b")
_NO_RATE_NOUNS = frozenset(
    "growth interest cash inflation exchange unemployment success tax occupancy key policy benchmark lending"
    " mortgage birth approval savings discount bank jobless vacancy default utilisation operating".split()
)
_BRACKETED = re.compile(
    r"(?P<firm>[A-Z][\w.&’'-]*(?:\s[A-Z][\w.&’'-]*){0,3})\s\((?P<rate>\d[\d.]*\s?(?:%|per\scent|percent))\)"
)
_ON_TOP = re.compile(r"\b(?:in\saddition\sto|on\stop\sof|instead\sof|compared\swith|than)\s(?:\w+\s){0,3}$")
_HEIGHT = re.compile(r"\b(?:at\s(?:its|their)\s(?:height|peak)|peak(?:ed|ing)\sat|until\s(?:then|recently)|used\sto|former(?:ly)?|previously)\b")
_AVERAGE = re.compile(r"\b(?:average|effective|weighted|overall|mean)\s(?:\w+\s)?$")
_BANK = re.compile(
    r"\b(?:central\sbank|(?:cash|interest|policy|key|benchmark|lending|inflation|growth|unemployment|jobless)\srates?|inflation|gdp"
    r"|growth|unemployment)\b[^.;]{0,40}$"
)
_INTRANSITIVE = frozenset("rise fall drop climb jump go ease escalate come".split())
_COVERAGE = re.compile(
    r"\s(?:of|in)\s(?:[\w.'’-]+\s){0,4}?(?:goods|imports|lines|trade|exports|volumes?|products|shipments|items|sales|output|production"
    r"|capacity|revenue|content|value|parts|components)\b"
)
_STEP = re.compile(
    r"\b(?:now|currently|presently|at\spresent|until\snow)\b[^.;]{0,60}?\d[^.;]{0,40}?\b(?:will|would|is\sto|are\sto|to)"
    r"\s(?:only\s)?(?:face|pay|be|bear|attract|fall|drop|rise|go|become)\b"
)
_ASSIGNING = frozenset("give hit charge face pay get be assign receive draw bear set".split())
_LISTING = frozenset("rates each maker makers producers manufacturers companies individual firms exporters".split())
_OTHERS = frozenset("producers others companies manufacturers makers exporters firms".split())
_MAX_GAP = 14


class _Rates(NamedTuple):
    rate: float | None = None
    previous: float | None = None
    first: int | None = None
    """Token of the first percentage; ``None`` where there is none."""
    last: int | None = None


_NO_RATES = _Rates()


class _Duty(NamedTuple):
    """A duty that a sentence names: its noun phrase ``tokens[first:last]`` and its rates."""

    first: int
    noun: int
    last: int
    rates: _Rates


def read_tariffs(page: Page, cast: Cast) -> list[DraftTariff]:
    """Return the tariffs that ``page`` tells of, each once."""
    found: list[DraftTariff] = []
    for sentence in page.told:
        if is_question(page, sentence) or is_correction(sentence) or not _may_tell(sentence):
            continue
        if _POLL.search(sentence.low):
            continue
        if _complete_last(found, sentence):
            continue
        reader = _SentenceReader(page, cast, sentence, found)
        for item in [*reader.read_truces(), *reader.read_duties(), *reader.read_listed()]:
            merge(found, item)
    return found


_BEFORE = re.compile(r"^(?:until\s(?:then|now)|before\sthat|previously|earlier|so\sfar),?\s.{0,40}\b(?:rate|duty|tariff|levy|it)\b")


def _complete_last(found: list[DraftTariff], sentence: Sentence) -> bool:
    """Take the former rate from a sentence that follows: "Until then the rate had been 25%"."""
    levels = [rate for rate in sentence.rates.rates if rate.doubt is None]
    if not found or len(levels) != 1 or not _BEFORE.match(sentence.low):
        return False
    last = found[-1]
    if last.rate is not None and last.previous_rate is None and len(last.evidence) < MAX_QUOTES:
        quotes = [*last.evidence, sentence.text[:MAX_QUOTE_CHARS]]
        found[-1] = last.model_copy(update={"previous_rate": float(levels[0].value), "evidence": quotes})
    return True


def _may_tell(sentence: Sentence) -> bool:
    return not DUTY_NOUNS.isdisjoint(sentence.words) or bool(
        _TRUCE.search(sentence.low) or (sentence.rates.rates and not _TAXED.isdisjoint(sentence.words))
    ) or (
        bool(sentence.rates.rates)
        and (
            not _RATE_NOUNS.isdisjoint(sentence.words)
            or any(name.kind == "firm" for name in sentence.names)
            or not _OTHERS.isdisjoint(sentence.words)
            or any(act.is_of("impose") for act in find_acts(sentence))
        )
    )


def merge(found: list[DraftTariff], item: DraftTariff) -> None:
    """Add ``item``, or its quotes to the item of which it tells again."""
    for at, known in enumerate(found):
        if _is_same(known, item):
            found[at] = enrich(known, item)
            return
        if _is_outline(known, item):
            found[at] = enrich(item, known)
            return
        if _is_outline(item, known):
            found[at] = enrich(known, item)
            return
    found.append(item)


def _is_outline(outline: DraftTariff, item: DraftTariff) -> bool:
    """Say whether one tells of the other in outline: a headline without rate or goods."""
    if outline.action != item.action or outline.aside != item.aside or outline.previous_rate is not None:
        return False
    if not _meet(outline.actors, item.actors) or not _meet(outline.targets, item.targets):
        return False
    if outline.companies or not _overlap(outline.goods, item.goods):
        return False
    is_bare = not outline.actors and not outline.targets and outline.goods is None
    if outline.rate is not None:
        return is_bare and outline.rate == item.rate
    shares = outline.actors == item.actors and (outline.goods is not None or outline.targets == item.targets)
    return bool(outline.actors) and shares and item.rate is not None and outline.effective is None


def _is_same(known: DraftTariff, item: DraftTariff) -> bool:
    if known.aside != item.aside or (item.rate is None) != (known.rate is None):
        return False
    if item.rate is not None:
        is_same_rate = known.rate == item.rate and (
            item.previous_rate in {None, known.previous_rate} or known.previous_rate is None
        )
        fits = known.companies == item.companies and _overlap(known.goods, item.goods)
        is_named = known.actors and known.actors == item.actors and known.targets == item.targets
        fits = fits and (known.status == item.status or (bool(is_named) and item.status != "suspended"))
        has_object = (known.targets and known.targets == item.targets) or _name_same(known.goods, item.goods)
        fits = fits and bool(has_object or not (item.targets or item.goods or item.companies))
        return is_same_rate and fits and _meet(known.targets, item.targets) and _meet(known.actors, item.actors)
    return (
        known.action == item.action
        and _meet(known.actors, item.actors)
        and _meet(known.targets, item.targets)
        and _overlap(known.goods, item.goods)
    )


def _meet(one: Sequence[Party], other: Sequence[Party]) -> bool:
    return not one or not other or any(party in other for party in one)


def _name_same(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and _overlap(one, other)


def _overlap(one: str | None, other: str | None) -> bool:
    if one is None or other is None:
        return True
    return bool(set(one.lower().split()) & set(other.lower().split()))


class _SentenceReader:
    def __init__(
        self, page: Page, cast: Cast, sentence: Sentence, found: Sequence[DraftTariff]
    ) -> None:
        self._page = page
        self._found = found
        self._cast = cast
        self._sentence = sentence
        self._acts = find_acts(sentence)

    def read_truces(self) -> Iterator[DraftTariff]:
        """Yield the extension of a truce or of exclusions."""
        match = _TRUCE.search(self._sentence.low)
        if match is None:
            return
        at = self._sentence.find_token(self._sentence.start + match.start())
        is_exclusion = "exclusion" in match.group()
        for act in self._acts:
            if act.is_of("extend") and abs(act.at - at) <= _MAX_GAP and act.clause_first <= at < act.clause_last:
                yield from self._make_truce(act, act, is_exclusion=is_exclusion)
                return
        if re.search(r"\bextension\sof\s(?:the|a|their)?\s?[\w\s]{0,12}truce", self._sentence.low):
            act = self._find_any_act(at)
            if act is not None:
                yield from self._make_truce(act, None, is_exclusion=is_exclusion)

    def _make_truce(self, act: Act, verb: Act | None, *, is_exclusion: bool) -> Iterator[DraftTariff]:
        status = read_status(act) if verb else _read_nominal_status(act)
        if status is None or status == "rejected":
            return
        if status == "in_force" and (tells_of_deal(self._sentence) and not is_exclusion):
            status = "agreed"
        times = find_times(act, act.clause_first, act.clause_last)
        actors = self._cast.find_actors(act)
        if not is_exclusion:
            actors = actors if len(actors) > 1 else self._cast.find_pair(self._sentence)
        noun = next((at for at in range(act.last, act.clause_last) if self._sentence.words[at] == "of"), None)
        phrase = self._read_targets(noun) if is_exclusion else None
        yield self._make(
            act,
            action="extend",
            status=status,
            actors=actors,
            targets=phrase.parties if phrase else [],
            times=times,
            statement=state_act(act) if verb else self._cut_extension(act),
        )

    def _cut_extension(self, act: Act) -> str:
        text = self._sentence.text
        start = self._sentence.low.find("extension")
        before = text.rfind(" ", 0, max(0, start - 1)) + 1
        return text[before : self._sentence.tokens[min(act.clause_last, len(self._sentence.tokens)) - 1].end - self._sentence.start][:160]

    def _read_targets(self, first: int | None) -> NounPhrase | None:
        words = self._sentence.words
        for at, word in enumerate(words):
            if word in {"for", "on"} and at + 1 < len(words) and at != first:
                phrase = read_noun_phrase(self._sentence, at + 1)
                if phrase.parties:
                    return phrase
        return None

    def read_duties(self) -> Iterator[DraftTariff]:
        """Yield the duties of the sentence: with a rate, or moved without one."""
        yield from self._read_bracketed()
        for duty in self._find_duties():
            item = self._read_duty(duty)
            if item is not None:
                yield from self._part_suspension(item)

    def _read_bracketed(self) -> Iterator[DraftTariff]:
        """Yield the rates that stand in brackets behind firms: "Baosteel (13.1%)"."""
        matches = list(_BRACKETED.finditer(self._sentence.text))
        noun = next((at for at, word in enumerate(self._sentence.words) if word in DUTY_NOUNS), None)
        act = None if noun is None or not matches else self._find_any_act(noun)
        status = _read_nominal_status(act) or read_status(act) if act else None
        if noun is None or act is None or status is None:
            return
        duty = self._make_duty(noun, _NO_RATES)
        phrase = self._find_object(duty, act)
        actors = self._find_actors(duty, act)
        names = [name for name in self._sentence.names if name.kind in {"demonym", "form"}]
        targets = [party for party in unite(names) if party not in actors][:1]
        for match in matches:
            rate = next((one for one in self._sentence.rates.rates if match.start("rate") <= one.start < match.end()), None)
            if rate is not None:
                yield self._make(
                    act,
                    action="impose",
                    status=status,
                    actors=actors,
                    targets=targets,
                    times=find_times(act, act.clause_first, act.clause_last),
                    statement=state_act(act),
                    goods=phrase.goods if phrase else None,
                    rates=_Rates(float(rate.value)),
                ).model_copy(update={"companies": [match["firm"]]})

    def _part_suspension(self, item: DraftTariff) -> Iterator[DraftTariff]:
        """Yield the item; of one that suspends a duty whose rate is told, that duty beside it."""
        if item.action != "suspend" or item.rate is None or item.status == "suspended":
            yield item
            return
        yield item.model_copy(update={"rate": None, "previous_rate": None})
        nothing = {"announced": None, "effective": None, "until": None, "condition": None}
        yield item.model_copy(update={"action": "impose", "status": "suspended", **nothing})

    def read_listed(self) -> Iterator[DraftTariff]:
        """Yield the rates of single firms in a list: "For Geely, the figure is 19.4 per cent"."""
        base = self._find_base()
        if base is None:
            return
        taken = {duty.rates.first for duty in self._find_duties() if duty.noun != duty.rates.first}
        begin = self._sentence.start
        for rates in self._list_rates():
            assert rates.first is not None and rates.last is not None
            start = self._sentence.tokens[rates.first].start
            firms = self._list_firms(begin, start)
            is_other = not firms and bool(_OTHERS & set(self._words_between(begin, start)))
            begin = self._sentence.tokens[rates.last - 1].end
            if rates.first in taken or rates.previous is not None or not (firms or is_other):
                continue
            if not self._is_assigned(rates.first):
                continue
            yield base.model_copy(
                update={
                    "rate": rates.rate,
                    "companies": firms,
                    "statement": self._sentence.text[:MAX_QUOTE_CHARS],
                    "evidence": [self._sentence.text[:MAX_QUOTE_CHARS], *base.evidence][:3],
                }
            )

    def _words_between(self, start: int, end: int) -> Sequence[str]:
        first, last = self._sentence.find_token(start), self._sentence.find_token(end)
        return self._sentence.words[first:last]

    def _list_firms(self, start: int, end: int) -> list[str]:
        """Return the firm named first in ``start:end``, and those joined to it."""
        names = [name for name in self._sentence.list_names(start, end) if name.kind == "firm"]
        firms = [name.text for name in names[:1]]
        for name, following in pairwise(names):
            between = self._words_between(name.end, following.start)
            if not set(between) <= {"and", ",", "or"}:
                break
            firms.append(following.text)
        return list(dict.fromkeys(firms))

    def _is_assigned(self, at: int) -> bool:
        """Say whether a verb before the percentage gives it to somebody."""
        acts = [act for act in self._acts if act.at < at and at - act.at <= 8]
        return bool(acts) and acts[-1].lemma in _ASSIGNING and not acts[-1].is_negated

    def _find_base(self) -> DraftTariff | None:
        """Return what a list of rates has in common, from the sentence that leads it."""
        at = self._sentence.index
        for earlier in reversed(self._page.sentences[max(0, at - 5) : at]):
            words = set(earlier.words)
            if DUTY_NOUNS & words and _LISTING & words:
                return self._make_base(earlier)
        return None

    def _make_base(self, lead: Sentence) -> DraftTariff | None:
        acts = [act for act in find_acts(lead) if self._cast.find_subject(act)]
        if not acts:
            return None
        actors = self._cast.find_subject(acts[0])
        others = unite([name for name in lead.names if name.kind not in {"firm", "place"} and name.entry])
        goods = next((lead.cut(phrase.first, phrase.last) for phrase in lead.goods), None)
        return DraftTariff(
            statement=lead.text[:180],
            actors=actors,
            targets=[party for party in others if party not in actors][:1],
            announced=find_times(acts[0], 0, len(lead.tokens)).announced,
            condition=None,
            agreement=None,
            source=None,
            aside=lead.is_aside,
            goods=goods,
            action="impose",
            companies=[],
            rate=None,
            previous_rate=None,
            effective=None,
            until=None,
            status="announced",
            evidence=[lead.text[:MAX_QUOTE_CHARS]],
        )

    def _find_duties(self) -> Iterator[_Duty]:
        taken: set[int] = set()
        bracketed = [match.span() for match in _BRACKETED.finditer(self._sentence.text)]
        for rates in self._list_rates():
            noun = self._find_noun(rates)
            start = self._sentence.tokens[rates.first or 0].start - self._sentence.start
            if any(first <= start < last for first, last in bracketed):
                noun = None
            end = self._sentence.tokens[(rates.last or 1) - 1].end - self._sentence.start
            is_coverage = rates.previous is None and _COVERAGE.match(self._sentence.low, end)
            lead = self._sentence.low[max(0, start - 60) : start]
            if _BANK.search(lead) or is_coverage or _ON_TOP.search(lead):
                noun = None
            if noun is not None:
                taken.add(noun)
                yield self._make_duty(noun, rates)
        for at, word in enumerate(self._sentence.words):
            if word in DUTY_NOUNS and at not in taken and self._is_duty(at):
                yield self._make_duty(at, _Rates())

    def _make_duty(self, noun: int, rates: _Rates) -> _Duty:
        first = min(noun, rates.first if rates.first is not None else noun)
        while first > 0 and _is_modifier(self._sentence, first - 1):
            first -= 1
        return _Duty(first, noun, noun + 1, rates)

    def _is_duty(self, at: int) -> bool:
        before = self._sentence.low[: self._sentence.tokens[at].start - self._sentence.start]
        following = self._sentence.words[at + 1] if at + 1 < len(self._sentence.words) else ""
        is_compound = self._sentence.words[at] == "tariff" and self._is_noun(at + 1)
        if is_compound or following in {"truce", "truces", "free", "commission", "negotiations", "talks", "war", "hikes"}:
            return False
        return not _NO_DUTY.search(before[-12:]) and not _AVERAGE.search(before[-30:])

    def _is_noun(self, at: int) -> bool:
        """Say whether the token is a noun that "tariff" only qualifies: "tariff talks"."""
        if at >= len(self._sentence.tokens):
            return False
        token = self._sentence.tokens[at]
        is_open = token.low in _MODIFIER_STOPS or not token.text[0].islower()
        return not is_open and not any(act.at == at for act in self._acts)

    def _list_rates(self) -> Iterator[_Rates]:
        """Yield the movements between percentages, then the levels that stand alone."""
        moved: set[int] = set()
        levels = {rate.start: rate for rate in self._sentence.rates.rates if rate.doubt is None}
        step = _STEP.search(self._sentence.low)
        if step is not None and len(levels) == 2:
            (_, before), (start, after) = sorted(levels.items())
            if before.start < step.end() <= start:
                first, last = self._find(before.start), self._find(after.end)
                yield _Rates(_plain(after.value), _plain(before.value), first, last)
                return
        for move in self._sentence.rates.moves:
            if any(start not in levels for start in move.starts):
                continue
            moved.update(move.starts)
            tokens = [self._find(levels[start].start) for start in move.starts]
            ends = [self._find(levels[start].end) for start in move.starts]
            before = None if move.derived else _plain(move.before)
            yield _Rates(_plain(move.after), before, min(tokens), max(ends))
        yield from self._list_own_moves(levels, moved)
        for start, level in levels.items():
            if start in moved:
                continue
            place = self._find(level.start), self._find(level.end)
            is_former = self._sentence.low[:start].endswith(("from ", "from its ", "from the "))
            rates = (None, _plain(level.value)) if is_former else (_plain(level.value), None)
            yield _Rates(*rates, *place)

    def _list_own_moves(self, levels: Mapping[int, RateMention], moved: set[int]) -> Iterator[_Rates]:
        """Yield "drop its 100 per cent tariff on cars to 6.1 per cent"."""
        words = self._sentence.words
        left = [level for start, level in sorted(levels.items()) if start not in moved]
        for one, other in pairwise(left):
            first, last = self._find(one.start), self._find(one.end)
            second = self._find(other.start)
            is_attribute = any(word in DUTY_NOUNS for word in words[last : last + 3])
            leads = words[second - 1] == "to" and not {"and", "while", ";"} & set(words[last:second])
            acts = [act for act in self._acts if 0 < first - act.last + 1 <= 4 and act.is_of("increase", "reduce")]
            if is_attribute and leads and acts:
                moved.update({one.start, other.start})
                yield _Rates(_plain(other.value), _plain(one.value), first, self._find(other.end))

    def _find(self, offset: int) -> int:
        return self._sentence.find_token(self._sentence.start + offset)

    def _find_noun(self, rates: _Rates) -> int | None:
        """Return the duty noun that makes the percentage a rate of duty; ``None`` for none."""
        if rates.first is None or rates.last is None:
            return None
        words = self._sentence.words
        for at in range(rates.first, rates.last):
            if words[at] in DUTY_NOUNS:
                return at
        for at in range(rates.last, min(rates.last + 5, len(words))):
            if words[at] in DUTY_NOUNS or (words[at] in {"rate", "tax"} and self._is_rate_noun(at)):
                return at if self._is_duty(at) or words[at] not in DUTY_NOUNS else None
            if words[at] in {"of", "to", "in", "and", "from", ",", ".", "by", "on", "for"}:
                break
        for at in range(rates.first - 1, max(-1, rates.first - _MAX_GAP), -1):
            if self._is_that(at):
                return at
            if self._is_other_move(at):
                break
            if words[at] in DUTY_NOUNS or (words[at] in _RATE_NOUNS and self._is_rate_noun(at)):
                before = self._sentence.low[: self._sentence.tokens[at].start - self._sentence.start]
                return None if _AVERAGE.search(before[-30:]) or _NO_DUTY.search(before[-12:]) else at
            if words[at] in _TAXED and words[at + 1] in {"at", "to", "between"} and at + 4 > rates.first:
                return at
            if words[at] in {";", "while", "but", "share", "margin", "growth", "sales", "revenue"}:
                break
        return self._find_charged(rates)

    def _is_that(self, at: int) -> bool:
        """Say whether "that on bourbon" stands for a duty named before."""
        words = self._sentence.words
        return words[at : at + 2] == ("that", "on") and not DUTY_NOUNS.isdisjoint(words[:at])

    def _is_other_move(self, at: int) -> bool:
        """Say whether a verb at the token moves something else than a duty named before it."""
        return any(
            act.at == at and not act.is_passive and act.form in {"base", "past", "ing"}
            and act.is_of("increase", "reduce", "remove") and act.lemma not in _INTRANSITIVE
            for act in self._acts
        )

    def _find_charged(self, rates: _Rates) -> int | None:
        """Return the percentage's own place in "put the same 25 per cent on imports"."""
        assert rates.first is not None and rates.last is not None
        words = self._sentence.words
        if rates.first and words[rates.first - 1] in {"charged", "taxed", "levied"} and self._sentence.goods:
            return rates.first
        if self._is_paid(rates.first):
            return rates.first
        leads = words[rates.last : rates.last + 1] == ("on",)
        acts = [act for act in self._acts if act.is_of("impose") and 0 < rates.first - act.at <= 6]
        return rates.first if leads and acts and self._has_duty_before() else None

    def _is_paid(self, at: int) -> bool:
        """Say whether a state or its goods pay the percentage, where duties are spoken of."""
        acts = [act for act in self._acts if 0 < at - act.last + 1 <= 5 and act.at < at]
        if not acts or not self._has_duty_before():
            return False
        act = acts[-1]
        is_paying = act.lemma in {"pay", "face", "bear"} or (act.lemma == "charge" and act.is_passive)
        names = list_names_in(self._sentence, act.clause_first, act.chain_first)
        return is_paying and not act.is_negated and any(name.entry for name in names)

    def _is_rate_noun(self, at: int) -> bool:
        words = self._sentence.words
        if at and words[at - 1] in _NO_RATE_NOUNS:
            return False
        if at and words[at - 1] in {"reciprocal", "tariff", "duty", "deposit", "headline"}:
            return True
        level = next((one for one in self._sentence.rates.rates if one.doubt is None), None)
        is_known = level is not None and any(float(level.value) in (one.rate, one.previous_rate) for one in self._found)
        return is_known or self._has_duty_before()

    def _has_duty_before(self) -> bool:
        """Say whether the sentence or the three before it speak of a duty."""
        at = self._sentence.index
        return any(
            not DUTY_NOUNS.isdisjoint(one.words) for one in self._page.sentences[max(0, at - 3) : at + 1]
        )

    def _read_duty(self, duty: _Duty) -> DraftTariff | None:
        act = self._find_act(duty)
        action = self._read_action(duty, act)
        if act is None or action is None or is_denied(act):
            return None
        status = self._read_status(duty, act)
        if status is None or (status == "rejected" and duty.rates.rate is None):
            return None
        if act.is_of("suspend", "remove") and self._was_only_meant(duty):
            action, status = "impose", "rejected"
        phrase = self._find_object(duty, act)
        actors = self._find_actors(duty, act) or self._find_teller(act, phrase)
        targets = [party for party in (phrase.parties if phrase else []) if [party] != actors]
        targets = targets or self._find_label(actors)
        condition = find_condition(self._sentence, act.last, act.clause_last) or ""
        if status == "in_force" and condition.startswith(("if ", "unless ", "should ")):
            status = "threatened"
        if status == "threatened" and action in {"reduce", "remove", "suspend", "exempt"}:
            # "Would drop its surtax if": an offer, no threat.
            status = "proposed"
        if action == "suspend" and duty.rates.rate is not None and status in {"in_force", "announced", "agreed"}:
            status = "suspended" if act.modality == "present" else status
        if duty.rates.rate is None and (action == "maintain" or not actors) and duty.rates.previous is None:
            return None
        is_plain_rate = self._sentence.words[duty.noun] in _RATE_NOUNS
        if not targets and not actors and (is_plain_rate or duty.rates.rate is None or duty.noun == duty.rates.first):
            return None
        if self._is_former(duty, act, action):
            duty = duty._replace(rates=duty.rates._replace(rate=None, previous=duty.rates.rate))
        last = max(duty.rates.last or 0, duty.last, phrase.last if phrase else 0)
        times = find_times(act, act.clause_first, max(act.clause_last, last))
        return self._make(
            act,
            action=action,
            status=status,
            actors=actors,
            targets=targets,
            times=times,
            goods=phrase.goods if phrase else None,
            rates=duty.rates,
            first=min(act.at, duty.first),
            last=last,
            statement=self._state(duty, act, last),
        )

    def _state(self, duty: _Duty, act: Act, last: int) -> str:
        if duty.first < act.at:
            return state_act(act, min(duty.first, act.clause_first))
        text = state_act(act)
        end = self._sentence.tokens[min(last, len(self._sentence.tokens)) - 1].end
        start = self._sentence.tokens[act.at].start
        return text if len(text) >= end - start or len(text) > 60 else self._sentence.cut(act.at, last)

    def _find_act(self, duty: _Duty) -> Act | None:
        """Return the verb that moves the duty: before it in its clause, or of which it is the subject."""
        behind = [
            act
            for act in self._acts
            if act.at < duty.first and duty.first < act.clause_last and act.is_of(*_CLASSES)
            and not act.is_reduced
        ]
        near = [act for act in behind if duty.first - act.last <= 8]
        if near:
            return near[-1]
        ahead = [
            act
            for act in self._acts
            if act.at >= duty.last and self._is_subject(duty, act) and act.is_of(*_CLASSES, "be")
        ]
        main = [act for act in ahead if act.clause_first <= duty.first and not act.is_reduced]
        moving = [act for act in main[:1] if act.is_of(*_CLASSES)]
        chosen = (moving or ahead)[0] if ahead else None
        if chosen is not None and chosen.at - duty.last <= 30:
            return self._follow_aspect(chosen)
        if behind and duty.rates.rate is not None:
            return behind[-1]
        return self._find_any_act(duty.noun) if self._find_nominal() or duty.rates.rate is not None else None

    def _follow_aspect(self, act: Act) -> Act:
        """Return "suspend" of "continue to be suspended"."""
        if act.is_of("extend", "maintain"):
            for other in self._acts:
                if 0 < other.at - act.last <= 4 and other.is_of("suspend"):
                    return other
        return act

    def _is_subject(self, duty: _Duty, act: Act) -> bool:
        if act.clause_first <= duty.first:
            return True
        lead = self._sentence.words[act.clause_first - 1]
        return lead in {"that", "which"} and 0 <= act.clause_first - duty.last <= 8

    def _find_any_act(self, at: int) -> Act | None:
        """Return the verb of the clause that holds token ``at``, of whatever class."""
        held = [act for act in self._acts if act.clause_first <= at < act.clause_last]
        before = [act for act in held if act.at < at]
        return before[-1] if before else (held[0] if held else None)

    def _find_nominal(self) -> TariffAction | None:
        match = _NOMINAL.search(self._sentence.low)
        return _NOMINALS[match["noun"]] if match else None

    def _read_action(self, duty: _Duty, act: Act | None) -> TariffAction | None:
        rates = duty.rates
        if rates.rate is not None and rates.previous is not None:
            return "increase" if rates.rate > rates.previous else "reduce"
        if act is None:
            return None
        nominal = self._find_nominal()
        if nominal and not act.is_of("suspend", "remove", "exempt"):
            return nominal
        if act.is_of("bear"):
            return "maintain" if _STANDING & set(self._sentence.words) else "impose"
        for name in _ACTIONS:
            if act.is_of(name):
                return self._settle_action(name, act, rates)
        if act.is_of("be") and rates.rate is not None and _STANDING & set(self._sentence.words):
            return "maintain"
        is_bare = act.is_of("threaten", "refuse", "hold", "agree", "promise", "plan", "consider", "be") or (
            act.lemma in {"announce", "hold", "take"}
        )
        return "impose" if is_bare and (rates.rate is not None or act.is_of("threaten")) else None

    def _settle_action(self, name: TariffAction, act: Act, rates: _Rates) -> TariffAction:
        """Decide verbs of two meanings by the level that follows."""
        if act.lemma == "drop":
            return "reduce" if rates.rate is not None else "remove"
        if act.lemma == "lift" and rates.rate is not None:
            return "increase"
        if name == "extend" and rates.rate is not None:
            return "maintain"
        return name

    def _read_status(self, duty: _Duty, act: Act) -> MeasureStatus | None:
        if act.is_of("threaten"):
            is_real = act.modality in {"fact", "present", "purpose"} and not act.is_hypothetical
            return "threatened" if is_real and not act.is_negated else None
        if act.is_of("be"):
            return self._read_copula_status(act)
        if act.is_of("refuse"):
            return "rejected" if act.modality in {"fact", "present"} and not act.is_negated else None
        if act.is_of(*_CLASSES):
            if act.lemma == "stand" and act.form == "past":
                return None
            status = read_status(act)
            if status == "in_force" and (self._is_over(act) or _HEIGHT.search(self._sentence.low)):
                return "ended"
            if status == "announced" and self._is_conceded(duty, act):
                return "agreed"
            if status is None and self._is_part_of_deal(act):
                return "agreed"
            return status
        return _read_nominal_status(act)

    def _is_part_of_deal(self, act: Act) -> bool:
        """Say whether an infinitive or a gerund tells what a deal holds: "for the US to levy"."""
        if act.modality != "purpose" or act.is_hypothetical or not tells_of_deal(self._sentence):
            return False
        before = self._sentence.words[max(0, act.at - 2) : act.at]
        return act.form == "base" or bool({"included", "includes", "include", "including"} & set(before))

    def _read_copula_status(self, act: Act) -> MeasureStatus | None:
        """Return the status of what "is": "the centrepiece is a cut in the tariff"."""
        if act.is_negated or act.is_hypothetical or act.modality not in {"present", "fact"}:
            status = read_status(act)
            return status if status == "threatened" else None
        if self._find_nominal():
            return "agreed" if tells_near(self._page, self._sentence) else "announced"
        if act.modality == "fact" and act.form == "past":
            # What "was" may be over; only where the article says so is it told.
            return "ended" if _HEIGHT.search(self._sentence.low) else None
        return "in_force"

    def _is_over(self, act: Act) -> bool:
        """Say whether the sentence goes on to tell the duty's end: "they came off in May"."""
        return any(
            other.at > act.at
            and other.lemma in {"expire", "lapse", "come", "remove", "lift", "scrap", "end", "drop"}
            and (other.is_of("remove") or other.lemma in {"expire", "lapse"})
            and other.modality == "fact"
            and other.matrix == ""
            and (
                bool({"they", "it", "which"} & set(self._sentence.words[other.clause_first - 1 : other.at]))
                or (other.lemma in {"expire", "lapse"} and self._sentence.words[other.chain_first - 1] == "and")
            )
            for other in self._acts
        )

    def _is_conceded(self, duty: _Duty, act: Act) -> bool:
        """Say whether a duty that is to fall is what a deal gives."""
        is_fall = duty.rates.previous is not None and (duty.rates.rate or 0) < duty.rates.previous
        is_given = is_fall or act.is_of("reduce", "remove", "suspend", "exempt")
        return is_given and (tells_near(self._page, self._sentence) or is_deal_story(self._page))

    def _find_object(self, duty: _Duty, act: Act) -> NounPhrase | None:
        words = self._sentence.words
        if act.is_of("bear") and act.at < duty.first:
            phrase = read_noun_phrase(self._sentence, act.clause_first)
            if phrase.parties or phrase.goods:
                owner = self._find_owner(duty)
                phrase = phrase._replace(parties=[one for one in phrase.parties if one not in owner])
                return phrase._replace(goods=phrase.goods or self._find_goods_on(duty))
        start = self._sentence.tokens[duty.first].start - self._sentence.start
        if "each other" in self._sentence.low[start:]:
            actors = self._cast.find_actors(act)
            return NounPhrase(duty.last, duty.last + 4, actors if len(actors) > 1 else [], None)
        if act.is_of("exempt") or "exempt" in words[act.at : act.at + 2]:
            is_subject = act.is_passive or act.is_of("be") or (act.at and words[act.at - 1] in BE)
            return read_noun_phrase(self._sentence, act.clause_first if is_subject else act.last)
        stop = max(duty.last, duty.rates.last or 0) + 10
        for at in range(duty.first, min(stop, len(words))):
            if words[at] in {"on", "against"} and at + 1 < len(words) and at > duty.first:
                if not self._is_date(at + 1):
                    return read_noun_phrase(self._sentence, at + 1)
            if words[at] == "to" and self._leads_to_goods(at):
                return read_noun_phrase(self._sentence, at + 1)
            if words[at] in {";", "while"} or (words[at] in {"that", "which"} and at > duty.last):
                break
        is_subject = act.is_passive or act.is_of("be")
        if is_subject and act.clause_first < act.chain_first <= duty.first:
            return read_noun_phrase(self._sentence, act.clause_first)
        return None

    def _find_goods_on(self, duty: _Duty) -> str | None:
        words = self._sentence.words
        for at in range(duty.last, min(duty.last + 3, len(words) - 1)):
            if words[at] == "on":
                return read_noun_phrase(self._sentence, at + 1).goods
        return None

    def _is_date(self, at: int) -> bool:
        start = self._sentence.tokens[at].start
        return any(reading.mention.start <= start < reading.mention.end for reading in self._sentence.dates)

    def _leads_to_goods(self, at: int) -> bool:
        return any(word in {"goods", "imports", "products"} for word in self._sentence.words[at + 1 : at + 4])

    def _find_actors(self, duty: _Duty, act: Act) -> list[Party]:
        owner = self._find_owner(duty)
        if owner and not (act.is_passive and "'s" in self._sentence.low.replace("’", "'")[: self._sentence.tokens[duty.noun].start - self._sentence.start][-24:]):
            return owner
        if act.is_of("bear", "be") or (act.is_passive and duty.first > act.at):
            return self._find_border(act)
        actors = self._cast.find_actors(act)
        return actors if actors or act.is_passive else self._find_announcer(act)

    def _was_only_meant(self, duty: _Duty) -> bool:
        """Say whether the duty had only been threatened or proposed."""
        words = self._sentence.words
        near = words[max(0, duty.first - 2) : duty.noun + 3]
        return bool({"threatened", "proposed", "mooted"} & set(near))

    def _is_former(self, duty: _Duty, act: Act, action: TariffAction) -> bool:
        """Say whether the one rate is that before the move: "halve its 30% tariff"."""
        rates, words = duty.rates, self._sentence.words
        if action not in {"reduce", "remove", "increase"} or rates.first is None or rates.previous is not None:
            return False
        is_attribute = rates.last is not None and rates.last <= duty.noun
        lead = [word for word in words[max(0, rates.first - 3) : rates.first] if word in {"to", "at", "of"}]
        is_object = act.at < rates.first or act.is_passive
        return is_attribute and is_object and not lead

    def _find_label(self, actors: list[Party]) -> list[Party]:
        """Return the state that labels an item of a list: "• Japan: U.S. tariff on cars falls"."""
        for name in self._sentence.names[:1]:
            at = self._sentence.find_token(name.end)
            is_label = self._sentence.words[at : at + 1] == (":",) and name.kind == "form"
            return [party for party in unite([name]) if is_label and party not in actors]
        return []

    def _find_teller(self, act: Act, phrase: NounPhrase | None) -> list[Party]:
        """Return the state whose own duty its speaker tells of, where nobody else is named."""
        told = self._cast.find_speaker(find_source(self._page, self._sentence, act.start))
        others = phrase.parties if phrase else []
        return [party for party in told if others and party not in others and party.country]

    def _find_border(self, act: Act) -> list[Party]:
        """Return at whose border the goods pay: "at the U.S. border", "in the United States"."""
        for match in _BORDER.finditer(self._sentence.low, act.start - self._sentence.start):
            start = self._sentence.start + match.end()
            names = [name for name in self._sentence.names if start <= name.start <= start + 4]
            if names and names[0].entry and names[0].kind != "firm":
                return unite(names[:1])
        return []

    def _find_announcer(self, act: Act) -> list[Party]:
        """Return who tells of the duty, where the clause names nobody: "Trump said he would"."""
        for other in reversed(self._acts):
            if other.at < act.at and other.is_of("say", "plan", "agree", "promise", "threaten"):
                return self._cast.find_subject(other)
        return []

    def _find_owner(self, duty: _Duty) -> list[Party]:
        """Return whose duty it is: "US tariffs", "Canada's surtax", "tariff of the American side"."""
        start = self._sentence.tokens[duty.first].start
        stop = self._sentence.tokens[duty.noun].start
        within = [one for one in self._sentence.list_names(start, stop) if one.entry and one.kind != "firm"]
        if within and stop - within[-1].end <= 24:
            return unite(within[-1:])
        for name in self._sentence.names:
            if name.entry and name.kind not in {"firm", "person"} and self._touches(name, start):
                return unite([name])
        behind = duty.last
        words = self._sentence.words
        while behind < len(words) and words[behind] in {'"', "”", "“"}:
            behind += 1
        if behind < len(words) and words[behind] == "of":
            names = list_names_in(self._sentence, behind + 1, behind + 4)
            return unite(names[:1])
        return []

    def _touches(self, name: Name, start: int) -> bool:
        between = self._sentence.text[name.end - self._sentence.start : start - self._sentence.start]
        return name.end <= start and between.strip() in {"", "'s", "’s"} and is_adjective(self._sentence, name)

    def _find_companies(self, rates: _Rates) -> list[str]:
        """Return the firm that a percentage is for: "17% for BYD"."""
        words = self._sentence.words
        if rates.last is None or words[rates.last : rates.last + 1] != ("for",):
            return []
        last = first = rates.last + 1
        while last < len(words) and self._sentence.tokens[last].text[0].isupper():
            last += 1
        names = list_names_in(self._sentence, first, last)
        if first == last or any(name.entry for name in names):
            return []
        return [self._sentence.cut(first, last)]

    def _make(
        self,
        act: Act,
        *,
        action: TariffAction,
        status: MeasureStatus,
        actors: list[Party],
        targets: list[Party],
        times: Times,
        statement: str,
        goods: str | None = None,
        rates: _Rates = _NO_RATES,
        first: int | None = None,
        last: int | None = None,
    ) -> DraftTariff:
        sentence = self._sentence
        return DraftTariff(
            statement=statement,
            actors=actors,
            targets=targets,
            announced=times.announced,
            condition=find_condition(sentence, act.last, act.clause_last),
            agreement=find_agreement(self._page, sentence),
            source=find_source(self._page, sentence, act.start),
            aside=sentence.is_aside,
            goods=goods,
            action=action,
            companies=self._find_companies(rates),
            rate=rates.rate,
            previous_rate=rates.previous,
            effective=times.effective,
            until=times.until,
            status=status,
            evidence=[quote_act(act, first=first, last=last)],
        )


def _plain(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


_MODIFIER_STOPS = frozenset(
    "the a an on of in at to for by from and or with its their his that this which is are was were"
    " be been will would has have had not no as than over into , . ; :".split()
)


def _is_modifier(sentence: Sentence, at: int) -> bool:
    """Say whether the token belongs to the noun phrase behind it: "a jaw-dropping 150%"."""
    token = sentence.tokens[at]
    if token.low in _MODIFIER_STOPS or token.low in {"'s", "’s"}:
        return False
    if any(name.start <= token.start < name.end for name in sentence.names):
        return False
    return not token.readings or token.low in {"added", "proposed", "planned", "threatened", "existing"}


def _read_nominal_status(act: Act) -> MeasureStatus | None:
    """Return the status of what a verb of speech or agreement has as its object."""
    if act.is_negated or act.modality in {"demanded", "refused"}:
        return None
    if act.is_of("threaten"):
        return "threatened"
    if act.is_of("consider") and not act.is_of("meet"):
        return "rejected" if is_given_up(act) else "proposed"
    if act.is_of("agree") or tells_of_deal(act.sentence):
        return "agreed"
    if act.is_of("refuse"):
        return "rejected"
    if act.is_of("hold"):
        return "agreed"
    if act.is_of("say", "plan", "promise"):
        return "announced" if act.lemma in {"announce", "plan", "promise", "pledge", "unveil", "confirm"} else None
    return "in_force" if act.modality in {"fact", "present"} and act.is_of("begin") else None
