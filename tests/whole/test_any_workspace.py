"""Nothing knows the sample: its names stand nowhere in the code, and another workspace goes the same way."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from support import REPOSITORY
from workspaces import write_workspace

from perftrack_site.build import build, evaluate_workspace
from perftrack_site.config import load_project
from perftrack_site.config.models import Project
from perftrack_site.sources import FORMATS

MAY = "mei"  # in Dutch; one of the sample's people has it as a name


def names(project: Project) -> set[str]:
    """Every key and name that belongs to the sample alone."""
    people = {
        name for found in project.influencers for name in (found.key, found.name, *found.accounts.values())
    }
    campaigns = {name for found in project.campaigns for name in (found.key, found.name, found.brand or "")}
    return {name for name in people | campaigns | {project.settings.name} if name} - {MAY}


def test_no_name_of_the_sample_stands_in_code_or_templates() -> None:
    known = names(load_project(REPOSITORY, FORMATS))
    whole_word = re.compile(r"(?<![\w-])(" + "|".join(map(re.escape, sorted(known))) + r")(?![\w-])")
    ours = [*REPOSITORY.glob("perftrack_site/**/*.*"), *REPOSITORY.glob("site_templates/**/*.*")]
    texts = [path for path in ours if path.suffix in {".py", ".sql", ".yml", ".j2", ".html", ".css", ".js"}]
    found = [
        f"{path}: {match[0]}" for path in texts for match in whole_word.finditer(path.read_text("utf-8"))
    ]
    assert len(known) > 60
    assert found == []


@pytest.mark.parametrize("seed", [3, 9])
def test_a_generated_workspace_goes_the_same_way(tmp_path: Path, seed: int) -> None:
    write_workspace(tmp_path, seed)
    shutil.copy(REPOSITORY / "mkdocs.yml", tmp_path)
    built = build(tmp_path, period_key=evaluate_workspace(tmp_path).period.key)
    settings = load_project(tmp_path, FORMATS).settings
    assert (settings.currency, settings.timezone) != ("ZAR", "Africa/Johannesburg")
    assert (built.out / built.report.period.key / "index.html").is_file()
