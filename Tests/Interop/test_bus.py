"""Many meters on one line, and behind one gateway."""

import pytest

import frames
from clients import ALL, Point

BUS = """\
# Three meters on one pair of wires.
- {profile: eastron-sdm230, unit: 1, power: -2 kW, faults: [ME-14]}
- {profile: eastron-sdm120, unit: 2, reads: {import: 10 kWh}}
- {profile: carlogavazzi-em24-rs485, unit: 30, power: 500 W}
"""

IMPORT = Point(72)
EM24_IMPORT = Point(66, "int32", 3, "CDAB")


@pytest.fixture
def bus(start, tmp_path, place):
    file = tmp_path / "bus.yaml"
    file.write_text(BUS)
    speed = ["--baud", 19200] if "--serial" in place else []
    return start("--bus", file, *place, *speed, "--clock", "manual")


def test_each_unit_answers_for_itself(bus):
    assert bus.ready["units"] == "1,2,30"
    reply = bus.say(advance="1h")
    assert [one["unit"] for one in reply["meters"]] == [1, 2, 30]
    assert reply["meters"][0]["faults"] == ["ME-14"]
    read = ALL["pymodbus"]
    assert read(bus, IMPORT, unit=1) == 2, "it is reversed"
    assert read(bus, IMPORT, unit=2) == 11, "10 kWh, and the usual 1 kW"
    assert read(bus, EM24_IMPORT, unit=30) == 5


def test_one_meter_is_changed_and_the_others_are_not(bus):
    reply = bus.say(unit=2, power="-1 kW")
    assert reply["unit"] == 2 and "meters" not in reply
    registers = {one["unit"]: one["registersWh"] for one in bus.say(advance="1h")["meters"]}
    assert registers[2] == {"import": 10000, "export": 1000, "total": 11000}
    assert registers[30] == {"import": 500, "export": 0}


def test_one_unit_is_silent_and_the_others_answer(start, tmp_path, link):
    file = tmp_path / "bus.yaml"
    file.write_text(BUS)
    bus = start("--bus", file, "--serial", link, "--baud", 19200, "--clock", "manual")
    assert bus.say(unit=2, fault="CL-09", on=True)["faults"] == ["CL-09"]
    assert bus.say(unit=1, registers=True)["faults"] == ["ME-14"]
    with frames.Serial(bus.path, 19200) as client:
        client.write(frames.rtu(2, frames.read_request(72)))
        assert client.read(1, patience=0.3) == b""
        assert client.ask(1, frames.read_request(72), 6)[:2].hex() == "0404"
        assert client.ask(30, frames.read_request(66, 2, 3), 6)[:2].hex() == "0304"
        bus.say(unit=2, fault="CL-09", on=False)
        assert client.ask(2, frames.read_request(72), 6)[:2].hex() == "0404"


def test_a_gateway_says_which_unit_it_cannot_reach(start, tmp_path):
    """0A: no such unit behind it. 0B: the unit is there and gives no answer that the gateway could take, here
    because it answers under another's number (PR-05)."""
    file = tmp_path / "bus.yaml"
    file.write_text(BUS)
    bus = start("--bus", file, "--tcp", "127.0.0.1:0", "--clock", "manual")
    with frames.Tcp(bus.port) as client:
        assert client.ask(9, frames.read_request(72)).hex() == "840a"
        bus.say(unit=2, fault="PR-05", on=True, **{"with": {"unit": 9}})
        assert client.ask(2, frames.read_request(72)).hex() == "840b"
        assert client.ask(1, frames.read_request(72))[:2].hex() == "0404"
        # 0 and 255 mean the gateway itself, which is no meter.
        assert client.ask(255, frames.read_request(72)).hex() == "840a"


@pytest.mark.parametrize(
    "text, words",
    [
        ("- {profile: eastron-sdm230, unit: 1}\n- {profile: eastron-sdm120, unit: 1}\n", "are unit 1"),
        ("- {profile: disc-187.5-rev-5-digit, unit: 1}\n", "has no serial port"),
        ("- {profile: eastron-sdm230, unit: 1, faults: [CL-09]}\n", "befalls the line"),
        ("- {profile: eastron-sdm230, unit: 1, colour: red}\n", "unknown key 'colour'"),
        ("- {profile: eastron-sdm230}\n", "the key 'unit' is missing"),
        ("- {profile: eastron-sdm230, unit: 248}\n", "1…247"),
        ("- {profile: eastron-sdm230, unit: 1, power: 2}\n", "unit of power"),
        ("[]\n", "without meters"),
        ("{a: b}\n", "must be a list"),
        ("- {profile: eastron-sdm230, unit: 1}\n- {profile: eastron-sdm120, unit: 2}\n", "--baud"),
    ],
)
def test_a_wrong_file_is_refused(text, words, run, tmp_path, link):
    file = tmp_path / "bus.yaml"
    file.write_text(text)
    ending = run("meter", "--bus", file, "--serial", link)
    assert ending.code == 2, ending
    assert words in ending.err and ending.out == "", ending


def test_there_is_a_shipped_example(start, tmp_path, link):
    """docs/examples/bus.yaml."""
    import pathlib

    example = pathlib.Path(__file__).parents[2] / "docs/examples/bus.yaml"
    bus = start("--bus", example, "--serial", link, "--baud", 9600)
    assert bus.ready["units"] == "1,2,3"
