"""JSON Schemas for editors: what one may write in each file below config/."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from perftrack_site.config.complaints import NEVER_WRITTEN
from perftrack_site.config.files import SCHEMAS
from perftrack_site.config.forms import PERCENT_PATTERN
from perftrack_site.config.models import PLAIN_RULES, SHARE_RULES
from perftrack_site.config.tracking import DATES, SPELLINGS, UTM_KEYS

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TEXT: Schema = {"type": ["string", "number"]}  # a text may look like a number and stay a text
DAY: Schema = {"type": "string", "format": "date"}
BOUNDS = {
    "ge": "minimum",
    "gt": "exclusiveMinimum",
    "le": "maximum",
}  # pydantic's words where a form reads first
PERCENT: Schema = {"type": "string", "pattern": PERCENT_PATTERN}


def schemas() -> Mapping[str, Schema]:
    """Make the schema of each kind of file: project, sources, influencers, campaign, metrics, business."""
    return {name: _schema(name) for name in SCHEMAS}


def _schema(name: str) -> Schema:
    schema = _as_written(SCHEMAS[name].model_json_schema())
    if name == "campaign":
        schema["properties"].pop("key")
        schema["required"].remove("key")
    for model, form in FORMS.items():
        if model in schema.get("$defs", {}):
            schema["$defs"][model] = form
    for unused in ("Place", "TrackingKind"):
        schema.get("$defs", {}).pop(unused, None)
    return {"$schema": DIALECT, "title": f"perftrack {name}", **schema}


def _as_written(schema: Any) -> Any:  # noqa: ANN401 - JSON
    """Turn what the models hold into what is written: no place, no null, texts that look like numbers."""
    if isinstance(schema, list):
        return [_as_written(item) for item in schema if item != {"type": "null"}]
    if not isinstance(schema, dict):
        return schema
    kept = {key: value for key, value in schema.items() if key not in ("title", "default")}
    written = {BOUNDS.get(key, key): _as_written(value) for key, value in kept.items()}
    if "properties" in schema:
        written["properties"] = _properties(schema["properties"])
        written["required"] = [key for key in schema.get("required", ()) if key not in NEVER_WRITTEN]
    if written == {"type": "string"}:
        return TEXT
    only = written.get("anyOf", ())
    return only[0] if len(only) == 1 and len(written) == 1 else written


def _properties(properties: Schema) -> Schema:
    """Keep the names of the properties as they are: one of them may be called `title`."""
    return {key: _as_written(value) for key, value in properties.items() if key not in NEVER_WRITTEN}


def _entry(keys: Schema, required: list[str]) -> Schema:
    return {"type": "object", "properties": keys, "required": required, "additionalProperties": False}


def _tracking() -> Schema:
    dates: Schema = dict.fromkeys(DATES, DAY)
    kinds = [_entry({kind: TEXT, **dates}, [kind]) for kind in SPELLINGS]
    utm = _entry({**dict.fromkeys(UTM_KEYS, TEXT), **dates}, [])
    utm["anyOf"] = [{"required": [key]} for key in UTM_KEYS]
    return {"oneOf": [*kinds, utm]}


# What the loader takes in another form than the model holds.
FORMS: Mapping[str, Schema] = {
    "SuccessRule": {
        "oneOf": [{"enum": list(PLAIN_RULES)}, *(_entry({rule: PERCENT}, [rule]) for rule in SHARE_RULES)]
    },
    "Tracking": _tracking(),
}
