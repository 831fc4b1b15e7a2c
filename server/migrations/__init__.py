"""The way from one shape of the database to the next; Tortoise's own, one file a step, run by `server/storage.py`."""
