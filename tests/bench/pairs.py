"""Articles full of items, with what is expected of them and what was found; always the same.

Owns the words and values that items are made of, and how a reading differs from its fixture.
Each sentence of an article is the quote of one item. No two articles say the same.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Literal, NamedTuple, TypeVar, get_args

from schemas.base import (
    LIST_NAMES,
    ChipInstrument,
    ListName,
    MeasureStatus,
    NonTariffInstrument,
    Party,
    Quantity,
    Stance,
    TalkKind,
    Topic,
)
from schemas.claimed import ClaimedSummary
from schemas.draft import Draft, DraftItem
from schemas.golden import GoldenFixture
from tests.builders import DRAFT_ITEM_BUILDERS, build_draft, build_summary

Quality = Literal["good", "poor"]
"""``good``: in ten items one has an error, one of each list is missing and one is invented.
``poor``: each item differs somewhere from the one expected, so that none is paired at sight."""

_COUNTRIES = {
    "China": "CN", "United States": "US", "European Union": "EU", "Japan": "JP", "Canada": "CA",
    "South Korea": "KR", "Mexico": "MX", "India": "IN", "Vietnam": "VN", "Brazil": "BR",
    "Netherlands": "NL", "Taiwan": "TW",
}  # fmt: skip
_PEOPLE = {
    "Scott Bessent": "US", "He Lifeng": "CN", "Howard Lutnick": "US", "Wang Wentao": "CN",
    "Jamieson Greer": "US", "Li Chenggang": "CN", "Maros Sefcovic": "EU", "Ryosei Akazawa": "JP",
}  # fmt: skip
_GOODS = (
    "toys", "shoes", "trucks", "steel", "aluminium", "copper", "lumber", "solar panels", "beef",
    "cheese", "soybeans", "sorghum", "pork", "batteries", "furniture", "ships", "cranes",
    "gallium", "germanium", "rare earths", "magnets", "pharmaceuticals", "textiles", "tyres",
)  # fmt: skip
_CHIPS = ("H20", "H200", "MI308", "A800", "B30A", "Blackwell", "Ascend 910C", "EUV scanners")
_FIRMS = ("Nvidia", "AMD", "ASML", "TSMC", "SMIC", "Huawei", "Micron", "Samsung", "Intel")
_PLACES = ("Geneva", "London", "Stockholm", "Madrid", "Kuala Lumpur", "Busan", "Beijing")
_UNITS = ("metric ton", "bushel", "USD", "vehicle", "student")
_WAYS = ("from the spring on", "for a year", "in stages", "without delay", "as agreed in Busan")
_DEEDS = ("purchase", "deliver", "exempt", "inspect", "release", "stockpile", "export")
_OTHER_WORDS = {
    "purchase": "buy", "lower": "reduce", "raise": "increase", "restrict": "limit",
    "talks on": "discussions about", "differ on": "disagree about",
}  # fmt: skip
_FIRST_DAY = date(2025, 1, 1)
_TOPICS = get_args(Topic)
_STATUSES = get_args(MeasureStatus)

Lists = Mapping[ListName, Sequence[DraftItem]]
"""The items of each list."""
Values = dict[str, object]
"""Values of an item, by field."""
Value = TypeVar("Value")


class Pair(NamedTuple):
    """An article, what a reading of it should find, and what one found."""

    fixture: GoldenFixture
    text: str
    found: ClaimedSummary


class _Dice:
    """Draws what items say; always the same in the same order."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def choose(self, values: Sequence[Value]) -> Value:
        return self._random.choice(values)

    def shuffle(self, values: Sequence[Value]) -> list[Value]:
        return self._random.sample(values, len(values))

    def name_day(self) -> str:
        day = _FIRST_DAY + timedelta(days=self._random.randrange(700))
        return self.choose((day.isoformat(), f"{day:%Y-%m}"))

    def name_rate(self) -> float:
        return self._random.randrange(2, 290) / 2

    def measure(self) -> Quantity:
        return Quantity(value=self._random.randrange(1, 900) * 10_000, unit=self.choose(_UNITS))

    def find_parties(self) -> tuple[Party, Party]:
        actor, target = self._random.sample(list(_COUNTRIES), 2)
        return Party(name=actor, country=_COUNTRIES[actor]), Party(
            name=target, country=_COUNTRIES[target]
        )

    def find_people(self) -> list[Party]:
        return [
            Party(name=name, country=_PEOPLE[name]) for name in self._random.sample([*_PEOPLE], 2)
        ]


