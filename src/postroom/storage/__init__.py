"""The ground mail rests on: a database that knows no mail, and blobs for large bodies. Nothing above this package knows which engine serves it."""
