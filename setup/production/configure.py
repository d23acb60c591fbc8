"""Makes the configuration of a server that serves a real hotel: Odoo, nginx, systemd, PostgreSQL.

    ./setup/configure --domain crm.example.com --certificate /etc/ssl/crm.pem --certificate-key /etc/ssl/crm.key
    ./setup/configure --help

Files are written into one folder (default var/production) and put in place by the administrator, as
setup/README.md says. Needs nothing but Python.
"""

import argparse
import os
import pathlib
import re
import subprocess
import sys

from sizes import Sizes

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
REPLICA = """; reports, lists and searches are read from the replica; where it does not answer, from the primary
db_replica_host = {host}
db_replica_port = {port}
"""
SYNCHRONOUS = """# an answer waits until the replica shows it, so that nobody misses what he has just saved there
# (set synchronous_standby_names = '' and reload when the replica is gone for long: commits wait for it)
synchronous_commit = remote_apply
synchronous_standby_names = 'hotel_replica'
"""
ASYNCHRONOUS = "# the replica follows within milliseconds; --replica-waits makes answers wait for it\n"


def get_machine():
    """Return the cores and the memory (MB) of this machine."""
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    return len(os.sched_getaffinity(0)), pages * size // 1024**2


def read_arguments(arguments):
    """Return what the administrator says, the machine's own figures where nothing is said."""
    cores, memory = get_machine()
    parser = argparse.ArgumentParser(
        prog="setup/configure", description="Makes the configuration of a server that serves a real hotel."
    )
    add = parser.add_argument
    add("--out", default=str(ROOT / "var" / "production"), help="folder for the files (%(default)s)")
    add("--domain", default="localhost", help="name under which the hotel is reached (%(default)s)")
    add("--certificate", help="file of the certificate with its chain, for nginx")
    add("--certificate-key", help="file of its private key")
    add("--self-signed", action="store_true", help="make a certificate for trying, valid for a month")
    add("--database", default="hotel", help="(%(default)s)")
    add("--db-host", default="/var/run/postgresql", help="a host, or the folder of the socket (%(default)s)")
    add("--db-port", type=int, default=5432, help="(%(default)s)")
    add("--db-user", default="odoo", help="owner of the database, no superuser (%(default)s)")
    add("--database-apart", action="store_true", help="PostgreSQL has a machine of its own, as large as this one")
    add("--replica-host", help="of a streaming replica that answers what only reads")
    add("--replica-port", type=int, default=5432, help="(%(default)s)")
    add("--replica-waits", action="store_true", help="what was saved is on the replica before it is answered")
    add("--hosts", default="127.0.0.1", help="where Odoo serves, for nginx: comma-separated (%(default)s)")
    add("--interface", default="127.0.0.1", help="where this Odoo listens (%(default)s)")
    add("--port", type=int, default=8069, help="of Odoo; websockets are at the next but two (%(default)s)")
    add("--cores", type=int, default=cores, help="of this machine (%(default)s)")
    add("--memory", type=int, default=memory, help="of this machine, MB (%(default)s)")
    add("--root", default=str(ROOT), help="the checkout of the addons (%(default)s)")
    add("--venv", default=os.environ.get("HOTEL_CRM_VENV", str(ROOT / "var" / "venv")), help="(%(default)s)")
    add("--data", default="/var/lib/hotel-crm", help="files and sessions; two hosts share it (%(default)s)")
    add("--key-file", default="/etc/hotel-crm/identity.pem", help="key of identity numbers (%(default)s)")
    add("--conf", default="/etc/hotel-crm/odoo.conf", help="where odoo.conf will lie (%(default)s)")
    add("--user", default="hotel-crm", help="the system's user that serves (%(default)s)")
    add("--listen-http", default="80", help="of nginx (%(default)s)")
    add("--listen-https", default="443", help="of nginx (%(default)s)")
    add("--body-size", default="64m", help="the largest upload (%(default)s)")
    add("--login-rate", type=int, default=60, help="sign-ins of one address in a minute (%(default)s)")
    add("--place", help="folder of nginx when it runs as an ordinary user, for trying")
    return check(parser, parser.parse_args(arguments))


