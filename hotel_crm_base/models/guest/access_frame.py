"""What calls inside one another show of guests, gathered into one entry of the access log."""

#: key under which a cursor keeps the frames of the calls that are running
FRAMES = "hotel_access_log_frames"


class Frame:
    """What one call shows: ids of guests, ids of contacts that may be guests, and its entry."""

    def __init__(self, **entry):
        self.guest_ids, self.contact_ids, self.entry = set(), set(), entry

    def add_all(self, other):
        """Take over what a call inside this one has shown."""
        self.guest_ids |= other.guest_ids
        self.contact_ids |= other.contact_ids

    def leave_out(self, other):
        """Forget guests who have an entry already."""
        self.guest_ids -= other.guest_ids | other.contact_ids
        self.contact_ids -= other.guest_ids | other.contact_ids
