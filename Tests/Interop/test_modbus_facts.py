"""Every Modbus profile against its maker's documents, read by three clients of other hands and by our own reader.

All meters stand on one line, or behind one gateway, of one process; each client reads every documented register once.
"""

import json

import pytest

from clients import Refused
from modbus_facts import PLAIN, REGISTERS, SINGLE, STEPS, SUNSPEC, State, expect, facts, raw
from modbus_readers import LibModbus, Minimal, PyModbus, wait_out
from served import at

#: 19200 8E1: on a serial line it stands alone.
EVEN = "schneider-iem3155"
NAMES = PLAIN + sorted(SUNSPEC)
UNITS = {name: number for number, name in enumerate(NAMES, 1)}
IMPORTED, EXPORTED = 1_234_560, 987_640
#: On one phase, and on three: one exports, so that sums are no sums of sizes.
FLOWS = {1: (-2000,), 2: (1500, -700), 3: (1500, -700, 250)}

READERS = {"libmodbus": LibModbus, "pymodbus": PyModbus, "minimalmodbus": Minimal}
OVER = [
    ("tcp", "libmodbus"), ("tcp", "pymodbus"), ("rtu over tcp", "pymodbus"), ("pty", "libmodbus"), ("pty", "pymodbus"),
    ("pty", "minimalmodbus"),
]


def phases(name):
    return SUNSPEC[name][1] if name in SUNSPEC else 1 if name in SINGLE else 3


def inverter(name):
    return name.startswith("sunspec-inverter") or name == "rayleigh-ri-d175"


def state_of(name, serial):
    watts = FLOWS[phases(name)]
    if name in SUNSPEC and phases(name) == 2:
        watts = (*watts, 0)
    return State(watts, IMPORTED, 0 if inverter(name) else EXPORTED, serial, STEPS.get(name, 1))


def serial_of(name, kind):
    """Eight digits by seed and place in the file, as docs/live-meter.md says."""
    return str(20_000_000 + 70 + there(kind).index(name))


@pytest.fixture(scope="module")
def places(backspin, tmp_path_factory):
    """The same meters on each sort of line, started when they are asked for."""
    import live

    folder, running = tmp_path_factory.mktemp("facts"), {}

    def place(kind):
        if kind in running:
            return running[kind]
        file = folder / f"{kind.replace(' ', '-')}.yaml"
        names = [name for name in NAMES if kind != "pty" or name != EVEN]
        reads = {name: f"{{import: {IMPORTED} Wh}}" if inverter(name) else
                 f"{{import: {IMPORTED} Wh, export: {EXPORTED} Wh}}" for name in names}
        file.write_text("".join(f"- {{profile: {name}, unit: {UNITS[name]}, reads: {reads[name]}}}\n" for name in names))
        where = ["--serial", folder / "line", "--baud", 115200] if kind == "pty" else ["--tcp", "127.0.0.1:0"]
        if kind == "rtu over tcp":
            where += ["--framing", "rtu"]
        meter = live.Meter(backspin, ["--bus", file, *where, "--clock", "manual"])
        meter.wait_until_ready()
        running[kind] = meter
        for name in names:
            flow = FLOWS[phases(name)]
            power = {f"l{index}": f"{watts} W" for index, watts in enumerate(flow, 1)}
            meter.say(unit=UNITS[name], power=power)
        return meter

    yield place
    for meter in running.values():
        meter.clear_away()


def there(kind):
    return [name for name in NAMES if kind != "pty" or name != EVEN]


@pytest.mark.parametrize("kind, reader", OVER)
def test_every_documented_register_shows_the_state(places, kind, reader):
    meter = places(kind)
    client = READERS[reader](meter)
    checked = 0
    try:
        for name in there(kind):
            if name in SUNSPEC:
                continue
            state = state_of(name, serial_of(name, kind))
            for fact in facts(name):
                if fact.quantity.startswith(("cfg_", "relay", "model_id")) and fact.quantity not in (
                        "cfg_system_voltage", "cfg_system_current"):
                    continue
                if name == "rayleigh-ri-d175" and fact.scale == "not stated" or fact.quantity == "pulse_constant":
                    continue
                if fact.type == "string":
                    words = client.read(UNITS[name], 3, fact.address, fact.registers)
                    assert bytes(words).decode() == state.serial[:7]
                    continue
                assert fact.registers == REGISTERS[fact.type], (name, fact)
                for function in fact.functions:
                    wait_out(name) if kind == "pty" else None
                    words = client.read(UNITS[name], function, fact.address, fact.registers)
                    expect(fact, state, raw(fact.type, fact.order, words), name)
                    checked += 1
    finally:
        client.close()
    assert checked > 350, "every confirmed row of every table"


