from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sources_helpers import Declared, fault_of, ledger_of, read, read_one, rows_of
from written import csv_bytes

PEOPLE = "ID,name,category,gender,follower_count,platform\n7,Thandi M.,tea,f,48200,Instagram\n"
POSTS = "influencer_id,platform,date,URL,caption,reach,likes,comments\n"
SALES = "source,campaign,influencer_id,user_id,product,date,orders,revenue\n"
SALE = "Instagram,spring,7,u-18,Rooibos,2026-07-08,1,149.50\n"
PAYOUTS = "influencer_id,basis,rate,orders,total_payout\n"
LINK = "https://www.tiktok.com/@thandim/video/7301234567890123456?is_copy_url=1"


def sheet(name: str, **more: str) -> Declared:
    more = {"currency": "ZAR", **more}
    return Declared("sheets", f"campaign_sheets.{name}", f"s/{name}-{{extracted_at:%Y-%m-%d}}.csv", **more)  # type: ignore[arg-type]


def test_influencers_give_their_followers_and_neither_name_nor_gender(tmp_path: Path) -> None:
    records = read_one(tmp_path, sheet("influencers", overlap="cumulative"), PEOPLE)
    (row,) = rows_of(records, "account_totals")
    assert (row["platform"], row["account"], row["counter"], row["value"]) == (
        "instagram", "7", "followers", 48200,
    )  # fmt: skip
    assert "Thandi" not in repr(records)


@pytest.mark.parametrize("header", ["Id,Follower Count,PLATFORM", "influencer id,FOLLOWERS,Platform"])
@pytest.mark.parametrize("written", ["48200", '"48,200"', "48.2k"])
def test_headers_and_numbers_are_read_as_people_write_them(tmp_path: Path, header: str, written: str) -> None:
    records = read_one(
        tmp_path, sheet("influencers", overlap="cumulative"), f"{header}\n7,{written},instagram\n"
    )
    assert [row["value"] for row in rows_of(records, "account_totals")] == [48200]


def test_a_post_is_known_by_the_id_in_its_link(tmp_path: Path) -> None:
    text = POSTS + f'7,TikTok,"July 8, 2026",{LINK},"Hot, #UmojaSpring",5200,310,\n'
    records = read_one(tmp_path, sheet("posts", overlap="cumulative"), text)
    (post,) = rows_of(records, "posts")
    assert (post["platform"], post["post_id"], post["account"]) == ("tiktok", "7301234567890123456", "7")
    assert (str(post["published_on"]), post["published_at"]) == ("2026-07-08", None)
    assert (post["caption"], post["hashtags"], post["permalink"]) == (
        "Hot, #UmojaSpring",
        ("umojaspring",),
        LINK,
    )
    found = {row["counter"]: (row["value"], row["witness"]) for row in rows_of(records, "post_counts")}
    assert found == {"reach": (5200, "export"), "likes": (310, "export")}


@pytest.mark.parametrize(
    ("platform", "link", "post_id"),
    [
        ("X", "https://twitter.com/thandi/status/1800000000000000001", "1800000000000000001"),
        ("YouTube", "https://www.youtube.com/watch?v=dQw4w9WgXc0&t=3", "dQw4w9WgXc0"),
        ("youtube", "https://youtu.be/dQw4w9WgXc0", "dQw4w9WgXc0"),
        ("youtube", "youtube.com/shorts/dQw4w9WgXc0/", "dQw4w9WgXc0"),
        ("Instagram", "https://www.instagram.com/p/Cabc_12/?igsh=1", "instagram.com/p/Cabc_12"),
    ],
)
def test_each_platform_shows_the_id_in_another_place(
    tmp_path: Path, platform: str, link: str, post_id: str
) -> None:
    text = POSTS + f"7,{platform},2026-07-08 00:00:00,{link},,1,2,3\n"
    (post,) = rows_of(read_one(tmp_path, sheet("posts", overlap="cumulative"), text), "posts")
    assert (post["post_id"], str(post["published_on"])) == (post_id, "2026-07-08")


def test_a_day_that_may_mean_two_days_is_rejected(tmp_path: Path) -> None:
    text = POSTS + f"7,tiktok,07/08/2026,{LINK},,1,2,3\n"
    (reject,) = ledger_of(read_one(tmp_path, sheet("posts", overlap="cumulative"), text)).rejects
    assert (reject.column, reject.rule) == ("date", "day")
    assert "07/08/2026 may mean two days" in reject.reason


