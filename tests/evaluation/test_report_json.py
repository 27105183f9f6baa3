"""The Report goes through results.json and comes back the same."""

from __future__ import annotations

import dataclasses
import json
from datetime import UTC, date, datetime
from fractions import Fraction
from random import Random
from typing import Any, Literal, get_args, get_origin

import jsonschema  # type: ignore[import-untyped]
import pytest

from perftrack_site.errors import ConfigError
from perftrack_site.evaluation import report_json
from perftrack_site.evaluation.report import SCHEMA, Check, Number, Period, Quality, Report
from perftrack_site.evaluation.report_json import dump, fields_of, parse, schema

QUARTER = Period("2026-Q4", "quarter", "Q4 2026", date(2026, 10, 1), date(2026, 12, 31), date(2026, 11, 15))
EMPTY = Report(
    "Tea", "Africa/Johannesburg", "ZAR", "internal", date(2026, 11, 15), QUARTER, (), (), (), (),
    Quality((), (), (), (), ()),
)  # fmt: skip

ODD_TEXTS = ("", "Umoja \N{HOT BEVERAGE}", 'a "quoted" | <b>', "line\nbreak", "\u202eright to left", "\ud83d")


def made(hint: Any, dice: Random) -> Any:  # noqa: ANN401 - types are met at run time
    """Make any value of a type; lists are short, as they nest four deep."""
    args = get_args(hint)
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return hint(**{name: made(kind, dice) for name, kind in fields_of(hint).items()})
    if get_origin(hint) is tuple:
        return tuple(made(args[0], dice) for _ in range(dice.randrange(3)))
    if get_origin(hint) is dict:
        return {made(str, dice): made(args[1], dice) for _ in range(dice.randrange(3))}
    if get_origin(hint) is Literal:
        return dice.choice(args)
    return made(dice.choice(args), dice) if args else _made_atom(hint, dice)


def _made_atom(kind: Any, dice: Random) -> object:  # noqa: ANN401
    size = dice.choice((1, 10**6, 10**30))
    atoms: dict[Any, object] = {
        str: dice.choice(ODD_TEXTS),
        int: dice.randrange(-size, size),
        bool: dice.random() < 0.5,
        Fraction: Fraction(dice.randrange(-size, size), dice.randrange(1, 10**9)),
        date: date.fromordinal(dice.randrange(600_000, 800_000)),
        datetime: datetime.fromtimestamp(dice.randrange(10**9), tz=UTC).replace(tzinfo=None),
        type(None): None,
    }
    return atoms[kind]


def any_report(seed: int) -> Report:
    report: Report = made(Report, Random(seed))  # noqa: S311 - any numbers will do
    return dataclasses.replace(report, schema=SCHEMA)


@pytest.mark.parametrize("seed", range(20))
def test_any_report_comes_back_exactly(seed: int) -> None:
    report = any_report(seed)
    text = dump(report)
    assert parse(text) == report
    assert dump(parse(text)) == text


@pytest.mark.parametrize("seed", range(5))
def test_any_report_fits_the_published_schema(seed: int) -> None:
    jsonschema.validate(json.loads(dump(any_report(seed))), schema())


def test_planted_fault_a_field_that_gets_lost_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(report_json.ATOMS, Fraction, lambda value: Fraction(round(float(Fraction(value)))))
    with pytest.raises(AssertionError):
        test_any_report_comes_back_exactly(1)


def test_numbers_are_written_exactly_and_days_as_iso() -> None:
    number = Number("cpe", Fraction(7, 2), "money", "ZAR", None, None, 1, 1, "posts", None, "measured", None)
    assert '"value": "7/2"' in dump(number)
    assert '"value": "12"' in dump(dataclasses.replace(number, value=Fraction(12)))
    assert '"as_of": "2026-11-15"' in dump(EMPTY)


def test_keys_stand_in_the_order_of_the_fields() -> None:
    assert list(json.loads(dump(EMPTY))) == [entry.name for entry in dataclasses.fields(Report)]


def test_text_stays_readable_and_half_a_surrogate_can_be_written() -> None:
    report = dataclasses.replace(EMPTY, project="Umoja \N{HOT BEVERAGE} \ud83d")
    assert "Umoja \N{HOT BEVERAGE} \\ud83d" in dump(report)
    assert parse(dump(report).encode("utf-8").decode("utf-8")) == report


def test_a_mapping_is_written_in_one_order() -> None:
    assert dump({"b": 1, "a": 2}) == dump({"a": 2, "b": 1})


def test_a_float_never_gets_into_a_report() -> None:
    with pytest.raises(TypeError, match="a report holds no float"):
        dump(dataclasses.replace(EMPTY, project=0.5))  # type: ignore[arg-type]


def damaged(**parts: object) -> str:
    return json.dumps({**json.loads(dump(EMPTY)), **parts})


CHECK = Check("falls", "Counters that fell", ("post",), (("1",),))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "results.json:1:2: this is no JSON"),
        ("[]", f"results.json: schema is null; this version of perftrack reads '{SCHEMA}'"),
        (damaged(schema="other/9"), 'results.json: schema is "other/9"; this version'),
        (damaged(as_of="2026-02-30"), 'results.json: as_of: must be a day: "2026-07-06"'),
        (damaged(as_of=20260706), "results.json: as_of: must be a day"),
        (damaged(project=7), "results.json: project: must be text"),
        (damaged(campaigns={}), "results.json: campaigns: must be a list"),
        (damaged(campaigns=[1]), "results.json: campaigns[0]: must be an object"),
        (damaged(extra=1), "results.json: extra: is not known"),
        (
            damaged(period={"kind": "decade"}),
            "results.json: period.kind: must be one of week, month, quarter, year",
        ),
        (damaged(period={}), "results.json: period.cutoff: is missing"),
        ('{"a": 1, "a": 2}', "an object names a key twice"),
        ('{"a": NaN}', "NaN is not a number"),
        ("[" * 100_000, "this is no JSON"),
    ],
)
def test_what_is_no_report_is_refused_with_place_and_reason(text: str, message: str) -> None:
    with pytest.raises(ConfigError) as refused:
        parse(text)
    assert message in str(refused.value)


def test_every_fault_is_told_in_one_run() -> None:
    with pytest.raises(ConfigError) as refused:
        parse(damaged(project=7, timezone=None, goals=[{}]))
    paths = {fault.where for fault in refused.value.faults}
    assert {"project", "timezone", "goals[0].key", "goals[0].history"} <= paths


@pytest.mark.parametrize("value", ["0.5", "1/0", "1e3", " 1", "٣", 12, "7/", True])
def test_only_exact_numbers_are_read_as_numbers(value: Any) -> None:  # noqa: ANN401 - whatever JSON may hold
    number = Number("cpe", Fraction(1), "money", "ZAR", None, None, 1, 1, "posts", None, "measured", None)
    total = {**json.loads(dump(number)), "value": value}
    results = damaged(campaigns=[{"influencers": [{"totals": [total]}]}])
    with pytest.raises(ConfigError, match=r"totals\[0\]\.value: must be an exact number in quotes"):
        parse(results)
