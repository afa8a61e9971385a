"""An independent Baken client, written from protocol.md and api.md alone.

It shares no line with the server: where both agree, the two pages suffice.
"""
