"""Key files of a test's own."""

import os
import tempfile
from unittest.mock import patch

from odoo.addons.hotel_crm_base import vault

OLD, NEW = vault.new_private_pem(bits=2048), vault.new_private_pem(bits=2048)


class OwnKeyFile:
    """A key file of the test's own, with whatever content the test gives it."""

    @classmethod
    def _use_own_key_file(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.key_path = os.path.join(folder.name, "key.pem")
        cls._set_key_file(OLD)
        environment = patch.dict(os.environ, {"HOTEL_CRM_KEY_FILE": cls.key_path})
        environment.start()
        cls.addClassCleanup(environment.stop)

    @classmethod
    def _set_key_file(cls, pem, mode=0o600):
        """Put another key file in place, as an administrator does: whole and at once."""
        fresh = f"{cls.key_path}.new"
        with open(fresh, "wb") as file:
            file.write(pem)
        os.chmod(fresh, mode)
        os.replace(fresh, cls.key_path)

    def _reveal(self, document):
        return document._fields["number"].reveal(document)
