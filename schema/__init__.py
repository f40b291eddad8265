"""What clients see: GraphQL types, inputs and unions, one file per concept, and the view that serves them."""
