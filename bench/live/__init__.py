"""Live: how soon 1,000 subscribers hear of a commit, and what is left of 10,000 who have gone."""
