class HealthMakers:
    """Breaks what should be equal, and counts what a check of integrity finds; mixed into a test case."""

    def _count(self, name):
        """Return how many a check of integrity finds."""
        self.env.flush_all()
        found, _seconds = self.env["hotel.health"]._find(name)
        return sum(finding.values["count"] for finding in found)

    def _break(self, query, *values):
        self.env.flush_all()
        self.env.cr.execute(query, values)
        self.assertEqual(self.env.cr.rowcount, 1)
        self.env.invalidate_all()
