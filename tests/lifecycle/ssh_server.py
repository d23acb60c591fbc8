"""A real OpenSSH server on loopback, run by an ordinary user, that takes files and nothing else."""
import contextlib
import os
import pathlib
import pwd
import shutil
import socket
import subprocess
import tempfile
import time

import pytest
from repository import ROOT

CONFIG = """
ListenAddress 127.0.0.1
Port {port}
HostKey {folder}/host
AuthorizedKeysFile {folder}/authorized
PidFile {folder}/pid
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
Subsystem sftp internal-sftp
"""


def find_programs(folder):
    """Return the environment in which sshd and rsync are found, or leave the test out.

    :param folder: where brought ones are copied to, so that an ordinary user reaches them
    """
    done = subprocess.run(
        ["bash", "-c", f". {ROOT}/setup/lib.sh; bring_ssh_server"], capture_output=True, text=True, cwd=ROOT)
    if done.returncode:
        pytest.skip("outside: no sshd and rsync, and no Debian package of them (apt-get install openssh-server rsync)")
    into = folder / "programs"
    if os.path.isdir(f"{done.stdout.strip()}/usr"):
        shutil.copytree(f"{done.stdout.strip()}/usr", into / "usr", symlinks=True)
    path = [str(into / "usr/bin"), str(into / "usr/sbin"), os.environ["PATH"], "/usr/sbin"]
    libraries = [str(path) for path in into.glob("usr/lib/*-linux-gnu")]
    return {**os.environ, "PATH": ":".join(path), "LD_LIBRARY_PATH": ":".join(libraries)}


def find_user():
    """Return who runs the server and signs in: not root; with a shell, which rsync needs."""
    if os.geteuid():
        return pwd.getpwuid(os.geteuid())
    shells = [user for user in pwd.getpwall() if user.pw_uid and user.pw_shell.endswith("/bash")]
    return next((user for user in shells if user.pw_name == "postgres"), pwd.getpwnam("daemon"))


@contextlib.contextmanager
def serve_ssh(rsync=False):
    """Give the address, the key and the known hosts of a server, and the environment that has its programs.

    :param rsync: whether the account may run rsync beside sftp
    """
    folder = pathlib.Path(tempfile.mkdtemp(prefix="hotel-sshd-", dir="/tmp"))
    environment = find_programs(folder)
    user = find_user()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    for name in ("host", "client"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
    (folder / "authorized").write_text((folder / "client.pub").read_text())
    host = " ".join((folder / "host.pub").read_text().split()[:2])
    (folder / "known_hosts").write_text(f"[127.0.0.1]:{port} {host}\n")
    config = CONFIG.format(port=port, folder=folder) + ("" if rsync else "ForceCommand internal-sftp\n")
    (folder / "config").write_text(config + f"SetEnv LD_LIBRARY_PATH={environment['LD_LIBRARY_PATH']} "
                                   f"PATH={environment['PATH']}\n")
    (folder / "vault").mkdir()
    if os.geteuid() == 0:
        for path in (folder, *folder.iterdir()):
            os.chown(path, user.pw_uid, user.pw_gid) if not path.name.startswith("client") else None
    as_user = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
    server = subprocess.Popen(
        [*(as_user if os.geteuid() == 0 else []), shutil.which("sshd", path=environment["PATH"]),
         "-D", "-e", "-f", str(folder / "config")],
        env=environment, stderr=open(folder / "log", "w"))  # noqa: SIM115
    try:
        _await(port)
        yield {"remote": f"127.0.0.1:{port}", "user": user.pw_name, "ssh_key": folder / "client",
               "known_hosts": folder / "known_hosts", "vault": folder / "vault", "environment": environment,
               "log": folder / "log"}
    finally:
        server.terminate()
        server.wait(10)
        shutil.rmtree(folder)


def _await(port):
    for _try in range(100):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise AssertionError("sshd does not start")
