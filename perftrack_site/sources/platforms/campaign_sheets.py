"""The four sheets that many teams keep a campaign in: influencers, posts, tracking data and payouts.

People name the columns by hand: any case, with blanks or underscores.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

from perftrack_site.sources.cast import Column, Record, count, identifier, plain, signed_money
from perftrack_site.sources.cast import day as iso_day
from perftrack_site.sources.csv_reader import read_csv
from perftrack_site.sources.days import any_of, day_of_moment, named_day
from perftrack_site.sources.format import Format, Reading, SourceFile, refusal
from perftrack_site.sources.handles import account_of
from perftrack_site.sources.numbers import grouped_count, suffixed
from perftrack_site.sources.platforms.instagram_graph import hashtags
from perftrack_site.sources.records import Cells, Found, Made, counts, transcribe
from perftrack_site.sources.spelling import keyed_hash, platform
from perftrack_site.sources.tables import ACCOUNT_TOTALS, PAYOUTS, POST_COUNTS, POSTS, TRACKED_SALES

ID_IN_PATH = (  # where a link holds the id by which the platform's own exports call a post
    ("tiktok", re.compile(r"/(?:video|photo)/([0-9]{5,25})")),
    ("x", re.compile(r"/status(?:es)?/([0-9]{5,25})")),
    ("youtube", re.compile(r"(?:/(?:shorts|live|embed)|^youtu\.be)/([\w-]{11})(?:/|$)")),
)
LAYOUT = "Campaign spreadsheets"
EXPORT = (
    "Save this sheet of the campaign's workbook as CSV UTF-8, each sheet as its own file. The first line holds the "
    "names of the columns, in any case and order, with blanks or underscores."
)
IDS = (
    "`influencer_id` is what the sheet calls an influencer. Write the same into `accounts` of `config/influencers.yml` "
    "where posts and sales should find their influencer."
)
A_DAY = (
    "a day such as 2026-07-31 or July 31, 2026 (07/08/2026 may mean two days: use `generic.csv` with `dates`)"
)

sheet_day = any_of(iso_day, day_of_moment, named_day, wanted=A_DAY)


def _spelt(*names: str) -> tuple[str, ...]:
    """List the ways in which people write a header; case is never told apart."""
    ways = (way for name in names for way in (name, name.replace("_", " "), name.replace("_", "")))
    return tuple(dict.fromkeys(ways))


def post_id(link: str, network: str) -> str:
    """Find the id of a post in its link; where the platform shows none there, host and path name the post."""
    found = urlsplit(link if "//" in link else f"//{link}")
    host = found.netloc.lower().removeprefix("www.").removeprefix("m.")
    path = f"{host}{found.path}".rstrip("/")
    if network == "youtube" and (video := parse_qs(found.query).get("v")):
        return video[0]
    ids = (match[1] for name, form in ID_IN_PATH if name == network and (match := form.search(path)))
    return next(ids, path)


# --- influencers ---------------------------------------------------------------------------------

INFLUENCERS = (
    Column(_spelt("ID", "influencer_id"), identifier, ("account_totals.account",)),
    Column(_spelt("follower_count", "followers"), suffixed, ("account_totals.followers",), nullable=True),
    Column(("platform",), platform, ("account_totals.platform",)),
)


def read_influencers(file: SourceFile) -> Reading:
    def make(cells: Cells) -> list[Made]:
        names: Cells = {"platform": cells["platform"], "account": account_of(file, cells["ID"])}
        return counts(ACCOUNT_TOTALS, names, [("followers", "follower_count", cells["follower_count"])])

    found = read_csv(file, INFLUENCERS, personal=("name",))
    return transcribe(file, found, INFLUENCERS, make, unique=("ID", "platform"))


# --- posts ---------------------------------------------------------------------------------------

POST_SHEET = (
    Column(_spelt("influencer_id"), identifier, ("posts.account",)),
    Column(("platform",), platform, ("posts.platform", "post_counts.platform")),
    Column(("date",), sheet_day, ("posts.published_on",)),
    Column(_spelt("URL", "post_url", "link"), plain,
           ("posts.permalink", "posts.post_id", "post_counts.post_id")),
    Column(("caption",), plain, ("posts.caption", "posts.hashtags"), required=False, nullable=True, free_text=True),
    *(
        Column((counter,), grouped_count, (f"post_counts.{counter}",), nullable=True)
        for counter in ("reach", "likes", "comments")
    ),
)  # fmt: skip


def read_posts(file: SourceFile) -> Reading:
    found = read_csv(file, POST_SHEET)
    return transcribe(file, found, POST_SHEET, lambda cells: _post(file, cells), unique=("URL",))


def _post(file: SourceFile, cells: Cells) -> list[Made]:
    caption = cells["caption"]
    names = {
        "platform": cells["platform"], "post_id": post_id(str(cells["URL"]), str(cells["platform"])),
    }  # fmt: skip
    post = POSTS.row(
        **names,
        account=account_of(file, cells["influencer_id"]),
        published_on=cells["date"],
        caption=caption,
        hashtags=hashtags(str(caption or "")),
        permalink=cells["URL"],
    )
    told = [(counter, counter, cells[counter]) for counter in ("reach", "likes", "comments")]
    return [post, *counts(POST_COUNTS, {**names, "witness": "export"}, told)]


# --- tracking data -------------------------------------------------------------------------------

SALES = (
    Column(("source",), plain, ("tracked_sales.channel",)),
    Column(("campaign",), plain, ("tracked_sales.campaign",), nullable=True),
    Column(_spelt("influencer_id"), identifier, ("tracked_sales.influencer",), nullable=True),
    Column(("product",), plain, ("tracked_sales.product",), required=False, nullable=True),
    Column(("date",), sheet_day, ("tracked_sales.day",)),
    Column(("orders",), grouped_count, ("tracked_sales.orders",)),
    Column(("revenue",), signed_money, ("tracked_sales.revenue",), nullable=True),
    Column(("customer_key",), keyed_hash, ("tracked_sales.customer_key",), required=False, nullable=True),
)
LINE = Column(("line of the sheet",), count, ())


def read_sales(file: SourceFile) -> Reading:
    """Read a sheet of tracked sales: every line counts, also where two of them are equal.

    Two customers may buy the same on one day; without `user_id` nothing tells their lines apart.
    """
    currency = _currency(file)
    found = read_csv(file, SALES, personal=("user_id",))
    again = sum(times - 1 for times in Counter(record.cells for record in found.records).values())
    said = f"lines equal to an earlier one in all that is read: {again}; each of them counts"

    def make(cells: Cells) -> list[Made]:
        row = {column.becomes[0].partition(".")[2]: cells[column.name] for column in SALES}
        return [TRACKED_SALES.row(**row, currency=currency)]

    reading = transcribe(file, _numbered(found), (*SALES, LINE), make)
    return replace(reading, notices=(*reading.notices, said)) if again else reading


def _numbered(found: Found) -> Found:
    """Give each record its line as a further cell, so that equal ones are not taken for one."""
    records: Sequence[Record] = [
        Record(first, last, (*cells, str(first))) for first, last, cells in found.records
    ]
    return replace(found, records=records)


def _currency(file: SourceFile) -> str:
    if file.declaration.currency is None:
        wrong = "the sheet does not say the currency of its amounts"
        key = file.declaration.key
        raise refusal(
            file.path, 1, "", wrong, f"write `currency:` into the source {key!r} in config/sources.yml"
        )
    return file.declaration.currency


# --- payouts -------------------------------------------------------------------------------------

PAYOUT_SHEET = (
    Column(_spelt("influencer_id"), identifier, ("payouts.influencer",)),
    Column(("basis",), plain, ("payouts.basis",)),
    Column(("rate",), signed_money, ("payouts.rate",), nullable=True),
    Column(("orders",), grouped_count, ("payouts.orders",), nullable=True),
    Column(_spelt("total_payout", "payout"), signed_money, ("payouts.amount",)),
)


def read_payouts(file: SourceFile) -> Reading:
    currency = _currency(file)

    def make(cells: Cells) -> list[Made]:
        row = {column.becomes[0].partition(".")[2]: cells[column.name] for column in PAYOUT_SHEET}
        return [PAYOUTS.row(**row, currency=currency)]

    found = read_csv(file, PAYOUT_SHEET)
    return transcribe(file, found, PAYOUT_SHEET, make, unique=("influencer_id", "basis"))


FORMATS = (
    Format(
        "campaign_sheets.influencers",
        "Campaign spreadsheet: influencers",
        "influencer",
        ("account_totals",),
        ("cumulative",),
        INFLUENCERS,
        read_influencers,
        personal=("name", "gender"),
        platform=LAYOUT,
        export=EXPORT,
        notes=(
            "Columns: `ID,name,category,gender,follower_count,platform`; name, category and gender are not kept.",
            "`follower_count` may be written `48200`, `48,200` or `48.2k`.",
        ),
        pattern="sheets/influencers-{extracted_at:%Y-%m-%d}.csv",
    ),
    Format(
        "campaign_sheets.posts",
        "Campaign spreadsheet: posts",
        "post",
        ("posts", "post_counts"),
        ("cumulative",),
        POST_SHEET,
        read_posts,
        platform=LAYOUT,
        export=EXPORT,
        notes=(
            "Columns: `influencer_id,platform,date,URL,caption,reach,likes,comments`.",
            "The post's id is taken from its link where TikTok, YouTube and X show it; elsewhere the link is its id.",
            "Numbers are running totals on the day of the file; a platform's own insights are believed before them.",
            IDS,
        ),
        pattern="sheets/posts-{extracted_at:%Y-%m-%d}.csv",
    ),
    Format(
        "campaign_sheets.tracking_data",
        "Campaign spreadsheet: tracked sales",
        "sale",
        ("tracked_sales",),
        ("replaces", "adds"),
        SALES,
        read_sales,
        personal=("user_id",),
        identity="user_id",
        identity_key="customer_key",
        platform=LAYOUT,
        needs=("currency",),
        export=EXPORT,
        notes=(
            "Columns: `source,campaign,influencer_id,user_id,product,date,orders,revenue`.",
            "`user_id` is personal and never read: `perftrack scrub` writes a `customer_key` in its place.",
            "Equal lines are different sales, each of them counts; a notice says how many there are.",
            IDS,
        ),
        pattern="sheets/tracking-data-{extracted_at:%Y-%m-%d}.csv",
    ),
    Format(
        "campaign_sheets.payouts",
        "Campaign spreadsheet: payouts",
        "payout",
        ("payouts",),
        ("replaces", "adds"),
        PAYOUT_SHEET,
        read_payouts,
        platform=LAYOUT,
        needs=("currency",),
        export=EXPORT,
        notes=(
            "Columns: `influencer_id,basis,rate,orders,total_payout`.",
            "Two payouts of one influencer on one basis that differ contradict each other: neither is used.",
            "What was really paid belongs into the list `perftrack.spend`; payouts are shown, never added to it.",
        ),
        pattern="sheets/payouts-{extracted_at:%Y-%m-%d}.csv",
    ),
)
