"""Event scripts: handlers that an administrator wrote, run in processes of their own (scripts.Scripts is the way in)."""
