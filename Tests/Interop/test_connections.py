"""Clients that come, go, hang, break off and talk nonsense. None of them concerns another."""

import fcntl
import os
import signal
import subprocess
import sys

import pytest

import frames
from clients import ALL, Point

POWER = Point(12)
ASK_POWER = frames.read_request(12)
POWER_1000 = bytes.fromhex("0404447A0000")

#: What no client should send, as the first bytes of a TCP connection.
MALFORMED = {
    "a length that no frame has": bytes.fromhex("0001 0000 FFFF 01 04"),
    "a length of nothing": bytes.fromhex("0001 0000 0000 01 04"),
    "another protocol": frames.tcp(1, 1, ASK_POWER, protocol=7),
    "half a request": frames.tcp(1, 1, ASK_POWER)[:9],
    "a web browser": b"GET / HTTP/1.1\r\nHost: meter\r\n\r\n",
    "a frame of a serial line": frames.rtu(1, ASK_POWER),
    "nothing at all": b"",
}


@pytest.mark.parametrize("rubbish", MALFORMED.values(), ids=MALFORMED.keys())
def test_a_malformed_request_delays_nobody(rubbish, start):
    """The other connections are answered while the bad one stays open and unanswered."""
    meter = start("eastron-sdm230", "--tcp", "127.0.0.1:0", "--clock", "manual")
    with frames.Tcp(meter.port) as before, frames.Tcp(meter.port) as bad:
        assert before.ask(1, ASK_POWER) == POWER_1000
        bad.write(rubbish)
        with frames.Tcp(meter.port) as after:
            for _ in range(50):
                assert before.ask(1, ASK_POWER) == POWER_1000
                assert after.ask(1, ASK_POWER) == POWER_1000


def test_a_request_in_pieces_and_two_in_one(start):
    meter = start("eastron-sdm230", "--tcp", "127.0.0.1:0", "--clock", "manual")
    with frames.Tcp(meter.port) as client:
        for byte in frames.tcp(1, 1, ASK_POWER):
            client.write(bytes([byte]))
        assert client.read(13) == frames.tcp(1, 1, POWER_1000)
        client.write(frames.tcp(2, 1, ASK_POWER) + frames.tcp(3, 1, frames.read_request(13)))
        assert client.read(13) == frames.tcp(2, 1, POWER_1000)
        assert client.read(9) == frames.tcp(3, 1, bytes.fromhex("8402"))


def test_a_hundred_connections(start):
    meter = start("eastron-sdm230", "--tcp", "127.0.0.1:0", "--clock", "manual")
    many = [frames.Tcp(meter.port) for _ in range(100)]
    for turn in range(3):
        for client in many if turn % 2 else reversed(many):
            assert client.ask(1, ASK_POWER) == POWER_1000
    for client in many:
        client.close()


def test_a_client_that_does_not_read_its_answers(start):
    """It asks for 60 registers again and again until the kernel takes no more; others go on."""
    meter = start("eastron-sdm230", "--tcp", "127.0.0.1:0", "--clock", "manual")
    with frames.Tcp(meter.port) as deaf, frames.Tcp(meter.port) as other:
        deaf.socket.setblocking(False)
        request = frames.tcp(1, 1, frames.read_request(0, 60)) * 100
        sent = 0
        try:
            while sent < 50_000_000:
                sent += deaf.socket.send(request)
        except BlockingIOError:
            pass
        for _ in range(50):
            assert other.ask(1, ASK_POWER) == POWER_1000


KILLED = """
import sys
sys.path.insert(0, {folder!r})
import frames
client = {client}
client.write({half!r})
print("asked", flush=True)
sys.stdin.read()
"""


def test_a_client_is_killed_in_mid_request(start, place):
    """kill -9 between two bytes of a request; the next client is answered."""
    meter = start("eastron-sdm230", *place, "--clock", "manual")
    if meter.is_tcp:
        client, half = f"frames.Tcp({meter.port})", frames.tcp(1, 1, ASK_POWER)[:9]
    else:
        client, half = f"frames.Serial({meter.path!r})", frames.rtu(1, ASK_POWER)[:5]
    code = KILLED.format(folder=os.path.dirname(__file__), client=client, half=half)
    victim = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert victim.stdout.readline() == b"asked\n"
    victim.send_signal(signal.SIGKILL)
    assert victim.wait(10) == -signal.SIGKILL
    victim.stdin.close()
    victim.stdout.close()
    assert ALL["pymodbus"](meter, POWER) == 1000


@pytest.mark.needs("mbpoll")
def test_clients_in_sequence(start, place):
    """Each opens, reads and goes, by other hands each time."""
    meter = start("eastron-sdm230", *place, "--clock", "manual")
    for name in ["pymodbus", "mbpoll", "pymodbus"] if meter.is_tcp else [*ALL, *ALL]:
        assert ALL[name](meter, POWER) == 1000


def test_the_pty_lives_on_when_its_last_client_has_gone(start, link):
    meter = start("eastron-sdm230", "--serial", link, "--clock", "manual")
    for _ in range(5):
        with frames.Serial(meter.path) as client:
            assert client.ask(1, ASK_POWER, 6) == POWER_1000


def test_an_answer_goes_on_though_its_client_has_left(start, link):
    """The line is busy until the last of its 125 bytes, as a real one is; then the next request is heard."""
    meter = start("eastron-sdm230", "--serial", link, "--clock", "manual")
    with frames.Serial(meter.path) as impatient:
        impatient.write(frames.rtu(1, frames.read_request(0, 60)))
    with frames.Serial(meter.path) as next_one:
        late = next_one.read(125)
        assert (len(late), late[:3].hex()) == (125, "010478")
        assert next_one.ask(1, ASK_POWER, 6) == POWER_1000


@pytest.mark.needs("mbpoll")
@pytest.mark.skipif(os.geteuid() != 0, reason="only root may hang a terminal up")
def test_a_pty_that_was_hung_up_serves_on(start, link):
    meter = start("eastron-sdm230", "--serial", link, "--clock", "manual")
    with frames.Serial(meter.path) as client:
        assert client.ask(1, ASK_POWER, 6) == POWER_1000
        try:
            fcntl.ioctl(client.file, 0x5437)  # TIOCVHANGUP
        except PermissionError:
            pytest.skip("this machine lets nobody hang a terminal up")
    for name in [*ALL, *ALL]:
        assert ALL[name](meter, POWER) == 1000
