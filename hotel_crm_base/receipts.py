"""What a mail server has taken, noted on disk the moment it says so. Plain Python.

A mail server and a database cannot commit together: who is killed after the server's "250 OK" and before the commit
would send the e-mail once more. So it is noted at once, in a file, and the note goes when the database has it. What is
left is the time between the answer and the note, and an answer that is lost on its way.
"""

import contextlib
import hashlib
import os
import pathlib
import time

#: a note of yesterday's belongs to nothing that is still being sent (seconds)
AGE = 24 * 3600


class Receipts:
    """Notes in a folder; their names say nothing about who has got what.

    >>> import tempfile
    >>> folder = tempfile.TemporaryDirectory()
    >>> receipts = Receipts(pathlib.Path(folder.name) / "notes")
    >>> name = receipts.get_name("<1@example.com>", ["ana@example.com"])
    >>> receipts.has(name)
    False
    >>> receipts.note(name)
    >>> receipts.has(name), receipts.has(receipts.get_name("<1@example.com>", ["bia@example.com"]))
    (True, False)
    >>> receipts.drop(name)
    >>> receipts.has(name)
    False
    """

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)

    @staticmethod
    def get_name(message_id, addresses):
        """Return the name of the note about one message to these addresses.

        :param str message_id: header ``Message-Id``
        :param list[str] addresses: headers that say to whom; empty ones do not matter
        :rtype: str
        """
        parts = [message_id, *filter(None, addresses)]
        return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()

    def has(self, name):
        """Say whether the message was taken."""
        try:
            return time.time() - (self.folder / name).stat().st_mtime < AGE
        except FileNotFoundError:
            return False

    def note(self, name):
        """Note that the message was taken; it is on the disk afterwards.

        :raises OSError: where the disk is full or is not ours
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / name).touch(mode=0o600)
        folder = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def drop(self, name):
        """Forget a note, if it is there."""
        (self.folder / name).unlink(missing_ok=True)

    def drop_old(self):
        """Forget notes that count no more: of messages whose program was killed between the commit and their end."""
        for path in self.folder.glob("*"):
            with contextlib.suppress(FileNotFoundError):
                if time.time() - path.stat().st_mtime >= AGE:
                    path.unlink()
