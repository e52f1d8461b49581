"""Full-text search that finds two-character words such as 売上 on both engines."""
