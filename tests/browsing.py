"""A folder served on this machine, a browser page that notices whatever goes wrong, packages of npm."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NoReturn

import pytest
from playwright.sync_api import BrowserContext, Dialog, Page, Request
from support import REPOSITORY

AXE = "4.14.1"
FULL = bool(os.environ.get("PERFTRACK_BROWSER_FULL"))
REQUIRED = FULL or bool(os.environ.get("PERFTRACK_REQUIRE_BROWSER"))


class Quiet(SimpleHTTPRequestHandler):
    """A file server that keeps its log to itself."""

    def log_message(self, *_: object) -> None:
        pass

    def copyfile(self, source: Any, outputfile: Any) -> None:  # noqa: ANN401 (files of any kind)
        """Send a file; a browser that went on to another page meanwhile is no fault."""
        with suppress(ConnectionError):
            super().copyfile(source, outputfile)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve `folder` on a free port of this machine alone; gives its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def left(request: Request) -> bool:
    """Say whether a request ended because its page was left for another: that is no failure."""
    return request.failure == "net::ERR_ABORTED"


@contextmanager
def watched(context: BrowserContext, origin: str) -> Iterator[Page]:
    """Open a page that must end with a quiet console, no dialog, no failed request, none to another host.

    A violation of the content security policy is an error on the console.
    """
    page = context.new_page()
    page.set_default_timeout(10_000)
    wrong: list[str] = []

    def refuse(dialog: Dialog) -> None:
        wrong.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    page.on("dialog", refuse)
    page.on("console", lambda said: wrong.append(said.text) if said.type != "log" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "requestfailed", lambda request: None if left(request) else wrong.append(f"failed: {request.url}")
    )
    page.on("request", lambda asked: wrong.append(asked.url) if not asked.url.startswith(origin) else None)
    yield page
    page.wait_for_load_state("networkidle")
    page.close()
    assert wrong == []


def violations(page: Page) -> list[tuple[str, list[object]]]:
    """List the rules of axe that the page breaks, and where."""
    page.evaluate((npm_package("axe-core", AXE) / "axe.min.js").read_text("utf-8"))
    found = page.evaluate("axe.run().then((done) => done.violations)")
    return [(one["id"], [node["target"] for node in one["nodes"]]) for one in found]


def npm_package(name: str, version: str) -> Path:
    """Give the folder of a package of npm, fetched once into `.nox/npm`; no script of it is run.

    Without npm, or without its registry, the test skips, and fails where the browser is required.
    """
    home = REPOSITORY / ".nox" / "npm" / f"{name}-{version}"
    if not home.exists():
        _fetch(f"{name}@{version}", home)
    return home / "node_modules" / name


def _fetch(package: str, home: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        _without("npm is missing; on Debian: apt-get install npm")
    half = home.with_name(f"{home.name}.{os.getpid()}")
    command = [
        npm,
        "install",
        "--no-save",
        "--no-audit",
        "--no-fund",
        "--ignore-scripts",
        "--prefix",
        str(half),
    ]
    done = subprocess.run([*command, package], capture_output=True, text=True, check=False)
    if done.returncode:
        _without(f"{package} could not be fetched from npm: {done.stderr.strip()[-300:]}")
    if not home.exists():
        half.rename(home)


def _without(sentence: str) -> NoReturn:
    if REQUIRED:
        pytest.fail(sentence)
    pytest.skip(sentence)
