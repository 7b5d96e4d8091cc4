"""What other comparisons say of pairs of readings; run by an environment that has them.

``PYTHON rival_judges.py`` reads the pairs as JSON from standard input and writes the verdicts of
each tool that it can import. It knows the standard library and the tools, nothing of ours, and
opens no connection: whoever tries is stopped. Each is set up as its own documentation has it for
lists of objects, without an LLM or embeddings:

- stickler: a model from a JSON Schema, items and parties paired by its Hungarian matching at its
  usual threshold of 0.7; closed sets, numbers and dates by its exact comparators, names by edit
  distance from 0.8, texts by the token sets that it would itself choose for a description, from
  0.6; the weights of its best practices: 3 for what one would act on, 1, and 0.5 for quotes. It
  tells what its ``document_non_matches`` lists.
- openevals: ``create_json_match_evaluator`` list by list, as it takes lists of objects, with
  ``same_elements`` and both aggregators ``average``; free texts, which only a judge can weigh,
  are left out by ``exclude_keys``. The lists count by their items. It tells the keys whose own
  score, without an aggregator, is below 1.
- autoevals' ``JSONDiff`` over all six lists, as it comes. It tells nothing.
- autoevals' ``ListContains`` list by list, with ``JSONDiff`` as the scorer of pairs, so that order
  is none of the score; the lists count by their items. It tells the pairs that are not alike.
"""

import json
import sys
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from importlib import import_module
from importlib.metadata import version
from typing import Any, NamedTuple

Items = list[dict[str, Any]]
Reading = dict[str, Items]
"""The items of each list."""

_FREE_TEXTS = ["statement", "condition", "outcome", "about"]
_STICKLER = "x-aws-stickler-"


class Verdict(NamedTuple):
    """What a tool says of one pair."""

    score: float
    told: list[str]
    """Paths of what it says is not right: ``tariffs[2].rate``, ``tariffs[2]``, ``tariffs.rate``."""


Judge = Callable[[Reading, Reading], Verdict]
"""Takes the expected reading and the found one."""


def make_stickler() -> Judge:
    """Return the verdict of stickler."""
    model = import_module("stickler").StructuredModel.from_json_schema(build_schema())

    def judge(expected: Reading, found: Reading) -> Verdict:
        pair = [model(**_wrap_entries(reading)) for reading in (expected, found)]
        result = pair[0].compare_with(pair[1], document_non_matches=True)
        told = [entry["field_path"] for entry in result["non_matches"]]
        return Verdict(float(result["overall_score"]), told)

    return judge


def _wrap_entries(reading: Reading) -> Reading:
    """Return ``reading`` with each string of a list as an object, as stickler pairs objects best.

    Of plain strings it lists those as no match that its own score takes for one.
    """
    return {
        name: [{field: _wrap(value) for field, value in item.items()} for item in items]
        for name, items in reading.items()
    }


def _wrap(value: Any) -> Any:
    is_texts = isinstance(value, list) and all(isinstance(one, str) for one in value)
    return [{"entry": one} for one in value] if is_texts else value


def build_schema() -> dict[str, Any]:
    """Return the JSON Schema of a reading, with stickler's extensions."""
    lists = {
        "talks": "kind date place participants topics outcome status source aside evidence",
        "commitments": "topic quantity due",
        "tariffs": "goods action companies rate previous_rate effective until",
        "chip_policies": "companies products instrument stance rate effective until",
        "non_tariff_measures": "goods instrument stance effective until",
        "doubts": "about evidence",
    }
    shared = "statement actors targets announced condition agreement source aside status evidence"
    fields = _build_fields()
    return _build_object(
        {
            name: _build_array(
                _build_object(
                    {
                        field: fields[field]
                        for field in (own if "evidence" in own else f"{shared} {own}").split()
                    }
                )
            )
            for name, own in lists.items()
        }
    )


def _build_fields() -> dict[str, Any]:
    fact = _build_leaf("string", "ExactComparator", 1.0, 3.0)
    word = _build_leaf("string", "ExactComparator", 1.0, 1.0)
    number = _build_leaf("number", "NumericComparator", 1.0, 3.0)
    date = _build_leaf("string", "DateComparator", 1.0, 3.0)
    name = _build_leaf("string", "LevenshteinComparator", 0.8, 1.0)
    text = _build_leaf("string", "FuzzyComparator", 0.6, 1.0, method="token_set_ratio")
    country = _build_leaf("string", "ExactComparator", 1.0, 2.0)
    parties = _build_array(_build_object({"name": name, "country": country}), weight=3.0)
    quantity = {**_build_object({"value": number, "unit": text}), f"{_STICKLER}weight": 3.0}
    return {
        **dict.fromkeys(("participants", "actors", "targets"), parties),
        **dict.fromkeys(("action", "stance", "status"), fact),
        **dict.fromkeys(("kind", "instrument", "topic"), word),
        "topics": _build_entries(word),
        "aside": _build_leaf("boolean", "ExactComparator", 1.0, 1.0),
        **dict.fromkeys(("rate", "previous_rate"), number),
        "quantity": {**quantity, "type": ["object", "null"]},
        **dict.fromkeys(("date", "announced", "effective", "until", "due"), date),
        **dict.fromkeys(("companies", "products"), _build_entries(name)),
        **dict.fromkeys(("place", "source"), name),
        **dict.fromkeys(("goods", "agreement", *_FREE_TEXTS), text),
        "evidence": _build_entries(text, weight=0.5),
    }


