"""A CRM as declarations: what a vendor's fake is made of, each fact once."""
