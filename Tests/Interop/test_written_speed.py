"""A written speed or parity: the meter goes on so, at once when its answer has left, or when it is next switched on.

What the settings mean is Eastron's own table: holding registers 28 (0=2400 1=4800 2=9600 …) and 18 (0=8N1 1=8E1 …), floats.
"""

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


@pytest.mark.parametrize("name", ["schneider-iem3155", "bench-four-ports"])
def test_even_parity_on_a_pseudo_terminal(name, start, link):
    """Its C library refuses a parity bit where nothing else changes; the line sees to that. What a pty cannot do is told."""
    meter = start(name, "--serial", link, "--clock", "manual", "--set", "import=5kWh")
    assert meter.ready["format"] == "8E1"
    point = (3203, 4) if name == "schneider-iem3155" else (0, 2)
    for _ in range(3):
        with serial.Serial(meter.path, int(meter.ready["baud"]), parity=serial.PARITY_EVEN, timeout=1) as port:
            registers = instrument(port).read_registers(*point, functioncode=3)
            assert registers[-1] == 5000 % 65536, registers
    meter.end()
    assert any("carries no parity bit" in line for line in meter.errors.seen + meter.errors.rest())
