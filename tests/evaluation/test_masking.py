from __future__ import annotations

from perftrack_site.evaluation.masking import masked


def test_addresses_and_telephone_numbers_in_free_text_are_hidden() -> None:
    said = "Write to me: ines@example.org or +351 912 345 678, only 12 000 000 cups on 2031-11-21"
    assert masked(said) == (
        "Write to me: [e-mail address] or [phone number], only 12 000 000 cups on 2031-11-21"
    )
