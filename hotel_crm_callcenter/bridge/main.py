"""Starts the bridge and stops it."""

import asyncio
import contextlib
import os
import signal

import aiohttp

from .asterisk import AsteriskDriver
from .client import Odoo, Spool
from .log import log
from .settings import read_settings
from .speech import Speech
from .webhook import WebhookDriver


async def run(settings):
    """Serve until somebody says stop."""
    async with aiohttp.ClientSession() as session:
        odoo = Odoo(settings, session)
        spool = Spool(settings.spool_dir, odoo)
        if settings.driver == "webhook":
            driver = WebhookDriver(settings, session, odoo, spool)
        else:
            driver = AsteriskDriver(settings, session, odoo, spool, Speech(settings.sounds_dir))
        tasks = [asyncio.ensure_future(driver.run()), asyncio.ensure_future(spool.run())]
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, stop.set)
        tasks.append(asyncio.ensure_future(stop.wait()))
        log("bridge.started", kind=settings.driver)
        done, _others = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        log("bridge.stopped")
        return int(not stop.is_set() and bool(done))


def main(arguments):
    """Run the bridge; the argument is its settings file.

    :returns: the exit status
    """
    if len(arguments) != 1:
        log("bridge.usage", error="python hotel_crm_callcenter/bridge bridge.conf")
        return 2
    with open(arguments[0], encoding="utf-8") as file:
        settings = read_settings(file.read(), os.environ)
    return asyncio.run(run(settings))
