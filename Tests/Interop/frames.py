"""Modbus frames by hand, where a client would be too polite: "MODBUS over Serial Line" V1.02, section 2.5.1 and
"MODBUS Messaging on TCP/IP" V1.0b, section 3.1.3."""

import os
import select
import socket
import struct
import termios
import time
import tty

PATIENCE = 10


def crc(data):
    """CRC-16 of the standard's appendix B: polynomial 0xA001, reflected, from 0xFFFF."""
    value = 0xFFFF
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ (0xA001 if value & 1 else 0)
    return struct.pack("<H", value)


def rtu(unit, pdu):
    frame = bytes([unit]) + pdu
    return frame + crc(frame)


def tcp(transaction, unit, pdu, protocol=0):
    return struct.pack(">HHHB", transaction, protocol, len(pdu) + 1, unit) + pdu


def read_request(address, count=2, function=4):
    return struct.pack(">BHH", function, address, count)


class Serial:
    """A client's end of a serial line: raw, 8N1."""

    def __init__(self, path, baud=9600):
        self.file = os.open(path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
        tty.setraw(self.file)
        settings = termios.tcgetattr(self.file)
        settings[4] = settings[5] = getattr(termios, f"B{baud}")
        termios.tcsetattr(self.file, termios.TCSANOW, settings)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        if self.file is not None:
            os.close(self.file)
        self.file = None

    def write(self, data):
        os.write(self.file, data)

    def read(self, count, patience=PATIENCE):
        """So many bytes, or what came until patience ended."""
        data, end = b"", time.monotonic() + patience
        while len(data) < count:
            left = end - time.monotonic()
            if left <= 0 or not select.select([self.file], [], [], left)[0]:
                break
            data += os.read(self.file, count - len(data))
        return data

    def ask(self, unit, pdu, answer_bytes, patience=PATIENCE):
        """Sends a request, returns the PDU of an answer of so many bytes; its unit and checksum must be right."""
        self.write(rtu(unit, pdu))
        frame = self.read(answer_bytes + 3, patience)
        assert len(frame) == answer_bytes + 3, f"{len(frame)} bytes came: {frame.hex()}"
        assert frame[0] == unit and crc(frame[:-2]) == frame[-2:], frame.hex()
        return frame[1:-2]


class Tcp:
    """A client's TCP connection."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        self.transaction = 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.socket.close()

    def write(self, data):
        self.socket.sendall(data)

    def read(self, count):
        data = b""
        while len(data) < count:
            more = self.socket.recv(count - len(data))
            if not more:
                break
            data += more
        return data

    def ask(self, unit, pdu, _answer_bytes=None):
        """Sends a request and returns the PDU of its answer, whose header must be right."""
        self.transaction += 1
        self.write(tcp(self.transaction, unit, pdu))
        head = self.read(7)
        assert len(head) == 7, f"the connection ended after {head.hex()}"
        transaction, protocol, length, answering = struct.unpack(">HHHB", head)
        assert (transaction, protocol, answering) == (self.transaction, 0, unit), head.hex()
        return self.read(length - 1)


def open_at(meter):
    """A raw client at a meter's place."""
    return Tcp(meter.port) if meter.is_tcp else Serial(meter.path, int(meter.ready["baud"]))
