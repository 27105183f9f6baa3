"""Platform files -> typed rows of the canonical tables, and a ledger that accounts for every record."""

from perftrack_site.sources.formats import FORMATS
from perftrack_site.sources.load import read_sources

__all__ = ["FORMATS", "read_sources"]
