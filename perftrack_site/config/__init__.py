"""From YAML below config/ to one checked, frozen Project. The only room that knows yaml and pydantic."""
