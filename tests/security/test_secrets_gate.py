"""`check` and `build` refuse a workspace in which a secret or personal data stands: exit code 3, and the way out."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from leaky import ORDERS, TOKEN, add_shop, add_token, perftrack
from secret_examples import PEM, TOKENS

from perftrack_site.config import load_project
from perftrack_site.sources import FORMATS
from perftrack_site.sources.privacy.leaks import Finding, find_leaks
from perftrack_site.sources.privacy.personal import find_personal


def leaks(workspace: Path) -> list[Finding]:
    return find_leaks(workspace, load_project(workspace, FORMATS).sources)


@pytest.mark.parametrize("command", ["check", "build"])
def test_a_token_and_personal_data_are_named_in_one_run_and_not_repeated(
    skeleton: Path, command: str
) -> None:
    add_token(skeleton)
    add_shop(skeleton)
    refused = perftrack(command, cwd=skeleton)
    assert (refused.returncode, refused.stdout) == (3, "")
    assert "data/instagram/media-2026-02-13.json:" in refused.stderr
    assert "paging.next: a Meta access token, EAAB…" in refused.stderr
    assert (
        "run `perftrack scrub data/instagram/media-2026-02-13.json`, and make it worthless: "
        in refused.stderr
    )
    assert (
        "data/shop/orders-2026-02-13.csv:2: Email: personal data, A…@…, and 1 more of this kind"
        in refused.stderr
    )
    assert "data/shop/orders-2026-02-13.csv:4: Notes: personal data" in refused.stderr
    for value in (TOKEN, TOKEN[6:-4], "ada@mail", "Mail.example", "ring"):
        assert value not in refused.stderr
    assert not (skeleton / "site").exists()


def test_a_secret_in_the_configuration_goes_before_faults_that_would_repeat_it(skeleton: Path) -> None:
    settings = skeleton / "config/project.yml"
    settings.write_text(settings.read_text("utf-8") + f"currency: {TOKEN}\n", "utf-8")
    refused = perftrack("check", cwd=skeleton)
    assert refused.returncode == 3
    assert "config/project.yml:" in refused.stderr
    assert "take it out of the file, and make it worthless" in refused.stderr
    assert TOKEN[6:-4] not in refused.stderr


@pytest.mark.parametrize(
    "place",
    [
        "data/notes.txt",
        "data/.env",
        "data/README.md",
        "config/old/x.yml.bak",
        "data/closed/2026-Q1.json",
        "data/x",
    ],
)
def test_every_file_is_looked_at_whether_a_source_claims_it_or_not(skeleton: Path, place: str) -> None:
    path = skeleton / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"first\n{PEM}\n", "utf-8")
    assert [(leak.path, leak.line, leak.kind) for leak in find_leaks(skeleton)] == [(place, 2, "private key")]


def test_the_members_of_a_zip_are_looked_at_and_read_by_their_formats(skeleton: Path) -> None:
    export = add_shop(skeleton)
    export.unlink()
    sources = skeleton / "config/sources.yml"
    sources.write_text(sources.read_text("utf-8").replace("files: shop/", "files: shop/all.zip/"), "utf-8")
    with zipfile.ZipFile(export.parent / "all.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("orders-2026-02-13.csv", ORDERS)
        packed.writestr("notes.txt", TOKENS["npm token"][0])
    found = [(leak.path, leak.where, leak.kind) for leak in leaks(skeleton)]
    assert ("data/shop/all.zip/notes.txt", "", "npm token") in found
    assert ("data/shop/all.zip/orders-2026-02-13.csv", "Email", "personal data") in found


def test_personal_columns_without_content_are_fine(skeleton: Path) -> None:
    header, row, *_ = ORDERS.split("\r\n")
    add_shop(skeleton, f"{header}\r\n{row.replace('Ada@Mail.example ', '')}\r\n")
    assert leaks(skeleton) == []


def test_an_address_in_a_line_of_another_width_is_found_in_any_column(skeleton: Path) -> None:
    add_shop(skeleton, ORDERS.split("\r\n")[0] + "\n#3,,paid,oops,ada@mail.example\n")
    (leak,) = leaks(skeleton)
    assert (leak.line, leak.where, leak.masked) == (2, "a line of another width", "a…@…")


def test_a_name_that_is_itself_a_secret_is_not_repeated(skeleton: Path) -> None:
    (skeleton / "data/x.json").write_text(f'{{"{TOKEN}": {{"a": "?access_token={TOKEN}"}}}}', "utf-8")
    assert TOKEN[6:-4] not in "".join(str(leak.fault) for leak in leaks(skeleton))


def test_thousands_of_secrets_in_a_file_are_one_line_each_kind(skeleton: Path) -> None:
    (skeleton / "data/many.txt").write_text(f"{TOKEN}\n" * 5_000, "utf-8")
    (leak,) = leaks(skeleton)
    assert (leak.line, leak.times) == (1, 5_000)
    assert "and 4999 more of this kind here" in str(leak.fault)


def test_a_link_is_not_followed_and_a_damaged_zip_is_left_to_its_reader(
    skeleton: Path, tmp_path: Path
) -> None:
    (tmp_path / "outside.txt").write_text(TOKEN, "utf-8")
    (skeleton / "data/link.txt").symlink_to(tmp_path / "outside.txt")
    (skeleton / "data/bad.zip").write_bytes(b"PK\x03\x04 and nothing more")
    assert leaks(skeleton) == []


def test_a_word_like_email_in_a_cell_is_no_header() -> None:
    text = b"enquiry_id,day,kind,channel\ne1,2026-07-08,quote,e-mail\ne2,2026-07-09,quote,phone\n"
    assert find_personal(text, FORMATS["perftrack.enquiries"]) == []
    exported = b"Name,Email,Total\n#1,a@b.example,3\n"
    assert [spot.where for spot in find_personal(exported, FORMATS["shopify.orders_csv"])] == ["Email"]
