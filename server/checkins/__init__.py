"""Check-ins: when she is asked, what follows if no answer comes, and what an answer counts for.

Everything here is pure: no clock, no database, no network. Moments are whole seconds since 1970 in UTC, and whoever
calls says what time it is. `schedule` says when to ask, `ladder` what happens next, `outage` what our own failures
change about that, `answers` which check-ins an answer ends.
"""
