"""Is the fake still true? The rows of a CRM's ledger, played against an account that somebody names."""
