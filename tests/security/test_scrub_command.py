"""`perftrack scrub` as a person runs it: what it writes, what it says, and the secret it keeps."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path

import pytest
from leaky import ORDERS, SECRET, TOKEN, add_shop, add_token, media_of, perftrack

from perftrack_site.sources.privacy.scrubbing import key_of


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The place where a user's configuration is kept."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    return tmp_path / "home/perftrack/secret"


def test_after_scrubbing_the_workspace_builds(skeleton: Path, home: Path) -> None:
    was = media_of(skeleton).read_bytes()
    add_token(skeleton)
    export = add_shop(skeleton)
    done = perftrack("scrub", cwd=skeleton)
    assert (done.returncode, done.stderr) == (0, "")
    assert "data/instagram/media-2026-02-13.json: took out 1 x Meta access token." in done.stdout
    assert (
        "data/shop/orders-2026-02-13.csv: took out 3 x personal data; wrote 2 keys of customers"
        in done.stdout
    )
    assert "make the Meta access token worthless: " in done.stdout
    assert TOKEN[6:-4] not in done.stdout
    assert media_of(skeleton).read_bytes().startswith(was[:-4])
    assert key_of("ada@mail.example", home.read_bytes().strip()) in export.read_text("utf-8")
    assert perftrack("build", cwd=skeleton).returncode == 0


def test_scrubbing_again_changes_nothing(skeleton: Path, home: Path) -> None:
    add_token(skeleton)
    add_shop(skeleton)
    perftrack("scrub", cwd=skeleton)
    files = {path: path.read_bytes() for path in [*skeleton.rglob("*"), home] if path.is_file()}
    again = perftrack("scrub", cwd=skeleton)
    assert again.stdout == "There is nothing to take out of data/.\n"
    assert {path: path.read_bytes() for path in files} == files


def test_a_new_secret_is_for_its_owner_alone_and_outside_the_workspace(skeleton: Path, home: Path) -> None:
    add_shop(skeleton)
    done = perftrack("scrub", cwd=skeleton)
    assert stat.S_IMODE(home.stat().st_mode) == 0o600
    assert len(home.read_bytes().strip()) == 64
    assert "give it to whoever scrubs, and never commit it" in done.stdout
    assert home.read_text("ascii").strip() not in done.stdout


def test_a_colleague_without_the_secret_or_with_another_is_stopped(skeleton: Path, home: Path) -> None:
    export = add_shop(skeleton)
    perftrack("scrub", cwd=skeleton)
    export.write_bytes(ORDERS.encode())
    ours = home.read_bytes()
    for theirs, said in (
        (None, "is not there; get the one with the fingerprint"),
        (SECRET, "is another secret than the one"),
    ):
        home.unlink()
        if theirs:
            home.write_bytes(theirs)
        refused = perftrack("scrub", cwd=skeleton)
        assert (refused.returncode, said in refused.stderr) == (2, True)
        assert export.read_bytes() == ORDERS.encode()
        home.write_bytes(ours)


def test_the_secret_may_be_kept_elsewhere_and_must_be_long(
    skeleton: Path, tmp_path: Path, home: Path
) -> None:
    export = add_shop(skeleton)
    (tmp_path / "ours").write_bytes(b"too short")
    refused = perftrack("scrub", "--secret", str(tmp_path / "ours"), cwd=skeleton)
    assert (refused.returncode, "holds 9 bytes; a secret has at least 32" in refused.stderr) == (2, True)
    (tmp_path / "ours").write_bytes(SECRET + b"\n")
    assert perftrack("scrub", "--secret", str(tmp_path / "ours"), cwd=skeleton).returncode == 0
    assert key_of("ada@mail.example", SECRET) in export.read_text("utf-8")
    assert not home.exists()


def test_only_the_files_named_are_scrubbed(skeleton: Path) -> None:
    media, export = add_token(skeleton), add_shop(skeleton)
    done = perftrack("scrub", "data/instagram/media-2026-02-13.json", cwd=skeleton)
    assert (done.returncode, TOKEN in media.read_text("utf-8")) == (0, False)
    assert export.read_bytes() == ORDERS.encode()


def test_a_file_outside_the_workspace_loses_its_secrets_alone(skeleton: Path, tmp_path: Path) -> None:
    export = tmp_path / "orders.csv"
    export.write_bytes(ORDERS.replace("Pot", TOKEN).encode())
    done = perftrack("scrub", str(export), cwd=skeleton)
    assert export.read_bytes() == ORDERS.replace("Pot", "").encode()
    assert "no source claims this file: only secrets were looked for" in done.stdout


def test_a_secret_in_the_configuration_is_left_to_people(skeleton: Path) -> None:
    sources = skeleton / "config/sources.yml"
    sources.write_text(sources.read_text("utf-8") + f"# {TOKEN}\n", "utf-8")
    done = perftrack("scrub", cwd=skeleton)
    assert (done.returncode, "config/sources.yml:" in done.stderr) == (3, True)
    assert "take it out by hand" in done.stderr
    assert TOKEN in sources.read_text("utf-8")


def test_a_zip_is_written_again_with_its_members_scrubbed(skeleton: Path, home: Path) -> None:
    export = add_shop(skeleton)
    export.unlink()
    sources = skeleton / "config/sources.yml"
    sources.write_text(sources.read_text("utf-8").replace("files: shop/", "files: shop/all.zip/"), "utf-8")
    with zipfile.ZipFile(export.parent / "all.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("read me.txt", "as it was")
        packed.writestr("orders-2026-02-13.csv", ORDERS)
    assert perftrack("scrub", cwd=skeleton).returncode == 0
    with zipfile.ZipFile(export.parent / "all.zip") as packed:
        assert packed.namelist() == ["read me.txt", "orders-2026-02-13.csv"]
        assert packed.read("read me.txt") == b"as it was"
        assert key_of("ada@mail.example", home.read_bytes().strip()).encode() in packed.read(
            "orders-2026-02-13.csv"
        )


def test_a_file_that_is_none_is_named(skeleton: Path) -> None:
    refused = perftrack("scrub", "data/nothing.csv", cwd=skeleton)
    assert (refused.returncode, "data/nothing.csv: is no file" in refused.stderr) == (2, True)