def words_of(client, unit, address, count):
    """Any number of registers, at most 100 in one request."""
    words = []
    while count:
        part = min(count, 100)
        words += client.read(unit, 3, address, part)
        address, count = address + part, count - part
    return words


@pytest.mark.parametrize("kind, reader", OVER)
def test_sunspec_chains_are_walked_by_their_lengths(places, kind, reader):
    meter = places(kind)
    client = READERS[reader](meter)
    try:
        for name, (model, legs) in SUNSPEC.items():
            unit, state = UNITS[name], state_of(name, serial_of(name, kind))
            assert client.read(unit, 3, 40000, 2) == [0x5375, 0x6E53], "SunS"
            chain, address = {}, 40002
            while True:
                number, length = client.read(unit, 3, address, 2)
                if number == 0xFFFF:
                    assert length == 0
                    break
                chain[number] = (address, words_of(client, unit, address, length + 2))
                address += length + 2
            assert list(chain) == [1, model]
            with pytest.raises(Refused) as refused:
                client.read(unit, 3, address + 2, 1)
            assert refused.value.code == 2
            check_common(chain[1][1], state)
            check_model(name, model, legs, chain[model][1], state)
    finally:
        client.close()


def check_common(words, state):
    def text(offset, count):
        data = b"".join(word.to_bytes(2) for word in words[offset : offset + count])
        return data.rstrip(b"\0").decode()

    assert len(words) == 68 and words[67] == 0x8000
    assert text(2, 16) == "Backspin" and text(50, 16) == state.serial


ABSENT = {"int16": 0x8000, "uint16": 0xFFFF, "sunssf": 0x8000, "acc32": 0, "enum16": 0xFFFF, "bitfield32": 0xFFFFFFFF,
          "float32": 0x7FC00000}


def check_model(name, model, legs, words, state):
    """Mandatory points are there; each that is there says what the state is, by its own scale factor."""
    rows = facts(f"sunspec-{model}")
    mandatory = {one for one in raw_names(model) if one.endswith("*")}
    values, types = {}, {}
    for fact in rows:
        bits = 0
        for word in words[fact.address : fact.address + fact.registers]:
            bits = bits << 16 | word
        types[fact.quantity] = fact
        values[fact.quantity] = None if bits == ABSENT[fact.type] and fact.type != "acc32" else raw(
            fact.type, "ABCD", words[fact.address : fact.address + fact.registers])
    assert values["ID"] == model and values["L"] == len(words) - 2
    for one in mandatory:
        assert values[one.rstrip("*")] is not None, f"{name}: {one} is mandatory"
    meanings = {
        "A": sum(abs(one) for one in state.watts) / 230, "AphA": abs(state.watts[0]) / 230, "Hz": 50,
        "W": sum(state.watts), "VA": sum(abs(one) for one in state.watts), "PhVphA": 230, "VAR": 0, "VAr": 0,
        "TotWhImp": IMPORTED, "TotWhExp": state.exported, "WH": IMPORTED,
        "PF": 100 * sum(state.watts) / sum(abs(one) for one in state.watts),
    }
    if legs > 1:
        meanings |= {"AphB": abs(state.watts[1]) / 230, "WphA": state.watts[0], "WphB": state.watts[1]}
    if model == 213:
        meanings["PF"] /= 100
    if model == 204:
        meanings.pop("PhVphA")
        meanings["PhVphAB"] = 230 * 3**0.5
    for one, meaning in meanings.items():
        if one not in values:
            continue
        factor = types[one].scale
        value = values[one]
        assert value is not None, f"{name}: {one}"
        step = 1
        if factor.startswith("10^"):
            step = 10.0 ** values[factor[3:]]
            value *= step
        assert value == pytest.approx(meaning, abs=step if types[one].type != "float32" else 1e-3), (name, one)


def raw_names(model):
    import csv

    from modbus_facts import FOLDER

    with open(FOLDER / f"sunspec-{model}.csv", newline="") as file:
        return [row["quantity"] for row in csv.DictReader(file)]


#: Of the register that is read, where it is coarser than the meter, in Wh.
RESOLUTION = {"carlogavazzi-em340": 100}


#: Each over each way, but that 8E1 does not go with the others on one serial line.
OURS = [
    (kind, name)
    for name in ["eastron-sdm630-v2", "carlogavazzi-em340", "abb-b23", "schneider-iem3155", "sunspec-meter-wye",
                 "hiking-dds238-2-zns"]
    for kind in ["tcp", "rtu over tcp", "pty"]
    if (kind, name) != ("pty", EVEN)
]


