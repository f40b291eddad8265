"""How often the right record is found: the product measured on labelled data, with whatever else there is beside it."""
