"""Our own hand-kept lists of what no platform exports: leads, mentions, surveys, feedback, experiments.

Their headers are the names of the canonical columns.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from perftrack_site.sources.cast import (
    RATE,
    CellError,
    Column,
    choice,
    count,
    currency,
    day,
    identifier,
    plain,
    signed_money,
    word,
)
from perftrack_site.sources.flat import flat_csv
from perftrack_site.sources.format import Format, Reading, SourceFile
from perftrack_site.sources.platforms.contradictions import Contradiction, reject_contradictions
from perftrack_site.sources.spelling import hashtag, platform
from perftrack_site.sources.tables import (
    ENQUIRIES,
    EXPERIMENT_DAYS,
    FEEDBACK,
    MENTIONS,
    SURVEY_ANSWERS,
    Cell,
    Table,
)
from perftrack_site.sources.tags import promo_code

PERSON = ("name", "first_name", "last_name", "email", "e-mail", "phone", "address")
AUTHOR = ("author", "author_name", "username", "handle")
KEPT_BY_HAND = (
    "Keep this list in a spreadsheet and save it as CSV UTF-8. The first line holds the names of the columns; "
    "their order is yours, and columns with other names are not read."
)

Check = Callable[[Mapping[str, Cell]], Contradiction | None]


def score(text: str) -> Decimal:
    """Read a score: zero or more, a point, at most 8 decimals."""
    if not RATE.fullmatch(text):
        raise CellError("score", "not a score such as 4 or 7.5 (a point, no sign)")
    return Decimal(text)


def _off_scale(answer: Mapping[str, Cell]) -> Contradiction | None:
    points, top = answer["score"], answer["scale_top"]
    if points is None and answer["answer"] is None:
        return Contradiction("score", "no_answer", "neither a score nor an answer")
    if points is not None and not (
        isinstance(top, Decimal) and isinstance(points, Decimal) and points <= top
    ):
        return Contradiction("score", "off_scale", "above the top of its scale, or without a `scale_top`")
    return None


def _value_without_currency(row: Mapping[str, Cell]) -> Contradiction | None:
    if row["value"] is not None and row["currency"] is None:
        return Contradiction("currency", "missing", "empty, but needed where there is a value")
    return None


def _own_list(
    table: Table,
    columns: Sequence[Column],
    *,
    key: str,
    label: str,
    noun: str,
    example: str,
    notes: tuple[str, ...] = (),
    personal: tuple[str, ...] = (),
    check: Check = lambda _: None,
) -> Format:
    """Make the format of a hand-kept list; a personal column that stands in it is never read."""
    flat = flat_csv(key, label=label, noun=noun, table=table, columns=columns, unique=table.key)

    def read(file: SourceFile) -> Reading:
        reading = reject_contradictions(file, flat.read(file), table, check)
        whole_rows = [replace(reject, raw="") if not reject.column else reject for reject in reading.rejects]
        return replace(reading, rejects=tuple(whole_rows))

    name = key.partition(".")[2]
    header = ",".join(column.name for column in columns)
    needed = ", ".join(f"`{column.name}`" for column in columns if not column.nullable)
    return Format(
        key, label, noun, (table.name,), flat.overlaps, flat.columns, read,
        personal=personal,
        platform="Our own lists",
        export=KEPT_BY_HAND,
        notes=(
            f"The header: `{header}`.", f"A line: `{example}`.",
            f"Every line needs {needed}; the other cells may be empty, and their columns left out.", *notes,
        ),
        pattern=f"{name}/{name}-{{extracted_at:%Y-%m-%d}}.csv",
    )  # fmt: skip


def _optional(name: str, cast: Callable[[str], Cell], table: Table, *, free_text: bool = False) -> Column:
    becomes = (f"{table.name}.{name}",)
    return Column((name,), cast, becomes, required=False, nullable=True, free_text=free_text)


def _needed(name: str, cast: Callable[[str], Cell], table: Table) -> Column:
    return Column((name,), cast, (f"{table.name}.{name}",))


ENQUIRY_LIST = _own_list(
    ENQUIRIES,
    (
        _needed("enquiry_id", identifier, ENQUIRIES),
        _needed("day", day, ENQUIRIES),
        _needed("kind", word, ENQUIRIES),
        _optional("channel", word, ENQUIRIES),
        _optional("campaign", plain, ENQUIRIES),
        _optional("influencer", plain, ENQUIRIES),
        _optional("promo_code", promo_code, ENQUIRIES),
        _optional("utm_campaign", plain, ENQUIRIES),
        _optional("utm_content", plain, ENQUIRIES),
        _optional("utm_source", plain, ENQUIRIES),
        _optional("utm_medium", plain, ENQUIRIES),
    ),
    key="perftrack.enquiries",
    label="Our own list of enquiries, sign-ups and other leads",
    noun="enquiry",
    example="e-1041,2026-07-08,quote,e-mail,spring,ana,ANA10,,,,",
    notes=(
        "`kind` is a word of yours: quote, call, sign-up, message.",
        "`campaign` and `influencer` are keys of `config/`; without them a promo code or UTM tags lead there.",
        "Two lines with one `enquiry_id` that differ contradict each other: neither is used.",
    ),
    personal=PERSON,
)

MENTION_LIST = _own_list(
    MENTIONS,
    (
        _needed("mention_id", identifier, MENTIONS),
        _needed("platform", platform, MENTIONS),
        _needed("day", day, MENTIONS),
        _optional("campaign", plain, MENTIONS),
        _optional("hashtag", hashtag, MENTIONS),
        _optional("permalink", plain, MENTIONS),
        _optional("text", plain, MENTIONS, free_text=True),
        _optional("reach", count, MENTIONS),
        _optional("sentiment", choice("positive", "neutral", "negative", "mixed"), MENTIONS),
    ),
    key="perftrack.mentions",
    label="Our own list of mentions from social listening",
    noun="mention",
    example="m-77,instagram,2026-07-09,spring,umojaspring,https://a.example/p/1,Best tea of the year,5200,positive",
    notes=(
        "`sentiment` is positive, neutral, negative or mixed; leave it empty where nobody judged it.",
        "`reach` is the number of people as your listening tool estimates it.",
    ),
    personal=AUTHOR,
)

SURVEY_LIST = _own_list(
    SURVEY_ANSWERS,
    (
        _needed("survey", plain, SURVEY_ANSWERS),
        _needed("answer_id", identifier, SURVEY_ANSWERS),
        _needed("day", day, SURVEY_ANSWERS),
        _optional("campaign", plain, SURVEY_ANSWERS),
        _optional("influencer", plain, SURVEY_ANSWERS),
        _needed("respondent", choice("influencer", "audience", "customer"), SURVEY_ANSWERS),
        _needed("question", plain, SURVEY_ANSWERS),
        _optional("score", score, SURVEY_ANSWERS),
        _optional("scale_top", score, SURVEY_ANSWERS),
        _optional("answer", plain, SURVEY_ANSWERS, free_text=True),
    ),
    key="perftrack.surveys",
    label="Our own list of survey answers",
    noun="answer",
    example="spring-wrap-up,r-12,2026-09-02,spring,,customer,How likely are you to recommend us?,9,10,",
    notes=(
        "One line is one answer to one question; `answer_id` is one number for all answers of one person.",
        "A `score` needs the top of its scale, `scale_top`: 9 of 10 and 9 of 100 are not the same.",
    ),
    personal=PERSON,
    check=_off_scale,
)

FEEDBACK_LIST = _own_list(
    FEEDBACK,
    (
        _needed("day", day, FEEDBACK),
        _optional("campaign", plain, FEEDBACK),
        _optional("influencer", plain, FEEDBACK),
        _needed("told_by", choice("influencer", "audience", "team"), FEEDBACK),
        _needed(
            "topic",
            choice("content_process", "reception", "challenge", "format", "platform", "other"),
            FEEDBACK,
        ),
        Column(("text",), plain, ("feedback.text",), free_text=True),
    ),
    key="perftrack.feedback",
    label="Our own list of feedback from influencers and the audience",
    noun="thing told",
    example="2026-08-14,spring,ana,influencer,content_process,The brief came two days before the first post",
    notes=(
        "`told_by` is influencer, audience or team.",
        "`topic` is content_process, reception, challenge, format, platform or other.",
        "Write no names or addresses into `text`: pages mask what looks like one.",
    ),
    personal=(*PERSON, *AUTHOR),
)

EXPERIMENT_LIST = _own_list(
    EXPERIMENT_DAYS,
    (
        _needed("experiment", plain, EXPERIMENT_DAYS),
        _needed("variant", plain, EXPERIMENT_DAYS),
        _needed("day", day, EXPERIMENT_DAYS),
        _needed("exposures", count, EXPERIMENT_DAYS),
        _needed("conversions", count, EXPERIMENT_DAYS),
        _optional("value", signed_money, EXPERIMENT_DAYS),
        _optional("currency", currency, EXPERIMENT_DAYS),
    ),
    key="perftrack.experiments",
    label="Our own list of experiments by variant and day",
    noun="day of a variant",
    example="subject-line,with emoji,2026-07-08,5000,212,1840.50,ZAR",
    notes=(
        "`exposures` are those who saw the variant, `conversions` those of them who did what was hoped for.",
    ),
    check=_value_without_currency,
)

FORMATS = (ENQUIRY_LIST, MENTION_LIST, SURVEY_LIST, FEEDBACK_LIST, EXPERIMENT_LIST)
