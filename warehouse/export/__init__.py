"""Claims and their evidence for other tools: files with a data package, Web Annotations, PROV."""
