"""The senders that bench/push.py compares, each started in a process of its own, and the service they send to."""
