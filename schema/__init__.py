"""What clients see: GraphQL types, inputs and unions, and the HTTP view that serves them."""
