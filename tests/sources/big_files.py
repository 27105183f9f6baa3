"""Reading what must be refused, in a process of its own: what it said, how long it took, and what it held at most."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

CHILD = """
import json, re, sys, time
from pathlib import Path
from sources_helpers import MEDIA, SPEND
from perftrack_site.sources import read_sources
start = time.perf_counter()
faults = [str(fault) for fault in read_sources([MEDIA, SPEND], Path(sys.argv[1]), "UTC").faults]
seconds = time.perf_counter() - start
# of this process alone: getrusage remembers what its parent held when it was started
peak = int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1]) * 1024
print(json.dumps([faults, seconds, peak]))
"""
MIB = 1024**2


@dataclass(frozen=True)
class Refused:
    fault: str
    seconds: float
    peak: int


def refused(data: Path) -> Refused:
    """Read a data folder that holds one file to be refused."""
    child = [sys.executable, "-c", CHILD, str(data)]
    here = str(Path(__file__).parent)
    done = subprocess.run(child, capture_output=True, text=True, check=True, env={"PYTHONPATH": here})
    [[fault], seconds, peak] = json.loads(done.stdout)
    return Refused(fault, seconds, peak)
