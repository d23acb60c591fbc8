"""The servers that all tests of this folder share; they take about half a minute to start."""

import json
import os
import pathlib
import sys

import pytest
from hotel_site import HOSTS, Site

HERE = pathlib.Path(__file__).resolve().parent


@pytest.fixture(scope="session", name="base")
def fixture_base():
    """A primary with a copy of the database of the tests and a small scene; no Odoo yet."""
    from odoo.tests.common import get_db_name  # noqa: PLC0415  what needs no database runs without Odoo
    from odoo.tools import config  # noqa: PLC0415

    sys.stdout.flush()
    made = Site(get_db_name(), config.filestore(get_db_name()), os.environ["HOTEL_CRM_KEY_FILE"])
    try:
        made.conf = made.configure()
        made.make_database(made.conf)
        out = made.run_script(made.conf, (HERE / "scene.py").read_text(), KILL_STAYS=os.environ.get("KILLS", "8"))
        made.scene = json.loads(out.partition("SCENE")[2].splitlines()[0])
        yield made
    finally:
        made.close()


@pytest.fixture(scope="session", name="site")
def fixture_site(request):
    """All of it: replica, two hosts with one folder of files and sessions, the jobs, nginx.

    Only where it is asked for: it is a minute of a machine, and made before what a single test says of itself.
    """
    if not os.environ.get("HOTEL_CRM_SITE"):
        pytest.skip("outside: HOTEL_CRM_SITE=1 runs the whole production set-up")
    base = request.getfixturevalue("base")
    base.conf = base.configure(
        "conf2", "--hosts", ",".join(HOSTS), "--login-rate", 30,
        "--replica-host", base.replica.place, "--replica-port", base.replica.port,
    )
    base.replica.follow(base.primary)
    base.add(base.replica)
    base.hosts = [
        base.add_odoo(base.conf, f"host{number}", "--log-handler=werkzeug:INFO", interface=interface)
        for number, interface in enumerate(HOSTS)
    ]
    base.jobs = base.add_jobs(base.conf)
    for host in base.hosts:
        host.wait()
    base.nginx = base.add_nginx(base.conf)
    if not base.nginx:
        pytest.skip("outside: nginx (as root: apt-get install nginx)")
    return base
