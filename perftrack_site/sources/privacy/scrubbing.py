"""Takes secrets and personal data out of a file and leaves every other byte where it is.

Pure: bytes in, bytes out. Who somebody is becomes a keyed hash, so that two orders of one person can still be told
to be of one person.
"""

from __future__ import annotations

import hmac
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from perftrack_site.sources.format import Format
from perftrack_site.sources.privacy import csv_places, json_places
from perftrack_site.sources.privacy.encodings import body_of
from perftrack_site.sources.privacy.personal import NOTHING, Spot, find_personal
from perftrack_site.sources.privacy.secrets import find_secrets
from perftrack_site.sources.text import folded

KEY_LENGTH = 32  # hexadecimal digits of a customer's key
ROUNDS = 5  # what stood around a secret may form another one when it is gone


class Edit(NamedTuple):
    """Bytes to put in the place of others."""

    start: int
    end: int
    new: bytes


class Keys(NamedTuple):
    """Where keys are written, and how many."""

    edits: list[Edit]
    written: int


@dataclass(frozen=True)
class Scrubbed:
    """A file without what must not be in it: how many of each kind were taken out, and how many keys were written."""

    content: bytes
    removed: Mapping[str, int] = field(default_factory=dict)
    keys: int = 0


def scrub(content: bytes, form: Format | None, secret: bytes | None) -> Scrubbed:
    """Blank personal fields, cut out secrets, and write the key of who somebody is with `secret`.

    Without a secret, or where a format names no identity, no key is written. Doing it twice changes nothing more.
    Raises ValueError for bytes that cannot be changed without harm to the rest.
    """
    body = body_of(content)
    spots = find_personal(body.text, form)
    removed = Counter(spot.kind for spot in spots)
    keys = _keys(body.text, form, secret) if form and secret else Keys([], 0)
    is_json = json_places.is_json(body.text)
    blanks = [Edit(spot.start, spot.end, _nothing(body.text, spot, is_json=is_json)) for spot in spots]
    text = _edited(body.text, [*blanks, *keys.edits])
    for _ in range(ROUNDS):
        hits = find_secrets(text)
        removed.update(hit.kind.name for hit in hits)
        text = _edited(text, [Edit(hit.cut_start, hit.cut_end, b"") for hit in hits])
    if text == body.text:
        return Scrubbed(content)
    return Scrubbed(body.written(text), removed, keys.written)


def names_somebody(content: bytes, form: Format | None) -> bool:
    """Say whether a file still tells who somebody is, so that scrubbing it needs the secret."""
    return form is not None and _keys(body_of(content).text, form, b"").written > 0


def key_of(identity: str, secret: bytes) -> str:
    """Compute the key of a person: the first 32 digits of HMAC-SHA256 of the e-mail or handle in small letters."""
    return hmac.new(secret, identity.strip().casefold().encode(), "sha256").hexdigest()[:KEY_LENGTH]


def _edited(text: bytes, edits: Sequence[Edit]) -> bytes:
    """Make changes that do not overlap; of two that do, the first."""
    pieces: list[bytes] = []
    at = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start >= at:
            pieces += [text[at : edit.start], edit.new]
            at = edit.end
    return b"".join([*pieces, text[at:]])


def _nothing(text: bytes, spot: Spot, *, is_json: bool) -> bytes:
    quoted = text[spot.start : spot.start + 1] == b'"'
    if is_json and not quoted:
        return b"null"
    return b'""' if quoted else b""


def _keys(text: bytes, form: Format, secret: bytes) -> Keys:
    """Write keys where the format wants them; an earlier key of somebody who is still named is replaced."""
    if not form.identity or not form.identity_key:
        return Keys([], 0)
    if json_places.is_json(text):
        return _keys_in_json(text, form.identity, form.identity_key, secret)
    return _keys_in_csv(text, form.identity, form.identity_key, secret)


def _keys_in_json(text: bytes, identity: str, key_name: str, secret: bytes) -> Keys:
    """Put the key beside the identity, in the same object."""
    pattern = json_places.split(identity)
    found = list(json_places.places(text))
    present = {place.holder: place for place in found if place.path[-1] == key_name}
    edits = []
    for place in found:
        if place.path[-len(pattern) :] != pattern or text[place.start : place.end] in NOTHING:
            continue
        key = f'"{key_of(json_places.string(text[place.start : place.end]), secret)}"'
        if other := present.get(place.holder):
            edits.append(Edit(other.start, other.end, key.encode()))
        else:
            edits.append(Edit(place.end, place.end, f', "{key_name}": {key}'.encode()))
    return Keys(edits, len(edits))


def _keys_in_csv(text: bytes, identity: str, key_name: str, secret: bytes) -> Keys:
    """Put the key into its column, a new last one where there is none; every line gets a cell of it."""
    head = csv_places.find_head(text, lambda name: folded(name) in {folded(identity), folded(key_name)})
    columns = {folded(name): at for at, name in head.wanted.items()} if head else {}
    if head is None or folded(identity) not in columns:
        return Keys([], 0)
    at, key_at = columns[folded(identity)], columns.get(folded(key_name))
    edits = [] if key_at is not None else [Edit(head.end, head.end, head.delimiter + key_name.encode())]
    written = 0
    for start, end in csv_places.records(text, head.end):
        cells = csv_places.cells(text, start, end, head.delimiter)
        who = csv_places.value(text, cells[at]) if at < len(cells) else ""
        key = key_of(who, secret).encode() if who.strip() else b""
        written += bool(key)
        if key_at is None:
            edits.append(Edit(end, end, head.delimiter + key if text[start:end].strip(b" ") else b""))
        elif key and key_at < len(cells):
            edits.append(Edit(*cells[key_at], key))
    return Keys(edits if written else [], written)
