"""Starts what a unit of systemd says, where there is no systemd: its command, as its user, in its environment.

As root with a private view of the file system, too: ProtectSystem, ProtectHome, PrivateTmp, PrivateDevices and
ReadWritePaths as systemd makes them. Not done here: what systemd does by seccomp (RestrictSUIDSGID).
"""

import os
import pathlib
import pwd
import resource
import shlex
import shutil
import sys
from collections import defaultdict

from servers import ROOT

#: who serves where the tests run as root: nobody who owns anything
ORDINARY = "nobody"
#: what systemd gives to each service
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
#: folders that stay to be seen in the private view are held here while the others are covered
HELD = "/mnt"
COVERED = ("/root/", "/home/", "/tmp/", "/var/tmp/")
SANDBOX = """set -e
mount -n -t tmpfs -o mode=755 held {held}
hold() {{ mkdir -p "{held}/$1"; mount -n --rbind "$1" "{held}/$1"; }}
show() {{ mkdir -p "$1"; mount -n --move "{held}/$1" "$1"; }}
mkdir -p {held}/new-dev/shm {held}/new-dev/pts
for name in null zero full random urandom tty; do
  : > {held}/new-dev/$name; mount -n --bind /dev/$name {held}/new-dev/$name
done
mount -n --rbind /dev/shm {held}/new-dev/shm; mount -n --rbind /dev/pts {held}/new-dev/pts
for kept in {kept}; do hold "$kept"; mount -n -o remount,bind,ro "{held}/$kept"; done
for opened in {opened}; do hold "$opened"; done
mount -n -o remount,bind,ro /
for home in /home /root /run/user; do [ ! -d $home ] || mount -n -t tmpfs -o mode=755 home $home; done
for private in /tmp /var/tmp; do mount -n -t tmpfs -o mode=1777 private $private; done
for shown in {shown}; do show "$shown"; done
mount -n --rbind {held}/new-dev /dev
for home in /home /root /run/user; do [ ! -d $home ] || mount -n -o remount,ro $home; done
cd {folder}
exec {command}
"""


def read_unit(path):
    """Return the section Service of a unit: name -> its values, in order.

    :rtype: dict[str, list[str]]
    """
    found, section = defaultdict(list), ""
    for line in pathlib.Path(path).read_text().splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif section == "Service" and "=" in line and not line.startswith(("#", ";")):
            name, _is, value = line.partition("=")
            found[name.strip()].append(value.strip())
    return found


def get_ordinary_user():
    """Return the system's entry of who serves: the one who runs the tests, if he is not root."""
    return pwd.getpwnam(ORDINARY) if not os.geteuid() else pwd.getpwuid(os.geteuid())


class Unit:
    """One service, as its unit describes it."""

    def __init__(self, path, kept=()):
        """:param kept: paths that the service reads and that lie where it may not look: test files"""
        self.settings = read_unit(path)
        self.user = pwd.getpwnam(self.get("User"))
        self.kept = [str(part) for part in kept]

    def get(self, name, default=""):
        return self.settings[name][-1] if self.settings[name] else default

    def is_on(self, name):
        return self.get(name) in ("yes", "true", "strict")

    @property
    def command(self):
        """What ExecStart says (list of str)."""
        return shlex.split(self.get("ExecStart"))

    @property
    def environment(self):
        """What the service finds in its environment, and nothing else."""
        lines = " ".join(self.settings["Environment"])
        given = dict(part.split("=", 1) for part in shlex.split(lines))
        return {"PATH": PATH, "HOME": self.user.pw_dir, "USER": self.user.pw_name, "LOGNAME": self.user.pw_name} | given

    @property
    def most_files(self):
        """How many files the service may have open; less where this machine lets not even root have so many (int)."""
        return min(int(self.get("LimitNOFILE", "1024")), resource.getrlimit(resource.RLIMIT_NOFILE)[1])

    def wrap(self, command):
        """Return a command that runs another one as the service would be run; it keeps the process's number."""
        limits = ["prlimit", f"--nofile={self.most_files}", "nice", "-n", self.get("Nice", "0")]
        if not os.geteuid():
            limits += ["setpriv", f"--reuid={self.user.pw_uid}", f"--regid={self.user.pw_gid}", "--clear-groups"]
            if self.is_on("NoNewPrivileges"):
                limits.append("--no-new-privs")
            if "CapabilityBoundingSet" in self.settings:
                limits += ["--bounding-set=-all", "--inh-caps=-all"]
        command = [*limits, *command]
        command = f"umask {self.get('UMask', '0022')}; exec {shlex.join(map(str, command))}"
        if os.geteuid():
            return ["bash", "-c", f"cd {shlex.quote(self.get('WorkingDirectory', '/'))}; {command}"]
        return ["unshare", "--mount", "--propagation", "private", "bash", "-c", self._get_sandbox(command)]

    def _get_sandbox(self, command):
        """Return the script that makes the private view; a service without protection is an error of ours."""
        for name in ("ProtectSystem", "ProtectHome", "PrivateTmp", "PrivateDevices"):
            assert self.is_on(name), name
        opened = self.get("ReadWritePaths").split()
        # what is covered and has to be seen all the same, the outer before the inner
        kept = sorted({str(ROOT), sys.prefix, str(pathlib.Path(sys.base_prefix).resolve()), *self.kept})
        kept = [path for path in kept if path.startswith(COVERED)]
        inside = [path for path in opened if path.startswith(tuple(f"{part}/" for part in kept))]
        shown = [*kept, *(path for path in opened if path not in inside)]
        lists = {"kept": kept, "opened": opened, "shown": shown}
        return SANDBOX.format(
            held=HELD, command=shlex.join(["bash", "-c", command]),
            folder=shlex.quote(self.get("WorkingDirectory", "/")),
            **{name: shlex.join(paths) for name, paths in lists.items()},
        )


def give(path, user):
    """Let a folder and all that is in it belong to a user, where the tests may say so."""
    if not os.geteuid():
        for part in (path, *pathlib.Path(path).rglob("*")):
            shutil.chown(part, user.pw_uid, user.pw_gid)
