"""How fast matching is: the look-up of leads, the upkeep of the index, and how much room it takes."""
