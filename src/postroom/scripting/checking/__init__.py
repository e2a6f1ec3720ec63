"""`postroom script check`: what a handlers file uses, and what of it will not work here."""
