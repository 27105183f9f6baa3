"""The port to the engine, and the only module that knows it is MkDocs with the Material theme.

The engine is a process: Markdown folder in, HTML folder out, told by one generated file that inherits the
workspace's `mkdocs.yml`. Nothing of ours runs inside it.
"""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from mkdocs.exceptions import ConfigurationError
from mkdocs.utils.yaml import yaml_load

from perftrack_site.errors import ConfigError, EnvironmentFault, Fault, PerftrackError, SiteError

# What an installation may need to be found again; everything else of the caller's environment stays out.
_KEPT = ("PATH", "HOME", "PYTHONPATH", "VIRTUAL_ENV", "LD_LIBRARY_PATH", "TMPDIR")
# Fixed, whatever the caller's: the bytes of a site depend on its content alone.
_FIXED = {
    "TZ": "UTC",
    "LC_ALL": "C.UTF-8",
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
    "NO_MKDOCS_2_WARNING": "1",
}
_STYLES = ("assets/perftrack.css", "assets/theme.css")
_LISTS = ("extra_css", "extra_javascript")  # a workspace's own go after ours
_SCRIPTS = ("assets/charts.js",)
# Without an address the engine's 404 page and the version selector break, so a site that names none gets
# this one: right for every place at the root of a host. No page shows it.
NO_ADDRESS = "http://localhost/"


def read_base(path: Path) -> dict[str, Any]:
    """Read the workspace's `mkdocs.yml` as the engine does. Raise ConfigError where it cannot be read."""
    try:
        with path.open("rb") as file:
            base = yaml_load(file)
    except FileNotFoundError:
        fault = Fault(path.name, "", "is missing", "`perftrack init` writes one")
    except OSError as error:
        wrong = f"it cannot be read: {error.strerror}"
        raise EnvironmentFault(f"{path.name}: {wrong}; let it be a file that this user may read.") from error
    except ConfigurationError as error:
        fault = Fault(path.name, "", str(error).strip())
    else:
        if isinstance(base, dict) and all(isinstance(base.get(key, []), list) for key in _LISTS):
            return base
        fault = Fault(
            path.name,
            "",
            "it is no list of options",
            f"write `option: value`; {' and '.join(_LISTS)} are lists",
        )
    raise ConfigError("The look of the site cannot be read.", (fault,))


def root_url(base: dict[str, Any]) -> str:
    """Give the address of the whole site with its last slash: `site_url` of `mkdocs.yml`, else a stand-in."""
    return str(base.get("site_url") or NO_ADDRESS).rstrip("/") + "/"


def config(base_file: Path, base: dict[str, Any], **ours: Any) -> str:  # noqa: ANN401 - the engine's own values
    """Write the generated configuration: the workspace's, then `ours`, then what we insist on.

    JSON is YAML, so nothing of a name can be read as syntax.
    """
    theme = {"name": "material", "font": False, "custom_dir": ours.pop("custom_dir")}
    extra = {"generator": False, **ours.pop("extra")}
    generated = {
        "INHERIT": str(base_file.resolve()),
        **ours,
        "theme": theme,
        "extra": extra,
        "extra_css": [*_STYLES, *base.get("extra_css", [])],
        "extra_javascript": [*_SCRIPTS, *base.get("extra_javascript", [])],
        "use_directory_urls": True,
        "not_in_nav": "*",
        # Links between pages are final when they reach the engine; links.py proves them in the built tree.
        "validation": {"links": {"unrecognized_links": "ignore", "not_found": "ignore", "anchors": "ignore"}},
    }
    return json.dumps(generated, indent=1, ensure_ascii=False)


def escaped(text: str) -> str:
    """Make `text` safe for the theme, which prints the site's name on every page as it is.

    All but ASCII becomes numeric references too: JSON and YAML spell an emoji differently.
    """
    return html.escape(text).encode("ascii", "xmlcharrefreplace").decode("ascii")


def run(config_file: Path, epoch: int) -> None:
    """Run the engine in a clean environment. Raise SiteError with what it complained about."""
    environment = {key: os.environ[key] for key in _KEPT if key in os.environ}
    environment |= {**_FIXED, "SOURCE_DATE_EPOCH": str(epoch)}
    command = [sys.executable, "-P", "-m", "mkdocs", "build", "--strict", "--config-file", config_file.name]
    done = subprocess.run(  # noqa: S603 - our own interpreter and our own file
        command, cwd=config_file.parent, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise _refused(done.stderr)


def _refused(complaints: str) -> PerftrackError:
    lines = re.findall(r"^(?:WARNING|ERROR) +- +(.*)$", complaints, re.MULTILINE)
    text = "\n".join(lines) or complaints.strip()
    if "Config value" in text:
        return ConfigError(f"mkdocs.yml: MkDocs does not take this configuration:\n{text}")
    if full := re.search(r"No space left on device|Disk quota exceeded|Permission denied", complaints):
        return EnvironmentFault(f"MkDocs could not write the site: {full[0].lower()}. Nothing was published.")
    return SiteError(f"MkDocs could not build the pages:\n{text}")