def test_sales_of_two_customers_on_one_day_both_count(tmp_path: Path) -> None:
    text = SALES + SALE + SALE.replace("u-18", "u-19") + SALE.replace("7,u-18", ",u-20")
    records = read_one(tmp_path, sheet("tracking_data"), text)
    rows = rows_of(records, "tracked_sales")
    assert [(row["influencer"], row["orders"], row["revenue"]) for row in rows] == [
        ("7", 1, Decimal("149.50")), ("7", 1, Decimal("149.50")), (None, 1, Decimal("149.50")),
    ]  # fmt: skip
    assert (rows[0]["channel"], rows[0]["currency"], rows[0]["customer_key"]) == ("Instagram", "ZAR", None)
    assert ledger_of(records).notices == (
        "lines equal to an earlier one in all that is read: 1; each of them counts",
    )
    assert "u-18" not in repr(records)


def test_a_customer_is_a_keyed_hash_and_nothing_else(tmp_path: Path) -> None:
    header, key = SALES.replace("user_id", "customer_key"), "0123456789abcdef0123456789abcdef"
    text = header + SALE.replace("u-18", key) + SALE.replace("u-18", "ann@a.example")
    records = read_one(tmp_path, sheet("tracking_data"), text)
    assert [row["customer_key"] for row in rows_of(records, "tracked_sales")] == [key]
    assert [reject.rule for reject in ledger_of(records).rejects] == ["keyed_hash"]


@pytest.mark.parametrize("name", ["tracking_data", "payouts"])
def test_amounts_without_a_declared_currency_are_refused(tmp_path: Path, name: str) -> None:
    text = SALES + SALE if name == "tracking_data" else PAYOUTS + "7,per order,15,20,300\n"
    source = Declared("sheets", f"campaign_sheets.{name}", "s/{extracted_at:%Y-%m-%d}.csv")
    assert "write `currency:` into the source 'sheets'" in fault_of(read_one(tmp_path, source, text))


def test_two_payouts_on_one_basis_contradict_each_other(tmp_path: Path) -> None:
    text = PAYOUTS + "7,per order,15,20,300\n7,per order,15,21,315\n7,post,4200.00,,4200.00\n"
    records = read_one(tmp_path, sheet("payouts"), text)
    (row,) = rows_of(records, "payouts")
    assert (row["basis"], row["rate"], row["orders"], row["amount"]) == (
        "post",
        Decimal(4200),
        None,
        Decimal(4200),
    )
    assert [reject.rule for reject in ledger_of(records).rejects] == ["conflict", "conflict"]


def test_the_sheets_of_two_weeks_lie_in_one_folder_with_headers_of_two_people(tmp_path: Path) -> None:
    older, newer = PEOPLE, "influencer id,Platform,Followers\n7,instagram,48900\n"
    files: dict[str, str | bytes] = {
        "s/influencers-2026-07-01.csv": older, "s/influencers-2026-07-08.csv": newer,
    }  # fmt: skip
    records = read(tmp_path, files, sheet("influencers", overlap="cumulative"))
    assert [row["value"] for row in rows_of(records, "account_totals")] == [48200, 48900]


@pytest.mark.parametrize("name", ["influencers", "posts", "tracking_data", "payouts"])
def test_another_sheet_under_this_name_is_refused(tmp_path: Path, name: str) -> None:
    other = PAYOUTS + "7,per order,15,20,300\n" if name != "payouts" else PEOPLE
    overlap = "cumulative" if name in {"influencers", "posts"} else "replaces"
    records = read_one(tmp_path, sheet(name, overlap=overlap), other)
    assert records.faults
    assert not records.ledgers


def test_a_sheet_that_is_cut_off_rejects_its_last_line(tmp_path: Path) -> None:
    text = (SALES + SALE + SALE).removesuffix(",2026-07-08,1,149.50\n")
    ledger = ledger_of(read_one(tmp_path, sheet("tracking_data"), text))
    assert (ledger.accepted, [(each.rule, each.raw) for each in ledger.rejects]) == (1, [("columns", "")])


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 10**6), st.integers(-(10**8), 10**8), st.sampled_from(["spring", "a, b"]))
    )
)
def test_sales_that_are_written_are_read_back(
    tmp_path_factory: pytest.TempPathFactory, sales: list[tuple[int, int, str]]
) -> None:
    header = ["Source", "Campaign", "Influencer ID", "Date", "Orders", "Revenue"]
    lines = [["web", name, "7", "2026-07-08", many, Decimal(cents) / 100] for many, cents, name in sales]
    content = csv_bytes([header, *lines], delimiter=";", line_end="\r\n")
    rows = rows_of(read_one(tmp_path_factory.mktemp("s"), sheet("tracking_data"), content), "tracked_sales")
    assert [(row["orders"], row["revenue"] * 100, row["campaign"]) for row in rows] == sales
