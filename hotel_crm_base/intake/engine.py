"""Rows of a file -> rows of a layout, column by column.

Most columns of a hotel's files hold few distinct values, so each column is read through a
:class:`~.plan.Memo`: a text is parsed (and looked up in the database) once, however often it
stands in the file. Cost: about one dictionary access per cell.
"""

import hashlib
from collections import Counter
from operator import itemgetter
from typing import NamedTuple

from . import compose
from .plan import Memo, make_reader
from .problems import Bad, Problem, shorten
from .targets import BY_KIND

#: stands where a part of a combined value was bad: spoils the row, is not reported again
SKIP = Bad("")
#: columns that a file of refused rows carries beside those of the original
REFERENCE_COLUMN = "#reference"
OWN_COLUMNS = ("#row", "#column", "#value", "#reason", REFERENCE_COLUMN)


class Result(NamedTuple):
    """What became of a chunk of rows."""

    rows: list  #: tuples in the order of the layout of the kind
    numbers: list  #: number in the file of each of these rows
    guests: list  #: tuples of layouts.GUEST that the rows name (stays only)
    problems: list  #: Problems of the refused rows, in the order of the file
    refs: dict  #: number of a refused row -> its reference (where it has one)
    notes: Counter  #: key of problems.NOTES -> number of loaded rows it holds for


class Engine:
    """Turns rows of one file into rows of one layout.

    :param str kind: guests, stays or consumption
    :param list header: names of the columns
    :param links: the mapping, list of plan.Link, found right by plan.check
    :param Options options: how cells are read
    :param dict lookups: name -> function that gives a database id (or instant), or Bad; see compose

    >>> from .plan import Link, Options
    >>> engine = Engine("guests", ["no", "who"], [Link("source_ref", "no"), Link("name", "who")], Options(), {})
    >>> result = engine.run([(2, ["7", " Ana "]), (3, ["7", "Bo"]), (4, ["8", "NULL"])])
    >>> [row[:2] for row in result.rows], result.numbers
    ([('7', 'Ana')], [2])
    >>> [(problem.row, problem.column, problem.code) for problem in result.problems]
    [(3, 'no', 'same_reference'), (4, 'who', 'required')]
    """

    def __init__(self, kind, header, links, options, lookups):
        self.kind, self.header, self.options, self.lookups = kind, header, options, lookups
        self.targets = BY_KIND[kind]
        self.readers = []
        for link in links:
            memo = make_reader(self.targets[link.target], link, options)
            index = header.index(link.column) if link.column else None
            self.readers.append((link, index, memo))
        self.memos = {}
        self.seen = {}  # reference -> number of its row
        self.copies = Counter()  # hash -> how many rows so far
        own = [name in OWN_COLUMNS for name in header]
        kept = [index for index, is_own in enumerate(own) if not is_own]
        self._pick = itemgetter(*kept) if any(own) and len(kept) > 1 else None
        self._given = header.index(REFERENCE_COLUMN) if REFERENCE_COLUMN in header else None

    def run(self, rows):
        """Read and check rows.

        :param rows: list of ``(number, cells)``
        :rtype: Result
        """
        work = Work(self, rows)
        work.put("source_ref", *self._references(work))
        guests = compose.BY_KIND[self.kind](work)
        return work.finish(guests)

    def remember(self, rows):
        """Take note of the references of rows that were dealt with before, as after a crash."""
        work = Work(self, rows, only=("source_ref",))
        refs, _sources, _memo = self._references(work)
        for number, ref in zip(work.numbers, refs, strict=True):
            if type(ref) is str:
                self.seen.setdefault(ref, number)

    def locate(self, column, cells):
        """Return where a column of a layout came from: header and text, for a message.

        :param str column: of the layout
        :param list cells: of the row
        """
        bare = column.removesuffix("_id")
        names = {bare, column, *compose.MADE_OF.get(bare, ())}
        links = [link for link, _index, _memo in self.readers if link.target in names]
        columns = [link.column for link in links if link.column]
        label = ", ".join(columns) or (self.targets[bare].label if bare in self.targets else bare)
        texts = [cells[self.header.index(name)] for name in columns]
        return label, shorten(" / ".join(text.strip() if type(text) is str else "" for text in texts))

    def _references(self, work):
        """Return (references, source columns, suspect) of the rows: mapped, given back, or made."""
        mapped = work.columns.get("source_ref")
        if mapped is not None:
            missing = Bad("required")
            refs = [missing if ref is None else ref for ref in mapped]
            return refs, work.sources["source_ref"], True
        refs = [self._hash(cells) for cells in work.cells]
        if self._given is not None:
            refs = [
                cells[self._given] if type(cells[self._given]) is str and cells[self._given] else ref
                for cells, ref in zip(work.cells, refs, strict=True)
            ]
        return refs, [], False

    def _hash(self, cells):
        """Return the reference of a row that has none: its hash and which copy of it this is.

        >>> engine = Engine("guests", ["who"], [], None, {})
        >>> engine._hash(["Ana"]), engine._hash(["Ana"])
        ('dea210f058b407db5c1b5ea8-1', 'dea210f058b407db5c1b5ea8-2')
        """
        kept = self._pick(cells) if self._pick else cells
        try:
            text = "\x1f".join(kept)
        except TypeError:  # a cell is Bad
            text = "\x1f".join(cell if type(cell) is str else "\ufffd" for cell in kept)
        digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:24]
        self.copies[digest] += 1
        return f"{digest}-{self.copies[digest]}"


