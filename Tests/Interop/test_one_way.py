"""Ports that speak and never listen: mode D pushes, infra-red messages, pulses; read by other hands."""

import time

import pytest

import irda
import optical_clients
from optical_meters import STILL, place_of, registers


def stream(meter, seconds, baud, bits=8, parity="N"):
    """What comes from a meter in so many seconds."""
    came, end = b"", time.monotonic() + seconds
    with optical_clients.Port(place_of(meter), baud, bits, parity) as port:
        if port.serial:
            port.serial.timeout = 0.1
        else:
            port.socket.settimeout(0.1)
        while time.monotonic() < end:
            try:
                came += port.read(4096)
            except TimeoutError:
                continue
    return came


def test_a_push(start, place):
    meter = start("easymeter-q3d1024", *place, "--protocol", "iec62056-21", *STILL)
    (readout,) = optical_clients.listener(place_of(meter), baud=9600)
    assert readout.is_valid and readout.identification_line.manufacturer_id == "ESY"
    assert readout.identification_line.identification == "Q3DA1024 V3.04"
    sets = dict(optical_clients.sets("\n".join(readout.data_lines)))
    assert sets["1-0:1.8.0*255"] == "00012345.678000*kWh"
    assert sets["1-0:2.8.0*255"] == "00000987.654000*kWh"


def test_infra_red_of_a_meter_that_only_imports(start, link):
    """What flows back is held by the detent: the reverse register alone shows it, and the event count."""
    meter = start(
        "elster-a100c", "--serial", link, "--protocol", "irda", "--clock", "manual", "--set", "import=12345.678kWh", "--power", "-1.5 kW"
    )
    meter.say(advance="2h")
    message = irda.a100c(stream(meter, 2.2, 2400))[-1]
    assert message["product"].strip("\0 ") == "A100C"
    assert (message["import-1"], message["reverse-1"]) == (registers(meter)["import"], 3000)
    assert message["import-1"] == 12345678 and message["reverse-warnings"] == 1


def test_infra_red_of_a_meter_that_knows_no_direction(start):
    """The same flow counts as import."""
    meter = start(
        "elster-a100c-pfi", "--tcp", "127.0.0.1:0", "--protocol", "irda", "--clock", "manual",
        "--set", "import=12345.678kWh", "--power", "-1.5 kW",
    )
    meter.say(advance="2h")
    message = irda.a100c(stream(meter, 1.5, 2400))[-1]
    assert message["import-1"] == registers(meter)["import"] == 12345678 + 3000


def test_infra_red_in_nibbles(start):
    meter = start(
        "elster-a1100", "--tcp", "127.0.0.1:0", "--protocol", "irda", "--clock", "manual",
        "--set", "import=12345.6kWh,export=98.7kWh",
    )
    characters = stream(meter, 7.5, 2400)
    (message, *_) = irda.a1100(irda.joined(characters[characters.index(b"\xf1\xf0\xff\xf4") :]))
    assert (message["1.8.0"], message["2.8.0"]) == ("0012345.6kWh", "0000098.7kWh")


@pytest.mark.parametrize("kind", ["pty", "tcp"])
def test_pulses(kind, start, link):
    """36 kW through 1000 imp/kWh: ten pulses a second, 1 Wh each, and none before its energy has flowed. (Exact counts, by
    a clock that is moved by hand: test_pulse_faults.)
    """
    place = ["--serial", link] if kind == "pty" else ["--tcp", "127.0.0.1:0"]
    meter = start("landis-gyr-e350", *place, "--protocol", "pulse", "--power", "36 kW")
    before, began, pulses = registers(meter)["import"], time.monotonic(), b""
    with optical_clients.Port(place_of(meter), 300, 8, "N") as port:
        while len(pulses) < 15:
            pulses += port.read(4096 if port.socket else 1)
    counted = registers(meter)["import"] - before
    assert not any(pulses)
    # The register nets over whole seconds: 10 Wh at a time.
    assert len(pulses) <= counted + 11 and counted <= 10 * (time.monotonic() - began) + 11