def make_pair(number: int, *, items_each: int, quality: Quality) -> Pair:
    """Return the pair ``number``, with ``items_each`` items in each of the six lists."""
    dice = _Dice(number)
    items = {name: [_make_item(name, dice) for _ in range(items_each)] for name in LIST_NAMES}
    extra = {name: _make_item(name, dice) for name in LIST_NAMES}
    quotes = [item.evidence[0] for name in LIST_NAMES for item in (*items[name], extra[name])]
    text = " ".join(f"{quote}." for quote in quotes)
    if quality == "good":
        found = {name: _read_well(name, items[name], extra[name], dice) for name in LIST_NAMES}
    else:
        found = {name: _read_poorly(name, items[name], dice) for name in LIST_NAMES}
    return Pair(_expect(number, items), text, _claim(found, text))


def make_list_pair(name: ListName, length: int) -> Pair:
    """Return a pair of which one list has ``length`` items, poorly read, and the others none."""
    dice = _Dice(length)
    items = [_make_item(name, dice) for _ in range(length)]
    text = " ".join(f"{item.evidence[0]}." for item in items)
    empty: Lists = {other: [] for other in LIST_NAMES}
    found = _claim({**empty, name: _read_poorly(name, items, dice)}, text)
    return Pair(_expect(length, {**empty, name: items}), text, found)


def _expect(number: int, items: Lists) -> GoldenFixture:
    draft = _build(items).model_dump()
    lists = {name: draft[name] for name in LIST_NAMES}
    return GoldenFixture.model_validate({"article": f"{number:06}.txt", **lists})


def _claim(items: Lists, text: str) -> ClaimedSummary:
    summary = build_summary(text, draft=_build(items))
    return ClaimedSummary.model_validate(summary.model_dump())


def _build(items: Lists) -> Draft:
    lists: dict[str, object] = {str(name): items[name] for name in items}
    return build_draft(**lists)


def _read_well(
    name: ListName, items: Sequence[DraftItem], extra: DraftItem, dice: _Dice
) -> list[DraftItem]:
    """Return ``items`` in another order, the last one gone, ``extra`` added, one in ten wrong."""
    read = [
        item if at % 10 else _change(item, _ERRORS[name](dice)) for at, item in enumerate(items)
    ]
    return dice.shuffle([*read[:-1], extra])


def _read_poorly(name: ListName, items: Sequence[DraftItem], dice: _Dice) -> list[DraftItem]:
    """Return ``items`` in another order, each reworded and quoted in short, one in three wrong."""
    read = [
        reword(item) if at % 3 else _change(reword(item), _ERRORS[name](dice))
        for at, item in enumerate(items)
    ]
    return dice.shuffle(read)


def reword(item: DraftItem) -> DraftItem:
    """Return ``item`` with its words replaced where there are others, and a shorter quote."""
    values: Values = {"evidence": [item.evidence[0].rsplit(" ", 2)[0]]}
    for field in ("statement", "outcome", "about"):
        text = getattr(item, field, None)
        if text is not None:
            for word, other in _OTHER_WORDS.items():
                text = text.replace(word, other)
            values[field] = text
    return _change(item, values)


def _change(item: DraftItem, values: Values) -> DraftItem:
    kind: Callable[[object], DraftItem] = type(item).model_validate
    return kind({**dict(item), **values})


def _make_item(name: ListName, dice: _Dice) -> DraftItem:
    return DRAFT_ITEM_BUILDERS[name](**_MAKERS[name](dice))


def _make_talk(dice: _Dice) -> Values:
    first, second = dice.find_people()
    day, place, goods = dice.name_day(), dice.choose(_PLACES), dice.choose(_GOODS)
    outcome = f"go on with talks on {goods} {dice.choose(_WAYS)}"
    quote = f"{first.name} and {second.name}, who met in {place} on {day}, will {outcome}"
    return {
        "kind": dice.choose(get_args(TalkKind)),
        "date": day,
        "place": place,
        "participants": [first, second],
        "topics": [dice.choose(_TOPICS)],
        "outcome": outcome,
        "status": dice.choose(("planned", "held")),
        "evidence": [quote],
    }


