"""Every fault of every file comes in one run, in order; and nothing but a ConfigError ever comes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml
from config_helpers import EXAMPLE, FORMATS, GOOD, said
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perftrack_site.config import loading, tree
from perftrack_site.config.loading import load_project
from perftrack_site.config.tree import read_tree
from perftrack_site.errors import ConfigError

SPOILT = {
    "project.yml": "name: Umoja\ntimezone: Africa/Johanesburg\ncurrency: ZAR\ngrace_days: 010\nquality: {}\n",
    "sources.yml": "sources:\n  - {key: shop, format: shopify, files: ../orders.csv}\n",
    "influencers.yml": "influencers:\n  - {key: thandi, name: T}\n  - {key: thandi, name: T}\n",
    "campaigns/autumn.yml": "name: Autumn\nname: Again\n",
    "campaigns/spring.yml": """\
name: Spring launch
objective: launch
start: 2026-07-06
end: 2026-02-30
kpis:
  - key: engagement
    metric: vibes
    target: {op: ">=", value: 3.5}
  - key: rate
    metric: ctr
    primary: yes
    target: {op: ">=", value: 3.5, stretch: 3}
influencers:
  - influencer: thandy
    fee: {amount: 5, currency: ZAA}
    overrides: {rate: 3%}
""",
}


def test_every_fault_of_every_file_comes_in_one_run(tmp_path: Path) -> None:
    faults = [fault.removeprefix("config/").partition("; ")[0] for fault in said(tmp_path, SPOILT)]
    assert faults == [
        "campaigns/autumn.yml:1:1: end: is missing",
        "campaigns/autumn.yml:1:1: kpis: is missing",
        "campaigns/autumn.yml:1:1: objective: is missing",
        "campaigns/autumn.yml:1:1: start: is missing",
        "campaigns/autumn.yml:2:1: name: stands twice, first in line 1",
        "campaigns/spring.yml:4:1: end: '2026-02-30' is not a day",
        "campaigns/spring.yml:7:5: kpis[0].metric: 'vibes' is not a metric",
        "campaigns/spring.yml:11:5: kpis[1].primary: 'yes' is not true or false",
        "campaigns/spring.yml:12:24: kpis[1].target.value: '3.5' has no %, and ctr is a share",
        "campaigns/spring.yml:12:36: kpis[1].target.stretch: '3' has no %, and ctr is a share",
        "campaigns/spring.yml:12:36: kpis[1].target.stretch: the stretch 3 is easier than the target 3.5",
        "campaigns/spring.yml:14:5: influencers[0].influencer: 'thandy' is not an influencer",
        "campaigns/spring.yml:15:22: influencers[0].fee.currency: 'ZAA' is not a currency in use (ISO 4217)",
        "campaigns/spring.yml:16:17: influencers[0].overrides.rate: 'rate' has one target for all",
        "influencers.yml:3:6: influencers[1].key: 'thandi' is taken already at config/influencers.yml:2:6",
        "project.yml:2:1: timezone: 'Africa/Johanesburg' is not a time zone",
        "project.yml:4:1: grace_days: '010' is not a whole number",
        "project.yml:5:1: quality: is not a key here",
        "sources.yml:2:17: sources[0].format: 'shopify' is not a format we read",
        "sources.yml:2:34: sources[0].files: '../orders.csv' does not say when a file was extracted",
        "sources.yml:2:34: sources[0].files: '../orders.csv' leads out of data/",
    ]


def test_the_error_begins_with_how_many_there_are(tmp_path: Path) -> None:
    said(tmp_path, SPOILT)
    with pytest.raises(
        ConfigError, match=r"\Aconfig/ has 21 faults\.\nconfig/campaigns/autumn\.yml:1:1: "
    ) as caught:
        load_project(tmp_path, FORMATS)
    assert caught.value.exit_code == 2


def test_the_parser_without_libyaml_says_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    unreadable = {
        "sources.yml": "sources: [1\nkey: 2\n",
        "influencers.yml": "a:\n\tb: 1\n",
        "metrics.yml": "a: @b\n",
    }
    fast = said(tmp_path, {**SPOILT, **unreadable})
    monkeypatch.setattr(tree, "LOADER", yaml.SafeLoader)
    assert said(tmp_path, {**SPOILT, **unreadable}) == fast


def test_lines_are_sorted_as_numbers(tmp_path: Path) -> None:
    text = GOOD["influencers.yml"] + "".join(f"  - {{key: k{number}}}\n" for number in range(9))
    lines = [int(fault.split(":")[1]) for fault in said(tmp_path, {"influencers.yml": text})]
    assert lines == [4, 5, 6, 7, 8, 9, 10, 11, 12]


def test_a_broken_campaign_hides_nothing_of_its_neighbours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = said(tmp_path, SPOILT)
    monkeypatch.setattr(loading, "_checks", lambda _: ())
    assert len(said(tmp_path, SPOILT)) < len(whole)


@given(text=st.text())
def test_any_text_is_a_tree_or_faults(text: str) -> None:
    found = read_tree(text, "config/any.yml")
    assert (found.root is None) <= bool(found.faults)


TELLING = """
    kpis key metric target op >= value 3.5% on tracking promo_code views from 2026-07-06 10 - influencers
    success share_met null ~ name start end << *a
"""
WORDS = st.sampled_from(TELLING.split())
VALUES = st.recursive(
    WORDS | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=12,
)


@given(data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_value_anywhere_is_a_project_or_a_config_error(data: st.DataObject, tmp_path: Path) -> None:
    """Put an arbitrary value in the place of any line of the documented files."""
    shutil.copytree(EXAMPLE, tmp_path, dirs_exist_ok=True)
    path = data.draw(st.sampled_from(sorted((tmp_path / "config").rglob("*.yml"))))
    lines = path.read_text(encoding="utf-8").splitlines()
    number = data.draw(st.integers(0, len(lines) - 1))
    key, colon, _ = lines[number].partition(":")
    lines[number] = f"{key}{colon} {_flow(data.draw(VALUES))}"
    path.write_text("\n".join(lines), encoding="utf-8")
    try:
        assert load_project(tmp_path, FORMATS).settings.name
    except ConfigError as error:
        assert error.faults  # noqa: PT017 - either outcome is right; an error without a fault is not


@given(content=st.binary(max_size=200))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_as_a_campaign_are_a_config_error(content: bytes, tmp_path: Path) -> None:
    assert said(tmp_path, {"campaigns/spring.yml": content})


def _flow(value: object) -> str:
    """Write a value in YAML's flow style, texts bare, so that they may mean anything."""
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_flow(item)}' for key, item in value.items())}}}"
    return str(value)
