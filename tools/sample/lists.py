"""What people keep by hand: enquiries, mentions, surveys, feedback, experiments, an agency's workbook, QR codes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sample.shapes import YESTERDAY, File, Row, daily, days, long_date, marked, table

SOURCES = """\
  # Lists kept by hand
  - key: enquiries
    format: perftrack.enquiries
    files: enquiries/enquiries-{extracted_at:%Y-%m-%d}.csv
    overlap: replaces
    freshness: {warn_after: 20d, error_after: 40d}
  - key: mentions
    format: perftrack.mentions
    files: mentions/mentions-{extracted_at:%Y-%m-%d}.csv
    overlap: replaces
    freshness: {warn_after: 20d, error_after: 40d}
  - key: surveys
    format: perftrack.surveys
    files: surveys/surveys-{extracted_at:%Y-%m-%d}.csv
    overlap: replaces
  - key: feedback
    format: perftrack.feedback
    files: feedback/feedback-{extracted_at:%Y-%m-%d}.csv
    overlap: replaces
  - key: experiments
    format: perftrack.experiments
    files: experiments/experiments-{extracted_at:%Y-%m-%d}.csv
    overlap: replaces
  # The workbook of an agency, whose influencers are not ours
  - key: agency-influencers
    format: campaign_sheets.influencers
    files: agency/influencers-{extracted_at:%Y-%m-%d}.csv
    overlap: cumulative
  - key: agency-posts
    format: campaign_sheets.posts
    files: agency/posts-{extracted_at:%Y-%m-%d}.csv
    overlap: cumulative
  - key: agency-sales
    format: campaign_sheets.tracking_data
    files: agency/tracking-data-{extracted_at:%Y-%m-%d}.csv
    currency: ZAR
    overlap: replaces
  - key: agency-payouts
    format: campaign_sheets.payouts
    files: agency/payouts-{extracted_at:%Y-%m-%d}.csv
    currency: ZAR
    overlap: replaces
  # Any other tool: the QR codes on our boxes, exported in German
  - key: qr-codes
    format: generic.csv
    files: qr/scans-{extracted_at:%Y-%m-%d}.csv
    overlap: replaces
    mapping:
      table: link_clicks
      columns: {link: Kurzlink, day: Datum, clicks: Aufrufe}
      skip: {Datum: [Gesamt]}
      dates: "%d.%m.%Y"
      decimal: ","
      thousands: "."
