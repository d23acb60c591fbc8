"""The parts of a call center that the test starts: exchange, bridge, telephones, guests.

Everything is on loopback addresses: the exchange and Odoo on 127.0.0.1, the telephone network on 127.0.0.2,
agents' telephones on 127.0.0.3 and .4. Conditions are waited for, nothing sleeps for luck; a process is
stopped by its own id.
"""

import base64
import importlib.util
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = pathlib.Path(__file__).resolve().parent
SECRET = "telephony-test"
PCAP = "/usr/share/sip-tester/dtmf_2833_{}.pcap"
SLOWNESS = 6  # how many times longer a busy machine may take for what others wait for
NAMES = {"*": "star", "#": "pound"}


def wait(condition, seconds=10, what=""):
    """Return what a condition comes to, once it is true."""
    until = time.monotonic() + seconds * SLOWNESS
    while time.monotonic() < until:
        found = condition()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"not within {seconds * SLOWNESS} s: {what}")


def get_tree():
    """Return the folder of the exchange; why there is none as (None, reason)."""
    if not importlib.util.find_spec("pjsua2"):
        return None, "there is no pjsua2 for this Python"
    missing = [name for name in ("sipp", "espeak-ng") if not shutil.which(name)]
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        command = ["apt-get", "install", "-y", "-q", "--no-install-recommends", "sip-tester", "espeak-ng"]
        subprocess.run(
            command, capture_output=True, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, check=False
        )
        missing = [name for name in ("sipp", "espeak-ng") if not shutil.which(name)]
    if missing:
        return None, f"there is no {' and no '.join(missing)} here"
    if os.geteuid():
        return None, "keys are pressed through raw sockets, which need root"
    answer = subprocess.run([ROOT / "setup" / "pbx", "get"], capture_output=True, text=True, check=False)
    if answer.returncode:
        return None, answer.stderr.strip().splitlines()[-1] if answer.stderr.strip() else "setup/pbx get failed"
    return pathlib.Path(answer.stdout.strip()), ""


