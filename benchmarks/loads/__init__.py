"""What is done to a peer: mail by smtp-source, mail with a stop-watch, and the counting of syncs."""
