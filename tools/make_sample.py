"""Write the sample workspace: `python tools/make_sample.py [OUT]` makes OUT/config and OUT/data anew.

Everything is drawn from the plan in `sample/` by seeded generators, so the same code writes the same bytes
on any machine. `--expected` prints instead, as JSON, what the plan says must be found in it.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from sample import fourth_quarter, second_quarter, third_quarter
from sample.benchmarks import benchmark_files
from sample.contracts import config_files
from sample.costs import fx_files, payments, spend_files
from sample.expected import expected
from sample.instagram import instagram_files
from sample.orders import all_orders
from sample.platforms import platform_files
from sample.posts import all_posts
from sample.shapes import File
from sample.shopify import shop_files

CAMPAIGNS = (*second_quarter.CAMPAIGNS, *third_quarter.CAMPAIGNS, *fourth_quarter.CAMPAIGNS)
ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str]) -> None:
    if arguments == ["--expected"]:
        sys.stdout.buffer.write(expected(CAMPAIGNS).encode())
        return
    make_sample(Path(arguments[0]) if arguments else ROOT)


def make_sample(out: Path) -> None:
    """Make `out/config` and `out/data` anew."""
    posts, orders = all_posts(CAMPAIGNS), all_orders(CAMPAIGNS)
    write_anew(out / "config", config_files(CAMPAIGNS, posts))
    data = [
        *instagram_files(posts, CAMPAIGNS),
        *shop_files(orders),
        *spend_files(payments(CAMPAIGNS)),
        *fx_files(),
        *benchmark_files(),
        *platform_files(orders, CAMPAIGNS),
    ]
    write_anew(out / "data", data)


def write_anew(folder: Path, files: Iterable[File]) -> None:
    """Write these files, texts as UTF-8; the subfolders they go to lose what they held before."""
    contents = dict(files)
    for below in sorted({path.split("/")[0] for path in contents if "/" in path}):
        shutil.rmtree(folder / below, ignore_errors=True)
    for path, content in contents.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)


if __name__ == "__main__":
    main(sys.argv[1:])
