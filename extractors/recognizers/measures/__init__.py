"""Finding metrics: labels of the ontology, head nouns it does not know."""
