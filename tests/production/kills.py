"""Kills parts of a running hotel at random moments, and puts back what a supervisor would put back."""

import contextlib
import os
import signal
import threading
import time

from servers import stop_group


class Supervisor(threading.Thread):
    """Starts again what has ended, as systemd does by Restart=always: a PostgreSQL that recovers ends Odoo's parent."""

    def __init__(self, *parts):
        super().__init__(daemon=True)
        self.parts, self.restarts, self._over = parts, 0, threading.Event()

    def run(self):
        while not self._over.wait(1):
            for part in self.parts:
                if part.process.poll() is not None:
                    stop_group(part.process, signal.SIGKILL)  # systemd leaves no children behind
                    part.start()
                    self.restarts += 1

    def end(self):
        self._over.set()
        self.join()


class Killer:
    """Knows the ways to die; ``counts`` says how often each was done."""

    #: way -> its share of a hundred kills
    SHARES = {"worker": 40, "job": 25, "jobs": 10, "backend": 15, "postgresql": 10}

    def __init__(self, site, draw, pause=(0.3, 2.5)):
        self.site, self.draw, self.pause = site, draw, pause
        self.counts = dict.fromkeys(self.SHARES, 0)

    def get_plan(self, number):
        """Return so many ways in random order, each by its share, at least one of each where there is room."""
        ways = [way for way, share in self.SHARES.items() for _time in range(max(1, round(share * number / 100)))]
        ways += ["worker"] * (number - len(ways))
        self.draw.shuffle(ways)
        return ways[:number]

    def run(self, number, check, get_progress):
        """Kill so many times; ``check`` is asked between two kills.

        :param get_progress: says how much work was done so far (int): who is killed is in the middle of work
        """
        for way in self.get_plan(number):
            self._wait_for_work(get_progress)
            until = time.monotonic() + 120
            time.sleep(self.draw.uniform(*self.pause))
            while not getattr(self, f"kill_{way}")() and time.monotonic() < until:
                time.sleep(0.02)
            self.counts[way] += 1
            check()

    @staticmethod
    def _wait_for_work(get_progress, least=3, patience=120):
        """Wait until the hotel works again after the kill before."""
        done, until = get_progress(), time.monotonic() + patience
        while get_progress() < done + least and time.monotonic() < until:
            time.sleep(0.05)

    def _kill_child(self, odoo):
        children = odoo.get_workers()
        if children:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.draw.choice(children), signal.SIGKILL)
        return bool(children)

    def kill_worker(self):
        """A process that serves; its parent starts another."""
        return self._kill_child(self.site.host)

    def kill_job(self):
        """A process that does jobs; its parent starts another."""
        return self._kill_child(self.site.jobs)

    def kill_jobs(self):
        """The whole service of the jobs; the supervisor starts it again."""
        self.site.jobs.end()
        return True

    def kill_backend(self):
        """A process of PostgreSQL in the middle of a statement or a transaction: all of them end, it recovers."""
        return self.site.primary.kill_backend(self.draw)

    def kill_postgresql(self):
        """All of PostgreSQL at once, as when the power fails; it is started again and recovers."""
        self.site.primary.crash()
        self.site.primary.start()
        return True