class Work:
    """The columns of one chunk while it is being read."""

    def __init__(self, engine, rows, only=None):
        self.engine = engine
        self.numbers = [number for number, _cells in rows]
        self.cells = [cells for _number, cells in rows]
        self.nones = [None] * len(rows)
        self.columns, self.sources, self.suspects = {}, {}, set()
        self.notes = {}
        for link, index, memo in engine.readers:
            if only and link.target not in only:
                continue
            if index is None:
                values = [memo[link.constant]] * len(rows)
            else:
                values = [memo[cells[index]] for cells in self.cells]
            self._add(link.target, values, [] if index is None else [index], memo.has_bad)
        # what could not be read is reported from here: later columns may bear the same names
        self.unread = [(name, self.columns[name], self.sources[name]) for name in self.columns if name in self.suspects]

    def _add(self, name, values, sources, suspect):
        """Keep a column; several columns of one target are added up."""
        if name in self.columns:
            other = self.columns[name]
            values = list(map(_add, other, values))
            sources = self.sources[name] + sources
            suspect = suspect or name in self.suspects
        self.put(name, values, sources, suspect)

    def put(self, name, values, sources, suspect):
        """Keep a column.

        :param str name: of a target or of a layout's column
        :param list values: one per row
        :param list sources: indexes of the columns of the file it was made from
        :param bool suspect: there may be Bad among the values
        """
        self.columns[name] = values
        self.sources[name] = sources
        (self.suspects.add if suspect else self.suspects.discard)(name)

    def get(self, name):
        """Return a column, all ``None`` where nothing was mapped to it."""
        return self.columns.get(name, self.nones)

    def combine(self, name, parts, make):
        """Make a column out of others.

        :param str name: of the new column
        :param list parts: names of the columns to make it from
        :param make: function of one value of each; its answers are remembered per combination
        """
        # one column may be made in two steps: parsed, then seen together with others
        memo = self.engine.memos.get((name, *parts))
        if memo is None:
            memo = self.engine.memos[(name, *parts)] = Memo(lambda key: _call(make, key))
        values = [memo[key] for key in zip(*map(self.get, parts), strict=True)]
        sources = [index for part in parts for index in self.sources.get(part, ())]
        self.put(name, values, sources, memo.has_bad)

    def require(self, *names):
        """Make empty values of these columns Bad."""
        for name in names:
            if None in self.get(name):
                missing = Bad("required")
                values = [missing if value is None else value for value in self.get(name)]
                self.put(name, values, self.sources.get(name, []), True)

    def note(self, code, flags):
        """Remember for which rows a remark holds."""
        self.notes[code] = flags

    def finish(self, guests):
        """Return the Result.

        :param guests: list of one guest tuple or None per row, or None
        """
        problems = self._find_problems()
        refs = self.columns["source_ref"]
        seen, good = self.engine.seen, []
        for index, ref in enumerate(refs):
            number = self.numbers[index]
            if number not in problems:
                first = seen.setdefault(ref, number)
                if first != number:
                    bad = Bad("same_reference", str(first))
                    sources = self.sources.get("source_ref", [])
                    problems[number] = [self._problem(index, "source_ref", bad, sources)]
                    continue
                good.append(index)
        rows = self._rows(good)
        return Result(
            rows=rows,
            numbers=[self.numbers[index] for index in good],
            guests=[guests[index] for index in good if guests[index]] if guests else [],
            problems=[problem for number in sorted(problems) for problem in problems[number]],
            refs={n: r for n, r in zip(self.numbers, refs, strict=True) if n in problems and type(r) is str},
            notes=Counter({c: n for c, f in self.notes.items() if (n := sum(f[i] or 0 for i in good))}),
        )

    def _rows(self, good):
        layout = compose.LAYOUTS[self.engine.kind]
        rows = list(zip(*map(self.get, layout), strict=True))
        return rows if len(good) == len(rows) else [rows[index] for index in good]

    def _find_problems(self):
        """Return {number of a row: [Problem, ...]}."""
        found = {}
        for index, cells in enumerate(self.cells):
            last = cells[-1] if cells else None
            if type(last) is Bad and last.code == "too_many_cells":
                found[self.numbers[index]] = [Problem(self.numbers[index], "", "", last.code)]
        spoilt = set()
        made = [(name, self.columns[name], self.sources[name]) for name in self.columns if name in self.suspects]
        for name, values, sources in self.unread + made:
            for index, value in enumerate(values):
                if type(value) is not Bad:
                    continue
                number = self.numbers[index]
                if not value.code:
                    spoilt.add(number)
                    continue
                problem = self._problem(index, name, value, sources)
                problems = found.setdefault(number, [])
                if not any(p.column == problem.column and p.code == problem.code for p in problems):
                    problems.append(problem)
        for number in spoilt - set(found):  # a part is bad that no column reports
            found[number] = [Problem(number, "", "", "required")]
        return found

    def _problem(self, index, name, bad, sources):
        header, cells = self.engine.header, self.cells[index]
        target = self.engine.targets.get(name.removesuffix("_id"))
        column = ", ".join(dict.fromkeys(header[source] for source in sources))
        text = " / ".join("" if type(cells[source]) is Bad else cells[source].strip() for source in sources)
        label = column or (target.label if target else name)
        return Problem(self.numbers[index], label, shorten(text), bad.code, bad.detail)


def _call(make, key):
    return SKIP if any(type(value) is Bad for value in key) else make(*key)


def _add(left, right):
    """Return the sum of two numbers that may be missing or Bad."""
    if type(left) is Bad or type(right) is Bad:
        return left if type(left) is Bad else right
    if left is None or right is None:
        return right if left is None else left
    return left + right
