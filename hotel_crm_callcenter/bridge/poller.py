"""What a driver does for ever: it asks Odoo for settings, for calls to make, and for what agents want of calls."""

import asyncio

from .client import Away, Refused
from .log import log


class Poller:
    """The part of a driver that asks; ``begin`` and ``command`` are the driver's own."""

    def start(self, work):
        """Do something beside the rest."""
        task = asyncio.ensure_future(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def reload(self):
        """Ask Odoo for the settings of the exchange, for ever; it sees that we are there."""
        while True:
            pause = 5
            try:
                self.config = await self.odoo.send("GET", "/config")
                log("config.loaded", count=len(self.config.get("endpoints", ())))
                pause = self.config.get("reload_every_s", 60)
            except (Away, Refused) as error:
                log("config.away", error=str(error))
            await asyncio.sleep(pause)

    async def poll(self):
        """Ask Odoo for calls to make and for what agents want, for ever."""
        while True:
            await asyncio.sleep(self.config.get("claim_every_s", 1))
            try:
                answer = await self.odoo.send("POST", "/outbound/claim", {"limit": 5, "lease_s": 120})
            except (Away, Refused):
                continue
            for job in answer["jobs"]:
                self.start(self.begin(job))
            for command in answer.get("commands", ()):
                self.command(command)
