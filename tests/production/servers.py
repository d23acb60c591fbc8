"""Real servers for tests: PostgreSQL clusters, Odoo hosts, nginx; each in a process of its own, on loopback."""

import contextlib
import os
import pathlib
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time

import requests

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOOR = pathlib.Path(__file__).with_name("door.py")
PATIENCE = 240


def get_server_user():
    """Return what runs a command as a user that PostgreSQL accepts; nothing for ordinary users."""
    if os.geteuid():
        return []
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            user = pwd.getpwnam(name)
            return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups", "env", "HOME=/tmp"]
    raise RuntimeError("no user for PostgreSQL")


def find_nginx():
    """Return nginx of this machine or of setup; None where there is none to be had."""
    script = f". {ROOT}/setup/lib.sh; find_nginx >/dev/null 2>&1 && echo $nginx"
    found = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False).stdout.strip()
    return found or None


def wait_for(condition, what, patience=PATIENCE):
    """Wait until a condition holds; return what it returned."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        found = condition()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"waited {patience} s for {what}")


def is_listening(host, port):
    """Say whether something accepts connections there."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) == 0


def stop_group(process, how=signal.SIGTERM, patience=20):
    """Stop a process that leads a group, and all of the group."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, how)
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(patience)


class Part:
    """A process that leads a group."""

    process = None

    def end(self):
        """Kill it: what it wrote is thrown away."""
        if self.process and self.process.poll() is None:
            stop_group(self.process, signal.SIGKILL)


class Cluster(Part):
    """A PostgreSQL cluster on a socket of its own."""

    def __init__(self, place, port, bin_folder=None):
        self.place, self.port = pathlib.Path(place), port
        self.bin = pathlib.Path(bin_folder or pathlib.Path(shutil.which("initdb")).parent)
        self.user = get_server_user()
        self.place.mkdir(parents=True, exist_ok=True)
        if self.user:
            user = pwd.getpwuid(int(self.user[1].split("=")[1]))
            os.chown(self.place, user.pw_uid, user.pw_gid)

    @property
    def data(self):
        return self.place / "data"

    def run(self, program, *arguments, **options):
        """Run a program of PostgreSQL's as the server's user."""
        command = [*self.user, str(self.bin / program), *map(str, arguments)]
        done = subprocess.run(command, cwd="/", capture_output=True, text=True, check=False, **options)
        if done.returncode:
            raise AssertionError(f"{program}: {done.stderr[-2000:]}")
        return done.stdout

    def make(self, settings=""):
        """Make the cluster; ``settings`` is a file of ours, put into it."""
        self.run("initdb", "-D", self.data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8")
        with open(self.data / "postgresql.conf", "a") as file:
            file.write(pathlib.Path(settings).read_text() if settings else "")

    def follow(self, primary):
        """Make this one a streaming replica."""
        self.run(
            "pg_basebackup", "-h", primary.place, "-p", primary.port, "-U", "postgres", "-D", self.data,
            "-R", "-C", "-S", f"slot_{self.port}", "-X", "stream", "-c", "fast",
            "-d", "application_name=hotel_replica",
        )

    def start(self, *options, patience=PATIENCE):
        """Start the server, after a crash too; return when it answers."""
        until = time.monotonic() + patience
        self._launch(options)
        while not self._is_ready():
            if self.process.poll() is not None:
                # children of one that was killed may still be ending: a new one does not start before
                if time.monotonic() > until:
                    raise AssertionError("PostgreSQL does not start: " + (self.place / "log").read_text()[-2000:])
                self._launch(options)
            time.sleep(0.05)

    def _launch(self, more):
        options = [*more, "-c", "listen_addresses=", "-k", self.place, "-p", self.port]
        with open(self.place / "log", "a") as log:
            self.process = subprocess.Popen(
                [*self.user, str(self.bin / "postgres"), "-D", str(self.data), *map(str, options)],
                cwd="/", stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True,
            )

    def _is_ready(self):
        """Say whether it answers; it may just be recovering."""
        with contextlib.suppress(AssertionError):
            return self.sql("SELECT 1") == "1"
        return False

    def sql(self, query, database="postgres", user="postgres"):
        """Return what psql prints: rows by lines, columns by ``|``."""
        command = ["-h", self.place, "-p", self.port, "-U", user, "-d", database, "-XAtqc", query]
        return self.run("psql", *command, "-v", "ON_ERROR_STOP=1").strip()

    def crash(self):
        """Kill the postmaster, as a power cut would: its children end, nothing is written out."""
        os.kill(int((self.data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
        self.process.wait(PATIENCE)

    def kill_backend(self, draw):
        """Kill one backend that serves Odoo, where there is one: PostgreSQL ends all the others and recovers."""
        try:
            pids = self.sql("SELECT pid FROM pg_stat_activity WHERE datname = 'hotel' AND state <> 'idle'").split()
        except AssertionError:  # it is recovering from the kill before
            return False
        if pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(draw.choice(pids)), signal.SIGKILL)
        return bool(pids)

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)  # "fast" mode
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                stop_group(self.process, signal.SIGKILL)


class Odoo(Part):
    """One Odoo, by its unit: a host that serves, or the jobs apart."""

    def __init__(self, unit, log, *arguments, interface="127.0.0.1", port=None):
        self.unit, self.log, self.arguments = unit, pathlib.Path(log), arguments
        self.interface, self.port = interface, port

    def start(self):
        # who serves does so behind a door that is open before, as by the socket of setup/configure
        door = [sys.executable, str(DOOR), f"{self.interface}:{self.port}"] if self.port else []
        command = self.unit.wrap([*door, *self.unit.command, *self.arguments])
        with open(self.log, "a") as log:
            self.process = subprocess.Popen(
                command, cwd="/", env=self.unit.environment,
                stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True,
            )
        return self

    def wait(self):
        """Return when it answers."""
        wait_for(self._answers, f"Odoo at {self.interface}:{self.port}")
        return self

    def _answers(self):
        if self.process.poll() is not None:
            raise AssertionError("Odoo did not start: " + self.log.read_text()[-3000:])
        with contextlib.suppress(requests.RequestException):
            return requests.get(f"http://{self.interface}:{self.port}/web/health", timeout=5).ok
        return False

    def get_workers(self):
        """Return the pids of its processes but the first."""
        found = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True, check=False)
        return [int(pid) for pid in found.stdout.split()]

    def stop(self):
        """End as systemd does by KillMode=mixed: the first process is asked, what is left is killed."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(int(self.unit.get("TimeoutStopSec")))
            stop_group(self.process, signal.SIGKILL)


class Nginx(Part):
    """nginx as an ordinary user."""

    def __init__(self, program, conf, place, port):
        self.program, self.conf, self.place, self.port = program, conf, pathlib.Path(place), port

    def start(self):
        self.place.mkdir(parents=True, exist_ok=True)
        with open(self.place / "stderr", "a") as log:
            self.process = subprocess.Popen(
                [self.program, "-c", str(self.conf), "-p", str(self.place), "-e", str(self.place / "error.log")],
                stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True,
            )
        wait_for(self._answers, "nginx")
        return self

    def _answers(self):
        if self.process.poll() is not None:
            raise AssertionError("nginx did not start: " + (self.place / "error.log").read_text()[-2000:])
        return is_listening("127.0.0.1", self.port)

    def stop(self):
        if self.process and self.process.poll() is None:
            stop_group(self.process)
