"""`perftrack serve`: the site on this machine alone, built again when the workspace changes."""

from __future__ import annotations

import http.client
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

import pytest

from perftrack_site.errors import EnvironmentFault, LockedError
from perftrack_site.serve import POLL_SECONDS, served, watch

PATIENCE = 90  # seconds until a build must be done, on a busy machine


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    body: str


def get(address: str, path: str, method: str = "GET", host: str | None = None) -> Answer:
    """Ask for a path exactly as it is written; a browser would tidy it up before."""
    connection = http.client.HTTPConnection(
        "127.0.0.1", int(address.rstrip("/").rpartition(":")[2]), timeout=10
    )
    connection.putrequest(method, path, skip_host=host is not None)
    if host is not None:
        connection.putheader("Host", host)
    connection.endheaders()
    response = connection.getresponse()
    answer = Answer(response.status, response.headers, response.read().decode("utf-8"))
    connection.close()
    return answer


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A little published tree beside a secret."""
    root = tmp_path_factory.mktemp("served")
    files = {
        "secret.txt": "secret",
        "site/index.html": "root",
        "site/2026-Q4/index.html": "overview",
        "site/2026-Q4/404.html": "not in this edition",
        "site/2026-Q4/campaigns/spring/index.html": "spring",
        "site/2026-Q4/campaigns/spring/kpis.csv": "kpi\n",
        "site/2026-Q4/assets/perftrack.js": "",
    }
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content, encoding="utf-8")
    with served(root / "site", 0) as address:
        yield address


@pytest.mark.parametrize(
    ("path", "body", "kind"),
    [
        ("/", "root", "text/html; charset=utf-8"),
        ("/2026-Q4/", "overview", "text/html; charset=utf-8"),
        ("/2026-Q4/campaigns/spring/?q=1", "spring", "text/html; charset=utf-8"),
        ("/2026-Q4/campaigns/spring/kpis.csv", "kpi\n", "text/csv; charset=utf-8"),
        ("/2026-Q4/assets/perftrack.js", "", "text/javascript; charset=utf-8"),
    ],
)
def test_a_file_comes_with_its_type_and_is_never_kept(site: str, path: str, body: str, kind: str) -> None:
    answer = get(site, path)
    assert (answer.status, answer.body, answer.headers["Content-Type"]) == (200, body, kind)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_folder_leads_to_its_page_and_is_never_listed(site: str) -> None:
    moved = get(site, "/2026-Q4/campaigns/spring")
    assert (moved.status, moved.headers["Location"]) == (301, "/2026-Q4/campaigns/spring/")
    assert get(site, "/2026-Q4/campaigns/").body == "not in this edition"


def test_what_is_missing_is_answered_with_the_page_of_its_edition(site: str) -> None:
    assert (get(site, "/2026-Q4/gone/").status, get(site, "/2026-Q4/gone/").body) == (
        404,
        "not in this edition",
    )
    asked = get(site, "/2026-Q4/gone/", "HEAD")
    assert (asked.status, asked.body, asked.headers["Content-Length"]) == (404, "", "19")
    assert get(site, "/elsewhere/").status == 404


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/2026-Q4/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/..%5csecret.txt",
        "//secret.txt",
        "/%00/../secret.txt",
        "/index.html%00.css",
        "/%2e%2e%2f404.html",
    ],
)
def test_nothing_beside_the_tree_is_served(site: str, path: str) -> None:
    answer = get(site, path)
    assert (answer.status, "secret" in answer.body.replace(path, "")) == (404, False)


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "", "[", "localhost.evil.example", "127.0.0.1.nip.io"]
)
def test_another_hosts_name_is_refused(site: str, host: str) -> None:
    answer = get(site, "/", host=host)
    assert (answer.status, "root" in answer.body) == (421, False)


def test_only_this_machine_is_listened_to_and_nothing_can_be_sent(site: str) -> None:
    port = site.rstrip("/").rpartition(":")[2]
    assert get(site, "/", host=f"localhost:{port}").status == 200
    assert get(site, "/", "POST").status == 501


def test_a_port_in_use_is_named(site: str, tmp_path: Path) -> None:
    port = int(site.rstrip("/").rpartition(":")[2])
    with pytest.raises(EnvironmentFault, match=f"Port {port} is in use"), served(tmp_path, port):
        pass


def test_a_change_is_built_once_and_again_where_another_build_was_in_the_way(tmp_path: Path) -> None:
    contract = tmp_path / "config/campaigns/spring.yml"
    contract.parent.mkdir(parents=True)
    contract.write_text("a")
    answers = [0, LockedError.exit_code, 0]
    built: list[str] = []

    def rebuild() -> int:
        built.append(contract.read_text())
        if len(built) == 1:
            contract.write_text("b, by the reader")
            (contract.parent / ".spring.yml.swp").write_text("an editor's own")
        return answers[len(built) - 1]

    end = time.monotonic() + 12 * POLL_SECONDS
    watch(tmp_path, rebuild, stopped=lambda: time.monotonic() > end)
    assert built == ["a", "b, by the reader", "b, by the reader"]


@dataclass
class Running:
    """`perftrack serve` in a process of its own, with what it has said."""

    process: subprocess.Popen[str]
    said: Path

    def wait_for(self, words: str, times: int = 1) -> str:
        end = time.monotonic() + PATIENCE
        while self.said.read_text("utf-8").count(words) < times:
            assert self.process.poll() is None, self.said.read_text("utf-8")
            assert time.monotonic() < end, self.said.read_text("utf-8")
            time.sleep(0.1)
        return self.said.read_text("utf-8")

    def address(self) -> str:
        found = re.search(r"http://localhost:\d+/", self.wait_for("Serving "))
        assert found
        return found[0]


def _hear_ctrl_c() -> None:
    """What runs in the background of a shell does not hear Ctrl-C, nor do its children: here they shall."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def running(workspace: Path, *options: str) -> Iterator[Running]:
    command = [sys.executable, "-m", "perftrack_site", "serve", "--port", "0", *options]
    said = workspace.with_name("said.txt")
    with said.open("w") as file:
        process = subprocess.Popen(
            command,
            cwd=workspace,
            stdout=file,
            stderr=subprocess.STDOUT,
            text=True,
            preexec_fn=_hear_ctrl_c,  # noqa: PLW1509 - the tests have no threads of their own
        )
    try:
        yield Running(process, said)
    finally:
        process.kill()
        process.wait()


