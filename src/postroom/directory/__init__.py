"""Who: domains, accounts, aliases, credentials and the snapshot of the settings. Hot paths read immutable snapshots; changes replace them."""
