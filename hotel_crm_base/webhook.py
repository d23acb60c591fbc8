"""Signed messages to other systems over HTTP, to public addresses and to no others.

Signatures follow the Standard Webhooks (https://www.standardwebhooks.com), for which receivers
find libraries: HMAC-SHA256 over number, time and body, in three headers. During an exchange of
the secret there are two signatures, one of which fits.

>>> secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
>>> sign(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')
'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='
>>> sorted(make_headers([secret], "msg_1", 1614265330, b"{}"))
['Content-Type', 'User-Agent', 'webhook-id', 'webhook-signature', 'webhook-timestamp']

An address inside the house is no target, unless an administrator names its network:

>>> check_url("https://pms.example.com/events", ())
('https', 'pms.example.com', 443, '/events')
>>> for url in ("http://example.com", "https://10.0.0.8/x", "https://ana:x@example.com", "ftp://example.com"):
...     try:
...         check_url(url, ())
...     except TargetError as error:
...         print(error.code)
not_https
private_address
bad_url
bad_url
>>> check_url("http://127.0.0.1:8080/x", read_networks("127.0.0.0/8"))
('http', '127.0.0.1', 8080, '/x')
>>> is_public("93.184.216.34"), is_public("::ffff:10.0.0.8"), is_public("169.254.169.254"), is_public("64:ff9b::a00:8")
(True, False, False, False)
>>> [is_public(text) for text in ("fec0::1", "2a00:1::5efe:a00:8", "2002:a00:8::1", "::a00:8", "2a00:1::8")]
[False, False, False, False, True]

The time between two tries doubles, up to half a day, and is never twice the same:

>>> [get_wait(attempt, 0.5) for attempt in (1, 2, 3, 11, 14)]
[30, 60, 120, 30720, 43200]
>>> get_wait(3, 0.0), get_wait(3, 1.0)
(96, 144)
"""

import base64
import hashlib
import hmac
import http.client
import ipaddress
import secrets
import socket
import ssl
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

PREFIX = "whsec_"
FIRST_WAIT, LONGEST_WAIT = 30, 12 * 3600  # seconds
JITTER = 0.2
TIMEOUT = 10.0
ANSWER_LENGTH = 200
NAT64 = ipaddress.ip_network("64:ff9b::/96")
#: third quarter of addresses that wrap an IPv4 address of the same site
ISATAP = (0x00005EFE, 0x02005EFE)
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class TargetError(ValueError):
    """An address to which nothing is sent; ``code`` is bad_url, not_https, private_address or unknown_host."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Answer:
    """What became of one message. ``is_down``: the receiver as such is in trouble, not this message."""

    status: int
    code: str = ""
    text: str = ""
    is_down: bool = False

    @property
    def is_taken(self) -> bool:
        return not self.code


@dataclass(frozen=True)
class Parcel:
    """One message: its number, which a receiver knows repetitions by, and its body."""

    key: int
    message_id: str
    body: bytes


@dataclass(frozen=True)
class Receiver:
    """Where messages go: the address, the secrets that are valid, the networks that are allowed."""

    url: str
    secrets: tuple[str, ...]
    networks: tuple[Network, ...] = ()
    timeout: float = TIMEOUT


def make_secret() -> str:
    """Return a new secret: 256 bits."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def sign(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """Return the signature of a message by one secret."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    content = b".".join([message_id.encode(), str(timestamp).encode(), body])
    return "v1," + base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()


def make_headers(valid: Iterable[str], message_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """Return the headers of a message, with a signature by each secret that is valid."""
    return {
        "Content-Type": "application/json",
        "User-Agent": "Hotel-CRM-Events/1",
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(sign(secret, message_id, timestamp, body) for secret in valid),
    }


def get_wait(attempt: int, chance: float) -> int:
    """Return how many seconds to wait after a try that failed.

    :param attempt: which one it was, from 1
    :param chance: 0 to 1, spreads the tries so that they do not come all at once
    """
    wait = min(FIRST_WAIT * 2 ** min(attempt - 1, 20), LONGEST_WAIT)
    return round(wait * (1 + JITTER * (2 * chance - 1)))


# ---- where to ----------------------------------------------------------------------------------


def read_networks(text: str) -> tuple[Network, ...]:
    """Return the networks that a comma-separated text names; what is none is left out."""
    found = []
    for part in (text or "").replace(";", ",").split(","):
        try:
            found.append(ipaddress.ip_network(part.strip(), strict=False))
        except ValueError:
            continue
    return tuple(found)


def is_public(text: str) -> bool:
    """Return whether an address is one of the open network, also where it wraps another one."""
    address = ipaddress.ip_address(text)
    if address.version == 6:
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo and address.teredo[1])
        if address in NAT64 or (int(address) >> 32) & 0xFFFFFFFF in ISATAP:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner:
            return is_public(str(inner))
        if address.is_site_local:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def is_allowed(text: str, networks: Iterable[Network]) -> bool:
    """Return whether messages may go to an address: a public one, or one of the networks named."""
    address = ipaddress.ip_address(text)
    address = getattr(address, "ipv4_mapped", None) or address
    return is_public(text) or any(address.version == net.version and address in net for net in networks)


