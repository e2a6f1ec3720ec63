"""Real mail servers beside ours, Postfix and Exim: each with a domain, mailboxes, opinions, and a way back to us."""
