"""The built-in metrics: metrics.yml beside this module."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from pydantic import ValidationError

from perftrack_site.config.check_catalogue import check_metric
from perftrack_site.config.check_keys import once
from perftrack_site.config.complaints import complaints
from perftrack_site.config.files import Metrics
from perftrack_site.config.models import Metric
from perftrack_site.config.tree import Node, read_tree
from perftrack_site.config.written import Names, keys_of
from perftrack_site.errors import Fault, InternalError


@cache
def built_in_catalogue() -> Mapping[str, Metric]:
    """Load the built-in metrics by key."""
    text = files("perftrack_site.config").joinpath("metrics.yml").read_text(encoding="utf-8")
    return read_catalogue(text, "perftrack_site/config/metrics.yml")


def read_catalogue(text: str, file: str) -> Mapping[str, Metric]:
    """Read a catalogue that stands by itself; raise InternalError with every fault."""
    tree = read_tree(text, file)
    faults, metrics = list(tree.faults), Metrics(metrics=())
    if tree.root is not None:
        faults.extend(metric_faults(tree.root.at("metrics").items, {}))
        try:
            metrics = Metrics.model_validate(tree.root.plain())
        except ValidationError as error:
            faults.extend(complaints(error, tree.root, Metrics))
    if faults:
        raise InternalError("The built-in metrics are wrong.", tuple(faults))
    return {metric.key: metric for metric in metrics.metrics}


def metric_faults(
    entries: tuple[Node, ...], built_in: Mapping[str, Metric], *, complete: bool = True
) -> list[Fault]:
    """Check written metrics against each other and those built in."""
    types = {key: str(metric.type) for key, metric in built_in.items()}
    types |= {
        key: kind
        for entry in entries
        if (key := entry.at("key").text) is not None and (kind := entry.at("type").text) is not None
    }
    names = Names("a metric", keys_of(entries) | built_in.keys(), complete=complete)
    taken = [node for entry in entries if (node := entry.at("key")).text in built_in]
    return [
        *once(entry.at("key") for entry in entries),
        *(node.fault(f"'{node.text}' is built in", "choose another key") for node in taken),
        *(fault for entry in entries for fault in check_metric(entry, names, types)),
    ]
