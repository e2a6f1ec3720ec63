"""Postroom beside other mail servers: the same load on each, in turns, counted only when the mail is in the mailboxes.

`python -m benchmarks` lists the benchmarks. A *peer* (`peers/`) is a server that can be started in a temporary directory, a *load*
(`loads/`) is what is done to it, and a *round* (`rounds.py`) is one measured run of a load against one peer.
"""
