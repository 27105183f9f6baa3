"""Take the README's pictures of the built sample with Chromium: `nox -s pictures`."""

from __future__ import annotations

import functools
import http.server
import json
import shutil
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import sync_playwright

PICTURES = Path(__file__).parent.parent / "docs/pictures"


@dataclass(frozen=True)
class Picture:
    """The first screen of a page, `page` below the current edition."""

    name: str
    page: str
    width: int
    height: int
    scheme: Literal["light", "dark"]


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""


def chosen(results: Path) -> list[Picture]:
    """Choose the home page, the campaign at risk, and an influencer of it on a phone.

    One whose name every machine has letters for, so that the picture is the same everywhere.
    """
    campaigns = json.loads(results.read_text("utf-8"))["campaigns"]
    hurting = next(one for one in campaigns if one["pace"] == "at_risk")
    influencer = next(one["influencer"] for one in hurting["influencers"] if one["name"].isascii())
    return [
        Picture("home", "", 1280, 900, "light"),
        Picture("campaign-dark", f"campaigns/{hurting['key']}/", 1280, 900, "dark"),
        Picture("influencer-phone", f"influencers/{influencer}/", 390, 844, "light"),
    ]


def main(site: Path) -> None:
    """Serve a built site and photograph it."""
    current = json.loads((site / "versions.json").read_text("utf-8"))[0]["version"]
    handler = functools.partial(Quiet, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for one in chosen(site / current / "results.json"):
            size = {"width": one.width, "height": one.height}
            tab = browser.new_context(viewport=size, color_scheme=one.scheme).new_page()  # type: ignore[arg-type]
            tab.goto(f"http://127.0.0.1:{server.server_port}/{current}/{one.page}", wait_until="networkidle")
            tab.screenshot(path=PICTURES / f"{one.name}.png")
            print(PICTURES / f"{one.name}.png")
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
