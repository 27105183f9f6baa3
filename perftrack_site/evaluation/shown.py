"""Numbers in words: text that never says something else than the comparison it stands for.

A value is rounded half away from zero, in integers. Where it stands beside a target, digits are added until
the rounded text is on the same side of every bound of the target as the value itself: a miss is never rounded
into a hit, nor a hit into a miss, and what is exactly on the boundary reads as the boundary.
"""

from __future__ import annotations

from fractions import Fraction

from perftrack_site.evaluation.report import TargetShown

NARROW_SPACE = "\u202f"  # between thousands
SPACE = "\u00a0"  # between a number and its unit
MINUS = "\u2212"

DIGITS = {"count": 0, "money": 2, "share": 1, "score": 2, "seconds": 1, "days": 0}
# ISO 4217: currencies whose smaller unit is not a hundredth.
MONEY_DIGITS = {
    **dict.fromkeys(("CLP", "ISK", "JPY", "KRW", "PYG", "RWF", "UGX", "VND", "XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}


def shown(
    value: Fraction,
    unit: str,
    currency: str | None = None,
    digits: int | None = None,
    target: Fraction | TargetShown | None = None,
) -> str:
    """Write a number with its unit: `1 234`, `ZAR 1 250.00`, `79.96 %`, `3.42`, `12.5 s`, `4 days`.

    `value` and `target` are in base units (a share is a fraction of one). `digits` are those after the point,
    the unit's usual ones by default; a target adds as many as it takes for text and comparison to agree.
    """
    scale = 100 if unit == "share" else 1
    bounds = [scale * bound for bound in _bounds(target)]
    least = usual_digits(unit, currency) if digits is None else digits
    return _with_unit(_agreeing(scale * value, bounds, least), unit, currency)


def shown_target(target: TargetShown) -> str:
    """Write a target as it was agreed, with no digit lost: `at least 3.5 %`, `between 2 % and 4 %`."""
    value = exactly(target.value, target.unit, target.currency)
    if target.op == "between" and target.upper is not None:
        return f"between {value} and {exactly(target.upper, target.unit, target.currency)}"
    return f"{'at least' if target.op == '>=' else 'at most'} {value}"


def exactly(value: Fraction, unit: str, currency: str | None = None) -> str:
    """Write an agreed number with all its digits and no more: `80 %`, `3.55 %`, `ZAR 180.00`."""
    least = usual_digits(unit, currency) if unit == "money" else 0
    return shown(value, unit, currency, least, target=value)


def usual_digits(unit: str, currency: str | None = None) -> int:
    """Say how many digits after the point a unit has by default."""
    return MONEY_DIGITS.get(currency or "", DIGITS["money"]) if unit == "money" else DIGITS[unit]


def rounded(value: Fraction, digits: int) -> Fraction:
    """Round half away from zero to `digits` after the point, in integers."""
    scaled = abs(value) * 10**digits
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(whole if value >= 0 else -whole, 10**digits)


def side(value: Fraction, bound: Fraction) -> int:
    """Say on which side of a bound a value is: -1 below, 0 on it, 1 above; by cross-multiplied integers."""
    left, right = value.numerator * bound.denominator, bound.numerator * value.denominator
    return (left > right) - (left < right)


def _bounds(target: Fraction | TargetShown | None) -> list[Fraction]:
    if isinstance(target, TargetShown):
        return [bound for bound in (target.value, target.upper, target.stretch) if bound is not None]
    return [] if target is None else [target]


def _agreeing(value: Fraction, bounds: list[Fraction], digits: int) -> str:
    # A bound without an end in decimals can be met exactly but never be written exactly: no digit would help.
    writable = [bound for bound in bounds if bound != value or _ends(bound)]
    while any(side(rounded(value, digits), bound) != side(value, bound) for bound in writable):
        digits += 1
    return _plain(rounded(value, digits), digits)


def _ends(value: Fraction) -> bool:
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


def _plain(value: Fraction, digits: int) -> str:
    whole, part = divmod(abs(value.numerator) * 10**digits // value.denominator, 10**digits)
    text = f"{whole:,}".replace(",", NARROW_SPACE) + (f".{part:0{digits}d}" if digits else "")
    return MINUS + text if value < 0 else text


def _with_unit(text: str, unit: str, currency: str | None) -> str:
    if unit == "money" and currency:
        return f"{currency}{SPACE}{text}"
    after = {"share": "%", "seconds": "s", "days": "day" if text == "1" else "days"}.get(unit)
    return f"{text}{SPACE}{after}" if after else text
