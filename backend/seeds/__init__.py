"""The sample county's data (样板县数据): YAML a clerk can read, and how it gets into the tables."""
