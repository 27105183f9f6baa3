"""The newsletter: Mailchimp for the shop, Klaviyo for the outlet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from sample.plan import LAST_DAY
from sample.shapes import MONTHS, YESTERDAY, File, Row, answer, daily, days, table

SOURCES = """\
  # Newsletters
  - key: mailchimp
    format: mailchimp.reports
    files: mailchimp/reports-{extracted_at:%Y-%m-%dT%H%M%SZ}-page*.json
    account: umoja-letter
    overlap: cumulative
    freshness: {warn_after: 8d, error_after: 15d}
  - key: mailchimp-before-july
    format: mailchimp.campaigns_csv
    files: mailchimp/campaigns-{extracted_at:%Y-%m-%d}.csv
    account: umoja-letter
    timezone: Africa/Johannesburg
    currency: ZAR
    overlap: cumulative
  - key: mailchimp-birthday
    format: mailchimp.campaign_report
    files: mailchimp/campaign-*-{extracted_at:%Y-%m-%d}.csv
    account: umoja-letter
    overlap: cumulative
  - key: mailchimp-lists
    format: mailchimp.lists
    files: mailchimp/lists-{extracted_at:%Y-%m-%dT%H%M%SZ}.json
    overlap: cumulative
    freshness: {warn_after: 8d, error_after: 15d}
  - key: mailchimp-growth
    format: mailchimp.list_growth
    files: mailchimp/growth-{extracted_at:%Y-%m-%dT%H%M%SZ}.json
    overlap: replaces
    freshness: {warn_after: 35d, error_after: 70d}
  - key: mailchimp-activity
    format: mailchimp.list_activity
    files: mailchimp/activity-{extracted_at:%Y-%m-%dT%H%M%SZ}.json
    overlap: replaces
    freshness: {warn_after: 35d, error_after: 70d}
  - key: klaviyo-outlet
    format: klaviyo.campaigns
    files: klaviyo/campaigns-{extracted_at:%Y-%m-%d}.csv
    account: umoja-outlet
    timezone: Africa/Johannesburg
    currency: ZAR
    overlap: cumulative
    freshness: {warn_after: 35d, error_after: 70d}
"""

LIST_ID, LIST_NAME = "umoja0letter", "Umoja letter"
SUBJECTS = (
    "Your pot misses you",
    'New: the "quiet" glaze',
    "15% off, because it is Tuesday",
    "Rooibos, and what to do with it",
    "We are eleven now",
)
PAGE_SIZE = 6


def mail_files() -> Iterator[File]:
    """Give every file as path and content."""
    for on in (LAST_DAY - timedelta(days=7), LAST_DAY):
        sent = [number for number in range(10) if letter_day(number) < on]
        for page, at in enumerate(range(0, len(sent), PAGE_SIZE), 1):
            body = {
                "reports": [report(number, on) for number in sent[at : at + PAGE_SIZE]],
                "total_items": len(sent),
            }
            yield f"mailchimp/reports-{on}T050000Z-page{page}.json", answer(body)
        yield f"mailchimp/lists-{on}T050000Z.json", answer(lists(on))
    yield f"mailchimp/campaigns-{date(2026, 7, 1)}.csv", letters_before_july()
    yield f"mailchimp/campaign-birthday-{date(2026, 4, 20)}.csv", birthday()
    yield f"mailchimp/growth-{LAST_DAY}T050000Z.json", answer(growth())
    yield f"mailchimp/activity-{LAST_DAY}T050000Z.json", answer(activity())
    yield f"klaviyo/campaigns-{YESTERDAY}.csv", table(klaviyo())


def letter_day(number: int) -> date:
    return date(2026, 7, 7) + timedelta(days=14 * number)


def report(number: int, on: date) -> dict[str, object]:
    """Tell a letter's totals as on a day; machines that open every mail are told apart."""
    sent = 4_100 + 60 * number
    delivered = sent - 9 - number
    settled = 1000 if (on - letter_day(number)).days > 7 else 860
    opened, clicked = delivered * 31 * settled // 100_000, delivered * 42 * settled // 1_000_000
    orders = clicked // 9
    moment = datetime.combine(letter_day(number), time(7, 30))
    return {
        "id": f"umoja{number:05d}",
        "campaign_title": f"Letter {number + 1}",
        "type": "regular",
        "list_id": LIST_ID,
        "list_is_active": True,
        "list_name": LIST_NAME,
        "subject_line": SUBJECTS[number % len(SUBJECTS)],
        "emails_sent": sent,
        "abuse_reports": number // 6,
        "unsubscribed": 3 + number,
        "send_time": f"{moment:%Y-%m-%dT%H:%M:%S}+00:00",
        "bounces": {"hard_bounces": 4, "soft_bounces": 5 + number, "syntax_errors": 0},
        "opens": {
            "opens_total": opened * 17 // 10,
            "unique_opens": opened,
            "proxy_excluded_unique_opens": opened * 6 // 10,
            "open_rate": round(opened / delivered, 4),
        },
        "clicks": {
            "clicks_total": clicked * 13 // 10,
            "unique_clicks": clicked * 11 // 10,
            "unique_subscriber_clicks": clicked,
            "click_rate": round(clicked / delivered, 4),
        },
        "ecommerce": {
            "total_orders": orders,
            "total_spent": orders * 790.5,
            "total_revenue": orders * 790.5,
            "currency_code": "ZAR",
        },
    }


def lists(on: date) -> dict[str, object]:
    members = 4_640 + (on - date(2026, 11, 1)).days * 6
    one = {
        "id": LIST_ID,
        "name": LIST_NAME,
        "stats": {"member_count": members, "unsubscribe_count": 212 + (on - date(2026, 11, 1)).days},
    }
    return {"lists": [one], "total_items": 1}


