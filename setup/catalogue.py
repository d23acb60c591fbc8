"""catalogue.py EXPORTED POT PO: writes POT without what changes at each export, brings PO in line with it."""
import pathlib
import sys

import polib

METADATA = {
    "Project-Id-Version": "Odoo Server 19.0",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "",
}


def write(entries, path, **metadata):
    catalogue = polib.POFile(wrapwidth=78)
    catalogue.metadata = {**METADATA, **metadata}
    catalogue.extend(sorted(entries, key=lambda entry: (entry.occurrences, entry.msgid)))
    catalogue.save(str(path))


def fresh(entry, msgstr=""):
    return polib.POEntry(
        msgid=entry.msgid, msgstr=msgstr, comment=entry.comment, tcomment=entry.tcomment, flags=entry.flags,
        occurrences=[(place, line) for place, line in sorted(set(entry.occurrences))],
    )


def main(exported, pot, po):
    texts = polib.pofile(exported)
    known = {e.msgid: e.msgstr for e in polib.pofile(po)} if pathlib.Path(po).exists() else {}
    write([fresh(entry) for entry in texts], pot)
    write([fresh(entry, known.get(entry.msgid, "")) for entry in texts], po, Language="zh_CN")
    for entry in texts:
        if not known.get(entry.msgid):
            print(f"not translated: {po}: {entry.msgid!r}")


if __name__ == "__main__":
    main(*sys.argv[1:])
