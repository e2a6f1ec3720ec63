"""Mail clients at random against a model in memory: what every session is told must be what the RFC lets it be told, and true."""
