"""Free text of people (captions) may hold an address or a telephone number: hidden before it enters the Report."""

from __future__ import annotations

import re

E_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"(?<!\w)(?:\+|0)\d(?:[ ().-]{0,2}\d){6,13}(?!\w)")


def masked(value: str) -> str:
    """Hide e-mail addresses and telephone numbers that stand in free text."""
    return PHONE.sub("[phone number]", E_MAIL.sub("[e-mail address]", value))
