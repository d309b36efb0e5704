"""A written speed or parity: the meter goes on so, at once when its answer has left, or when it is next switched on.

What the settings mean is Eastron's own table: holding registers 28 (0=2400 1=4800 2=9600 …) and 18 (0=8N1 1=8E1 …), floats.
"""

import re
import subprocess

import minimalmodbus
import pytest
import serial

from clients import ALL, Point, Unheard, pymodbus_client

IMPORT = Point(72)
PARITY, BAUD = 18, 28


def write(meter, address, value, baud=None):
    with pymodbus_client(meter, baud) as client:
        registers = client.convert_to_registers(float(value), client.DATATYPE.FLOAT32)
        assert not client.write_registers(address, registers, device_id=1).isError()


def heard(meter, baud, names=tuple(ALL)):
    return {name: ALL[name](meter, IMPORT, baud=baud) for name in names}


def is_deaf(meter, baud):
    for name in ("pymodbus", "mbpoll"):
        with pytest.raises(Unheard):
            ALL[name](meter, IMPORT, baud=baud, patience=0.4)


@pytest.mark.needs("mbpoll")
def test_a_written_speed_acts_when_the_answer_has_left(start, link):
    meter = start("eastron-sdm230", "--serial", link, "--clock", "manual", "--set", "import=5kWh")
    assert heard(meter, 9600) == {"mbpoll": 5, "minimalmodbus": 5, "pymodbus": 5}
    write(meter, BAUD, 0)  # answered at 9600
    is_deaf(meter, 9600)
    assert heard(meter, 2400) == {"mbpoll": 5, "minimalmodbus": 5, "pymodbus": 5}
    write(meter, BAUD, 2, baud=2400)
    assert heard(meter, 9600) == {"mbpoll": 5, "minimalmodbus": 5, "pymodbus": 5}


@pytest.mark.needs("mbpoll")
def test_a_written_speed_waits_for_the_power(start, link):
    """An SDM120 is shipped at 2400, and a new speed acts when it is next switched on."""
    meter = start("eastron-sdm120", "--serial", link, "--clock", "manual", "--set", "import=5kWh")
    write(meter, BAUD, 2)
    assert heard(meter, 2400) == {"mbpoll": 5, "minimalmodbus": 5, "pymodbus": 5}
    meter.say(**{"power-up": True})
    assert heard(meter, 9600) == {"mbpoll": 5, "minimalmodbus": 5, "pymodbus": 5}
    is_deaf(meter, 2400)


def instrument(port, unit=1):
    one = minimalmodbus.Instrument(port, unit)
    one.serial.timeout = 0.5
    return one


def test_a_written_parity_on_a_line_that_carries_it(start):
    """RFC 2217 carries the format: after 8E1 is written, a client at 8N1 is not heard, and one at 8E1 is."""
    meter = start("eastron-sdm230", "--serial", "rfc2217://127.0.0.1:0", "--clock", "manual", "--set", "import=5kWh")
    url = f"rfc2217://{meter.path}"
    with serial.serial_for_url(url, baudrate=9600, timeout=0.5) as port:
        one = instrument(port)
        assert one.read_float(72, 4) == 5
        one.write_float(PARITY, 1)
        with pytest.raises(minimalmodbus.ModbusException):
            one.read_float(72, 4)
        port.parity = serial.PARITY_EVEN
        assert one.read_float(72, 4) == 5


def with_pymodbus(meter, address, count):
    """Without parity: pyserial sets a terminal twice in a row, and of a pty the C library refuses the second 8E1."""
    with pymodbus_client(meter) as client:
        return client.read_holding_registers(address, count=count, device_id=1).registers[-1]


def with_mbpoll(meter, address, count):
    """libmodbus, which sets speed and parity at once."""
    words = ["mbpoll", "-m", "rtu", "-b", meter.ready["baud"], "-P", "even", "-a", "1", "-0", "-1", "-t", "4:hex"]
    words += ["-r", str(address), "-c", str(count), meter.path]
    done = subprocess.run(words, capture_output=True, text=True, timeout=20, stdin=subprocess.DEVNULL)
    found = re.search(rf"^\[{address + count - 1}\]:\s+0x([0-9A-F]+)", done.stdout, re.MULTILINE)
    assert found, done.stdout + done.stderr
    return int(found[1], 16)


@pytest.mark.needs("mbpoll")
@pytest.mark.parametrize("name, place", [("schneider-iem3155", (3203, 4)), ("bench-four-ports", (0, 2))])
def test_even_parity_on_a_pseudo_terminal(name, place, start, link):
    """The C library refuses a parity bit where nothing else changes; the line sees to that. What a pty cannot do is told."""
    meter = start(name, "--serial", link, "--protocol", "modbus", "--clock", "manual", "--set", "import=5kWh")
    assert meter.ready["format"] == "8E1"
    for _ in range(2):
        assert with_pymodbus(meter, *place) == 5000
        assert with_mbpoll(meter, *place) == 5000
    meter.end()
    assert any("carries no parity bit" in line for line in meter.errors.seen + meter.errors.rest())
