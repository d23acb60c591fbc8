"""Odoo takes what the jobs found: run inside ``odoo shell`` by setup/mine."""

import json
import os
import pathlib

env = env  # noqa: F821, PLW0127  the shell's own
folder = pathlib.Path(os.environ["MINING_FOLDER"])
told = {
    name: json.loads((folder / path).read_text()) if (folder / path).exists() else None
    for name, path in {"rules": "rules.json", "fits": "result/fits.json", "search": "result/search.json"}.items()
}
for batch in env["hotel.mining.batch"]._take_all(told["rules"]["exported_at"], told["fits"], told["search"]):
    print(f"{batch.kind:<10} {batch.taken_count:>12,} taken, {batch.refused_count:,} refused {batch.note or ''}")
env.cr.commit()
