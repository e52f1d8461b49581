"""Collecting: from registered sources into `raw/`, politely.

`flows.collect.run.collect` is the whole of it as a plain function; the Prefect flow around it is `flows.collect.flow`.
"""
