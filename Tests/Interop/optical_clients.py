"""Readers by other hands of the optical port, each given a meter's place: a path, a TCP port, or a URL of pyserial.

`library` is the iec62056-21 package (mode C; it closes and reopens its port to change speed). `logger` reads as
vzlogger does: a fixed request, an acknowledgement as soon as one character follows the CR of the identification, no
check of the BCC. `listener` is amshan's reader of mode D.
"""

import socket
import time
from contextlib import contextmanager

import serial
from han import dlde
from iec62056_21 import messages
from iec62056_21.client import Iec6205621Client
from iec62056_21.transports import SerialTransport, TcpTransport

#: Seconds that a reader waits for a character before it gives up.
PATIENCE = 6


@contextmanager
def library(place, **options):
    """A connected client of the iec62056-21 package."""
    if isinstance(place, int):
        transport = TcpTransport(("127.0.0.1", place), timeout=PATIENCE)
    else:
        transport = SerialTransport(place, timeout=PATIENCE)
    client = Iec6205621Client(transport, **options)
    client.connect()
    try:
        yield client
    finally:
        client.disconnect()


def readout(client):
    """Everything of one readout: [(address, digits, unit)]."""
    return [(one.address, one.value, one.unit or "") for one in client.standard_readout().data]


def unlock(client, password="00000000"):
    """Programming mode with a password; gives what the meter asked with and what it said to the password."""
    asked = client.access_programming_mode()
    client.rest()
    # Its own send_password cannot work: it makes a data set without an address, and the address is no option.
    words = messages.DataSet(address="", value=password)
    client.transport.send(messages.CommandMessage("P", 1, words).to_bytes())
    said = client.transport.recv(1)
    return asked, said


class Port:
    """A serial port or a socket: characters in, characters out, each within PATIENCE."""

    def __init__(self, place, baud=300, bits=serial.SEVENBITS, parity=serial.PARITY_EVEN):
        self.serial = self.socket = None
        if isinstance(place, int):
            self.socket = socket.create_connection(("127.0.0.1", place), PATIENCE)
        else:
            self.serial = serial.serial_for_url(place, baud, bits, parity, timeout=PATIENCE)

    def read(self, count=1):
        """What has come, at most `count`; nothing only if a serial port stays silent for PATIENCE."""
        came = self.serial.read(count) if self.serial else self.socket.recv(count)
        if self.socket and not came:
            raise ConnectionResetError("the meter closed the connection")
        return came

    def until(self, end):
        came = b""
        while not came.endswith(end):
            one = self.read(1)
            if not one:
                raise TimeoutError(f"nothing more after {came!r}")
            came += one
        return came

    def write(self, data):
        if self.serial:
            self.serial.write(data)
            self.serial.flush()
        else:
            self.socket.sendall(data)

    def tune(self, baud):
        if self.serial:
            self.serial.baudrate = baud

    def close(self):
        (self.serial or self.socket).close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


MODE_C = dict(zip("0123456", [300, 600, 1200, 2400, 4800, 9600, 19200], strict=True))


def logger(place, pull=b"/?!\r\n", acknowledge="0%s0", change_delay=0.2, tunes=True):
    """One readout as vzlogger's `d0` reads it: identification, and [(address, text of the brackets)]."""
    with Port(place) as port:
        port.write(pull)
        port.until(b"/")
        head = port.read(4)
        speed, rest = head[3:4].decode(), port.until(b"\r")
        # Its quirk: the line ends for it with CR, and it acknowledges when one more character has come.
        port.read(1)
        if acknowledge:
            port.write(b"\x06" + acknowledge.replace("%s", speed).encode() + b"\r\n")
            if port.serial and tunes:
                time.sleep(6 * 10 / 300 + change_delay)
                port.tune(MODE_C[speed])
        text = port.until(b"!").decode("latin-1").replace("\x02", "")
        return (head + rest).decode().strip(), sets(text)


def sets(text):
    """Addresses and brackets of a data block, without any check: [(address, text between the brackets)]."""
    found = []
    for line in text.rstrip("!").splitlines():
        address, _, value = line.strip().partition("(")
        if address:
            found.append((address, value.removesuffix(")")))
    return found


def listener(place, messages=1, baud=2400):
    """So many mode D messages as amshan reads them; 2400 baud by the standard."""
    reader, found = dlde.ModeDReader(), []
    with Port(place, baud) as port:
        limit = time.monotonic() + PATIENCE
        while len(found) < messages:
            if time.monotonic() > limit:
                raise TimeoutError(f"{len(found)} of {messages} messages")
            found += reader.read(port.read(1))
    return found
