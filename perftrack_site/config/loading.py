"""Load config/: one frozen Project, or every fault of every file in one run."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from pydantic import ValidationError

from perftrack_site.config import check_campaigns, check_claims, check_keys, check_mapping, check_project
from perftrack_site.config.catalogue import built_in_catalogue
from perftrack_site.config.documents import Document, Documents, Model, read_documents, strangers
from perftrack_site.config.files import FOLDER
from perftrack_site.config.models import Metric, Project
from perftrack_site.config.written import Mappable, Names, WrittenProject, names_of
from perftrack_site.errors import ConfigError, Fault, InternalError

NO_TABLES: Mapping[str, Mappable] = {}
PLACE = re.compile(r"(.*?)(?::([0-9]+))?(?::([0-9]+))?", re.DOTALL)


def load_project(
    root: Path, known_formats: Collection[str], tables: Mapping[str, Mappable] = NO_TABLES
) -> Project:
    """Load the configuration of the workspace at `root`; raise ConfigError with every fault, sorted by place.

    `known_formats` are the formats that a source may name, `tables` those that a mapping may fill; without them the
    names in mappings are left to the reader. Places in faults are relative to `root`.
    """
    folder = root / FOLDER
    if not folder.is_dir():
        missing = Fault(FOLDER, "", "the folder is missing", "`perftrack init` makes a workspace")
        raise ConfigError("This folder is not a workspace.", (missing,))
    documents = read_documents(folder)
    faults = {*strangers(folder), *documents.faults, *_checks(_written(documents, known_formats, tables))}
    if faults:
        count = "one fault" if len(faults) == 1 else f"{len(faults)} faults"
        raise ConfigError(f"{FOLDER}/ has {count}.", tuple(sorted(faults, key=_position)))
    return _project(documents)


def _checks(project: WrittenProject) -> Iterator[Fault]:
    for room in (check_keys, check_project, check_mapping, check_campaigns, check_claims):
        yield from room.check(project)


def _project(documents: Documents) -> Project:
    settings = documents.settings.value
    if settings is None:
        raise InternalError("config/project.yml was accepted without a value")
    return Project(
        settings=settings,
        sources=documents.sources.value.sources if documents.sources.value else (),
        influencers=documents.influencers.value.influencers if documents.influencers.value else (),
        campaigns=tuple(document.value for document in documents.campaigns.values() if document.value),
        business=documents.business.value.kpis if documents.business.value else (),
        catalogue=_catalogue(documents),
    )


def _catalogue(documents: Documents) -> dict[str, Metric]:
    """Join the built-in metrics and those of the workspace that can be read."""
    catalogue = dict(built_in_catalogue())
    for entry in documents.additions.root.at("metrics").items:
        try:
            metric = Metric.model_validate(entry.plain())
        except ValidationError:
            continue  # told with its file
        catalogue.setdefault(metric.key, metric)
    return catalogue


def _written(
    documents: Documents, known_formats: Collection[str], tables: Mapping[str, Mappable]
) -> WrittenProject:
    metrics = _names("a metric", documents.additions, "metrics")
    return WrittenProject(
        settings=documents.settings.root,
        sources=documents.sources.root,
        influencers=documents.influencers.root,
        business=documents.business.root,
        additions=documents.additions.root,
        campaigns={key: document.root for key, document in documents.campaigns.items()},
        catalogue=_catalogue(documents),
        metric_names=replace(metrics, known=metrics.known | built_in_catalogue().keys()),
        source_names=_names("a source", documents.sources, "sources"),
        influencer_names=_names("an influencer", documents.influencers, "influencers"),
        business_names=_names("a KPI of the business", documents.business, "kpis"),
        format_names=Names("a format we read", frozenset(known_formats)),
        tables=tables,
    )


def _names(noun: str, document: Document[Model], entries: str) -> Names:
    return names_of(noun, document.root, entries, readable=document.readable)


def _position(fault: Fault) -> tuple[str, int, int, Fault]:
    """Sort by file, then line and column as numbers."""
    match = PLACE.fullmatch(fault.place)
    file, line, column = match.groups() if match else (fault.place, None, None)
    return file, int(line or 0), int(column or 0), fault
