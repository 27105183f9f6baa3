"""The truth table of docs/truth-table.md, reasoned out by rules that share nothing with the product.

`python tests/spec/truth_table.py > docs/truth-table.md` writes it anew.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from itertools import product

STATES = ("planned", "in flight", "settling", "decided", "cancelled")
SUCCESS = {
    "all": "both must be met",
    "any": "one must be met",
    "all_primary, both primary": "both must be met",
    "all_primary, A primary": "A must be met",
    "share_met: 50%": "half must be met",
    "share_met: 51%": "more than half must be met",
    "weighted: 60%": "A weighs 60, B weighs 40",
}
OUTCOMES = ("missed", "met", "exceeded")
# What can become of KPI B. A missing one could have been anything.
B = {
    "missed": ("missed",),
    "met": ("met",),
    "exceeded": ("exceeded",),
    "missing, not_evaluable": OUTCOMES,
    "missing, missed": ("missed",),
    "missing, exclude": (None,),
}
Outcome = str | None


def expected(state: str, success: str, a: str, b: str) -> str:
    """Say the verdict of a campaign whose KPI A came to `a` and whose KPI B came to `b`."""
    if state != "decided":
        return "none"
    possible = {_verdict(success, a, one) for one in B[b]}
    if len(possible) == 1:
        return possible.pop()
    return "not evaluable" if "missed" in possible else "met"


def _verdict(success: str, a: str, b: Outcome) -> str:
    def enough(is_good: Callable[[Outcome], bool]) -> bool:
        return _enough(success, [(is_good(a), 60), *([(is_good(b), 40)] if b else [])])

    if enough(lambda outcome: outcome == "exceeded"):
        return "exceeded"
    return "met" if enough(lambda outcome: outcome in {"met", "exceeded"}) else "missed"


def _enough(success: str, votes: list[tuple[bool, int]]) -> bool:
    good = [weight for is_good, weight in votes if is_good]
    if success == "any":
        return len(good) >= 1
    if success == "all_primary, A primary":
        return votes[0][0]
    if success == "share_met: 50%":
        return 2 * len(good) >= len(votes)
    if success == "share_met: 51%":
        return 100 * len(good) >= 51 * len(votes)
    if success == "weighted: 60%":
        return 100 * sum(good) >= 60 * sum(weight for _, weight in votes)
    return len(good) == len(votes)


def cases() -> Iterator[tuple[str, str, str, str]]:
    """List every combination: state, success rule, KPI A, KPI B."""
    yield from product(STATES, SUCCESS, OUTCOMES, B)


def page() -> str:
    """Write the page of the documentation."""
    sections = [_section(success) for success in SUCCESS]
    return "\n".join([INTRODUCTION, *sections])


def _section(success: str) -> str:
    head = f"| KPI A | {' | '.join(f'B {b}' for b in B)} |"
    lines = [f"| {a} | {' | '.join(expected('decided', success, a, b) for b in B)} |" for a in OUTCOMES]
    rule = f"{SUCCESS[success][0].upper()}{SUCCESS[success][1:]}."
    return "\n".join([f"## `{success}`", "", rule, "", head, "|---" * (len(B) + 1) + "|", *lines, ""])


INTRODUCTION = """# The verdict of a campaign, case by case

A campaign has a verdict only once it is **decided**. While it is planned, in flight or settling, and when it
is cancelled, it has none, whatever its KPIs say; in flight it has a pace instead.

The tables show a decided campaign with two KPIs, A and B. A was measured. B was measured too, or it is
missing: then its `on_missing` decides. `missed` counts it as missed; `exclude` leaves it out; `not_evaluable`
says that it could have gone any way, so that the campaign is not evaluable where that could turn its miss
into a hit. The rules are numbers 21, 23 and 24 of [How a number comes about](numbers.md). A test compares
every cell with what perftrack answers.
"""

if __name__ == "__main__":
    sys.stdout.write(page())
