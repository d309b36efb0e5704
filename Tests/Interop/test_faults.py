"""Every fault of the catalogue on a live meter, seen where a reader sees it: here those of Modbus meters and of displays,
in the modules beside it those of optical ports, of DLMS and of pulses.
"""

import importlib
import json
import time

import pytest

import frames
from clients import ALL, Point
from shown import SEEN, of

IMPORT, EXPORT, POWER = Point(72), Point(74), Point(12)
ASK_IMPORT = frames.read_request(72)

#: What else shows faults.
BESIDE = ["test_optical_faults", "test_dlms_faults", "test_pulse_faults", "test_metering_faults"]


def read(meter, point, unit=1):
    return ALL["pymodbus"](meter, point, unit)


@of("ME-02")
def test_a_backstop_that_is_gone(start):
    meter = start("disc-187.5-rev-5-digit-backstop", "--clock", "manual", "--power", "-2kW", "--set", "import=10kWh")
    assert meter.say(advance="1h")["display"] == {"import": "00010"}
    meter.say(fault="ME-02", on=True)
    assert meter.say(advance="1h")["display"] == {"import": "00008"}


@of("ME-04")
def test_export_added_to_import(start):
    meter = start("smets1-with-export", "--clock", "manual", "--power", "-2kW", "--fault", "ME-04")
    assert meter.say(advance="1h")["registersWh"]["import"] == 2000


@of("ME-05")
def test_an_export_register_that_is_off(start):
    meter = start("smets1-with-export", "--clock", "manual", "--power", "-2kW", "--fault", "ME-05", "--set", "export=1kWh")
    assert meter.say(advance="1h")["registersWh"] == {"import": 0, "export": 1000}


@of("ME-09")
def test_one_current_transformer_reversed(start, place):
    """3 kW in on each phase; L2 seems to give them back, and the EM24 nets its phases: 3 kWh in an hour."""
    meter = start("carlogavazzi-em24-rs485", *place, "--clock", "manual", "--fault", "ME-09,phase=2")
    meter.say(power={"l1": "3 kW", "l2": "3 kW", "l3": "3 kW"})
    meter.say(advance="1h")
    powers = [read(meter, Point(address, "int32", 3, "CDAB")) for address in (18, 20, 22, 40)]
    assert powers == [30000, -30000, 30000, 30000]
    assert read(meter, Point(66, "int32", 3, "CDAB")) == 30


@of("ME-14")
def test_line_and_load_reversed_for_a_while(start, place):
    meter = start("eastron-sdm120", *place, "--clock", "manual", "--power", "-2kW")
    meter.say(fault="ME-14", on=True)
    meter.say(advance="1h")
    meter.say(fault="ME-14", on=False)
    meter.say(advance="1h")
    assert (read(meter, IMPORT), read(meter, EXPORT)) == (2, 2)


@of("RG-03")
def test_a_frozen_register(start, place):
    meter = start("eastron-sdm230", *place, "--clock", "manual", "--power", "-2kW", "--fault", "RG-03,register=export")
    meter.say(advance="1h")
    assert (read(meter, EXPORT), read(meter, POWER)) == (0, -2000)


@of("RG-04")
def test_a_register_that_starts_again(start, place):
    meter = start("eastron-sdm230", *place, "--clock", "manual", "--set", "import=123kWh")
    meter.say(fault="RG-04", on=True)
    meter.say(advance="1h")
    assert read(meter, IMPORT) == 1


@of("RG-11")
def test_one_read_is_zero(start, place):
    meter = start("eastron-sdm230", *place, "--clock", "manual", "--set", "import=5kWh", "--fault", "RG-11,register=import,read=2")
    assert [read(meter, IMPORT) for _ in range(3)] == [5, 0, 5]


@of("RG-12")
def test_one_read_is_far_too_high(start, place):
    meter = start("eastron-sdm230", *place, "--clock", "manual", "--set", "import=5kWh", "--fault", "RG-12,register=import")
    assert [read(meter, IMPORT) for _ in range(2)] == [50, 5]


@of("CK-01")
def test_a_clock_that_drifts(start):
    """It is accepted with its unit and ended; what it does to half-hours is seen in stories."""
    meter = start("smets2-single-element", "--clock", "manual", "--fault", "CK-01,ppm=100ppm")
    assert meter.say(advance="1 day")["faults"] == ["CK-01"]
    assert meter.say(fault="CK-01", on=False)["faults"] == []


@of("CL-01", "CL-02")
@pytest.mark.parametrize("fault", ["CL-01", "CL-02"])
def test_a_noisy_line_gives_no_wrong_number(fault, start, link):
    """Of 60 reads some fail, and none that is taken is wrong."""
    meter = start(
        "eastron-sdm230", "--serial", link, "--baud", 38400, "--clock", "manual", "--set", "import=12.345kWh",
        "--fault", f"{fault},rate=5000ppm",
    )
    right, spoiled = 0, 0
    with frames.Serial(meter.path, 38400) as client:
        for _ in range(60):
            client.write(frames.rtu(1, ASK_IMPORT))
            answer = client.read(9, patience=0.1)
            # What still comes belongs to no later request.
            client.read(99, patience=0.02)
            if len(answer) == 9 and frames.crc(answer[:-2]) == answer[-2:]:
                assert answer[3:7].hex() == "4145851f", f"12.345 as a float is not {answer.hex()}"
                right += 1
            else:
                spoiled += 1
    assert right > 0 and spoiled > 0, (right, spoiled)
    meter.say(fault=fault, on=False)
    assert abs(read(meter, IMPORT) - 12.345) < 1e-5