@pytest.mark.parametrize("kind, name", OURS)
def test_our_reader_reads_them(places, run, kind, name):
    meter = places(kind)
    framing = ["--framing", "rtu"] if kind == "rtu over tcp" else []
    speed = ["--baud", 115200] if kind == "pty" else []
    ending = run("read", "--profile", name, *at(meter), *framing, *speed, "--unit", UNITS[name], "--json")
    assert ending.code == 0, ending
    readings = {one["name"]: one for one in json.loads(ending.out)["readings"]}
    state = state_of(name, serial_of(name, kind))
    for word, which in [("active-energy-import", "import"), ("active-energy-export", "export"),
                        ("TotWhImp", "import"), ("TotWhExp", "export")]:
        if word in readings:
            value = float(readings[word]["value"]) * (1000 if readings[word]["unit"] == "kWh" else 1)
            assert value == pytest.approx(state.energy(which), abs=RESOLUTION.get(name, 0.13)), (name, word)


#: Unit, function, address, count and the exception, by each maker's table.
ILLEGAL = [
    ("eastron-sdm120", 4, 73, 2, 2), ("eastron-sdm120", 4, 72, 1, 3), ("eastron-sdm120", 4, 0, 82, 3),
    ("eastron-sdm220", 4, 0, 62, 3), ("eastron-sdm630-v2", 4, 0, 82, 3), ("eastron-sdm630-v2", 4, 1, 2, 2),
    ("eastron-sdm72d-m", 4, 1284, 2, 2), ("eastron-sdm72d-m-v2", 3, 342, 2, 2),
    ("carlogavazzi-em24-rs485", 3, 0, 12, 3), ("carlogavazzi-em340", 3, 0, 51, 3), ("carlogavazzi-em112", 3, 0, 51, 3),
    ("abb-b23", 4, 20480, 4, 1), ("abb-b23", 3, 0x8F00, 1, 2), ("chint-dtsu666", 4, 8198, 2, 1),
    ("hiking-dds238-2-zns", 3, 27, 1, 2), ("hiking-dds238-2-zns", 4, 0, 2, 1), ("janitza-b23", 3, 18998, 2, 2),
    ("schneider-iem3155", 4, 2999, 2, 1), ("schneider-iem3155", 3, 2998, 2, 2), ("rayleigh-ri-d175", 3, 0, 2, 1),
    ("sunspec-meter-wye", 4, 40000, 2, 1), ("sunspec-meter-wye", 3, 39999, 2, 2),
]


@pytest.mark.parametrize("kind, reader", [("tcp", "libmodbus"), ("rtu over tcp", "pymodbus"), ("pty", "minimalmodbus")])
def test_illegal_requests_get_the_standards_exceptions(places, kind, reader):
    meter = places(kind)
    # minimalmodbus waits for the bytes of a good answer, so an exception takes its patience.
    client = READERS[reader](meter, patience=0.3 if reader == "minimalmodbus" else 2)
    try:
        for name, function, address, count, code in ILLEGAL:
            if name not in there(kind):
                continue
            wait_out(name) if kind == "pty" else None
            with pytest.raises(Refused) as refused:
                client.read(UNITS[name], function, address, count)
            assert refused.value.code == code, (name, function, address, count)
    finally:
        client.close()


#: Addresses inside a table that hold nothing.
GAPS = [("eastron-sdm120", 4, 2, 4, [0, 0, 0, 0]), ("eastron-sdm72d-m", 4, 0, 2, [0, 0]),
        ("eastron-sdm220", 4, 52, 2, [0, 0]), ("janitza-b23", 3, 19006, 2, None),
        ("carlogavazzi-em340", 3, 768, 1, None), ("sunspec-meter-wye", 3, 40179, 1, None)]


@pytest.mark.parametrize("kind, reader", [("tcp", "libmodbus"), ("rtu over tcp", "pymodbus"), ("pty", "minimalmodbus")])
def test_addresses_that_hold_nothing_answer_as_the_make_does(places, kind, reader):
    meter = places(kind)
    # minimalmodbus waits for the bytes of a good answer, so an exception takes its patience.
    client = READERS[reader](meter, patience=0.3 if reader == "minimalmodbus" else 2)
    try:
        for name, function, address, count, words in GAPS:
            if words is None:
                with pytest.raises(Refused) as refused:
                    client.read(UNITS[name], function, address, count)
                assert refused.value.code == 2, name
            else:
                assert client.read(UNITS[name], function, address, count) == words, name
    finally:
        client.close()
