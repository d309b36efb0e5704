"""A serial port over the network by another hand: pyserial's side of RFC 2217, before a pty. A program of its own, which
prints `tcp PORT` when it listens.

    rfc2217_server.py PATH
"""

import errno
import select
import signal
import socket
import sys
import termios

import serial
import serial.rfc2217


class PtyPort(serial.Serial):
    """A pty has no modem lines: they are taken for on. It keeps 8 bits and no parity: what else is wanted is believed."""

    rts = dtr = property(lambda _: True, lambda _, value: None)
    cts = dsr = cd = property(lambda _: True)
    ri = property(lambda _: False)

    def _reconfigure_port(self, force_update=False):
        try:
            super()._reconfigure_port(force_update)
        except termios.error as error:
            if error.args[0] != errno.EINVAL:
                raise

    def _update_dtr_state(self):
        pass

    _update_rts_state = _update_dtr_state


class Client:
    """What a port manager writes its answers to."""

    def __init__(self, connection):
        self.connection = connection

    def write(self, data):
        self.connection.sendall(data)


def serve(connection, port):
    manager = serial.rfc2217.PortManager(port, Client(connection))
    while True:
        ready = select.select([connection, port.fd], [], [], 1)[0]
        if port.fd in ready and (came := port.read(port.in_waiting)):
            connection.sendall(b"".join(manager.escape(came)))
        if connection in ready:
            data = connection.recv(1024)
            if not data:
                return
            port.write(b"".join(manager.filter(data)))


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    with socket.create_server(("127.0.0.1", 0)) as server:
        print("tcp", server.getsockname()[1], flush=True)
        while True:
            client, _ = server.accept()
            with client, PtyPort(sys.argv[1], 300, timeout=0) as port:
                try:
                    serve(client, port)
                except ConnectionError:
                    continue
