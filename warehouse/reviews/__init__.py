"""Reviews: a person's verdicts on claims, bound to the evidence, so that re-extraction keeps them."""
