"""The judge: schemas, clauses, scenarios, runs and reports."""
