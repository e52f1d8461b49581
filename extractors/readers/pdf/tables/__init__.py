"""Tables of a page: candidates from several engines, filled from the page's own words, judged, and named."""
