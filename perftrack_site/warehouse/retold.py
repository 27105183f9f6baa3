"""Facts that several files of a source tell: how often as they were, how often otherwise."""

from __future__ import annotations

from perftrack_site.sources.tables import POST_COUNTS, POSTS, TABLES, Table

# Running totals and descriptions are expected to change from file to file; the checks look at those that fall.
EXPECTED_TO_CHANGE = frozenset({"account_totals", "audience_shares", "emails", POSTS.name, POST_COUNTS.name})


def _told(table: Table) -> str:
    """Count for each source the facts of a table that more than one file tells, by their natural key."""
    values = [column for column in table.columns if column not in table.key]
    return f"""
        select source, sum(times - versions) as again, sum(versions - 1) as restated
        from (
            select source, count(*) as times, count(distinct hash({", ".join(values)})) as versions
            from {table.name}
            where known_on <= $known_by
            group by source, {", ".join(table.key)}
        )
        where times > 1
        group by source
    """


TOLD = [_told(table) for table in TABLES.values() if table.key and table.name not in EXPECTED_TO_CHANGE]
RETOLD = f"select source, sum(again), sum(restated) from ({' union all '.join(TOLD)}) group by source order by source"
