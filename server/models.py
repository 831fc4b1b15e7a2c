"""Every table: the list of all that the server can ever know. Each field says why it is kept and when it is erased.

There is none yet. Covers, packs and pages are the same for everybody, so nobody needs an account to use them; the first
tables come with what a phone cannot do alone, and nothing is kept before that.
"""
