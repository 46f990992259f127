"""Count files: check and import them, and give counts back as Excel and PDF."""

from .runs import run

__all__ = ["run"]
