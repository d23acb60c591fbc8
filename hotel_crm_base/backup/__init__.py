"""Backups: made, sealed, proven by a restore, kept by rotation, copied away. Plain Python, no Odoo.

One backup is a folder::

    hotel-20280229T023000Z/
        manifest.json        what it holds: versions, rows of each table, sizes and hashes; nothing personal
        manifest.mac         who made it: a keyed digest that only a holder of the key file can write
        database.dump.gpg    pg_dump's custom format, sealed for the owner of the backup key
        files.tar.gz.gpg     the files that this very state of the database names

The key file for identity numbers is sealed for another owner and lies in another folder. `setup/backup`,
`setup/restore` and the job of the addon run this package as a program: ``python hotel_crm_base/backup make ...``.
"""