def check(parser, given):
    """Refuse what would make a configuration that does not work."""
    if not (given.self_signed or (given.certificate and given.certificate_key)):
        parser.error("name --certificate and --certificate-key, or --self-signed for trying")
    if not re.fullmatch(r"[A-Za-z0-9_.-]+", given.database):
        parser.error("--database: letters, digits, dots, dashes only")
    if not re.fullmatch(r"[A-Za-z0-9.-]+", given.domain):
        parser.error("--domain: one name")
    if given.replica_waits and not given.replica_host:
        parser.error("--replica-waits needs --replica-host")
    if given.cores < 1 or given.memory < 1024:
        parser.error("a server has one core and 1024 MB at least")
    return given


def fill(name, values):
    """Return a template with its places ``@{name}`` filled in; a place without a value is an error."""
    text = (HERE / "templates" / name).read_text(encoding="utf-8")
    return re.sub(r"@\{(\w+)\}", lambda place: str(values[place[1]]), text)


def get_values(given):
    """Return what the templates name."""
    hosts = [host.strip() for host in given.hosts.split(",") if host.strip()]
    sizes = Sizes(given.cores, given.memory, len(hosts), given.database_apart)
    out, place = pathlib.Path(given.out), pathlib.Path(given.place or "/var/cache/nginx")
    values = {**vars(given), **sizes.for_odoo(), **sizes.for_postgresql()}
    values |= {
        "certificate": given.certificate or out / "self-signed.pem",
        "certificate_key": given.certificate_key or out / "self-signed.key",
        "memory_gb": round(given.memory / 1024),
        "replica": REPLICA.format(host=given.replica_host, port=given.replica_port) if given.replica_host else "",
        "synchronous": SYNCHRONOUS if given.replica_waits else ASYNCHRONOUS,
        "gevent_port": given.port + 2,
        "upstreams": list_servers(hosts, given.port),
        "websocket_upstreams": list_servers(hosts, given.port + 2),
        "login_burst": given.login_rate,
        "redirect_port": "" if given.listen_https == "443" else ":" + given.listen_https.rpartition(":")[2],
        "place": place,
        "cache": place / "hotel_static",
        "log": place / "access.log" if given.place else "/var/log/nginx/hotel-crm.log",
        "site": out / "nginx.conf",
    }
    return values | {"service": fill("service.part", values)}


def list_servers(hosts, port):
    """Return lines for nginx: a host that fails is left out for some seconds.

    >>> print(list_servers(["10.0.0.2"], 8069))
        server 10.0.0.2:8069 max_fails=3 fail_timeout=5s;
    """
    return "\n".join(f"    server {host}:{port} max_fails=3 fail_timeout=5s;" for host in hosts)


def find_hidden(given):
    """Return what the services will not see: their units let them into no home (ProtectHome).

    :rtype: list[str]
    """
    python = pathlib.Path(given.venv) / "bin" / "python"
    paths = [given.root, given.venv, os.path.realpath(python), given.data, given.key_file, given.conf]
    return sorted({str(path) for path in paths if str(path).startswith(("/home/", "/root/", "/run/user/"))})


def make_certificate(out, domain):
    """Make a certificate that no browser trusts, for trying."""
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", f"/CN={domain}"]
    command += ["-addext", f"subjectAltName=DNS:{domain},DNS:localhost,IP:127.0.0.1"]
    files = ["-keyout", str(out / "self-signed.key"), "-out", str(out / "self-signed.pem")]
    subprocess.run([*command, *files], check=True, capture_output=True)
    (out / "self-signed.key").chmod(0o600)


def main(arguments):
    given = read_arguments(arguments)
    out = pathlib.Path(given.out)
    out.mkdir(parents=True, exist_ok=True)
    values = get_values(given)
    for template in sorted((HERE / "templates").iterdir()):
        if template.suffix != ".part" and (given.place or template.name != "nginx-alone.conf"):
            (out / template.name).write_text(fill(template.name, values), encoding="utf-8")
    (out / "odoo.conf").chmod(0o640)
    if given.self_signed and not (out / "self-signed.pem").exists():
        make_certificate(out, given.domain)
    print(f"{out}: for {given.cores} cores and {values['memory_gb']} GB: {values['workers']} workers, "
          f"{values['cron_workers']} for jobs, {values['max_connections']} connections of PostgreSQL")
    for path in find_hidden(given):
        print(f"note: {path} lies in a home, which the services do not see: a place like /opt/hotel-crm is needed")
    print("where each file goes: setup/README.md, Production")


if __name__ == "__main__":
    main(sys.argv[1:])
