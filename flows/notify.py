"""Telling somebody: a message to the address in `TENKYO_NOTIFY_URL`, as chat services take it."""

from __future__ import annotations

import logging
import os

log = logging.getLogger(__name__)
VARIABLE = "TENKYO_NOTIFY_URL"


def notify(headline: str, details: str = "") -> bool:
    """Post `{"text": …}` to the address in `TENKYO_NOTIFY_URL`; return whether it arrived.

    Does nothing without an address. A message that cannot be delivered is logged and never fails a run.
    """
    url = os.environ.get(VARIABLE)
    if not url:
        return False
    import httpx

    text = f"tenkyo: {headline}" + (f"\n\n{details}" if details else "")
    try:
        httpx.post(url, json={"text": text}, timeout=10).raise_for_status()
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        log.warning("a notification could not be delivered: %s", error)
        return False
    return True
