"""The workshop file: one YAML file that a person can write by hand, and what is made of it (docs/workshop-file.md)."""
