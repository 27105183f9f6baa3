"""Finds tokens and keys in the bytes of a file, whatever it is a file of.

A secret has a long run of letters and digits, or the name of a secret stands before it. Both are looked for with
searches that run at the speed of memory; only what they find is looked at closely.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from perftrack_site.sources.privacy.disguises import View, views
from perftrack_site.sources.privacy.secret_kinds import (
    ANNOUNCED,
    AUTHORIZATION,
    AWIN,
    AZURE_KEY,
    AZURE_SIGNATURE,
    BEARER,
    BITLY,
    BLANKED,
    FEW,
    FIELD,
    HEAD,
    NAME,
    PARAMETER,
    PASSWORD_IN_URL,
    PRIVATE_KEY,
    TOKENS,
    Kind,
    Variety,
)

LETTERS = {
    "small": frozenset(b"abcdefghijklmnopqrstuvwxyz"),
    "capital": frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    "digit": frozenset(b"0123456789"),
    "sign": frozenset(b"!$%*+./=?@^_|~-"),
}
AZURE_SIGNED = re.compile(rb"[?&]s[verp]=")
BLOCK = 4 * 1024**2
OVERLAP = 16 * 1024  # what stands across the border of two blocks is looked at with both
LONG_RUN = b"x" * 20
LONGEST_NAME = 40
LONGEST_WORD = 250  # a longer one that is no secret announces none either
LONGEST_PEM = 15_000
SOUNDS = (
    b"token",
    b"secret",
    b"key",
    b"pass",
    b"pwd",
    b"proof",
    b"bearer",
    b"basic",
    b"sig=",
    b"bitly",
    b"bit.ly",
)

RUN = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")
ENDS_A_WORD = frozenset(b" \t\r\n\0\"'<>,;&()[]{}")
SHAPES = bytes(
    ord("x") if byte in RUN else ord(" ") if byte in ENDS_A_WORD else ord(".") for byte in range(256)
)

ANY_TOKEN = re.compile(
    rb"(?<![A-Za-z0-9])(?:"
    + b"|".join(b"(?P<k%d>" % at + kind.pattern + b")" for at, kind in enumerate(TOKENS))
    + b")"
)
VALUES = {kind: re.compile(kind.pattern) for kind in ANNOUNCED}


class Hit(NamedTuple):
    """A secret: its place in the bytes, and what must be cut with it so that a web address stays one.

    It never holds the secret itself.
    """

    start: int
    end: int
    cut_start: int
    cut_end: int
    kind: Kind


def find_secrets(content: bytes) -> list[Hit]:
    """Find the secrets in bytes of an encoding that writes ASCII as ASCII, in the order of their places."""
    hits: list[Hit] = []
    for start in range(0, max(len(content), 1), BLOCK):
        begin = max(0, start - OVERLAP)
        block = content[begin : start + BLOCK]
        for view in views(block):
            hits += [_placed(view, begin, hit) for hit in _in_view(view.text)]
    return _merged(hits)


def _placed(view: View, begin: int, hit: Hit) -> Hit:
    start, end, cut_start, cut_end = (begin + view.origin(place) for place in hit[:4])
    return Hit(start, end, cut_start, cut_end, hit.kind)


def _merged(hits: list[Hit]) -> list[Hit]:
    """Make one of hits that overlap: the kind is the one a token shows by itself, before one known by its name."""
    merged: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, hit.end)):
        last = merged[-1] if merged else None
        if last is None or hit.start >= last.end:
            merged.append(hit)
            continue
        kind = min(last.kind, hit.kind, key=lambda kind: kind not in TOKENS)
        merged[-1] = Hit(
            last.start,
            max(last.end, hit.end),
            min(last.cut_start, hit.cut_start),
            max(last.cut_end, hit.cut_end),
            kind,
        )
    return merged


def _in_view(text: bytes) -> Iterator[Hit]:
    yield from _tokens(text)
    lowered = text.lower()
    if any(sound in lowered for sound in SOUNDS):
        seen = 0  # what one announced is not looked at again: else many in a row would take forever
        for head in HEAD.finditer(lowered):
            if head.start() >= seen:
                seen, hit = _after(head, text, lowered)
                yield from hit
    if b"@" in text:
        yield from _passwords(text)


def _tokens(text: bytes) -> Iterator[Hit]:
    """Find the kinds that show by themselves, in the words that have a long run of letters and digits."""
    shape = text.translate(SHAPES)
    at = shape.find(LONG_RUN)
    while at >= 0:
        begin = shape.rfind(b" ", 0, at) + 1
        end = shape.find(b" ", at)
        end = len(shape) if end < 0 else end
        for found in ANY_TOKEN.finditer(text, begin, end):
            kind = TOKENS[int((found.lastgroup or "k0")[1:])]
            if has_variety(found[0], kind.variety):
                yield Hit(*found.span(), *found.span(), kind)
        at = shape.find(LONG_RUN, end)


Looked = tuple[int, tuple[Hit, ...]]  # how far one looked, and what was found


def _after(head: re.Match[bytes], text: bytes, lowered: bytes) -> Looked:
    """Look at what stands after a word that announces a secret."""
    match head.lastgroup:
        case "sign":
            return _field(head, text, lowered)
        case "scheme":
            before = lowered[max(0, head.start() - LONGEST_NAME) : head.start()]
            return _value(AUTHORIZATION if b"authorization" in before else BEARER, text, head.end())
        case "signature" if AZURE_SIGNED.search(text, max(0, head.start() - 300), head.end() + 300):
            return _value(AZURE_SIGNATURE, text, head.end())
        case "bitly":
            return _value(BITLY, text, head.end())
        case "pem":
            return _pem(head, text)
    return head.end(), ()


def _field(head: re.Match[bytes], text: bytes, lowered: bytes) -> Looked:
    name = NAME.search(lowered, max(0, head.start() - LONGEST_NAME), head.end("field"))
    if not name:
        is_azure = lowered.endswith((b"accountkey", b"accesskey"), 0, head.end("field"))
        return _value(AZURE_KEY, text, head.end()) if is_azure else (head.end(), ())
    before = lowered[max(0, name.start() - LONGEST_NAME) : name.start()]
    if head["sign"] == b"=" and before.endswith((b"?", b"&", b"#", b";")):
        end, hits = _value(PARAMETER, text, head.end())
        return end, tuple(_with_parameter(hit, text, name.start() - 1) for hit in hits)
    return _value(AWIN if b"awin" in before else FIELD, text, head.end())


def _with_parameter(hit: Hit, text: bytes, mark: int) -> Hit:
    """Cut a parameter with one of its marks, so that the rest of a web address stays one."""
    if text[mark : mark + 1] in b"?#" and text[hit.end : hit.end + 1] == b"&":
        return hit._replace(cut_start=mark + 1, cut_end=hit.end + 1)
    return hit._replace(cut_start=mark)


def _value(kind: Kind, text: bytes, at: int) -> Looked:
    found = VALUES[kind].match(text, at)
    if not found:
        return at, ()
    start, end = found.span("value") if "value" in found.groupdict() else found.span()
    value = text[start:end]
    if BLANKED.fullmatch(value) or not has_variety(value, kind.variety):
        return (end if len(value) > LONGEST_WORD else at), ()
    return end, (Hit(start, end, start, end, kind),)


def _pem(head: re.Match[bytes], text: bytes) -> Looked:
    """Take a key from its first line to its last, else as far as its letters go."""
    end = text.find(b"-----END", head.end(), head.end() + LONGEST_PEM)
    closed = text.find(b"-----", end + len(b"-----END"), end + 80) if end >= 0 else -1
    body = VALUES[PRIVATE_KEY].match(text, head.end())
    stop = closed + len(b"-----") if closed >= 0 else body.end() if body else head.end()
    return stop, (Hit(head.start(), stop, head.start(), stop, PRIVATE_KEY),)


def _passwords(text: bytes) -> Iterator[Hit]:
    at = text.find(b"://")
    while at >= 0:
        if found := VALUES[PASSWORD_IN_URL].match(text, at + 3):
            secret = found[0].partition(b":")[2].removesuffix(b"@")
            if not BLANKED.fullmatch(secret):
                yield Hit(found.end() - len(secret) - 1, found.end() - 1, *found.span(), PASSWORD_IN_URL)
        at = text.find(b"://", at + 3)


def has_variety(value: bytes, needed: Variety) -> bool:
    """Tell a value from padding, from a word and from a name."""
    if isinstance(needed, int):
        return len(set(value)) >= needed
    has = {name for name, letters in LETTERS.items() if not letters.isdisjoint(value)}
    if needed == "mixed":
        return has >= {"small", "capital", "digit"}
    return len(set(value)) >= FEW and len(has) > (1 if "digit" in has else 2)
