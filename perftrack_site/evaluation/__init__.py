"""From numbers to judgements: plain values in, one Report out; no file, no database, no clock."""

from perftrack_site.evaluation.evaluate import evaluate
from perftrack_site.evaluation.windows import windows

__all__ = ["evaluate", "windows"]
