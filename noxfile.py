"""Every task of this repository. `python3 noxfile.py -l` lists them; nothing needs to be installed first.

Run as a plain script it makes a virtual environment of its own with nox and uv in it, and goes on in there.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
HOME = HERE / ".nox" / "home"
TOOLS = ("nox==2026.10.20", "uv==0.13.9")
PROPERDOCS = "properdocs==1.6.7"  # the engine after MkDocs 1.x, to be compared with it


def bootstrap() -> int:
    """Make the environment that holds nox and uv, once, and run nox there with our arguments."""
    if sys.version_info < (3, 11):  # noqa: UP036 whoever runs this file has not installed us yet
        print(f"perftrack needs Python 3.11 or newer; this is {sys.version.split()[0]}.", file=sys.stderr)
        return 4
    python = HOME / "bin" / "python"
    made_for = HOME / "made-for"
    if not made_for.exists() or made_for.read_text(encoding="utf-8") != " ".join(TOOLS):
        print("Setting up (once): a virtual environment in .nox/ ...", flush=True)
        if subprocess.run([sys.executable, "-m", "venv", "--clear", str(HOME)], check=False).returncode != 0:
            print("Python's venv module is missing; on Debian: apt-get install python3-venv", file=sys.stderr)
            return 4
        installed = subprocess.run(
            [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *TOOLS],
            check=False,
        )
        if installed.returncode != 0:
            print("nox and uv could not be installed; is PyPI reachable?", file=sys.stderr)
            return 4
        made_for.write_text(" ".join(TOOLS), encoding="utf-8")
    command = [str(python), "-m", "nox", "--noxfile", str(HERE / "noxfile.py"), *sys.argv[1:]]
    return subprocess.run(command, env=os.environ | {"PERFTRACK_NOX": "1"}, check=False).returncode


if __name__ == "__main__" and "PERFTRACK_NOX" not in os.environ:
    sys.exit(bootstrap())

import nox  # noqa: E402 it is there once we have bootstrapped

nox.needs_version = ">=2025.2"
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.reuse_venv = "yes"
nox.options.sessions = ["tests", "lint"]
nox.options.error_on_missing_interpreters = True
os.environ["PATH"] = f"{HOME / 'bin'}{os.pathsep}{os.environ['PATH']}"  # uv, beside nox


def install(session: nox.Session, *groups: str) -> None:
    """Install the package and some dependency groups exactly as locked in uv.lock."""
    if shutil.which("uv") is None:
        session.error("uv is missing; run `python3 noxfile.py ...` instead of nox, it brings its own")
    wanted = [argument for group in groups for argument in ("--group", group)]
    session.run_install(
        "uv", "sync", "--quiet", "--locked", "--no-default-groups", *wanted,
        env={"UV_PROJECT_ENVIRONMENT": session.virtualenv.location, "UV_PYTHON": session.virtualenv.location,
             "UV_PYTHON_DOWNLOADS": "never"},
        external=True,
    )  # fmt: skip


@nox.session
def site(session: nox.Session) -> None:
    """Build the sample workspace (this repository) into site/ and say how to open it."""
    install(session)
    session.run("perftrack", "build", *session.posargs)


@nox.session
def serve(session: nox.Session) -> None:
    """Build the sample workspace, serve it on this machine, and build again after every change."""
    install(session)
    session.run("perftrack", "serve", *session.posargs)


@nox.session
def tests(session: nox.Session) -> None:
    """Run the tests on every core, the browser's included where Chromium is installed; a file's tests stay together."""
    install(session, "tests")
    session.run("pytest", "-n", "auto", "--dist", "loadfile", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Check style and types: ruff, mypy --strict."""
    install(session, "lint")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("mypy")


@nox.session
def oracle(session: nox.Session) -> None:
    """Compare the evaluation with an independent one on 300 generated workspaces."""
    install(session, "tests")
    session.run("pytest", "tests/oracle", *session.posargs, env={"PERFTRACK_ORACLE_WORKSPACES": "300"})


@nox.session
def bench(session: nox.Session) -> None:
    """Measure reading against its budgets: time as ratios to DuckDB's own, and peak memory."""
    install(session)
    session.run("python", "tools/bench/bench.py", *session.posargs)


@nox.session
def sample(session: nox.Session) -> None:
    """Write the sample workspace (config/ and data/) again from its seeded generator."""
    install(session)
    session.run("python", "tools/make_sample.py")


@nox.session
def browser(session: nox.Session) -> None:
    """Run every browser test in full: all pages with axe from npm, and 600 hostile strings."""
    install(session, "tests")
    session.run("pytest", "-m", "browser", *session.posargs, env={"PERFTRACK_BROWSER_FULL": "1"})


@nox.session
def lighthouse(session: nox.Session) -> None:
    """Measure the sample with Lighthouse from npm: performance and accessibility on a phone."""
    install(session)
    site = f"{session.create_tmp()}/site"
    session.run("perftrack", "build", "--period", "2026-Q4", "--out", site)
    session.run("python", "tools/lighthouse.py", site)


@nox.session
def engines(session: nox.Session) -> None:
    """Build the sample with ProperDocs too, and compare the pages."""
    install(session)
    session.install(PROPERDOCS)
    temporary = session.create_tmp()
    session.run("perftrack", "build", "--period", "2026-Q4", "--out", f"{temporary}/site")
    session.run("python", "tools/engines.py", "build/internal/2026-Q4", f"{temporary}/properdocs")


@nox.session
def pictures(session: nox.Session) -> None:
    """Take the README's pictures of the sample anew, with Chromium."""
    install(session, "tests")
    site = f"{session.create_tmp()}/site"
    session.run("perftrack", "build", "--period", "2026-Q4", "--out", site)
    session.run("python", "tools/pictures.py", site)


@nox.session
def wheel(session: nox.Session) -> None:
    """Build the wheel and the source distribution into dist/."""
    session.run("uv", "build", "--quiet", "--out-dir", "dist", external=True)
