"""Runs this package without its addon, which would load Odoo."""
import importlib
import pathlib
import sys
import time
import types

ADDON = pathlib.Path(__file__).resolve().parent.parent

if __name__ == "__main__":
    sys.path.pop(0)   # this folder, where short names would hide those of other packages
    sys.modules["hotel_engines"] = types.ModuleType("hotel_engines")
    sys.modules["hotel_engines"].__path__ = [str(ADDON)]
    sys.exit(importlib.import_module("hotel_engines.backup.command").main(sys.argv[1:], time.time()))
