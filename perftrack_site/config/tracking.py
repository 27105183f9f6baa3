"""How a tracking entry is written, and the one spelling in which two of them are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from perftrack_site.config.forms import day, days_to_settle
from perftrack_site.config.names import did_you_mean, quoted
from perftrack_site.config.tree import Entry, Written

UTM_KEYS = ("utm_campaign", "utm_content", "utm_source", "utm_medium")
DATES = ("from", "to")
SETTLE_DAYS = 14  # of a campaign that says nothing else


class TrackingError(ValueError):
    """A tracking entry that cannot be read; `at` names the part that is to blame."""

    def __init__(self, wrong: str, right: str, at: str | None = None) -> None:
        super().__init__(wrong)
        self.wrong, self.right, self.at = wrong, right, at


@dataclass(frozen=True)
class Mark:
    """What is recognised, in its one spelling: kind and value as in `models.Tracking`."""

    kind: str
    value: str


def read_mark(entry: Mapping[str, object]) -> Mark:
    """Read the one kind of tracking an entry holds.

    Raises TrackingError for none, for several, and for a value that could not be recognised.
    """
    for key in entry:
        if key not in (*SPELLINGS, *UTM_KEYS, *DATES):
            raise TrackingError("is not a key here", did_you_mean(key, (*SPELLINGS, *UTM_KEYS, *DATES)), key)
    kinds = [kind for kind in SPELLINGS if kind in entry]
    utm = {key: entry[key] for key in UTM_KEYS if key in entry}
    if len(kinds) + bool(utm) != 1:
        found = "several kinds of tracking stand in one entry" if kinds else "says nothing to recognise"
        raise TrackingError(found, f"write one of {', '.join(SPELLINGS)} or utm_... keys in each entry")
    if utm:
        parts = [f"{key.removeprefix('utm_')}={_spell(key, value, _utm)}" for key, value in utm.items()]
        return Mark("utm", "&".join(parts))
    return Mark(kinds[0], _spell(kinds[0], entry[kinds[0]], SPELLINGS[kinds[0]]))


def validity(start: str | None, end: str | None, settle_days: str | None) -> tuple[date, date] | None:
    """Work out the default dates of a campaign's tracking: its start to its end + settle_days."""
    first, last = day(start or ""), day(end or "")
    settling = days_to_settle(settle_days) if settle_days is not None else SETTLE_DAYS
    if first is None or last is None or settling is None:
        return None
    return first, last + timedelta(days=settling)


def with_default_dates(campaign: Entry) -> Entry:
    """Give each tracking entry of a written campaign the dates it leaves out.

    Where the campaign's own dates cannot be read the campaign is refused anyway, so any day will do.
    """
    written = [
        value if isinstance(value, Written) else None
        for value in map(campaign.get, ("start", "end", "settle_days"))
    ]
    first, last = validity(*written) or (date.max, date.max)
    parties = campaign.get("influencers")
    for party in parties if isinstance(parties, list) else ():
        entries = party.get("tracking") if isinstance(party, Entry) else None
        for entry in entries if isinstance(entries, list) else ():
            if isinstance(entry, Entry):
                entry.setdefault("from", first)
                entry.setdefault("to", last)
    return campaign


def _spell(key: str, value: object, spell: Callable[[str], str | None]) -> str:
    if not isinstance(value, str):
        raise TrackingError("is not a text", "write it as one text", key)
    spelled = spell(unicodedata.normalize("NFKC", value).strip())
    if not spelled:
        raise TrackingError(
            f"{quoted(value)} cannot be recognised in data", WAYS_OUT.get(key, "write one word"), key
        )
    return spelled


def _promo_code(text: str) -> str | None:
    return None if re.search(r"[\s,]", text) else text.upper()


def _hashtag(text: str) -> str | None:
    tag = text.removeprefix("#").casefold()
    # In many scripts marks belong to the letters; for `\w` they are none.
    letters = "".join(char for char in tag if not unicodedata.category(char).startswith("M"))
    return tag if re.fullmatch(r"\w+", letters) else None


def _link(text: str) -> str | None:
    bare = re.sub(r"^https?://", "", text.lower()).rstrip("/")
    return None if re.search(r"\s", bare) else bare


def _utm(text: str) -> str | None:
    return None if re.search(r"[&=]", text) else text.lower()


SPELLINGS: Mapping[str, Callable[[str], str | None]] = {
    "promo_code": _promo_code,
    "click_ref": str.lower,
    "link": _link,
    "hashtag": _hashtag,
}

WAYS_OUT = {
    "promo_code": "write one code without spaces or commas",
    "hashtag": 'write one tag in quotes, such as "#umojaspring"',
    "link": "write the address without spaces",
    **dict.fromkeys(UTM_KEYS, "write the text without & and ="),
}
