"""How deep JSON is nested, found out before a decoder takes memory for it."""

from __future__ import annotations

from itertools import accumulate

PIECE = 1024**2
STEPS = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}
OTHERS = bytes(byte for byte in range(256) if byte not in STEPS)


def is_deeper(content: bytes, limit: int) -> bool:
    """Say whether brackets outside strings are nested more than `limit` deep, in time and memory linear in `content`.

    Text that is no JSON gets some answer; its decoder will refuse it.
    """
    depth, in_string = 0, False
    start = 0
    while start < len(content):
        end = _end_of_piece(content, start + PIECE)
        # A backslash stands in strings only: with it goes what it escapes, and every quote left is an edge.
        parts = content[start:end].replace(b"\\\\", b"").replace(b'\\"', b"").split(b'"')
        brackets = b"".join(parts[in_string::2]).translate(None, OTHERS)
        if brackets:
            depths = list(accumulate(map(STEPS.__getitem__, brackets), initial=depth))
            if max(depths) > limit:
                return True
            depth = depths[-1]
        in_string ^= len(parts) % 2 == 0
        start = end
    return False


def _end_of_piece(content: bytes, end: int) -> int:
    """Cut where no backslash stands before, so that none is parted from what it escapes."""
    while end < len(content) and content[end - 1] == ord("\\"):
        end += 1
    return end
