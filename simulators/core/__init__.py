"""What every fake CRM shares. Nothing here knows a CRM."""
