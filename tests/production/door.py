"""Runs a server behind a socket that is open before it is there, as systemd does by hotel-crm.socket.

    python door.py ADDRESS:PORT COMMAND ...

The protocol is that of sd_listen_fds(3): the socket is descriptor 3, LISTEN_FDS and LISTEN_PID say so.
"""

import os
import socket
import sys

FIRST = 3
#: connections that may wait (the unit's Backlog)
BACKLOG = 4096


def main(address, command):
    host, _colon, port = address.rpartition(":")
    door = socket.create_server((host, int(port)), backlog=BACKLOG)
    door.setblocking(False)
    if door.fileno() == FIRST:
        os.set_inheritable(FIRST, True)
    else:
        os.dup2(door.fileno(), FIRST)
    os.environ |= {"LISTEN_FDS": "1", "LISTEN_PID": str(os.getpid())}
    os.execvp(command[0], command)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
