"""Faults of measuring, registers, memory, clocks and displays on a live meter: what its readers and its display say.

Where a row has numbers they are worked by hand, of whole kW over whole hours, so that no step is cut. The others are held
against a sound meter that lives through the same; what only a story can show is here no more than taken and ended.
"""

import pytest

from clients import ALL, Point, Refused
from shown import of

IMPORT, EXPORT = Point(72), Point(74)


def read(meter, point=IMPORT):
    return ALL["pymodbus"](meter, point, 1)


#: Fault, make, power, what it stood at, hours, and Wh of its registers after them.
METERED = [
    # 3 % too much of 2 kWh.
    ("ME-01", "smets2-single-element", "2kW", {}, 1, {"import": 2060, "export": 0}),
    # The pawl lets 30 % of what turns back pass: 100 kWh less 0.3 x 20.
    ("ME-03", "disc-187.5-rev-5-digit-backstop", "-2kW", {"import": "100kWh"}, 10, {"import": 94_000}),
    # 8 W of creep over 100 h, and nothing else.
    ("ME-06", "electronic-import-only", "0W", {}, 100, {"import": 800}),
    # The load of 500 W out of 2 kW is taken for three times as much: 1.5 + 1.5 kWh.
    ("ME-07", "smets1-with-export", "2kW", {}, 1, {"import": 3000, "export": 0}),
    # A third is lost while a phase has no voltage: one of three phases that carry 1 kW each.
    ("ME-11", "smets2-polyphase", {"l1": "1 kW", "l2": "1 kW", "l3": "1 kW"}, {}, 1, {"import": 2000, "export": 0}),
    # Per phase: 2 kW in on L1, 3 kW out on L2 are no more netted to 1 kWh out.
    ("ME-15", "smets2-polyphase", {"l1": "2 kW", "l2": "-3 kW", "l3": "0 W"}, {}, 1, {"import": 2000, "export": 3000}),
    # 30 % less of 20 kWh.
    ("ME-17", "disc-187.5-rev-5-digit-backstop", "2kW", {}, 10, {"import": 14_000}),
    # A train for 0.625 of the constant: of 32 kWh 20.
    ("ME-19", "disc-187.5-rev-5-digit-backstop", "2kW", {}, 16, {"import": 20_000}),
    # 2 A more in the neutral, at 230 V.
    ("ME-18", "smets1-with-export", "2kW", {}, 1, {"import": 2460, "export": 0}),
    # Volts of L2 with amps of L1 and the other way round: cos 120 degrees, so -0.5 - 1 + 3 kWh.
    ("ME-12", "electronic-three-phase-ct", {"l1": "1 kW", "l2": "2 kW", "l3": "3 kW"}, {}, 1, {"import": 1500, "export": 0}),
    # 12 kWh, less 20: an odometer.
    ("RG-02", "disc-187.5-rev-5-digit", "-2kW", {}, 10, {"import": 99_992_000}),
    # 2^20 Wh more.
    ("RG-05", "smets2-single-element", "0W", {"import": "10kWh"}, 1, {"import": 1_058_576, "export": 1_048_576}),
    # 100 kWh before a 32-bit number of Wh comes round, and 101 kWh later.
    ("RG-01", "smets2-single-element", "101kW", {}, 1, {"import": 1000, "export": (1 << 32) - 100_000}),
    # Stands always.
    ("ME-21", "disc-187.5-rev-5-digit-backstop", "2kW", {}, 1, {"import": 0}),
    # What went in is called export.
    ("RG-06", "smets2-single-element", "2kW", {}, 1, {"import": 0, "export": 2000}),
    # Twice from the update on.
    ("MF-06", "smets2-single-element", "2kW", {}, 1, {"import": 4000, "export": 0}),
]

@of(*[one[0] for one in METERED])
@pytest.mark.parametrize("fault, make, power, stood, hours, registers", METERED, ids=[one[0] for one in METERED])
def test_what_is_metered(start, fault, make, power, stood, hours, registers):
    options = [f"--set={','.join(f'{k}={v}' for k, v in stood.items())}"] if stood else []
    meter = start(make, "--clock", "manual", *options)
    meter.say(fault=fault, on=True)
    meter.say(power=power)
    got = meter.say(advance=f"{hours}h")["registersWh"]
    assert got == registers, (fault, got)


#: Fault with parameters, power, hours, and kWh of import and export that pymodbus reads of an SDM230.
OVER_MODBUS = [
    # Dead for 6 s of each minute.
    ("MF-05,period=60s,dead=6s", "2kW", 1, 1.8, 0),
    # The point one place to the right.
    ("RG-08,exponent=1", "2kW", 1, 20, 0),
    # A counter of 16 bits in steps of 100 Wh: 6553.6 kWh, and 6600 were counted.
    ("RG-10,width=u16,step=100Wh", "6600kW", 1, 46.4, 0),
    # Memory that reads as zeros.
    ("MF-04,shows=zeros", "2kW", 1, 0, 0),
]


@of(*[one[0].split(",")[0] for one in OVER_MODBUS])
@pytest.mark.parametrize("fault, power, hours, imported, exported", OVER_MODBUS, ids=[one[0] for one in OVER_MODBUS])
def test_what_pymodbus_reads(start, place, fault, power, hours, imported, exported):
    meter = start("eastron-sdm230", *place, "--clock", "manual", "--fault", fault, "--power", power)
    meter.say(advance=f"{hours}h")
    # A reset loses what is below 1 Wh too.
    near = 2e-3 if fault.startswith("MF-05") else 1e-5
    assert abs(read(meter) - imported) < near and abs(read(meter, EXPORT) - exported) < near


