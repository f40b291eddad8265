"""Input brought into the form that is stored, with every wrong field named at once."""
