"""Finding named things: gazetteer, grammar of names with numbers, organisations, markets, unknown names."""
