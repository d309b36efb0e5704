"""What the replica meter stands on: a pty whose characters take their time, or a TCP port. Speaks characters of 7
bits; to a client that sends bit 7 as even parity it answers in the same way.
"""

import os
import select
import socket
import termios
import time
import tty
from contextlib import contextmanager

SPEED_CODES = {
    termios.B50: 50, termios.B300: 300, termios.B600: 600, termios.B1200: 1200, termios.B2400: 2400,
    termios.B4800: 4800, termios.B9600: 9600, termios.B19200: 19200,
}
#: Bits of a character of 7E1 or 8N1 on the wire.
BITS = 10


def even(byte):
    return byte | (0x80 if (byte & 0x7F).bit_count() % 2 else 0)


class Line:
    baud = 300
    parity = False
    #: Seconds that the characters of this session took at their speeds, and when the first of them came.
    spent, began = 0.0, None

    def next(self, patience):
        """One character, or b"" when patience (seconds; None for ever) ends."""
        raise NotImplementedError

    def until(self, end, patience):
        came = b""
        while not came.endswith(end):
            one = self.next(patience)
            if not one:
                break
            came += one
        return came

    def plain(self, byte):
        self.parity = self.parity or byte[0] > 0x7F
        return bytes([byte[0] & 0x7F])

    def dressed(self, data):
        return bytes(map(even, data)) if self.parity else data

    def tune(self, baud):
        self.baud = baud

    retune = tune

    def poke(self):
        pass


class PtyLine(Line):
    def __init__(self, link):
        self.master, self.slave = os.openpty()
        tty.setraw(self.slave)
        self.link = link
        os.symlink(os.ttyname(self.slave), link)
        self.name = f"pty {link}"
        self.poke()

    def poke(self):
        """A terminal refuses 7E1 unless the speed changes in the same call: an odd speed makes sure that it does."""
        settings = termios.tcgetattr(self.master)
        settings[4] = settings[5] = termios.B50
        termios.tcsetattr(self.master, termios.TCSANOW, settings)

    def client_speed(self):
        return SPEED_CODES.get(termios.tcgetattr(self.master)[5])

    def tune(self, baud):
        self.baud = baud
        self.poke()

    def retune(self, baud):
        """Changes the speed, and waits until the client has done so too: it re-opens its port in the meantime."""
        is_kept = baud == self.baud
        if is_kept:
            self.poke()
        self.baud = baud
        begin = time.monotonic()
        while self.client_speed() != baud and time.monotonic() < begin + 1.5:
            time.sleep(0.01)
        # A reader that keeps its speed need not set it anew: then it is the meter that waits here, for nobody.
        if is_kept:
            self.spent += time.monotonic() - begin

    def next(self, patience):
        if not select.select([self.master], [], [], patience)[0]:
            return b""
        self.began = self.began or time.monotonic()
        byte = self.plain(os.read(self.master, 1))
        self.spent += BITS / self.baud
        time.sleep(BITS / self.baud)
        return byte

    def send(self, data):
        data = self.dressed(data)
        self.spent += len(data) * BITS / self.baud
        begin = time.monotonic()
        for at in range(0, len(data), 8):
            part = data[at : at + 8]
            time.sleep(max(0, begin + (at + len(part)) * BITS / self.baud - time.monotonic()))
            os.write(self.master, part)

    def hung_up(self):
        pass

    def close(self):
        os.unlink(self.link)


class TcpLine(Line):
    def __init__(self):
        self.server = socket.create_server(("127.0.0.1", 0))
        self.client = None
        self.name = f"tcp {self.server.getsockname()[1]}"

    def next(self, patience):
        if self.client is None:
            self.client = self.server.accept()[0]
            self.parity = False
        if not select.select([self.client], [], [], patience)[0]:
            return b""
        byte = self.client.recv(1)
        if not byte:
            raise ConnectionResetError
        return self.plain(byte)

    def send(self, data):
        if self.client is None:
            self.client = self.server.accept()[0]
        self.client.sendall(self.dressed(data))

    def hung_up(self):
        self.client.close()
        self.client = None

    def close(self):
        self.server.close()


@contextmanager
def line_at(place):
    line = TcpLine() if place == "tcp" else PtyLine(place)
    try:
        yield line
    finally:
        line.close()
