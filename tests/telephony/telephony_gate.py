"""The way from the bridge to Odoo, with a gate in it."""

import json
import socket
import threading


class Gate:
    """A way to Odoo that can be closed, that can answer in Odoo's place, and that can mix events up.

    Mixed up: events come backwards within their batch, each batch twice, and the first one after the second.
    """

    def __init__(self, port):
        self.target, self.is_open, self.lie = port, True, b""
        self.mixes, self.late, self.seen = False, b"", 0
        self.server = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self.server.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def close(self):
        self.server.close()

    def _accept(self):
        while True:
            try:
                client, _address = self.server.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client):
        """Pass one connection on; a request at a time is enough, for each says close."""
        with client:
            try:
                head = self._read(client)
                if not self.is_open or not head:
                    return
                if self.lie and b"/ivr/next" in head.split(b"\r\n", 1)[0]:
                    client.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
                                   b"Content-Length: %d\r\n\r\n%s" % (len(self.lie), self.lie))  # fmt: skip
                    return
                if self.mixes and b"/events" in head.split(b"\r\n", 1)[0]:
                    self._mix(client, self._turn_around(head))
                else:
                    client.sendall(self._pass(head))
            except OSError:
                return

    def _pass(self, request):
        """Return Odoo's answer to a request."""
        parts = []
        with socket.create_connection(("127.0.0.1", self.target), timeout=120) as odoo:
            odoo.sendall(request.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n", 1))
            while data := odoo.recv(65536):
                parts.append(data)
        return b"".join(parts)

    def _mix(self, client, request):
        """Deliver events late and twice."""
        self.seen += 1
        if self.seen == 1:
            self.late = request
            client.sendall(b'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 12\r\n\r\n{"ok": true}')
            return
        answer = self._pass(request)
        self._pass(request)
        if self.late:
            self._pass(self.late)
            self.late = b""
        client.sendall(answer)

    @staticmethod
    def _turn_around(request):
        """Return a request with its events in the other order."""
        head, _blank, body = request.partition(b"\r\n\r\n")
        events = json.loads(body)["events"][::-1]
        turned = json.dumps({"events": events}).encode()
        lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"content-length:")]
        return b"\r\n".join([*lines, b"Content-Length: %d" % len(turned)]) + b"\r\n\r\n" + turned

    def _read(self, client):
        """Return a whole request."""
        client.settimeout(30)
        data = b""
        while b"\r\n\r\n" not in data:
            part = client.recv(65536)
            if not part:
                return b""
            data += part
        head, _blank, body = data.partition(b"\r\n\r\n")
        length = next(
            (int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0
        )
        while len(body) < length:
            body += client.recv(65536)
        return head + b"\r\n\r\n" + body
