"""Settings that a client writes: the accumulation mode of the SDM meters, and what is refused."""

import pytest

from clients import ALL, Point, pymodbus_client

MODE = 0xF920
TOTAL = Point(342)


def test_total_falls_while_exporting_in_mode_3(start, place):
    """Holding register 0xF920: 1 import, 2 import + export, 3 import - export. Mode 3 runs backwards, as a disc does."""
    meter = start("eastron-sdm230", *place, "--power", "-2 kW", "--clock", "manual", "--set", "total=100kWh")
    with pymodbus_client(meter) as client:

        def total():
            return client.convert_from_registers(
                client.read_input_registers(342, count=2, device_id=1).registers, client.DATATYPE.FLOAT32
            )

        assert client.read_holding_registers(MODE, count=1, device_id=1).registers == [2]
        meter.say(advance="30m")
        assert total() == 101
        answer = client.write_registers(MODE, [3], device_id=1)
        assert not answer.isError()
        assert client.read_holding_registers(MODE, count=1, device_id=1).registers == [3]
        meter.say(advance="2h")
        assert total() == 97
        meter.say(power="1 kW")
        meter.say(advance="1h")
        assert total() == 98


def test_a_wrong_mode_is_refused_and_changes_nothing(start, place):
    meter = start("eastron-sdm230", *place, "--clock", "manual")
    with pymodbus_client(meter) as client:
        for value in (0, 4, 0xFFFF):
            assert client.write_registers(MODE, [value], device_id=1).exception_code == 3
        assert client.read_holding_registers(MODE, count=1, device_id=1).registers == [2]


def test_eastron_has_no_function_6(start, place):
    """Its protocol lists functions 3, 4 and 16; a write of one register with 6 is an illegal function."""
    meter = start("eastron-sdm230", *place, "--clock", "manual")
    with pymodbus_client(meter) as client:
        assert client.write_register(MODE, 3, device_id=1).exception_code == 1
        assert client.read_holding_registers(MODE, count=1, device_id=1).registers == [2]


def test_em24_knows_function_6_and_not_16(start, place):
    """Its settings are written with 6; none is emulated, so that each is an illegal address."""
    meter = start("carlogavazzi-em24-rs485", *place, "--clock", "manual")
    with pymodbus_client(meter) as client:
        assert client.write_register(0x1000, 1, device_id=1).exception_code == 2
        assert client.write_registers(0x1000, [1], device_id=1).exception_code == 1


def test_a_meter_answers_under_the_unit_that_was_written(start, place):
    """The unit is a float in a holding register, as all settings of Eastron's first block."""
    meter = start("eastron-sdm230", *place, "--clock", "manual", "--set", "import=5kWh")
    with pymodbus_client(meter) as client:
        nine = client.convert_to_registers(9.0, client.DATATYPE.FLOAT32)
        assert not client.write_registers(20, nine, device_id=1).isError()
    assert ALL["pymodbus"](meter, Point(72), unit=9) == 5
