"""A meter by another hand: IEC 62056-21 in modes A, B, C, D, written from the standard alone and of no use but this.
A program of its own, which prints one line when it listens: `tcp PORT` or `pty LINK`.

    replica_meter.py tcp|LINK TELEGRAM [mode=A|B|C|D] [quirk=value …]

Quirks: wrong-bcc=N (the next N blocks), stays=1 (agrees to a speed and keeps 300), blocks=N (partial blocks of N
lines), lock=N (wrong passwords until it locks), period=S (mode D), speed=Z (proposes that), times=1 (prints after each
block when its dialogue began, the least seconds that it could take, and when it ended).
"""

import signal
import sys
import time

from replica_line import line_at
from telegrams import TELEGRAMS

SPEEDS = dict(zip("0123456", [300, 600, 1200, 2400, 4800, 9600, 19200], strict=True))
SPEEDS_B = dict(zip("ABCDEF", [600, 1200, 2400, 4800, 9600, 19200], strict=True))
SOH, STX, ETX, EOT, ACK, NAK = b"\x01", b"\x02", b"\x03", b"\x04", b"\x06", b"\x15"
PASSWORD = b"(00000000)"
#: Reaction time of the standard, in seconds, and what it is when the third letter is small.
REACTION, SHORT_REACTION, REPLY_LIMIT = 0.2, 0.02, 1.5


def checked(message):
    """A message that begins with SOH or STX, with its block check character."""
    bcc = 0
    for byte in message[1:]:
        bcc ^= byte
    return message + bytes([bcc & 0x7F])


class Replica:
    def __init__(self, line, telegram, **quirks):
        self.line, self.telegram, self.quirks = line, telegram, quirks
        #: What the next reader has said already.
        self.begun = b""
        if "speed" in quirks:
            telegram.identification = telegram.identification[:4] + quirks["speed"].encode() + telegram.identification[5:]
        self.mode = quirks.get("mode", "C")
        self.bad = int(quirks.get("wrong-bcc", 0))
        self.reaction = SHORT_REACTION if telegram.identification[3:4].islower() else REACTION

    def answer(self, data):
        time.sleep(self.reaction)
        self.line.spent += self.reaction
        self.line.send(data)

    def serve(self):
        while True:
            try:
                self.line.tune(300)
                self.line.spent, self.line.began = 0.0, None
                self.session() if self.mode != "D" else self.push()
            except ConnectionError:
                self.line.hung_up()

    def push(self):
        self.line.tune(2400)
        self.line.send(self.telegram.noise + self.telegram.identification + b"\r\n\r\n" + self.telegram.block)
        time.sleep(float(self.quirks.get("period", 1)))

    def session(self):
        request, self.begun = self.begun + self.line.until(b"\n", None), b""
        begin = request.rfind(b"/?")
        if begin < 0 or not request.endswith(b"!\r\n"):
            return
        address = request[begin + 2 : -3].lstrip(b"0")
        if address and address.decode() != (self.telegram.value("0.0.0") or "").lstrip("0"):
            return
        self.answer(self.telegram.noise + self.telegram.identification + b"\r\n")
        # The reader rests as long before its acknowledgement.
        self.line.spent += self.reaction
        speed = self.telegram.identification[4:5].decode()
        if self.mode == "C":
            self.select(self.line.until(b"\n", REPLY_LIMIT))
        else:
            if self.mode == "B":
                self.line.retune(SPEEDS_B[speed])
            self.block(checked(STX + self.telegram.block + ETX))

    def select(self, chosen):
        offered = self.telegram.identification[4:5]
        if len(chosen) != 6 or chosen[:1] != ACK or chosen[2:3] > offered:
            return self.block(checked(STX + self.telegram.block + ETX))
        if not self.quirks.get("stays"):
            self.line.retune(SPEEDS[chosen[2:3].decode()])
        if chosen[3:4] == b"1":
            return self.program()
        if "blocks" in self.quirks:
            return self.partial(int(self.quirks["blocks"]))
        return self.block(checked(STX + self.telegram.block + ETX))

    def block(self, message):
        """Sends a message until it is taken; gives what came after it, or nothing."""
        while True:
            wrong, self.bad = self.bad > 0, max(0, self.bad - 1)
            self.answer(message[:-1] + bytes([message[-1] ^ 0x11]) if wrong else message)
            if "times" in self.quirks:
                print(f"{self.line.began} {self.line.spent} {time.monotonic()}", flush=True)
            self.line.poke()
            reply = self.line.next(REPLY_LIMIT)
            if reply == b"/":
                self.begun = reply
                return b""
            if reply != NAK:
                return reply

    def partial(self, size):
        lines = self.telegram.block.splitlines(keepends=True)
        parts = [b"".join(lines[at : at + size]) for at in range(0, len(lines), size)]
        for part in parts[:-1]:
            # CR LF before EOT belongs to no line: the reader puts it back.
            if self.block(checked(STX + part.removesuffix(b"\r\n") + EOT)) != ACK:
                return
        self.block(checked(STX + parts[-1] + ETX))

    def command(self, first=None):
        begin = first or self.line.next(60)
        if begin != SOH:
            return begin
        message = begin + self.line.until(ETX, REPLY_LIMIT)
        good = checked(message)[-1:] == self.line.next(REPLY_LIMIT)
        return message if good else b"?"

    def program(self):
        tries, came = int(self.quirks.get("lock", 3)), self.block(checked(SOH + b"P0" + STX + b"(1234567)" + ETX))
        opened = False
        while True:
            message = self.command(came)
            came = None
            if message in (b"", NAK):
                return
            if message[1:3] == b"B0":
                return
            reply = NAK
            if message[1:3] == b"P1":
                opened = message[4:-1] == PASSWORD and tries > 0
                tries -= not opened
                reply = ACK if opened else checked(STX + b"(ER01)" + ETX)
            elif message[1:3] in (b"R1", b"R2") and opened:
                reply = self.single(message[4:-1].decode())
            self.answer(reply)

    def single(self, asked):
        address = asked.partition("(")[0]
        for name, digits, unit in self.telegram.values:
            if name == address:
                return checked(STX + f"({digits}{'*' + unit if unit else ''})".encode() + ETX)
        return checked(STX + b"(ER02)" + ETX)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    place, name, *words = sys.argv[1:]
    with line_at(place) as line:
        print(line.name, flush=True)
        Replica(line, TELEGRAMS[name], **dict(word.split("=") for word in words)).serve()
