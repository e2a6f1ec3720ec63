"""How mail moves: accepted durably, placed in folders, queued for the rest of the world."""
