"""Each influencer's tree stands by itself, beside the site."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from support import copy_workspace

from perftrack_site.build import build
from perftrack_site.editions.digest import tree_digest
from perftrack_site.errors import ConfigError


@pytest.fixture
def workspace(sample: Path, tmp_path: Path) -> Path:
    return copy_workspace(sample, tmp_path / "workspace")


def key_of(workspace: Path) -> str:
    """The first influencer of the sample, whoever that is."""
    text = (workspace / "config/influencers.yml").read_text("utf-8")
    return text.split("- key: ")[1].split("\n")[0].strip()


def test_an_influencers_tree_has_its_own_place_search_and_versions(workspace: Path) -> None:
    key = key_of(workspace)
    built = build(workspace, period_key="2026-Q4", audience=f"influencer:{key}")
    assert built.out == workspace / "site-audiences" / f"influencer-{key}"
    assert (built.out / "2026-Q4/search/search_index.json").is_file()
    [version] = json.loads((built.out / "versions.json").read_text("utf-8"))
    assert version["properties"]["data_commit"] is None
    assert not (workspace / "site").exists()


def test_a_changed_fee_of_somebody_else_leaves_the_tree_byte_identical(workspace: Path) -> None:
    audience = f"influencer:{key_of(workspace)}"
    before = tree_digest(build(workspace, period_key="2026-Q4", audience=audience).out)
    assert raise_fees_of_others(workspace, key_of(workspace)) > 10
    shutil.rmtree(workspace / "site-audiences")
    assert tree_digest(build(workspace, period_key="2026-Q4", audience=audience).out) == before


def raise_fees_of_others(workspace: Path, key: str) -> int:
    """Put a 9 before every fee that is not the influencer's, and count the contracts changed."""
    changed = 0
    for path in (workspace / "config/campaigns").glob("*.yml"):
        contract = path.read_text("utf-8")
        head, *parties = contract.split("  - influencer: ")
        own = [party.startswith(f"{key}\n") for party in parties]
        raised = [party.replace("fee: {amount: ", "fee: {amount: 9") for party in parties]
        kept = [party if mine else other for mine, party, other in zip(own, parties, raised, strict=True)]
        path.write_text("  - influencer: ".join([head, *kept]), "utf-8")
        changed += path.read_text("utf-8") != contract
    return changed


def test_all_publishes_the_site_and_a_tree_for_each_influencer(skeleton: Path) -> None:
    built = build(skeleton, period_key="2026-Q1", audience="all")
    assert (built.out, built.trees) == (skeleton / "site", 2)
    assert (skeleton / "site/2026-Q1/data-quality/index.html").is_file()
    assert (skeleton / "site-audiences/influencer-alex/2026-Q1/index.html").is_file()
    assert not (skeleton / "site-audiences/influencer-alex/2026-Q1/data-quality").exists()


def test_an_audience_that_does_not_exist_is_named(workspace: Path) -> None:
    with pytest.raises(ConfigError, match="influencer:nobody"):
        build(workspace, period_key="2026-Q4", audience="influencer:nobody")
    with pytest.raises(ConfigError, match="--out names the place of one tree"):
        build(workspace, audience="all", out=workspace / "elsewhere")
