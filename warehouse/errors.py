"""Errors of the warehouse, each one clear line."""

from __future__ import annotations

from schemas.errors import TenkyoError

_PASSING = ("closed the connection", "starting up", "shutting down", "went away")


class WarehouseError(TenkyoError):
    """Something about the warehouse that a user can mend."""

    code = "warehouse"


class ServerGoneError(WarehouseError):
    """The server closed the connection, does not answer, or is starting or stopping."""

    @property
    def is_passing(self) -> bool:
        """Say whether the server told that it comes or goes, so that one may wait for it."""
        return any(sign in str(self) for sign in _PASSING)


class QueryError(WarehouseError):
    """A query that is wrong, or that does more than read."""

    code = "query"


class UngroundedError(WarehouseError):
    """Evidence that does not stand in the text it claims to quote; nothing of the document was loaded."""

    code = "ungrounded"


class NotFoundError(WarehouseError):
    """A claim, document or run that is not there, or a prefix that names several."""

    code = "not-found"
