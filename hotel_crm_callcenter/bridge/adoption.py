"""Calls that a restart of the bridge has left behind: talks go on, menus begin again."""

from .ari import AriError
from .call import PERSON, Call
from .log import log

#: events of a call that was found after a restart count from here
ADOPTED = 100_000


class Adoption:
    """The part of a driver that takes calls up again."""

    async def adopt(self):
        """Take up the calls that Asterisk holds for us and nobody serves: talks go on, menus begin again."""
        try:
            channels = await self.ari.ask("GET", "/channels")
            bridges = await self.ari.ask("GET", "/bridges")
        except AriError:
            return
        mine = {row["id"]: row for row in channels if row.get("dialplan", {}).get("app_name") == "Stasis"}
        mine |= {row["id"]: row for row in channels if row["id"].startswith("out-") or "-leg" in row["id"]}
        orphans = {key: row for key, row in mine.items() if key not in self.calls and key not in self.channels}
        talks = [
            bridge for bridge in bridges if len(bridge["channels"]) == 2 and set(bridge["channels"]) <= set(orphans)
        ]
        for bridge in talks:
            pair = sorted(bridge["channels"], key=lambda key: "-leg" in key)
            for key in pair:
                del orphans[key]
            self.start(self.adopt_talk(bridge["id"], mine[pair[0]], pair[1]))
        for key, row in orphans.items():
            if "-leg" in key or key.startswith("out-"):
                await self.ari.attempt("DELETE", f"/channels/{key}")
            else:
                self.start(self.adopt_menu(row))

    def _adopted(self, row):
        log("call.adopted", call=row["id"], state=row.get("state"))
        return Call(self, row["id"], row["caller"]["number"], row["dialplan"]["exten"], first=ADOPTED)

    async def adopt_menu(self, row):
        """Begin the menu of a waiting guest again."""
        call = self._adopted(row)

        async def work():
            await self.subscribe(call.id)
            call.tell("call.incoming", **{"from": call.caller, "to": call.called})
            await self.ari.attempt("POST", f"/channels/{call.id}/answer")
            await self.menu(call)

        await self.guard(call, work())

    async def adopt_talk(self, bridge_id, row, leg):
        """Watch a talk that goes on."""
        call = self._adopted(row)
        found = await self.ari.ask("GET", f"/channels/{leg}")
        call.legs[leg] = found["name"].rpartition("-")[0]
        self.channels[leg] = call

        async def work():
            for channel in (call.id, leg):
                await self.subscribe(channel)
            name = f"talk-{call.id}"
            is_recorded = await self.ari.attempt("GET", f"/recordings/live/{name}")
            if await call.talk_on(leg, bridge_id, name if is_recorded else ""):
                await self.menu(call, PERSON, "transfer_failed")

        await self.guard(call, work())
