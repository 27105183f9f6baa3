"""A workspace with things in it that must not be there, and the command as a person types it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from secret_examples import TOKENS

TOKEN = TOKENS["Meta access token"][0]
SECRET = b"a secret of at least thirty-two bytes"
ORDERS = (
    "Name,Email,Financial Status,Currency,Subtotal,Discount Amount,Shipping,Taxes,Total,Refunded Amount,Discount Code,"
    "Created at,Lineitem quantity,Lineitem name,Lineitem price,Notes,Cancelled at\r\n"
    '#1,Ada@Mail.example ,paid,EUR,9.00,0.00,5.00,0.00,14.00,0.00,,2026-02-06 23:30:00 +0000,1,"Tin, ""S""",6.00,,\r\n'
    "#1,,,,,,,,,,,2026-02-06 23:30:00 +0000,1,Pot,30.00,,\r\n"
    '#2,"ada@mail.example",paid,EUR,9.00,0.00,5.00,0.00,14.00,0.00,,2026-02-07 10:00:00 +0000,1,Lid,9.00,'
    '"ring\r\ntwice",\r\n'
)
SHOP = """\
  - key: shop
    format: shopify.orders_csv
    files: shop/orders-{extracted_at:%Y-%m-%d}.csv
    timezone: UTC
    currency: EUR
    overlap: replaces
"""


def perftrack(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "perftrack_site", *arguments]
    return subprocess.run(
        command,
        cwd=cwd,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def add_shop(workspace: Path, orders: str | bytes = ORDERS) -> Path:
    """Declare a shop and add an export of its orders, personal data and all."""
    sources = workspace / "config/sources.yml"
    sources.write_text(sources.read_text("utf-8") + SHOP, "utf-8")
    export = workspace / "data/shop/orders-2026-02-13.csv"
    export.parent.mkdir()
    export.write_bytes(orders.encode() if isinstance(orders, str) else orders)
    return export


def media_of(workspace: Path) -> Path:
    return workspace / "data/instagram/media-2026-02-13.json"


def add_token(workspace: Path) -> Path:
    """Put the link to the next page, with its token, into the media list as the platform sends it."""
    media = media_of(workspace)
    link = f"https:\\/\\/graph.example\\/v22.0\\/1\\/media?access_token={TOKEN}\\u0026limit=25"
    end = media.read_text("utf-8").rstrip().removesuffix("}").rstrip()
    media.write_text(f'{end},\n  "paging": {{"next": "{link}"}}\n}}\n', "utf-8")
    return media