def check_url(url: str, networks: Sequence[Network]) -> tuple[str, str, int, str]:
    """Return scheme, host, port and path of a target.

    :raises TargetError: it is no address of the web, not encrypted, or names an address inside the house
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise TargetError("bad_url") from None
    host = parts.hostname
    if parts.scheme not in ("http", "https") or not host or parts.username is not None or not url.isascii():
        raise TargetError("bad_url")
    if any(char <= " " for char in url):
        raise TargetError("bad_url")
    literal = _read_literal(host)
    if parts.scheme == "http" and not (literal and literal.is_loopback and is_allowed(host, networks)):
        raise TargetError("not_https")
    if literal and not is_allowed(host, networks):
        raise TargetError("private_address")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return parts.scheme, host, port or (443 if parts.scheme == "https" else 80), path


def _read_literal(host):
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def find_address(host: str, port: int, networks: Sequence[Network]) -> str:
    """Return the network address of a host, to connect to this very one: a name may mean another one next time.

    :raises TargetError: there is none, or one of them lies inside the house
    """
    try:
        found = [row[4][0] for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        raise TargetError("unknown_host") from None
    if not all(is_allowed(address.split("%")[0], networks) for address in found):
        raise TargetError("private_address")
    return found[0]


# ---- sending -----------------------------------------------------------------------------------


class _Connection(http.client.HTTPConnection):
    """To one network address, under the name of the host."""

    def __init__(self, scheme, host, port, address, timeout):
        super().__init__(host, port, timeout=timeout)
        self.scheme, self.address, self.is_cut = scheme, address, False
        self.default_port = 443 if scheme == "https" else 80

    def connect(self):
        self.sock = socket.create_connection((self.address, self.port), self.timeout)
        if self.scheme == "https":
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)

    def cut(self):
        """End what is going on, from another thread: a receiver that sends drop by drop."""
        self.is_cut = True
        if self.sock is not None:
            try:
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)
            except OSError:
                self.close()


def send(receiver: Receiver, parcel: Parcel, timestamp: int) -> Answer:
    """Send one message and return what became of it. Redirects are never followed.

    :param timestamp: seconds since 1970, signed
    """
    try:
        scheme, host, port, path = check_url(receiver.url, receiver.networks)
        address = find_address(host, port, receiver.networks)
    except TargetError as error:
        return Answer(0, error.code, is_down=True)
    connection = _Connection(scheme, host, port, address, receiver.timeout)
    watch = threading.Timer(receiver.timeout, connection.cut)
    watch.daemon = True
    watch.start()
    try:
        headers = make_headers(receiver.secrets, parcel.message_id, timestamp, parcel.body)
        connection.request("POST", path, parcel.body, headers)
        response = connection.getresponse()
        return _judge(response.status, response.read(ANSWER_LENGTH * 4))
    except TimeoutError:
        return Answer(0, "timeout", is_down=True)
    except (OSError, http.client.HTTPException) as error:
        code = "timeout" if connection.is_cut else "no_connection"
        return Answer(0, code, type(error).__name__, is_down=True)
    finally:
        watch.cancel()
        connection.close()


def _judge(status, body):
    """Return what a status means."""
    text = " ".join(body.decode("utf-8", "replace").split())[:ANSWER_LENGTH]
    if 200 <= status < 300:
        return Answer(status, text=text)
    if 300 <= status < 400:
        return Answer(status, "redirected", is_down=True)
    return Answer(status, "refused", text, is_down=status >= 500 or status in (408, 410, 429))


def send_all(receiver: Receiver, parcels: Iterable[Parcel], clock, until: float) -> dict[int, Answer]:
    """Send messages one after the other, until the receiver is in trouble or the time is over.

    :param clock: tells the seconds since 1970
    :param until: by that clock
    :returns: the answers by key; messages that were not tried have none
    """
    answers = {}
    for parcel in parcels:
        now = clock()
        if now >= until:
            break
        answers[parcel.key] = send(receiver, parcel, int(now))
        if answers[parcel.key].is_down:
            break
    return answers
