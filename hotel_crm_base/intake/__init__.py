"""Reading files that hotels have: cells -> validated rows, or reasons why not. Plain Python."""
