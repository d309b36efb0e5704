"""Driving a meter over standard input: each line is answered by one line of JSON."""

import pytest

BAD = [
    ("no JSON", "power -2 kW", "not a JSON object"),
    ("a list", '["power"]', "not a JSON object"),
    ("half an object", '{"power": ', "not a JSON object"),
    ("an empty object", "{}", "one of power, fault, set, advance, registers, face, power-up, voltage, supply, "
     "button, logs, quit is wanted"),
    ("two commands", '{"power": "1 kW", "advance": "1h"}', "is wanted, once"),
    ("a slip", '{"pwoer": "1 kW"}', "did you mean 'power'?"),
    ("a word too many", '{"power": "1 kW", "on": true}', "'on' does not go with 'power'"),
    ("no unit", '{"power": "2"}', "a unit of power is wanted"),
    ("a number", '{"power": -2}', "a text with its unit"),
    ("energy for power", '{"power": "2 kWh"}', "'kWh' is energy"),
    ("a phase that is not there", '{"power": {"l2": "1 kW"}}', "a single-phase supply has only L1"),
    ("no phase", '{"power": {}}', "l1, l2 or l3"),
    ("an unknown fault", '{"fault": "ME-144", "on": true}', "no fault has the id 'ME-144'; did you mean"),
    ("neither on nor off", '{"fault": "ME-14"}', "'on' must be true or false"),
    ("one for true", '{"fault": "ME-14", "on": 1}', "'on' must be true or false"),
    ("not its parameter", '{"fault": "ME-14", "on": true, "with": {"x": 1}}', "no parameter 'x'; it has none"),
    ("out of range", '{"fault": "RG-11", "on": true, "with": {"read": 0}}', "1 to 1000000"),
    ("a fraction", '{"fault": "RG-11", "on": true, "with": {"read": 1.5}}', "a whole number or a text"),
    ("parameters that are none", '{"fault": "RG-11", "on": true, "with": 3}', "wants an object"),
    ("a fault of another kind of meter", '{"fault": "ME-02", "on": true}', "cannot befall eastron-sdm230"),
    ("a fault of a WAN", '{"fault": "WN-01", "on": true}', "no live meter has one"),
    ("a fault that is not there", '{"fault": "ME-14", "on": false}', "ME-14 is not present"),
    ("a register that is not there", '{"set": {"generation": "1 kWh"}}', "has no generation register"),
    ("no register", '{"set": {"imprt": "1 kWh"}}', "'imprt' is no register"),
    ("a register below nothing", '{"set": {"import": "-1 kWh"}}', "holds 0 kWh to below 1000000 kWh"),
    ("a register too small", '{"set": {"import": "1000000 kWh"}}', "holds 0 kWh to below 1000000 kWh"),
    ("nothing to set", '{"set": {}}', "wants registers"),
    ("time going back", '{"advance": "-1h"}', "above 0"),
    ("time standing still", '{"advance": "0h"}', "above 0"),
    ("too much time", '{"advance": "400 days"}', "at most 366 days"),
    ("a voltage without its unit", '{"voltage": "250"}', "0 V to 600 V"),
    ("no voltage of a home", '{"voltage": "601 V"}', "0 V to 600 V"),
    ("a supply that is none", '{"supply": "off"}', "armed, disabled, enabled"),
    ("a switch that is not there", '{"supply": "disabled"}', "eastron-sdm230 has no switch"),
    ("a button that closes nothing", '{"button": true}', "a supply that is armed"),
    ("not quite", '{"quit": false}', "'quit' wants true"),
    ("nobody there", '{"unit": 9, "registers": true}', "no meter here is unit 9; here: 1"),
    ("no unit at all", '{"unit": "one", "registers": true}', "'unit' must be 1 to 247"),
    ("a line longer than any command", '{"power": "' + "1" * 70_000 + ' kW"}', "more than 65536 bytes"),
]


@pytest.fixture(scope="module")
def talker(backspin):
    """One meter for all bad lines: none of them may do it any harm."""
    import live

    meter = live.Meter(backspin, ["eastron-sdm230", "--tcp", "127.0.0.1:0", "--clock", "manual"])
    meter.wait_until_ready()
    yield meter
    meter.clear_away()


