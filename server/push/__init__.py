"""Push: what is sent to a phone, to which services, under which keys, and how."""
