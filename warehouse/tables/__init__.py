"""The tables as SQLModel classes, one file a group; analysts use the views instead."""

from sqlmodel import SQLModel

from warehouse.tables.claims import ClaimRow, EntityRow, EvidenceRow, MetricRow
from warehouse.tables.documents import BlockRow, CellRow, DocumentRow, GridRow, LocationRow, PageRow, ReadingRow
from warehouse.tables.runs import RunRow, SettingRow
from warehouse.tables.signals import ExtractionRow, IssueRow, LedgerRow

metadata = SQLModel.metadata

__all__ = [
    "BlockRow", "CellRow", "ClaimRow", "DocumentRow", "EntityRow", "EvidenceRow", "ExtractionRow", "GridRow",
    "IssueRow", "LedgerRow", "LocationRow", "MetricRow", "PageRow", "ReadingRow", "RunRow", "SettingRow", "metadata",
]  # fmt: skip