@pytest.mark.parametrize("line, words", [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_a_bad_line_is_answered_and_changes_nothing(line, words, talker):
    before = talker.say(registers=True)
    reply = talker.say_line(line)
    assert reply["ok"] is False and set(reply) == {"ok", "error"}, reply
    assert words in reply["error"], reply
    assert talker.say(registers=True) == before


def test_every_command_is_answered_with_the_state(start, link):
    meter = start("eastron-sdm230", "--serial", link, "--clock", "manual", "--set", "import=10kWh")
    first = meter.say(registers=True)
    assert list(first) == ["ok", "at", "registersWh", "display", "faults"]
    assert first["registersWh"] == {"import": 10000, "export": 0, "total": 10000} and first["faults"] == []
    assert meter.say(power="-2 kW")["registersWh"] == first["registersWh"]
    assert meter.say(advance="90m")["registersWh"] == {"import": 10000, "export": 3000, "total": 13000}
    assert meter.say(set={"export": "1.5 kWh", "total": "0 kWh"})["registersWh"] == {
        "import": 10000, "export": 1500, "total": 0,
    }
    assert meter.say(fault="RG-03", on=True)["faults"] == ["RG-03"]
    assert meter.say(advance="1h")["registersWh"]["export"] == 1500, "frozen"
    assert meter.say(fault="CL-09", on=True, **{"with": {"share": "50 per cent"}})["faults"] == ["RG-03", "CL-09"]
    assert meter.say(fault="RG-03", on=False)["faults"] == ["CL-09"]
    assert meter.say(quit=True)["ok"] and meter.process.wait(10) == 0


def test_empty_lines_are_no_commands(start, link):
    meter = start("eastron-sdm230", "--serial", link, "--clock", "manual")
    meter.process.stdin.write("\n   \n\r\n")
    assert meter.say(registers=True)["ok"]


def test_a_three_phase_meter(start):
    """A power without a phase flows through L1."""
    meter = start("eastron-sdm630-v2", "--clock", "manual")
    meter.say(power={"l1": "1 kW", "l3": "-3 kW"})
    meter.say(advance="1h")
    meter.say(power="-1 kW")
    registers = meter.say(advance="1h")["registersWh"]
    assert registers["export"] >= 3000, registers


def test_a_disc_is_driven_and_read_without_a_port(start):
    """It runs backwards while the home exports, and its five drums show whole kWh."""
    meter = start("disc-187.5-rev-5-digit", "--clock", "manual", "--set", "import=2kWh", "--power", "-2kW")
    assert meter.ready["profile"] == "disc-187.5-rev-5-digit" and meter.ready["unit"] is None
    reply = meter.say(registers=True)
    assert (reply["registersWh"], reply["display"]) == ({"import": 2000}, {"import": "00002"})
    reply = meter.say(advance="2h")
    assert (reply["registersWh"], reply["display"]) == ({"import": 99998000}, {"import": "99998"})


def test_a_smart_meter_is_read_without_a_port(start):
    """A read spoiled by RG-11 is spoiled here too, and it is the read that counts, not the look."""
    meter = start("smets1-with-export", "--clock", "manual", "--set", "export=5kWh", "--fault", "RG-11,register=export,read=2")
    assert meter.say(registers=True)["registersWh"]["export"] == 5000
    assert meter.say(advance="1m")["registersWh"]["export"] == 5000
    assert meter.say(registers=True)["registersWh"]["export"] == 0
    assert meter.say(registers=True)["registersWh"]["export"] == 5000


def test_time_runs_as_fast_as_it_is_told(start):
    meter = start("smets2-single-element", "--clock", "x3600", "--power", "-1kW")
    while meter.say(registers=True)["registersWh"]["export"] < 500:
        pass
    assert meter.say(advance="1h")["registersWh"]["export"] >= 1500, "and by hand as well"


def test_a_site_flows_through_it_from_the_start_of_its_story(start, tmp_path):
    """A stated flow: 3 kW out for the first hour, then 1 kW in."""
    story = tmp_path / "story.yaml"
    story.write_text(SITE)
    meter = start("eastron-sdm230", "--site", story, "--clock", "manual")
    assert meter.say(registers=True)["at"] == "2026-05-01T10:00Z"
    assert meter.say(advance="1h")["registersWh"] == {"import": 0, "export": 3000, "total": 3000}
    assert meter.say(advance="1h")["registersWh"] == {"import": 1000, "export": 3000, "total": 4000}
    # A power by hand takes its place.
    meter.say(power="-1 kW")
    assert meter.say(advance="1h")["registersWh"]["export"] == 4000


SITE = """\
id: an-hour-out
title: Three kilowatts flow out for an hour
from: 2026-05-01T10:00Z
until: 2026-05-01T18:00Z
site:
  flow:
    steps:
      - {from: 2026-05-01T10:00Z, power: -3 kW}
      - {from: 2026-05-01T11:00Z, power: 1 kW}
meters:
  house: {profile: eastron-sdm230}
timeline:
  - {at: 2026-05-01T12:00Z, polls: house}
expect:
  - {register: house, role: export, value: 3 kWh}
"""


def test_a_smart_meter_tells_its_logs(start):
    """Half an hour at 265 V lies above the average's 264 V; behind an open switch nothing is imported."""
    meter = start("smets2-single-element", "--clock", "manual", "--power", "2 kW")
    meter.say(voltage="265 V")
    meter.say(advance="30m")
    assert meter.say(supply="armed")["supply"] == "armed"
    assert meter.say(advance="30m")["registersWh"]["import"] == 1000
    assert "supply" not in meter.say(button=True)
    state = meter.say(advance="30m")
    assert state["registersWh"]["import"] == 2000
    logs = meter.say(logs=True)["logs"]
    codes = [event.get("code") for event in logs["power"]]
    assert sorted(codes, key=str) == ["8002", "8024", "8F32", None]
    assert logs["events"] == [] and logs["security"] == []
    assert logs["clock"] == "reliable"
    averages = logs["voltage"][0]
    assert [one["decivolts"] for one in averages["averages"]] == [2650, 2650, 2650]
    assert (averages["above"], averages["below"]) == (3, 0)
