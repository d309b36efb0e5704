"""Faults between our meters and readers by other hands: blocks that must be repeated, readers that vanish."""

import os
import signal
import subprocess
import sys
import time

from iec62056_21 import utils

import optical_clients
from optical_meters import PROTOCOL, STILL

ACK_AND_HANG = """
import sys, time
sys.path.insert(0, sys.argv[1])
from optical_clients import Port
with Port(int(sys.argv[2]) if sys.argv[2].isdigit() else sys.argv[2]) as port:
    port.write(b"/?!\\r\\n")
    port.until(b"\\n")
    port.write(b"\\x06051\\r\\n")
    print("in", flush=True)
    time.sleep(60)
"""


def test_a_wrong_check_is_repaired(start):
    """NAK brings the block again. (That of the iec62056-21 package loses the block's first character.)"""
    meter = start("iskra-mt174", "--tcp", "127.0.0.1:0", *PROTOCOL, *STILL, "--fault", "PR-10,messages=1")
    with optical_clients.Port(meter.port) as port:
        port.write(b"/?!\r\n")
        port.until(b"\n")
        port.write(b"\x06050\r\n")
        first = port.until(b"\x03") + port.read()
        assert utils.calculate_bcc(first[1:-1]) != first[-1:]
        port.write(b"\x15")
        again = port.until(b"\x03") + port.read()
    assert first[:-1] == again[:-1] and utils.calculate_bcc(again[1:-1]) == again[-1:]


def test_a_reader_that_does_not_check_is_deceived(start):
    """Why the check is there: a digit differs, and a reader without it takes the number."""
    meter = start("iskra-mt174", "--tcp", "127.0.0.1:0", *PROTOCOL, *STILL, "--fault", "PR-10,kind=digit")
    sets = dict(optical_clients.logger(meter.port)[1])
    assert sets["1-0:1.8.0*255"] == "0012345.678*kWh" and sets["1-0:0.0.0*255"] != "20000070"


def test_a_reader_that_is_killed_in_mid_session(start, place):
    """It opens programming mode and is gone; the next reader finds a meter that answers."""
    meter = start("iskra-mt174", *place, *PROTOCOL, *STILL)
    where = meter.port if meter.is_tcp else meter.path
    victim = subprocess.Popen(
        [sys.executable, "-c", ACK_AND_HANG, os.path.dirname(__file__), str(where)], stdout=subprocess.PIPE, text=True
    )
    assert victim.stdout.readline() == "in\n"
    victim.send_signal(signal.SIGKILL)
    victim.wait(10)
    victim.stdout.close()
    time.sleep(0.5)  # Whoever comes within the same few milliseconds is not told from the one who went.
    assert ("1-0:1.8.0*255", "0012345.678*kWh") in optical_clients.logger(where)[1]
