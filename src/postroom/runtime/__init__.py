"""Processes and the command line: configuration, supervisor, workers, chores. The one place where the floors are wired together."""
