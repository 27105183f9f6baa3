"""The casts of `sources.cast` once more, as SQL for large files.

An expression answers a value only where the Python cast would answer the same one, and NULL wherever that is not
certain: rows with such a cell are judged by the Python cast itself, so nothing is taken or rejected here that would
not be there. What passes are the usual spellings, which are nearly all cells of a large file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from perftrack_site.sources import cast, numbers
from perftrack_site.sources.cast import NULL_TOKENS, Cast, CellError, Column
from perftrack_site.sources.survey import BLANKS, Survey
from perftrack_site.sources.tables import Cell

LONGEST_TOKEN = max(map(len, NULL_TOKENS))
MOST_WORDS = 16  # a column with more different values is not a choice

# Python's blanks (str.isspace) as a character class; RE2 knows fewer of them.
BLANK = r"\t-\r\x{1c}-\x{20}\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}"
# Two letters beyond ASCII fold to letters of the null tokens: a long s, and fi as one letter.
UNCERTAIN = rf"^[{BLANK}]|[{BLANK}]$|[\x{{17f}}\x{{fb01}}]"
MOMENT = r"(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}[ T](?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9] ?"
OFFSET = r"[+-](?:0[0-9]|1[0-4])[0-5][0-9]"


def _matching(pattern: str, value: str) -> Callable[[str], str]:
    return lambda x: f"case when regexp_full_match({x}, '{pattern}') then {value.format(x=x)} end"


def _day(x: str) -> str:
    """Only a day written as DuckDB would write it again is certain, of a year with four digits (`doubts`)."""
    return f"case when try_cast({x} as date)::varchar = {x} then try_cast({x} as date) end"


def _signed_money(x: str) -> str:
    """Two decimals are proven by writing the amount again, which is cheaper than a pattern."""
    two_decimals = f"try_cast({x} as decimal(18,2))"
    other = f"regexp_full_match({x}, '-?[0-9]{{1,14}}(?:\\.[0-9]{{1,4}})?')"
    return (
        f"case when {two_decimals}::varchar = {x} then try_cast({two_decimals} as decimal(18,4)) "
        f"when {other} then try_cast({x} as decimal(18,4)) end"
    )


def _money(x: str) -> str:
    return f"case when {x} >= '0' then {_signed_money(x)} end"  # the minus stands before the digits


def _moment(x: str) -> str:
    clock = f"try_cast(replace(left({x}, 19), 'T', ' ') as timestamp)"
    hours, minutes = (
        f"to_hours(right({x}, 5)[1:3]::int)",
        f"to_minutes((right({x}, 5)[1] || right({x}, 2))::int)",
    )
    return (
        f"case when regexp_full_match({x}, '{MOMENT}(?:Z|UTC)') then {clock} "
        f"when regexp_full_match({x}, '{MOMENT}{OFFSET}') then {clock} - {hours} - {minutes} end"
    )


TWINS: Mapping[Cast, Callable[[str], str]] = {
    cast.count: _matching("[0-9]{1,15}", "try_cast({x} as bigint)"),
    numbers.signed_count: _matching("-?[0-9]{1,15}", "try_cast({x} as bigint)"),
    cast.money: _money,
    cast.signed_money: _signed_money,
    cast.rate: _matching(r"[0-9]{1,10}(?:\.[0-9]{1,8})?", "nullif(try_cast({x} as decimal(18,8)), 0)"),
    cast.day: _day,
    cast.year: _matching("(?:19|20)[0-9]{2}", "try_cast({x} as bigint)"),
    cast.currency: _matching("[A-Z]{3}", "{x}"),
    cast.moment: _moment,
    cast.digits: _matching("[0-9]{1,30}", "{x}"),
    # Capitals beyond ASCII are left to Python; tokens are words too.
    cast.word: lambda x: (
        f"case when regexp_full_match({x}, '[!-~](?:[ -~]*[!-~])?') and not {_is_token(x)} then lower({x}) end"
    ),
}
AS_WRITTEN = frozenset({cast.plain, cast.identifier})  # the value is the text of the cell


def value(column: Column, x: str, sample: Sequence[str]) -> str | None:
    """Write the expression for the cells `x` of a column; `doubts` say when its answer is not certain.

    `sample` are cells of the column: a cast without a twin is known by what it makes of them. None where a column
    cannot be read this way.
    """
    if column.cast in AS_WRITTEN:
        return f"nullif({x}, '')" if column.nullable else x
    if column.free_text:
        return None
    words = _words(column, x, sample)
    twin = TWINS.get(column.cast)
    if not words:
        return twin(x) if twin else None
    return f"case {words} {f'else {twin(x)} ' if twin else ''}end"


def doubts(column: Column, v: str, x: str, survey: Survey) -> list[str]:
    """Write the conditions under which the value `v` of the cell `x` is not certain.

    They ask the value alone (`needs_cell`: the cell too), so that they can be asked of a table that is already
    filled; each by itself, for DuckDB often knows the answer from the table's statistics.
    """
    if needs_cell(column):
        return [f"({v} is null and not {_is_token(x)})"]
    if column.cast in AS_WRITTEN:
        return _text_doubts(column, v, survey)
    found = [] if column.nullable else [f"{v} is null"]
    if column.cast is cast.day:
        found += [f"{v} < date '0001-01-01'", f"{v} > date '9999-12-31'"]
    return found


def _text_doubts(column: Column, v: str, survey: Survey) -> list[str]:
    """Doubt what Python would cut or take for null; an empty cell is a token too."""
    if column.free_text:
        return [f"regexp_full_match({v}, '[{BLANK}]*')"]
    found = [f"(strlen({v}) <= {LONGEST_TOKEN} and {_is_token(v)})", *_untrimmed(v, survey)]
    if column.cast is cast.identifier and b"+" in survey.marks:
        found.append(f"contains({v}, '+')")
    return found


def needs_cell(column: Column) -> bool:
    """Whether a value that is null does not tell by itself that its cell was null."""
    return column.nullable and column.cast not in AS_WRITTEN


def _is_token(x: str) -> str:
    return f"lower({x}) in ({', '.join(map(literal, sorted(NULL_TOKENS)))})"


def _untrimmed(v: str, survey: Survey) -> list[str]:
    if not survey.is_ascii:
        return [f"regexp_matches({v}, '{UNCERTAIN}')"]
    blanks = sorted(survey.marks & BLANKS)
    return [f"{edge}({v}, chr({ord(blank)}))" for blank in blanks for edge in ("prefix", "suffix")]


def _words(column: Column, x: str, sample: Sequence[str]) -> str:
    """Write the few different values of a sample as branches of a CASE; empty where it is no such column."""
    values = {text: _value(column, text) for text in dict.fromkeys(sample)}
    words = {text: word for text, word in values.items() if isinstance(word, str)}
    if not words or len(words) > MOST_WORDS:
        return ""
    as_written = [literal(text) for text, word in words.items() if text == word]
    others = [
        f"when {x} = {literal(text)} then {literal(word)}" for text, word in words.items() if text != word
    ]
    same = [f"when {x} in ({', '.join(as_written)}) then {x}"] if as_written else []
    return " ".join([*same, *others])


def _value(column: Column, text: str) -> Cell:
    try:
        return column.read(text)
    except CellError:
        return None


def literal(text: str) -> str:
    """Write text as SQL."""
    return "'" + text.replace("'", "''") + "'"