def free_port(kind=socket.SOCK_STREAM):
    with socket.socket(socket.AF_INET, kind) as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Parts:
    """Processes of a test, and what they say."""

    def __init__(self, folder):
        self.folder, self.processes, self.count = pathlib.Path(folder), [], 0
        self.sip_port, self.ari_port, self.network_port = free_port(socket.SOCK_DGRAM), free_port(), 15070

    def start(self, name, command, **environment):
        self.count += 1
        log = self.folder / f"{self.count:02d}-{name}.log"
        with open(log, "w") as file:
            process = subprocess.Popen(
                [str(part) for part in command],
                stdout=file, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, env={**os.environ, **environment},
            )  # fmt: skip
        process.log = log
        self.processes.append(process)
        return process

    def stop(self, process, with_signal=signal.SIGTERM):
        if process.poll() is None:
            process.send_signal(with_signal)
            try:
                process.wait(5 * SLOWNESS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(5 * SLOWNESS)

    def stop_all(self):
        for process in reversed(self.processes):
            self.stop(process)

    # ---- exchange -----------------------------------------------------------------------------

    def start_exchange(self):
        environment = {
            "SIP_PORT": str(self.sip_port),
            "ARI_PORT": str(self.ari_port),
            "NETWORK_PORT": str(self.network_port),
            "ARI_SECRET": SECRET,
            "AGENT_SECRET": SECRET,
        }
        command = [ROOT / "setup" / "pbx", "run", self.folder / "asterisk"]
        self.exchange = self.start("asterisk", command, **environment)
        wait(lambda: self.ari("/asterisk/info"), 20, "Asterisk answers")

    def ari(self, path, method="GET"):
        """Return what Asterisk's REST interface answers, None where it does not."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.ari_port}/ari{path}", method=method)
        key = base64.b64encode(f"hotel:{SECRET}".encode()).decode()
        request.add_header("Authorization", f"Basic {key}")
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return json.load(answer)
        except (ValueError, urllib.error.URLError, OSError):
            return None

    # ---- bridge -------------------------------------------------------------------------------

    def start_bridge(self, url, key):
        sounds = self.folder / "asterisk" / "data" / "sounds" / "hotel"
        settings = self.folder / "bridge.conf"
        settings.write_text(
            f"[bridge]\nspool = {self.folder / 'spool'}\n[odoo]\nurl = {url}\n[asterisk]\n"
            f"url = http://127.0.0.1:{self.ari_port}\nsounds = {sounds}\n"
        )
        environment = {"HOTEL_BRIDGE_KEY": key, "HOTEL_BRIDGE_ARI_PASSWORD": SECRET}
        command = [sys.executable, ROOT / "hotel_crm_callcenter" / "bridge", settings]
        bridge = self.start("bridge", command, **environment)
        wait(
            lambda: "config.loaded" in bridge.log.read_text() and self.ari("/applications/hotel"),
            15,
            "the bridge is there",
        )
        return bridge

    # ---- telephones ---------------------------------------------------------------------------

    def start_phone(self, user="agent101", talk=3.0, code=200):
        """Start an agent's telephone; it is registered when this returns."""
        number = int(user[5:])
        sound = self.folder / "agent.wav"
        if not sound.exists():
            text = "Good morning, this is the hotel. How can I help you today? " * 4
            subprocess.run(["espeak-ng", "-w", sound, text], check=True)
        command = [sys.executable, HERE / "phone.py", user, f"127.0.0.{number - 98}", 15000 + number, self.sip_port]
        phone = self.start("phone", [*command, SECRET, talk, code, sound])
        wait(lambda: "registered 200" in phone.log.read_text(), 10, "the telephone is registered")
        return phone

    def call(self, keys="", caller="+351912345678", to="5000", count=1, rate=10, leaves=False, pause=1800):
        """Let a guest call and press keys."""
        self.count += 1
        steps = [f'  <pause milliseconds="{pause}"/>'] if not keys else []
        for number, key in enumerate(keys):
            sound = self.make_key(key, number)
            steps.append(
                f'  <pause milliseconds="{pause}"/>\n  <nop><action><exec play_pcap_audio="{sound}"/></action></nop>'
            )
        source = HERE / "sipp" / ("guest_leaves.xml" if leaves else "guest.xml")
        scenario = self.folder / f"guest-{self.count}.xml"
        scenario.write_text(source.read_text().replace("@CALLER@", caller).replace("@STEPS@", "\n".join(steps)))
        port = 15200 + 2 * self.count
        return self.start("guest", [
            "sipp", f"127.0.0.1:{self.sip_port}", "-i", "127.0.0.2", "-p", port, "-mi", "127.0.0.2",
            "-mp", 30000 + 200 * self.count, "-s", to, "-sf", scenario, "-m", count, "-r", rate, "-l", max(count, 1),
            "-timeout", "60s", "-nostdin", "-trace_err", "-error_file", self.folder / f"guest-{self.count}.err",
        ])  # fmt: skip

    def make_key(self, key, number):
        """Return a capture of a key whose packets come after those of the keys before it."""
        sound = self.folder / f"key-{NAMES.get(key, key)}-{number}.pcap"
        if sound.exists():
            return sound
        data = bytearray(pathlib.Path(PCAP.format(NAMES.get(key, key))).read_bytes())
        place, count = 24, 0
        while place < len(data):
            length = int.from_bytes(data[place + 8 : place + 12], "little")
            place += 16 + length
            packet = place - 16  # twelve bytes of RTP, four of the key
            data[packet + 2 : packet + 4] = (1000 * (number + 1) + count).to_bytes(2, "big")
            data[packet + 4 : packet + 8] = (100_000 * (number + 1)).to_bytes(4, "big")
            count += 1
        sound.write_bytes(data)
        return sound

    def hang_up(self):
        """Hang up whatever a test has left behind."""
        for channel in self.ari("/channels") or ():
            self.ari(f"/channels/{channel['id']}", "DELETE")

    def start_network(self, count):
        """Start the telephone network: the last three digits of a number choose the answer."""
        network = self.start("network", [
            "sipp", "-i", "127.0.0.2", "-p", self.network_port, "-mi", "127.0.0.2", "-mp", 29000,
            "-sf", HERE / "sipp" / "network.xml", "-m", count, "-timeout", "300s", "-nostdin",
        ])  # fmt: skip
        time.sleep(0.3)  # sipp says nothing when it listens
        return network
