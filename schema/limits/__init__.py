"""What a document may ask for: known and bounded before anything of it is executed."""
