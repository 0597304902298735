"""App Connect's appointment panel, played over a real connector and a fake CRM."""
