"""A guarantee counts only when a planted fault turns its test red.

Each fault is one change of one line in a copy of the package; the tests that guard it must then fail.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from support import REPOSITORY

TESTS_FAILED = 1  # pytest's exit code; a test that could not even be collected has another


@dataclass(frozen=True)
class Fault:
    """`old` becomes `new` in a file of the package, and one of `guards` must see it."""

    file: str
    old: str
    new: str
    guards: tuple[str, ...]


FAULTS = {
    "a reject is dropped": Fault(
        "sources/load.py",
        "rejects=tuple(sorted(reading.rejects)),",
        "rejects=tuple(sorted(reading.rejects))[1:],",
        ("tests/sources/test_sources_ledger.py",),
    ),
    "a row is dropped": Fault(
        "sources/load.py",
        "gathered.rows[table].extend(rows)",
        "gathered.rows[table].extend(rows[:-1])",
        ("tests/sources/test_sources_shopify.py",),
    ),
    "a token in an address within an address is not seen": Fault(
        "sources/privacy/disguises.py",
        "    for _ in range(MOST_LAYERS):\n",
        "    for _ in range(0):\n",
        ("tests/security/test_secrets_kinds.py",),
    ),
    "a personal column is let through": Fault(
        "sources/privacy/personal.py",
        "        return csv_places.is_filled(text, cell)\n",
        "        return False\n",
        ("tests/security/test_secrets_gate.py",),
    ),
    "the value of a secret is printed": Fault(
        "sources/privacy/leaks.py",
        'shown = f"{value[:first]}…{value[-last:] if last else \'\'}"',
        "shown = value",
        ("tests/security/test_secrets_kinds.py",),
    ),
    "scrubbing moves what it does not own": Fault(
        "sources/privacy/scrubbing.py",
        "pieces += [text[at : edit.start], edit.new]",
        'pieces += [text[at : edit.start].replace(b"\\r\\n", b"\\n"), edit.new]',
        ("tests/security/test_scrub_surgery.py",),
    ),
    "a hook looks at the folder, not at what is staged": Fault(
        "hook.py",
        "            check(workspace).raise_for_quality()\n",
        "            check(root).raise_for_quality()\n",
        ("tests/security/test_hook_git.py",),
    ),
    "a target is compared in floats": Fault(
        "evaluation/shown.py",
        "left, right = value.numerator * bound.denominator, bound.numerator * value.denominator",
        "left, right = float(value), float(bound)",
        ("tests/spec/test_verdict.py",),
    ),
    "a miss is rounded into a hit": Fault(
        "evaluation/shown.py",
        "        digits += 1\n",
        "        break\n",
        ("tests/spec/test_never_rounded.py",),
    ),
    "a late file changes a verdict": Fault(
        "evaluation/windows.py",
        "known_by, to_day = min(campaign.decided_on, cutoff),",
        "known_by, to_day = cutoff,",
        ("tests/spec/test_days.py",),
    ),
    "rows without a denominator stay in the numerator": Fault(
        "warehouse/measures.py",
        '{" and ".join(_is_known(part) for part in _parts(plan))} as known',
        "{_is_known(plan.over)} as known",
        ("tests/warehouse/test_warehouse_posts.py",),
    ),
    "one of two contradicting values is used": Fault(
        "warehouse/models/1_staging/1_counter_readings.sql",
        "case when count(distinct value) = 1 then min(value) end",
        "min(value)",
        ("tests/warehouse/test_warehouse_posts.py",),
    ),
    "visits that two reports tell are added": Fault(
        "warehouse/models/1_staging/1_web_versions.sql",
        "        ) as outdone_on\n",
        "        ) + 100000 as outdone_on\n",
        ("tests/warehouse/test_warehouse_web.py",),
    ),
    "any span of a post is taken for its whole life": Fault(
        "warehouse/models/1_staging/1_counter_readings.sql",
        " and span.from_day <= post.published_on",
        "",
        ("tests/warehouse/test_warehouse_posts.py",),
    ),
    "an error of an API is taken for data": Fault(
        "sources/json_records.py",
        "    refuse_error_body(file, answer)\n    if not isinstance",
        "    if not isinstance",
        ("tests/sources/test_json_records.py",),
    ),
    "workspace SQL reaches files": Fault(
        "warehouse/store.py",
        "set enable_external_access = false",
        "set enable_external_access = true",
        ("tests/warehouse/test_warehouse_expressions.py",),
    ),
    "a large file is cast more loosely": Fault(
        "warehouse/casts.py",
        'cast.count: _matching("[0-9]{1,15}",',
        'cast.count: _matching("[0-9_]{1,15}",',
        ("tests/speed/test_speed_both_ways.py",),
    ),
    "a damaged row of the cache is believed": Fault(
        "warehouse/packs.py",
        "return all(_checksum(self.rows(table)) == expected for table, expected in self.tables.items())",
        "return True",
        ("tests/speed/test_speed_shelf.py",),
    ),
    "a changed file is taken for the one it was": Fault(
        "warehouse/known_files.py",
        "return told.st_size, told.st_mtime_ns, told.st_ctime_ns, told.st_ino",
        "return told.st_size, told.st_mtime_ns, 0, told.st_ino",
        ("tests/speed/test_speed_shelf.py",),
    ),
    "a missing page is not told": Fault(
        "sources/pages.py",
        "    if have < total:\n",
        "    if have < 0:\n",
        ("tests/sources/test_mailchimp.py",),
    ),
    "a Total row is taken for data": Fault(
        "sources/platforms/youtube_studio.py",
        '    if first == "total":\n        return TOTAL_ROW\n',
        "",
        ("tests/sources/test_youtube_studio.py",),
    ),
    "an error body is an empty list": Fault(
        "sources/json_records.py",
        "    raise other_shape(file, answer, looks_like)\n\n\ndef _counted",
        "    return []\n\n\ndef _counted",
        ("tests/sources/test_json_records.py",),
    ),
    "a line that is cut off is taken for whole": Fault(
        "sources/grid.py",
        "elif len(line.cells) == header.width or (short_rows and",
        "elif len(line.cells) == header.width or (",
        ("tests/sources/test_sources_csv.py",),
    ),
    "days of another platform are days of YouTube": Fault(
        "sources/platforms/youtube_studio.py",
        "    if strange and not spelt & known - EVERYONES:\n",
        "    if strange and not spelt & known:\n",
        ("tests/sources/test_youtube_studio.py",),
    ),
    "personal data are added": Fault(
        "add.py",
        "    if not wish.scrubbed:\n",
        "    if wish.scrubbed:\n",
        ("tests/whole/test_add.py",),
    ),
    "a receipt leaves out a line": Fault(
        "warehouse/measures.py",
        "    known = set(lines)\n",
        "    lines = lines[1:] or lines\n    known = set(lines)\n",
        ("tests/whole/test_receipts_followed.py",),
    ),
    "text reaches a page as it is": Fault(
        "pages/text.py",
        'return Trusted(UNSAFE.sub(lambda found: f"&#{ord(found[0])};", normalise(str(value))))',
        "return Trusted(str(value))",
        ("tests/pages/test_pages_untrusted_text.py",),
    ),
    "a spreadsheet would run a name as a formula": Fault(
        "pages/downloads.py",
        """return f"'{shown}" if first in FORMULA else shown""",
        "return shown",
        ("tests/pages/test_pages_downloads.py",),
    ),
    "any host is answered": Fault(
        "serve.py",
        'if OUR_HOST.fullmatch(self.headers.get("Host", "")):',
        "if True:",
        ("tests/test_serve.py",),
    ),
    "a Report goes out as it is": Fault(
        "evaluation/audience.py",
        "    if audience == INTERNAL:\n",
        "    if audience:\n",
        ("tests/spec/test_audience.py",),
    ),
    "half a swap": Fault(
        "editions/swap.py",
        "    elif not exchange(new, out):\n        _rename_around(new, out)\n",
        "    else:\n"
        "        shutil.rmtree(out)\n"
        "        shutil.copytree(new, out)\n",
        ("tests/editions/test_editions_swap.py",),
    ),
    "a broken link is published": Fault(
        "site/links.py",
        "    return (*faults, *_twins(files))",
        "    return ()",
        ("tests/site/test_site_links.py",),
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS.values(), ids=list(FAULTS))
def test_a_planted_fault_turns_its_test_red(fault: Fault, tmp_path: Path) -> None:
    copy_repository(tmp_path)
    plant(fault, tmp_path)
    run = pytest_in(tmp_path, *fault.guards)
    assert run.returncode == TESTS_FAILED, run.stdout + run.stderr


def test_without_a_fault_the_same_tests_are_green(tmp_path: Path) -> None:
    copy_repository(tmp_path)
    run = pytest_in(tmp_path, *sorted({guard for fault in FAULTS.values() for guard in fault.guards}))
    assert run.returncode == 0, run.stdout + run.stderr


def copy_repository(folder: Path) -> None:
    for part in ("perftrack_site", "site_templates", "tests", "config", "data", "docs", "tools"):
        shutil.copytree(REPOSITORY / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    for part in ("pyproject.toml", "mkdocs.yml"):
        shutil.copy(REPOSITORY / part, folder / part)


def plant(fault: Fault, folder: Path) -> None:
    faulty = folder / "perftrack_site" / fault.file
    source = faulty.read_text("utf-8")
    assert source.count(fault.old) == 1, (
        f"{fault.file} has changed; plant the fault where the guarantee is now"
    )
    faulty.write_text(source.replace(fault.old, fault.new), "utf-8")


def pytest_in(folder: Path, *tests: str) -> subprocess.CompletedProcess[str]:
    """Run tests of the copy against the package of the copy."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests]
    environment = os.environ | {"PYTHONPATH": str(folder)}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=300
    )
