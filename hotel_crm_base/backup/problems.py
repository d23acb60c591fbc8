"""What may be wrong, in sentences that an administrator can act on."""


class BackupError(Exception):
    """A backup that could not be made, read or restored; the message holds no secret and nothing personal."""


class Damaged(BackupError):
    """A file that is not what the manifest says."""


class Sealed(BackupError):
    """A file that the keys at hand do not open."""