def _build_leaf(
    kind: str, comparator: str, threshold: float, weight: float, **config: str
) -> dict[str, Any]:
    leaf = {
        "type": [kind, "null"],
        f"{_STICKLER}comparator": comparator,
        f"{_STICKLER}threshold": threshold,
        f"{_STICKLER}weight": weight,
    }
    return {**leaf, f"{_STICKLER}comparator-config": config} if config else leaf


def _build_object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, f"{_STICKLER}match-threshold": 0.7}


def _build_array(items: dict[str, Any], *, weight: float = 1.0) -> dict[str, Any]:
    return {"type": "array", "items": items, f"{_STICKLER}weight": weight}


def _build_entries(leaf: dict[str, Any], *, weight: float = 1.0) -> dict[str, Any]:
    """Return an array of strings, each of which is an object with one field, ``leaf``."""
    return _build_array(_build_object({"entry": leaf}), weight=weight)


def make_openevals() -> Judge:
    """Return the verdict of openevals' JSON match."""
    make = import_module("openevals.json").create_json_match_evaluator
    settings = {"list_aggregator": "average", "exclude_keys": _FREE_TEXTS}
    score_list = make(aggregator="average", **settings)
    score_keys = make(aggregator=None, **settings)

    def judge(expected: Reading, found: Reading) -> Verdict:
        scores, told = [], []
        for name in expected:
            pair = {"outputs": found[name], "reference_outputs": expected[name]}
            scores.append(float(score_list(**pair)[0]["score"]))
            told += [
                f"{name}.{result['key'].removeprefix('json_match:')}"
                for result in score_keys(**pair)
                if float(result["score"]) < 1
            ]
        return Verdict(_average(scores, expected, found), told)

    return judge


def make_json_diff() -> Judge:
    """Return the verdict of autoevals' diff of JSON."""
    scorer = import_module("autoevals").JSONDiff()

    def judge(expected: Reading, found: Reading) -> Verdict:
        return Verdict(float(scorer.eval(found, expected).score), [])

    return judge


def make_list_contains() -> Judge:
    """Return the verdict of autoevals' comparison of lists."""
    autoevals = import_module("autoevals")
    scorer = import_module("autoevals.list").ListContains(pairwise_scorer=autoevals.JSONDiff())

    def judge(expected: Reading, found: Reading) -> Verdict:
        scores, told = [], []
        for name, items in expected.items():
            result = scorer.eval(found[name], items)
            scores.append(float(result.score))
            told += [
                f"{name}[{items.index(wanted)}]"
                for _given, wanted, likeness in result.metadata.get("pairs", [])
                if likeness < 1
            ]
        return Verdict(_average(scores, expected, found), told)

    return judge


def _average(scores: Sequence[float], expected: Reading, found: Reading) -> float:
    """Return the mean of the lists' scores, each as often as it has items."""
    sizes = [max(len(items), len(found[name])) for name, items in expected.items()]
    return sum(s * n for s, n in zip(scores, sizes, strict=True)) / sum(sizes)


JUDGES = {
    "stickler": ("stickler-eval", make_stickler),
    "openevals": ("openevals", make_openevals),
    "JSONDiff": ("autoevals", make_json_diff),
    "ListContains": ("autoevals", make_list_contains),
}
"""Tool to its package, and what makes its judge."""


def refuse_connections(event: str, _arguments: object) -> None:
    """Stop what would leave this machine: no tool has business there."""
    if event in {"socket.connect", "socket.getaddrinfo", "socket.sendto"}:
        raise PermissionError(f"{event}: a comparison needs no network")


def judge_pairs(pairs: Sequence[dict[str, Reading]]) -> dict[str, Any]:
    """Return what each tool that is at hand says of ``pairs``, and its version."""
    said: dict[str, Any] = {}
    for name, (package, make) in JUDGES.items():
        try:
            judge = make()
            verdicts = [judge(pair["expected"], pair["found"])._asdict() for pair in pairs]
        except Exception as error:  # noqa: BLE001  # a tool that fails is told of, and ends no other
            said[name] = {"failure": f"{type(error).__name__}: {error}"}
        else:
            said[name] = {"version": version(package), "verdicts": verdicts}
    return said


if __name__ == "__main__":
    sys.addaudithook(refuse_connections)
    with redirect_stdout(sys.stderr):
        answer = judge_pairs(json.load(sys.stdin))
    json.dump(answer, sys.stdout)
