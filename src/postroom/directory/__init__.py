"""Who: domains, accounts, aliases, credentials and settings. Hot paths read immutable values from memory; changes replace them everywhere.

`directory.Directory` is the one way in for the floors above. Names and passwords come from peers and are bounded here; addresses come as
`formats.address.Address`, canonical already.
"""
