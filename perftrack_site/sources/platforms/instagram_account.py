"""Instagram Graph API: insights of an account, and the account itself."""

from __future__ import annotations

from collections.abc import Mapping

from perftrack_site.sources.cast import Column, count, digits, plain
from perftrack_site.sources.format import Format, Reading, SourceFile
from perftrack_site.sources.handles import account_of
from perftrack_site.sources.platforms.graph_api import Foreign, read_records
from perftrack_site.sources.platforms.graph_insights import (
    CALIFORNIA,
    PERIODS,
    Kept,
    account_becomes,
    account_row,
    insight_columns,
    read_values,
    refuse_undated,
)
from perftrack_site.sources.records import Cells, Made, counts, transcribe
from perftrack_site.sources.tables import ACCOUNT_TOTALS, AUDIENCE_SHARES

PLATFORM = "instagram"
# The names of each counter, the best first. `follower_count` of a day is how many new followers it brought.
COUNTERS: Mapping[str, tuple[str, ...]] = {
    "views": ("views", "impressions"),
    "reach": ("reach",),
    "likes": ("likes",),
    "comments": ("comments",),
    "shares": ("shares",),
    "saves": ("saves",),
    "interactions": ("total_interactions",),
    "profile_visits": ("profile_views",),
    "link_clicks": ("website_clicks",),
    "followers_gained": ("follower_count",),
}
DEFINITIONS = {"impressions": "legacy_impressions", "follower_count": "new_followers"}
AUDIENCES = {"follower_demographics": "followers", "reached_audience_demographics": "viewers"}


def _is_of_an_account(name: str, period: str) -> bool:
    return name in AUDIENCES or (period in PERIODS and not name.startswith(("page_", "post_")))


KEPT = Kept(COUNTERS, _is_of_an_account, frozenset(AUDIENCES))
GENDERS = {"F": "female", "M": "male", "U": "unknown"}

INSIGHT_COLUMNS = (
    *insight_columns(
        of=(),
        becomes=(*account_becomes(COUNTERS), "audience_shares.number"),
        named=("account_days.definition", "account_spans.definition", "audience_shares.audience"),
        days=("account_days.day", "account_spans.from_day", "account_spans.to_day"),
    ),
    Column(
        ("total_value.breakdowns[].dimension_keys",),
        plain,
        ("audience_shares.dimension",),
        required=False,
        nullable=True,
    ),
    Column(
        ("total_value.breakdowns[].results[].dimension_values",),
        plain,
        ("audience_shares.part",),
        required=False,
        nullable=True,
    ),
)
DIMENSION, PART = INSIGHT_COLUMNS[-2].name, INSIGHT_COLUMNS[-1].name
IDENTITY = ("name", "period", "values[].end_time", DIMENSION, PART)


def read_insights(file: SourceFile) -> Reading:
    """Read insights of an account: one number of one day, span or part of the audience is one record."""
    found = read_values(file, KEPT)
    refuse_undated(file, found)

    def make(cells: Cells) -> list[Made]:
        name = str(cells["name"])
        if name in AUDIENCES:
            return _part_of_audience(file, cells)
        counter = KEPT.counter(name)
        return account_row(file, PLATFORM, cells, counter, DEFINITIONS.get(name, name))

    return transcribe(file, found, INSIGHT_COLUMNS, make, unique=IDENTITY)


def _part_of_audience(file: SourceFile, cells: Cells) -> list[Made]:
    part, number = cells[PART], cells["values[].value"]
    if part is None or number is None:
        return []
    words = str(part).split(" ")
    if "gender" in str(cells[DIMENSION]):
        words = [GENDERS.get(word, word) for word in words]
    return [
        AUDIENCE_SHARES.row(
            platform=PLATFORM,
            account=account_of(file),
            audience=AUDIENCES[str(cells["name"])],
            dimension=cells[DIMENSION],
            part=" ".join(words),
            number=number,
        )
    ]


PROFILE_COLUMNS = (
    Column(("id",), digits, ()),
    Column(("username",), plain, ("account_totals.account",), required=False, nullable=True),
    Column(("followers_count",), count, ("account_totals.followers",)),
    Column(("media_count",), count, ("account_totals.posts",), required=False, nullable=True),
)
A_PAGE = Foreign(frozenset({"fan_count", "category", "talking_about_count"}), "a page of Facebook")


def read_profile(file: SourceFile) -> Reading:
    """Read accounts as they are on a day: one account is one record."""
    looks_like = "an account: an object with `id` and `followers_count`"
    found = read_records(file, PROFILE_COLUMNS, looks_like=looks_like, foreign=A_PAGE)

    def make(cells: Cells) -> list[Made]:
        names = {"platform": PLATFORM, "account": account_of(file, cells["username"])}
        totals = (
            ("followers", "followers_count", cells["followers_count"]),
            ("posts", "media_count", cells["media_count"]),
        )
        return counts(ACCOUNT_TOTALS, names, totals)

    return transcribe(file, found, PROFILE_COLUMNS, make, unique=("id",))


INSIGHTS = Format(
    "instagram_account.insights",
    label="Instagram Graph API, account insights",
    noun="number",
    tables=("account_days", "account_spans", "audience_shares"),
    overlaps=("replaces",),
    columns=INSIGHT_COLUMNS,
    read=read_insights,
    platform="Instagram",
    zone=CALIFORNIA,
    settles_days=2,
    export=(
        "Call `GET /{account id}/insights` with `period=day`, `since` and `until`, and keep the answer as it comes. "
        "Ask for `metric_type=total_value` in calls of their own, and for the followers' age, gender, country and city "
        "with `metric=follower_demographics`."
    ),
    notes=(
        "A day ends at midnight in California: the `end_time` of a value closes the day before it.",
        "`follower_count` of a day is the number of new followers; the number of all followers is in the profile.",
        "A total over several days does not name them: write them into the file's name by `{from:}` and `{to:}`.",
        "Meta answers an empty list instead of 0. The newest two days are provisional.",
        "Reach of days never adds up to the reach of a week. Parts of a total by a breakdown are skipped.",
    ),
    pattern="instagram/account-{extracted_at:%Y-%m-%d}.json",
)
PROFILE = Format(
    "instagram_account.profile",
    label="Instagram Graph API, account",
    noun="account",
    tables=("account_totals",),
    overlaps=("cumulative", "replaces"),
    columns=PROFILE_COLUMNS,
    read=read_profile,
    platform="Instagram",
    export="Call `GET /{account id}?fields=username,followers_count,media_count` and keep the answer as it comes.",
    notes=("It tells the followers as they are on the day of the call: give that day in the file's name.",),
    pattern="instagram/profile-{extracted_at:%Y-%m-%d}.json",
)

FORMATS: tuple[Format, ...] = (INSIGHTS, PROFILE)
