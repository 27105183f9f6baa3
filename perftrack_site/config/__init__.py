"""From YAML below config/ to one checked, frozen Project. The only room that knows yaml and pydantic."""

from perftrack_site.config.catalogue import built_in_catalogue
from perftrack_site.config.loading import load_project
from perftrack_site.config.schema import schemas

__all__ = ["built_in_catalogue", "load_project", "schemas"]
