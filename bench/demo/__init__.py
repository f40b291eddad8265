"""The demo: a believable tenant with leads that cover every branch of the acceptance flow."""
