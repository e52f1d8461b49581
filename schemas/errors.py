"""Errors a user can cause or mend. Here alone, so that a command line that only reports one loads nothing else."""

from __future__ import annotations


class TenkyoError(Exception):
    """Base of every error a user can cause or mend; its text is one clear line."""

    code = "error"


class ReadError(TenkyoError):
    """A document could not be read; `code` says why in a machine-readable way."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class OntologyError(TenkyoError):
    """An ontology or source file is wrong; the text names file, entry and reason."""

    code = "ontology"
