"""The tables as SQLModel classes, one file a group; analysts use the views instead."""

from sqlmodel import SQLModel

from warehouse.tables.claims import AgreementRow, ClaimRow, EntityRow, EvidenceRow, MetricRow
from warehouse.tables.documents import BlockRow, CellRow, DocumentRow, GridRow, LocationRow, PageRow, ReadingRow
from warehouse.tables.reviews import ReviewRow, ReviewStateRow
from warehouse.tables.runs import RunRow, SettingRow
from warehouse.tables.signals import ExtractionRow, IssueRow, LedgerRow

metadata = SQLModel.metadata

__all__ = [
    "AgreementRow",
    "BlockRow",
    "CellRow",
    "ClaimRow",
    "DocumentRow",
    "EntityRow",
    "EvidenceRow",
    "ExtractionRow",
    "GridRow",
    "IssueRow",
    "LedgerRow",
    "LocationRow",
    "MetricRow",
    "PageRow",
    "ReadingRow",
    "ReviewRow",
    "ReviewStateRow",
    "RunRow",
    "SettingRow",
    "metadata",
]