@of("CL-03")
def test_a_late_answer(start, place):
    meter = start("eastron-sdm230", *place, "--clock", "manual", "--fault", "CL-03,delay=300ms")
    with frames.open_at(meter) as client:
        began = time.monotonic()
        assert client.ask(1, ASK_IMPORT, 6)[:2].hex() == "0404"
        assert time.monotonic() - began >= 0.3


@of("CL-09")
def test_a_silent_meter_on_connections_open_and_new(start):
    """A fault of the line befalls who is there and who comes, and its end helps both."""
    meter = start("eastron-sdm230", "--tcp", "127.0.0.1:0", "--clock", "manual")
    with frames.Tcp(meter.port) as there:
        assert there.ask(1, ASK_IMPORT)[:2].hex() == "0404"
        meter.say(fault="CL-09", on=True)
        with frames.Tcp(meter.port) as new:
            for client in (there, new):
                client.socket.settimeout(0.2)
                client.write(frames.tcp(9, 1, ASK_IMPORT))
                with pytest.raises(TimeoutError):
                    client.read(1)
            meter.say(fault="CL-09", on=False)
            for client in (there, new):
                client.socket.settimeout(frames.PATIENCE)
                assert client.ask(1, ASK_IMPORT)[:2].hex() == "0404"


@of("CL-06")
def test_swapped_wires(start, link):
    """The meter hears no request that it could know; with its wires put right it answers."""
    meter = start("eastron-sdm230", "--serial", link, "--clock", "manual", "--set", "import=12.345kWh", "--fault", "CL-06,kind=polarity")
    with frames.Serial(meter.path) as client:
        client.write(frames.rtu(1, ASK_IMPORT))
        assert client.read(9, patience=0.5) == b""
    meter.say(fault="CL-06", on=False)
    assert abs(read(meter, IMPORT) - 12.345) < 1e-5


@of("CL-06")
def test_a_second_master(start, link):
    """Of 80 reads some fail, and none that is taken is wrong."""
    meter = start(
        "eastron-sdm230", "--serial", link, "--baud", 38400, "--clock", "manual", "--set", "import=12.345kWh",
        "--fault", "CL-06,collision=20%",
    )
    right, spoiled = 0, 0
    with frames.Serial(meter.path, 38400) as client:
        for _ in range(80):
            client.write(frames.rtu(1, ASK_IMPORT))
            answer = client.read(9, patience=0.1)
            client.read(99, patience=0.02)
            if len(answer) == 9 and frames.crc(answer[:-2]) == answer[-2:]:
                assert answer[3:7].hex() == "4145851f"
                right += 1
            else:
                spoiled += 1
    assert right > 0 and spoiled > 0, (right, spoiled)


@of("PR-05")
def test_another_number_in_the_answer(start, link):
    meter = start("eastron-sdm230", "--serial", link, "--clock", "manual", "--fault", "PR-05,unit=7")
    with frames.Serial(meter.path) as client:
        client.write(frames.rtu(1, ASK_IMPORT))
        answer = client.read(9)
        assert answer[0] == 7 and frames.crc(answer[:-2]) == answer[-2:], answer.hex()
    meter.say(fault="PR-05", on=False)
    assert read(meter, IMPORT) == 0


def test_an_impostor(start, link):
    meter = start("eastron-sdm230", "--serial", link, "--clock", "manual", "--set", "import=5kWh", "--fault", "PR-05,kind=impostor,unit=9")
    assert [read(meter, IMPORT, unit) for unit in (1, 9)] == [5, 5]


def test_an_old_answer_is_served_again_until_its_age_is_over(start, place):
    """The age is that of the world, whose time is moved by hand here."""
    meter = start("eastron-sdm230", *place, "--clock", "manual", "--fault", "PR-05,kind=stale,age=15min")
    assert read(meter, IMPORT) == 0
    meter.say(advance="10m")
    assert read(meter, IMPORT) == 0, "an old answer"
    meter.say(advance="10m")
    assert abs(read(meter, IMPORT) - 1 / 3) < 1e-3


def test_every_fault_of_the_catalogue_is_shown_here(run):
    """But those of layers that no live meter has: a WAN, a site, people, data, contracts."""
    for module in BESIDE:
        importlib.import_module(module)
    rows = json.loads(run("faults", "list", "--json").out)["faults"]
    assert len(rows) >= 32
    for fault, layer in [(row["id"], row["layer"]) for row in rows]:
        if layer in ("wan", "energyFlow", "person", "data", "lifeEvent"):
            ending = run("meter", "eastron-sdm230", "--tcp", "127.0.0.1:0", "--fault", fault)
            assert ending.code == 2 and "put it into a story" in ending.err, ending
        else:
            assert fault in SEEN, f"no test here shows {fault} on a live meter"