def test_a_changed_target_appears_a_broken_one_does_not_and_ctrl_c_ends_it(skeleton: Path) -> None:
    contract = skeleton / "config/campaigns/first-campaign.yml"
    agreed = contract.read_text("utf-8")
    settings = skeleton / "config/project.yml"
    one_edition = "editions: {week: 0, month: 0, quarter: 1, year: 0}"
    settings.write_text(re.sub(r"(?m)^editions: .*", one_edition, settings.read_text("utf-8")), "utf-8")
    with running(skeleton) as server:
        page = f"{server.address()}2026-Q1/campaigns/first-campaign/"
        server.wait_for("Next ")
        assert "at least 4\u202f000" in text_of(page)
        contract.write_text(agreed.replace("value: 4000", "value: 4321"), "utf-8")
        server.wait_for("Next ", 2)
        assert "at least 4\u202f321" in text_of(page)
        contract.write_text(agreed.replace("value: 4000", "value: much"), "utf-8")
        server.wait_for("config/campaigns/first-campaign.yml:14:")
        assert "at least 4\u202f321" in text_of(page)
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(PATIENCE) == 0
        assert server.said.read_text().endswith("No longer serving; the published site stays in site/.\n")


def text_of(page: str) -> str:
    address, _, path = page.partition("/2026")
    return re.sub(r"&#(\d+);", lambda found: chr(int(found[1])), get(address, f"/2026{path}").body)


def test_without_watching_what_is_published_is_served_as_it_is(skeleton: Path) -> None:
    refused = subprocess.run(
        [sys.executable, "-m", "perftrack_site", "serve", "--no-watch"],
        cwd=skeleton, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (refused.returncode, refused.stderr) == (
        2, "site: nothing is published there yet; `perftrack build` publishes.\n",
    )  # fmt: skip
    (skeleton / "site").mkdir()
    (skeleton / "site/index.html").write_text("as it is")
    with running(skeleton, "--no-watch") as server:
        assert get(server.address(), "/").body == "as it is"
    shutil.rmtree(skeleton / "site")