#: Fault, make, what it stood at and what is said to it: what it shows differs from what a sound one shows.
SEEN_BESIDE_A_SOUND_ONE = [
    ("ME-08", "electronic-three-phase-ct", "0kWh", [{"power": {"l1": "1 kW", "l2": "2 kW", "l3": "3 kW"}}, {"advance": "1h"}]),
    ("ME-10", "electronic-three-phase-ct", "0kWh", [{"power": {"l1": "1 kW", "l2": "2 kW", "l3": "3 kW"}}, {"advance": "1h"}]),
    ("ME-13", "electronic-three-phase-ct", "0kWh", [{"power": {"l1": "1 kW", "l2": "2 kW", "l3": "6 kW"}}, {"advance": "1h"}]),
    ("ME-16,netting=window,window=1800s", "smets2-single-element", "0kWh",
     [one for _ in range(4) for one in ({"power": "2 kW"}, {"advance": "10m"}, {"power": "-2 kW"}, {"advance": "10m"})]),
    ("ME-20,temperature=1500ppm/K", "smets2-single-element", "0kWh", [{"power": "20 kW"}, {"advance": "20 days"}]),
    ("MF-01,interval=7200s,dips=60min", "smets2-single-element", "0kWh", [{"power": "2 kW"}, {"advance": "3h"}]),
    ("RG-09", "smets1-with-export", "0kWh", [{"power": "1234 W"}] + [{"advance": "1h"}, {"registers": True}] * 3),
    ("DP-01,digit=0,segment=g", "electronic-import-only", "88888kWh", [{"face": True}]),
    ("DP-02", "smets2-single-element", "88888kWh", [{"face": True}]),
    ("DP-03,carry-from=970", "disc-187.5-rev-5-digit", "129.0kWh", [{"power": "1 kW"}, {"advance": "57m"}, {"face": True}]),
    ("DP-04,spread=200", "disc-240-rev-pointer-dials", "12345kWh", [{"face": True}]),
]


def heard(meter, commands):
    """All that it says, but for the time and the names of its faults."""
    replies = [meter.say(**command) for command in commands]
    return [{name: value for name, value in reply.items() if name not in ("at", "faults")} for reply in replies]


@of(*[one[0].split(",")[0] for one in SEEN_BESIDE_A_SOUND_ONE])
@pytest.mark.parametrize("fault, make, stood, commands", SEEN_BESIDE_A_SOUND_ONE,
                         ids=[one[0] for one in SEEN_BESIDE_A_SOUND_ONE])
def test_what_differs_from_a_sound_meter(start, fault, make, stood, commands):
    options = ["--clock", "manual", f"--set=import={stood}"]
    assert heard(start(make, *options, "--fault", fault), commands) != heard(start(make, *options), commands)


#: What they do to clocks and logs is seen in stories: here each is taken, with its usual parameters, and ended.
IN_LOGS = ["CK-02", "CK-03", "CK-06", "CK-08", "MF-02", "MF-03", "MF-07"]


@of(*IN_LOGS)
@pytest.mark.parametrize("fault", IN_LOGS)
def test_a_fault_of_clocks_and_logs_is_taken_and_ended(start, fault):
    meter = start("smets1-with-export", "--clock", "manual", "--fault", fault)
    assert meter.say(advance="1 day")["faults"] == [fault]
    assert meter.say(fault=fault, on=False)["faults"] == []


#: What they do is seen in stories, which read twice, by rate, or while a display stands.
ELSEWHERE = [("PR-03", "abb-b21", True), ("RG-07", "iskra-mt174", False), ("DP-05", "smets2-single-element", False)]


@of(*[one[0] for one in ELSEWHERE])
@pytest.mark.parametrize("fault, make, is_modbus", ELSEWHERE)
def test_a_fault_that_only_stories_show_is_taken_and_ended(start, place, fault, make, is_modbus):
    meter = start(make, *(place if is_modbus else []), "--clock", "manual", "--fault", fault)
    assert meter.say(advance="1h")["faults"] == [fault]
    assert meter.say(fault=fault, on=False)["faults"] == []


@of("PR-01")
def test_words_in_another_order(start, place):
    """2 kWh as a float is 4000 0000: with its words swapped 0000 4000, which is no number of any use."""
    meter = start("eastron-sdm230", *place, "--clock", "manual", "--set", "import=2kWh", "--fault", "PR-01,order=CDAB")
    assert read(meter) == pytest.approx(2.2958874e-41, rel=1e-6)


@of("PR-02")
def test_an_address_beside_the_right_one(start, place):
    """What is asked for at 72 is looked for at 73, where no value of two registers begins."""
    meter = start("eastron-sdm230", *place, "--clock", "manual", "--set", "import=2kWh,export=8kWh", "--fault", "PR-02")
    with pytest.raises(Refused) as refusal:
        read(meter)
    assert refusal.value.code == 2


@of("PR-04")
def test_a_meter_that_is_busy(start, place):
    meter = start("eastron-sdm230", *place, "--clock", "manual", "--fault", "PR-04,code=busy,rate=100%")
    with pytest.raises(Refused) as refusal:
        read(meter)
    assert refusal.value.code == 6