def _make_commitment(dice: _Dice) -> Values:
    actor, target = dice.find_parties()
    quantity, goods = dice.measure(), dice.choose(_GOODS)
    deed = f"{dice.choose(_DEEDS)} {quantity.value:,.0f} {quantity.unit}s of {goods}"
    return {
        "statement": deed,
        "actors": [actor],
        "targets": [target],
        "announced": dice.name_day(),
        "condition": dice.choose((None, f"if talks on {dice.choose(_GOODS)} go on")),
        "source": dice.choose(tuple(_PEOPLE)),
        "topic": dice.choose(_TOPICS),
        "quantity": quantity,
        "due": dice.name_day(),
        "status": dice.choose(("proposed", "agreed", "announced")),
        "evidence": [f"{actor.name} told {target.name} that it will {deed} {dice.choose(_WAYS)}"],
    }


def _make_tariff(dice: _Dice) -> Values:
    actor, target = dice.find_parties()
    goods, rate, before = dice.choose(_GOODS), dice.name_rate(), dice.name_rate()
    action = "reduce" if rate < before else "increase"
    verb = "lower" if rate < before else "raise"
    deed = f"{verb} the duty on {goods} from {target.name} to {rate:g}%"
    return {
        "statement": deed,
        "actors": [actor],
        "targets": [target],
        "announced": dice.name_day(),
        "goods": goods,
        "action": action,
        "rate": rate,
        "previous_rate": before,
        "effective": dice.choose((None, dice.name_day())),
        "status": dice.choose(_STATUSES),
        "evidence": [f"{actor.name} is to {deed}, where it was {before:g}%, {dice.choose(_WAYS)}"],
    }


def _make_chip_policy(dice: _Dice) -> Values:
    actor, target = dice.find_parties()
    chip, firm = dice.choose(_CHIPS), dice.choose(_FIRMS)
    deed = f"restrict sales of the {chip} by {firm} to {target.name}"
    return {
        "statement": deed,
        "actors": [actor],
        "targets": [target],
        "announced": dice.name_day(),
        "companies": [firm],
        "products": [chip],
        "instrument": dice.choose(get_args(ChipInstrument)),
        "stance": dice.choose(get_args(Stance)),
        "rate": dice.choose((None, dice.name_rate())),
        "status": dice.choose(_STATUSES),
        "evidence": [f"On {dice.name_day()} {actor.name} moved to {deed} {dice.choose(_WAYS)}"],
    }


def _make_measure(dice: _Dice) -> Values:
    actor, target = dice.find_parties()
    goods = dice.choose(_GOODS)
    deed = f"restrict exports of {goods} to {target.name} {dice.choose(_WAYS)}"
    return {
        "statement": deed,
        "actors": [actor],
        "targets": [target],
        "announced": dice.name_day(),
        "goods": goods,
        "instrument": dice.choose(get_args(NonTariffInstrument)),
        "stance": dice.choose(get_args(Stance)),
        "until": dice.choose((None, dice.name_day())),
        "status": dice.choose(_STATUSES),
        "evidence": [f"On {dice.name_day()} {actor.name} chose to {deed}"],
    }


def _make_doubt(dice: _Dice) -> Values:
    goods, one, other = dice.choose(_GOODS), dice.name_rate(), dice.name_rate()
    about = f"Two passages differ on the duty on {goods}: {one:g}% and {other:g}%"
    quote = f"The duty on {goods} is {one:g}% in one passage and {other:g}% in another"
    return {"about": about, "evidence": [f"{quote}, {dice.choose(_WAYS)}"]}


_MAKERS: Mapping[ListName, Callable[[_Dice], Values]] = {
    "talks": _make_talk,
    "commitments": _make_commitment,
    "tariffs": _make_tariff,
    "chip_policies": _make_chip_policy,
    "non_tariff_measures": _make_measure,
    "doubts": _make_doubt,
}
_ERRORS: Mapping[ListName, Callable[[_Dice], Values]] = {
    "talks": lambda dice: {"date": dice.name_day()},
    "commitments": lambda dice: {"quantity": dice.measure()},
    "tariffs": lambda dice: {"rate": dice.name_rate()},
    "chip_policies": lambda dice: {"actors": [dice.find_parties()[0]]},
    "non_tariff_measures": lambda dice: {"status": dice.choose(_STATUSES)},
    "doubts": lambda dice: {"about": f"It is unclear who levies {dice.name_rate():g}%"},
}
"""What a wrong item says instead."""
