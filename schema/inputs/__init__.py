"""What clients send: filters of lists, and one input for each mutation."""
