"""The built-in functions: importing this package fills the tables of `builtin`."""
