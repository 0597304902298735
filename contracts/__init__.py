"""The judge: schemas, clauses, situations, runs and reports."""
