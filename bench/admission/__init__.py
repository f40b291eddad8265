"""How much CPU it takes to admit or refuse a document: hostile ones, and ones drawn at random."""
