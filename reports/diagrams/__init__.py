"""Diagrams as SVG, for page and paper alike: presentation attributes only, so that a strict CSP lets them stand."""

from reports.diagrams.drawing import scheme

__all__ = ["scheme"]
