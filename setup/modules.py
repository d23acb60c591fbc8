"""What the manifests of this repository's addons say.

    modules.py own          our installable addons, comma-separated
    modules.py needed       the addons of others that they depend on
    modules.py state        one line per own addon: its name and a hash of what an upgrade would load
    modules.py order        our addons, those that others need first
"""
import ast
import hashlib
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
LOADED = {".py", ".xml", ".csv", ".po", ".pot", ".sql", ".json"}
NOT_LOADED = {"tests", "static", "__pycache__"}


def read_manifests(root=ROOT):
    manifests = {
        path.parent.name: ast.literal_eval(path.read_text())
        for path in sorted(root.glob("*/__manifest__.py"))
    }
    return {name: m for name, m in manifests.items() if m.get("installable", True)}


def needed(manifests):
    asked = {name for m in manifests.values() for name in m.get("depends", ["base"])}
    return sorted(asked - set(manifests) | {"base"})


def ordered(manifests):
    done = []
    while len(done) < len(manifests):
        ready = [
            name for name, m in manifests.items()
            if name not in done and not (set(m.get("depends", [])) & set(manifests) - set(done))
        ]
        if not ready:
            sys.exit("our addons depend on each other in a circle")
        done += ready
    return done


def addon_hash(folder):
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.suffix in LOADED and path.is_file() and not NOT_LOADED & set(inside.parts):
            digest.update(f"{inside}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def main(what):
    manifests = read_manifests()
    if what == "state":
        return "\n".join(f"{name} {addon_hash(ROOT / name)}" for name in manifests)
    return ",".join({"own": sorted, "needed": needed, "order": ordered}[what](manifests))


if __name__ == "__main__":
    print(main(sys.argv[1]))
