"""How the tests are shared out among processes: in groups by their files, what waits longest first.

The groups of pytest-xdist (`--dist loadgroup`) are written into the ids of tests, which pytest 9.2 no longer lets it
do: they would be passed over in silence.
"""

from __future__ import annotations

import pytest
from xdist.scheduler import LoadScopeScheduling

_GROUPS = {  # tests of one group run one after another in one process
    "tests/flows/test_dask.py": "prefect",  # on one server, which takes half a minute to start
    "tests/flows/test_prefect.py": "prefect",
    "tests/flows/test_commands.py": "processes",  # these start as many as there are cores
    "tests/flows/test_ingest.py": "processes",
    "tests/flows/test_verify.py": "processes",
    "tests/flows/test_watch.py": "processes",
    "tests/flows/test_workers.py": "processes",
    "tests/extractors/claims/test_subjects.py": "samples",  # these share the sample documents that one has read
    "tests/extractors/readers/pdf/test_samples.py": "samples",
    "tests/test_quality_floor.py": "samples",
}
_QUICK = "tests/extractors/"  # thousands of tests, none of them long: they fill what is left


class _Scheduling(LoadScopeScheduling):
    """Groups first, the larger before the smaller; then the other tests one by one."""

    def _split_scope(self, nodeid: str) -> str:
        return _GROUPS.get(nodeid.partition("::")[0], nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> LoadScopeScheduling:
    return _Scheduling(config, log)  # type: ignore[arg-type]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.nodeid.startswith(_QUICK))