def growth() -> dict[str, object]:
    history = [
        {
            "list_id": LIST_ID,
            "month": f"2026-{month:02d}",
            "subscribed": 4_010 + 90 * (month - 4),
            "unsubscribed": 11 + month,
        }
        for month in range(4, 12)
    ]
    return {"history": history[::-1], "list_id": LIST_ID, "total_items": len(history)}


def activity() -> dict[str, object]:
    """Tell the last month by day, newest first."""
    told = [
        {
            "day": str(day),
            "emails_sent": 0,
            "subs": daily("subs", day, 9),
            "unsubs": daily("unsubs", day, 3),
            "other_adds": 0,
            "other_removes": 0,
        }
        for day in reversed(tuple(days(LAST_DAY - timedelta(days=30), YESTERDAY)))
    ]
    return {"activity": told, "list_id": LIST_ID, "total_items": len(told)}


# --- exports ---------------------------------------------------------------------------------------

LETTERS_HEADER = (
    "Title", "Subject", "List", "Send Date", "Send Weekday", "Total Recipients", "Successful Deliveries",
    "Soft Bounces", "Hard Bounces", "Total Bounces", "Times Forwarded", "Forwarded Opens", "Unique Opens", "Open Rate",
    "Total Opens", "Unique Clicks", "Click Rate", "Total Clicks", "Unsubscribes", "Abuse Complaints",
    "Times Liked on Facebook", "Folder Id", "Unique Id", "Total Orders", "Total Gross Sales", "Total Revenue",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def letters_before_july() -> str:
    """List the letters before there was a script; a cell is quoted where it holds a blank. One was never sent."""
    rows: list[Row] = [LETTERS_HEADER]
    for number in range(6):
        sent = 3_300 + 110 * number
        delivered, day = sent - 12, date(2026, 4, 7) + timedelta(days=14 * number)
        opened, clicked = delivered * 29 // 100, delivered * 4 // 100
        rows.append(
            (f"Early letter {number + 1}", SUBJECTS[number % 5], LIST_NAME, send_date(day), WEEKDAYS[day.weekday()],
             sent, delivered, 8, 4, 12, 0, 0, opened, f"{opened * 100 / delivered:.2f}%", opened * 17 // 10, clicked,
             f"{clicked * 100 / delivered:.2f}%", clicked * 12 // 10, 4, 0, 0, 0, f"early{number:05d}", clicked // 9,
             f"{clicked // 9 * 710}.00", f"{clicked // 9 * 710}.00")
        )  # fmt: skip
    rows.append(
        ("Draft for Mothers Day", "Tea?", LIST_NAME, "", "", 0, 0, 0, 0, 0, 0, 0, 0, "0%", 0, 0, "0%", 2, 0, 0, 0, 0,
         "", 0, 0, 0)
    )  # fmt: skip
    return "".join(",".join(map(cell, row)) + "\n" for row in rows)


def cell(value: object) -> str:
    text = str(value)
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in ' ,"') else text


def send_date(day: date) -> str:
    return f"{MONTHS[day.month - 1][:3]} {day.day:02d}, {day.year} 09:30 am"


def birthday() -> str:
    """Write the report of one letter: names and values, not a table."""
    rows = (
        ("Title:", "Umoja is five"), (), ("Overall Stats",), ("Total Recipients:", "3,214"),
        ("Successful Deliveries:", "3,204"), ("Bounces:", "10 (0.3%)"), ("Times Forwarded:", "0"),
        ("Forwarded Opens:", "0"), ("Recipients Who Opened:", "1,041 (32.5%)"), ("Total Opens:", "1,803"),
        ("Last Open Date:", "4/18/26 13:15"), ("Recipients Who Clicked:", "188 (5.9%)"), ("Total Clicks:", "240"),
        ("Last Click Date:", "4/17/26 7:41"), ("Total Unsubs:", "6"), ("Total Abuse Complaints:", "0"),
    )  # fmt: skip
    return '"Email Campaign Report"\n' + table(rows, quoted=True)


def klaviyo() -> Iterator[Row]:
    yield (
        "Campaign Name", "Subject", "Send Time", "Send Weekday", "Total Recipients", "Unique Placed Order",
        "Placed Order Rate", "Revenue", "Unique Opens", "Open Rate", "Total Opens", "Unique Clicks", "Click Rate",
        "Total Clicks", "Unsubscribes", "Spam Complaints", "Spam Complaints Rate", "Successful Deliveries", "Bounces",
        "Bounce Rate", "Campaign ID", "Campaign Channel",
    )  # fmt: skip
    for number in range(4):
        day, sent = date(2026, 10, 2) + timedelta(days=12 * number), 820 + 25 * number
        yield (
            f"Outlet drop {number + 1}", "Second choice, first cup", f"{day} 08:00:00", WEEKDAYS[day.weekday()], sent,
            7 + number, "0.0085", f"{(7 + number) * 412}.5", sent * 3 // 10, "0.3", sent // 2, sent // 20, "0.05",
            sent // 16, 2, 0, 0, sent - 3, 3, "0.0036", f"OUTLET{number:02d}", "email",
        )  # fmt: skip
    yield (
        "Text for the weekend", "", "2026-10-30 16:00:00", "Friday", 140, 1, "0.0071", "149", "", "", "", 11, "0.0786",
        12, 1, 0, 0, 140, 0, 0, "OUTLET90", "sms",
    )  # fmt: skip
