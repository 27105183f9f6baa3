"""To come."""

from __future__ import annotations

from perftrack_site.sources.format import Format

FORMATS: tuple[Format, ...] = ()
