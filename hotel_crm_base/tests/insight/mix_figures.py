"""The business mix, asked of our report and computed with pandas: what each channel and segment adds."""

import pandas as pd

MEASURES = ["nights:sum", "room_revenue:sum", "adr:avg", "occupancy:avg", "revpar:avg", "share:avg"]


class MixFigures:
    """For classes that have ``table``, ``nights`` and ``hotels`` of ``BookingFigures``; ten rooms in each house."""

    def _get_rooms(self):
        """Return the rooms to let by hotel and month: ten each night from the first to the last, less those closed."""
        rows = {}
        for name, hotel in self.hotels.items():
            mine = self.nights[self.nights.hotel == name].night
            nights = pd.Series(10, index=pd.date_range(mine.min(), mine.max()))
            for closure in self.env["hotel.room.closure"].search([("property_id", "=", hotel.id)]):
                days = pd.date_range(closure.start_date, closure.end_date, inclusive="left")
                nights[nights.index.intersection(days)] -= 1
            rows[name] = nights.groupby(nights.index.to_period("M")).sum()
        return rows

    def _compute_mix(self, column):
        """Return what each value of a column adds in each month of each hotel, the way the industry reports it."""
        rooms, came = self._get_rooms(), self.nights[self.nights.came]
        theirs = {}
        for (name, month), sold in came.groupby(["hotel", "month"]):
            for value, part in sold.groupby(column):
                code = self._recode(pd.DataFrame(index=pd.Index([(name, value)], tupleize_cols=False))).index[0][1]
                let, nights, revenue = rooms[name][month], len(part), part.adr.sum()
                shares = (100 * nights / let, revenue / let, 100 * nights / len(sold))
                theirs[name, month, code] = (nights, revenue, revenue / nights, *shares)
        return theirs

    def _check_mix(self):
        for field, column in (("channel_id", "distribution_channel"), ("market_segment_id", "market_segment")):
            ours = self._read("hotel.mix.report", ["property_id", "date:month", field], MEASURES)
            theirs = self._compute_mix(column)
            self.assertLessEqual(set(theirs), set(ours))
            for key, values in ours.items():
                for mine, other in zip(values, theirs.get(key, (0,) * len(MEASURES)), strict=True):
                    self.assertAlmostEqual(float(mine or 0), float(other), places=4, msg=str(key))
            self._check_parts_add_up(ours)
        self._check_filter()
        self._check_sets()

    def _check_parts_add_up(self, ours):
        """Occupancy and RevPAR of the house are the sums of those of its channels or segments."""
        whole = self._read("hotel.occupancy.report", ["property_id", "date:month"], ["occupancy:avg", "revpar:avg"])
        for key, values in whole.items():
            parts = [part for (name, month, _code), part in ours.items() if (name, month) == key]
            self.assertAlmostEqual(sum(float(part[3] or 0) for part in parts), float(values[0] or 0), places=6)
            self.assertAlmostEqual(sum(float(part[4] or 0) for part in parts), float(values[1] or 0), places=4)

    def _check_filter(self):
        """Who filters by a channel sees what it adds to the house, not the house without the others."""
        came = [("channel_id", "!=", False), ("state", "=", "departed")]
        channel = self.env["hotel.stay"].search(came, limit=1).channel_id
        key, names = channel.code.lower(), ["property_id", "date:month"]
        measures = ["nights:sum", "occupancy:avg", "revpar:avg"]
        grouped = self._read("hotel.mix.report", [*names, "channel_id"], measures)
        for domain in (
            [("channel_id", "=", channel.id)],
            [("channel_id.code", "=", channel.code)],
            ["!", ("channel_id", "!=", channel.id)],
        ):
            rows = self._read("hotel.mix.report", names, measures, domain)
            self.assertTrue(rows)
            for group, values in rows.items():
                for mine, other in zip(values, grouped.get((*group, key), (0, 0, 0)), strict=True):
                    self.assertAlmostEqual(float(mine or 0), float(other or 0), places=6, msg=str(group))

    def _check_sets(self):
        """The pivot, which asks for all totals at once, says what each of them says alone."""
        report = self.env["hotel.mix.report"]
        domain = [("property_id", "in", [hotel.id for hotel in self.hotels.values()])]
        sets = [
            [],
            ["property_id"],
            ["channel_id"],
            ["property_id", "channel_id"],
            ["channel_id", "market_segment_id"],
            ["date:month", "channel_id"],
        ]
        for groups, rows in zip(sets, report._read_grouping_sets(domain, sets, MEASURES), strict=True):
            alone = {row[: len(groups)]: row[len(groups) :] for row in report._read_group(domain, groups, MEASURES)}
            self.assertEqual(len(rows), len(alone))
            for row in rows:
                for mine, other in zip(row[len(groups) :], alone[row[: len(groups)]], strict=True):
                    self.assertAlmostEqual(float(mine or 0), float(other or 0), places=6, msg=f"{groups} {row}")
