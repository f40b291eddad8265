"""What tests stand on: databases, factories, clients."""