"""


def list_files() -> Iterator[File]:
    """Give every file as path and content."""
    for on in (date(2026, 10, 31), YESTERDAY):
        yield f"enquiries/enquiries-{on}.csv", table(enquiries(on))
    yield f"mentions/mentions-{YESTERDAY}.csv", table(mentions())
    yield f"surveys/surveys-{date(2026, 10, 10)}.csv", table(surveys())
    yield f"feedback/feedback-{date(2026, 11, 9)}.csv", table(FEEDBACK)
    yield f"experiments/experiments-{date(2026, 10, 20)}.csv", table(experiments())
    on = date(2026, 9, 30)
    yield f"agency/influencers-{on}.csv", marked(table(AGENCY_INFLUENCERS, end="\r\n"))
    yield f"agency/posts-{on}.csv", marked(table(AGENCY_POSTS, end="\r\n"))
    yield f"agency/tracking-data-{on}.csv", table(agency_sales(), end="\r\n")
    yield f"agency/payouts-{on}.csv", table(AGENCY_PAYOUTS, end="\r\n")
    yield f"qr/scans-{YESTERDAY}.csv", table(scans(), end="\r\n", mark=";").encode("cp1252")


# --- our own lists ---------------------------------------------------------------------------------


def enquiries(on: date) -> Iterator[Row]:
    """List what came in through the form, the shop's counter and the newsletter's box."""
    yield (
        "enquiry_id", "day", "kind", "channel", "campaign", "influencer", "promo_code", "utm_campaign", "utm_content",
        "utm_source", "utm_medium",
    )  # fmt: skip
    number = 0
    for day in days(date(2026, 8, 3), on - timedelta(days=1)):
        for at in range(daily("enquiries", day, 2) // 2):
            number += 1
            yield (f"e-{1000 + number}", day, *asked(number + at))


def asked(number: int) -> tuple[str, ...]:
    if number % 7 == 0:
        return ("sign-up", "web", "", "", "", "barista-blends", "joao", "instagram", "influencer")
    if number % 9 == 0:
        return ("quote", "letter", "", "", "THANDI20", "", "", "", "")
    if number % 5 == 0:
        return ("call", "telephone", "garden-party", "", "", "", "", "", "")
    return ("message", "web", "", "", "", "", "", "", "")


def mentions() -> Iterator[Row]:
    yield (
        "mention_id", "platform", "day", "campaign", "hashtag", "permalink", "text", "reach", "sentiment"
    )  # fmt: skip
    said = (
        ("instagram", "umojatea", "Best honeybush in town, no contest 😍", "positive"),
        ("x", "", "umoja parcel three days late, again", "negative"),
        ("tiktok", "springlaunch", "die springlaunch blikkie is so mooi", "positive"),
        ("instagram", "umojatea", "tea school was fun, bit crowded", "mixed"),
        ("facebook", "", "Does anybody know if Umoja delivers to Gqeberha?", "neutral"),
        ("x", "umojatea", "ngithanda i-rooibos yabo 🫖", ""),
    )
    for number in range(24):
        platform, hashtag, text, sentiment = said[number * 5 % len(said)]
        day = date(2026, 8, 20) + timedelta(days=3 * number)
        yield (
            f"m-{number + 1}", platform, day, "", hashtag, f"https://listening.example/m/{number + 1}", text,
            (number % 6 + 1) * 850 or "", sentiment,
        )  # fmt: skip


def surveys() -> Iterator[Row]:
    yield (
        "survey", "answer_id", "day", "campaign", "influencer", "respondent", "question", "score", "scale_top",
        "answer",
    )  # fmt: skip
    words = ("Fast, and well packed", "", "The lid!", "Ek sal weer bestel", "")
    for number in range(20):
        day = date(2026, 9, 8) + timedelta(days=number)
        who = ("spring-wrap-up", f"r-{number + 1}", day, "spring-launch", "", "customer")
        yield (*who, "How likely are you to recommend us?", 6 + number * 3 % 5, 10, "")
        if words[number % 5]:
            yield (*who, "What did you like?", "", "", words[number % 5])


FEEDBACK: tuple[Row, ...] = (
    ("day", "campaign", "influencer", "told_by", "topic", "text"),
    (date(2026, 9, 1), "spring-launch", "thandi", "influencer", "content_process",
     "The brief came two days before the first post. A week would be kind."),
    (date(2026, 9, 2), "spring-launch", "", "audience", "reception", "Many asked where the tins are sold in Durban."),
    (date(2026, 9, 14), "heritage-braai", "mpho", "influencer", "challenge",
     "The code was typed wrong by a lot of people, they wrote MPHO1O."),
    (date(2026, 9, 29), "heritage-day-table", "", "team", "format",
     "Carousels were saved three times as often as reels."),
    (date(2026, 10, 12), "spring-cupboard", "siobhan", "influencer", "platform",
     "Stories with the link sticker work best for me."),
    (date(2026, 11, 3), "garden-party", "", "audience", "reception",
     "「お茶、届きました」 and other kind words from abroad."),
    (date(2026, 11, 4), "", "", "team", "other", "Shipping is the first thing people mention when they do not buy."),
)  # fmt: skip


def experiments() -> Iterator[Row]:
    yield ("experiment", "variant", "day", "exposures", "conversions", "value", "currency")
    for day in days(date(2026, 10, 5), date(2026, 10, 18)):
        for variant, permille in (("free shipping from R 900", 24), ("free shipping from R 600", 29)):
            shown = daily(f"experiment {variant}", day, 310)
            bought = shown * permille // 1000
            yield ("shipping-line", variant, day, shown, bought, f"{bought * 742}.00", "ZAR")


# --- the agency's workbook -------------------------------------------------------------------------

AGENCY_INFLUENCERS: tuple[Row, ...] = (
    ("ID", "name", "category", "gender", "follower_count", "platform"),
    ("A-01", "", "food", "", "18.4k", "Instagram"),
    ("A-02", "", "family", "", "7,120", "YouTube"),
    ("A-03", "", "home", "", "51200", "TikTok"),
)
AGENCY_POSTS: tuple[Row, ...] = (
    ("influencer_id", "platform", "date", "URL", "caption", "reach", "likes", "comments"),
    ("A-01", "Instagram", long_date(date(2026, 8, 11)), "https://www.instagram.com/p/DEMOagency1/",
     "Potluck with the good cups", "6,210", 402, 17),
    ("A-02", "YouTube", long_date(date(2026, 8, 19)), "https://www.youtube.com/watch?v=DEMOagency2",
     "We tasted eleven teas", "", 88, 9),
    ("A-03", "TikTok", long_date(date(2026, 9, 2)), "https://www.tiktok.com/@agency_demo/video/7530000000000000003",
     "kettle asmr", "19,400", "1,204", 31),
    ("A-03", "TikTok", long_date(date(2026, 9, 14)), "https://www.tiktok.com/@agency_demo/video/7530000000000000004",
     "", "11,050", 640, ""),
)  # fmt: skip
AGENCY_PAYOUTS: tuple[Row, ...] = (
    ("influencer_id", "basis", "rate", "orders", "total_payout"),
    ("A-01", "post", "2500.00", "", "2500.00"),
    ("A-02", "post", "1800.00", "", "1800.00"),
    ("A-03", "order", "60.00", 14, "840.00"),
)


def agency_sales() -> Iterator[Row]:
    """List what the agency's links sold, line by line; two customers bought the same on one day."""
    yield ("source", "campaign", "influencer_id", "user_id", "product", "date", "orders", "revenue")
    for at, day in enumerate(days(date(2026, 9, 1), date(2026, 9, 14))):
        who = f"A-0{at % 3 + 1}"
        yield ("link", "agency pilot", who, "", "Cups, pair", day, 1 + at % 2, f"{420 * (1 + at % 2)}.00")
    yield ("link", "agency pilot", "A-03", "", "Teapot", date(2026, 9, 9), 1, "899.00")
    yield ("link", "agency pilot", "A-03", "", "Teapot", date(2026, 9, 9), 1, "899.00")


# --- any other tool --------------------------------------------------------------------------------


def scans() -> Iterator[Row]:
    """List the scans of two QR codes as a German tool writes them, with a sum below."""
    yield ("Kurzlink", "Datum", "Aufrufe", "Gerät")
    total = 0
    for code, level in (("umoja.example/qr/teekiste", 1_150), ("umoja.example/qr/beileger", 38)):
        for day in days(date(2026, 11, 1), date(2026, 11, 13)):
            count = daily(f"qr {code}", day, level)
            total += count
            yield (code, f"{day:%d.%m.%Y}", grouped(count), "alle Geräte")
    yield ("", "Gesamt", grouped(total), "")


def grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")
