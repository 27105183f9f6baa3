"""Serve the published site on this machine alone, and build it again whenever its workspace changes."""

from __future__ import annotations

import errno
import functools
import posixpath
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from perftrack_site.errors import EnvironmentFault, LockedError

ADDRESS = "127.0.0.1"
OUR_HOST = re.compile(r"(localhost|127\.0\.0\.1)(:\d+)?", re.IGNORECASE)
WATCHED = ("config", "data", "site_templates", "mkdocs.yml")
POLL_SECONDS = 0.4
# Fixed, so that a page looks the same whatever types the machine knows.
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".gz": "application/gzip",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}

State = Mapping[Path, tuple[int, int]]


class Handler(SimpleHTTPRequestHandler):
    """Answers GET and HEAD from a published tree: no listing, no other host, the edition's own 404 page."""

    extensions_map: dict[str, str] = {**TYPES, "": "application/octet-stream"}  # noqa: RUF012 as the base has it
    server_version, sys_version = "perftrack", ""

    def parse_request(self) -> bool:
        """Refuse a request to another host: a page elsewhere could point its own name at this machine."""
        if not super().parse_request():
            return False
        if OUR_HOST.fullmatch(self.headers.get("Host", "")):
            return True
        self.send_error(HTTPStatus.MISDIRECTED_REQUEST, explain="This site is served to localhost only.")
        return False

    def translate_path(self, path: str) -> str:
        """Find the file of an address; a name no file can have leads to none."""
        return super().translate_path(path.replace("%00", "%EF%BF%BD"))

    def list_directory(self, path: object) -> None:
        """Answer for a folder without a page of its own."""
        del path
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer 404 with the page the edition has for it, where there is one."""
        page = self._not_found_page() if code == HTTPStatus.NOT_FOUND else None
        if page is None:
            super().send_error(code, message, explain)
            return
        self.send_response(code)
        self.send_header("Content-Type", TYPES[".html"])
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(page)

    def end_headers(self) -> None:
        """Let nothing be kept or guessed at: the tree may be another one a moment later."""
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing: what matters is said after each build."""

    def _not_found_page(self) -> bytes | None:
        edition = posixpath.normpath(unquote(urlsplit(self.path).path)).strip("/").partition("/")[0]
        try:
            return (Path(self.directory) / edition / "404.html").read_bytes()
        except (OSError, ValueError):
            return None


def watch(root: Path, rebuild: Callable[[], int], *, stopped: Callable[[], bool] = lambda: False) -> None:
    """Call `rebuild` once, then after every change below `root`; `rebuild` answers with an exit code.

    A change is built once it has rested for a moment. Where another build holds the lock, ours is tried again.
    """
    built: State | None = None
    seen = state(root)
    while not stopped():
        now = state(root)
        if now == seen and now != built:
            built = None if rebuild() == LockedError.exit_code else now
        seen = now
        time.sleep(POLL_SECONDS)


def rest() -> None:
    """Let the server work until somebody presses Ctrl-C."""
    threading.Event().wait()


def state(root: Path) -> State:
    """Take down size and moment of change of each file a build reads."""
    found = {}
    for path in _files(root):
        try:
            told = path.stat()
        except OSError:  # gone while we looked
            continue
        found[path] = (told.st_mtime_ns, told.st_size)
    return found


def _files(root: Path) -> Iterator[Path]:
    """List the watched files; what an editor keeps beside them (`.x.swp`, `x~`) is none of them."""
    for name in WATCHED:
        for path in (root / name, *(root / name).rglob("*")):
            if not path.name.startswith(".") and not path.name.endswith("~") and path.is_file():
                yield path


@contextmanager
def served(out: Path, port: int) -> Iterator[str]:
    """Serve the tree `out` while the block runs, and give its address; port 0 takes a free one."""
    try:
        server = ThreadingHTTPServer((ADDRESS, port), functools.partial(Handler, directory=str(out)))
    except OSError as error:
        raise EnvironmentFault(_sentence(error, port)) from error
    with server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://localhost:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


def _sentence(error: OSError, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is in use; name another one: perftrack serve --port {port + 1}"
    if error.errno == errno.EACCES:
        return f"Port {port} needs rights you do not have; name one from 1024 on: perftrack serve --port 8000"
    return f"The site cannot be served on port {port}: {error.strerror}."
