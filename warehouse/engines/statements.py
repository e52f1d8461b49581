"""What an SQL text is, without parsing it: its first word, its placeholders, the functions it names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from warehouse.errors import QueryError

_TOKEN = re.compile(
    r"""(?P<comment>--[^\n]*|/\*.*?\*/)|(?P<string>[eE]'(?:[^'\\]|''|\\.)*'|'(?:[^']|'')*')|(?P<dollar>\$(?P<tag>\w*)\$.*?\$(?P=tag)\$)"""
    r"""|(?P<quoted>"(?:[^"]|"")*")|(?P<cast>::)|(?P<named>:[A-Za-z_]\w*)|(?P<mark>\?)|(?P<percent>%)"""
    r"""|(?P<word>[^\W\d]\w*)|(?P<other>[\d\s(),.=<>+*]+|.)""",
    re.DOTALL | re.VERBOSE,
)
_READING = frozenset({"select", "with", "values", "explain", "table", "show", "pragma"})
_FORBIDDEN = re.compile(
    r"(lo_\w+|pg_read_\w+|pg_ls_\w+|pg_stat_file|pg_terminate_backend|pg_cancel_backend|pg_reload_conf|pg_rotate_\w+"
    r"|pg_switch_wal|pg_advisory\w*|pg_logical\w*|pg_replication\w*|pg_create\w*|pg_drop\w*|pg_notify|set_config"
    r"|query_to_xml\w*|cursor_to_xml\w*|table_to_xml\w*|schema_to_xml\w*|database_to_xml\w*|dblink\w*|nextval|setval"
    r"|pg_promote|pg_file_\w+|pg_current_logfile|pg_hba_file_rules)$"
)


def _tokens(sql: str) -> Iterator[tuple[str, str]]:
    for match in _TOKEN.finditer(sql):
        kind = match.lastgroup or "other"
        yield ("dollar" if kind == "tag" else kind), match.group()


def check_reading(sql: str) -> None:
    """Raise `QueryError` unless the statement starts as a query does."""
    for kind, text in _tokens(sql):
        if kind == "comment" or text.isspace() or text == "(":
            continue
        if kind == "word" and text.lower() in _READING:
            return
        raise QueryError("only reading is allowed here: start with SELECT, WITH, VALUES or EXPLAIN")
    raise QueryError("the query is empty")


def forbidden_function(sql: str) -> str | None:
    """Return the first name in `sql` that is a server function beyond reading tables, or None."""
    previous = ""
    for kind, text in _tokens(sql):
        name = text.strip('"').lower()
        if kind == "quoted" and previous.lower().endswith("&"):
            return "an escaped identifier"
        if kind in ("word", "quoted") and _FORBIDDEN.match(name):
            return name
        previous = text
    return None


def to_pyformat(sql: str) -> str:
    """Turn `?` and `:name` placeholders into psycopg's, leaving strings, comments and casts alone."""
    changed = []
    for kind, text in _tokens(sql):
        if kind == "mark":
            text = "%s"
        elif kind == "named":
            text = f"%({text[1:]})s"
        elif "%" in text:
            text = text.replace("%", "%%")
        changed.append(text)
    return "".join(changed)
