"""Event scripts: processes that run them, engines, and the objects that scripts create."""
