"""Free text of people (captions) may hold an address or a telephone number: hidden before it enters the Report."""

from __future__ import annotations

import re

# A name is tried from its first letter only: a very long word takes no longer than its length.
E_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"(?<!\w)(?:\+|0)\d(?:[ ().-]{0,2}\d){6,13}(?!\w)")


def masked(value: str) -> str:
    """Hide e-mail addresses and telephone numbers that stand in free text."""
    return _masked(value)[0]


def contacts(value: str) -> int:
    """Count what `masked` hides."""
    return _masked(value)[1]


def _masked(value: str) -> tuple[str, int]:
    without_mail, addresses = E_MAIL.subn("[e-mail address]", value)
    without_any, numbers = PHONE.subn("[phone number]", without_mail)
    return without_any, addresses + numbers
