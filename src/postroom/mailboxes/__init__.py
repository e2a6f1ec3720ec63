"""Where mail rests: folders, the messages placed in them, the views that readers share, and the changes that wake them."""
