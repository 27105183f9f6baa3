"""The fixture of this room's tests."""

from little_tables import warehouse_of

__all__ = ["warehouse_of"]
