"""What makers' documents say of each Modbus meter (Tests/Facts/modbus, one CSV a model), and what it must show then.

Nothing here comes from the program under test: addresses, types, orders and scales are the documents', and values are
worked out from the stated state of a meter.
"""

import csv
import functools
import math
import re
import struct
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "Facts" / "modbus"

#: Profiles with one CSV of their own name.
PLAIN = sorted(
    one.stem for one in FOLDER.glob("*.csv") if not one.stem.startswith("sunspec")
)

#: SunSpec profiles: the model behind the common one, and how many phases it has (V1.1 chain at 40000).
SUNSPEC = {
    "sunspec-inverter-single": (101, 1), "sunspec-inverter-split": (102, 2), "sunspec-inverter-three": (103, 3),
    "sunspec-meter-single": (201, 1), "sunspec-meter-split": (202, 2), "sunspec-meter-wye": (203, 3),
    "sunspec-meter-delta": (204, 3), "sunspec-meter-wye-float": (213, 3),
}

SINGLE = {"eastron-sdm120", "eastron-sdm220", "eastron-sdm230", "abb-b21", "carlogavazzi-em112",
          "hiking-dds238-2-zns", "rayleigh-ri-d175"}

#: Steps in which a make keeps its energies, in Wh.
STEPS = {"carlogavazzi-em112": 100, "carlogavazzi-em24-ethernet": 100, "carlogavazzi-em24-rs485": 100, "abb-b21": 10,
         "abb-b23": 10, "chint-dtsu666": 10, "hiking-dds238-2-zns": 10, "rayleigh-ri-d175": 10}

REGISTERS = {"int16": 1, "uint16": 1, "sunssf": 1, "enum16": 1, "int32": 2, "uint32": 2, "acc32": 2, "float32": 2,
             "bitfield32": 2, "int64": 4, "uint64": 4}
BASE = {"": 1, "kWh": 1000, "kvarh": 1000, "kVAh": 1000, "kW": 1000, "kvar": 1000, "kVA": 1000}

#: Documented, and said not to be worked out: they read 0.
ZERO = {"phase_sequence", "active_energy_import_tariff2", "active_energy_tariff2", "firmware_version_letter",
        "firmware_revision", "status_wrong_connection", "software_version", "power_factor_total_inv", "system_power",
        "cfg_system_voltage", "cfg_system_current"}


@dataclass(frozen=True)
class Fact:
    quantity: str
    functions: tuple
    address: int
    registers: int
    type: str
    order: str
    unit: str
    scale: str


@functools.cache
def facts(name):
    """The confirmed rows of a CSV."""
    with open(FOLDER / f"{name}.csv", newline="") as file:
        rows = [row for row in csv.DictReader(file) if "unverified" not in row["source"]]
    return [
        Fact(
            re.sub(r"\(.*\)", "", row["quantity"]).rstrip("*"),
            tuple(int(one) for one in row["function"].split("/") if int(one) in (3, 4)),
            int(row["address"]), int(row["registers"]), row["type"], row["word_order"], row["unit"], row["scale"],
        )
        for row in rows
    ]


def raw(fact_type, order, words):
    """The number in registers; bytes inside a register are always high byte first."""
    if order.startswith("CD"):
        words = list(reversed(words))
    data = b"".join(struct.pack(">H", word) for word in words)
    form = {"int16": ">h", "sunssf": ">h", "uint16": ">H", "enum16": ">H", "int32": ">i", "uint32": ">I",
            "acc32": ">I", "bitfield32": ">I", "float32": ">f", "int64": ">q", "uint64": ">Q"}[fact_type]
    return struct.unpack(form, data)[0]


@dataclass
class State:
    """What flows and what was counted: W by phase (import positive), Wh. 230 V, 50 Hz, power factor 1."""

    watts: tuple
    imported: int
    exported: int
    serial: str
    step: int = 1

    @property
    def phases(self):
        return len(self.watts)

    def energy(self, which, phase=None):
        """Wh: a phase has a third of the count, the first the rest (stated in docs/limits.md)."""
        value = {"import": self.imported, "export": self.exported, "total": self.imported + self.exported}[which]
        if phase is not None and self.phases > 1:
            third = value // 3
            value = [value - 2 * third, third, third][phase]
        return value // self.step * self.step

    def of(self, quantity):
        """In V, A, W, Wh and so on; None for what is not told from the state."""
        watts, total = self.watts, sum(self.watts)
        if quantity in ("voltage_l1_l2", "voltage_l2_l3", "voltage_l3_l1", "voltage_ll_avg"):
            return 230 * math.sqrt(3)
        sizes = [abs(one) for one in watts]
        place = re.search(r"_l([123])$", quantity)
        phase = int(place[1]) - 1 if place else None
        if phase is not None and phase >= self.phases:
            return 0
        stem = quantity[: -3] if place else quantity
        if quantity in ZERO or "demand" in quantity or "thd" in quantity or "reactive" in quantity:
            return 0
        if re.fullmatch(r"active_energy_(import|export)_(whole_kwh|thousandths)", quantity):
            value = self.energy("import" if "import" in quantity else "export")
            return value // 1000 * 1000 if quantity.endswith("kwh") else value % 1000
        for which in ("import", "export", "total"):
            if stem in (f"active_energy_{which}", f"active_energy_{which}_resettable", f"active_energy_{which}_partial",
                        f"active_energy_{which}_tariff1"):
                return self.energy(which, phase)
        match stem:
            case "voltage" | "voltage_ln_avg": return 230
            case "current": return sizes[phase] / 230
            case "current_avg": return sum(sizes) / 230 / self.phases
            case "current_sum": return sum(sizes) / 230
            case "neutral_current":
                a, b, c = watts
                return math.sqrt(a * a + b * b + c * c - a * b - b * c - c * a) / 230
            case "active_power": return watts[phase]
            case "active_power_total": return total
            # Who has these counts each phase by itself: what one exports does not lessen what another imports.
            case "active_power_import_total": return sum(max(one, 0) for one in watts)
            case "active_power_export_total": return sum(max(-one, 0) for one in watts)
            case "apparent_power": return sizes[phase]
            case "apparent_power_total": return sum(sizes)
            case "power_factor": return math.copysign(1, watts[phase]) if watts[phase] else 1
            case "power_factor_total": return total / sum(sizes)
            case "phase_angle": return 180 if watts[phase] < 0 else 0
            case "phase_angle_total": return 180 if total < 0 else 0
            case "frequency": return 50
            case "active_energy_net": return self.energy("import") - self.energy("export")
            case "apparent_energy": return self.energy("import") + self.energy("export")
            case "charge": return (self.energy("import") + self.energy("export")) / 230
            case "active_energy_tariff1": return self.energy("import")
            case "serial_number": return int(self.serial)
            case "running_time": return 0
        return None


def expect(fact, state, number, name):
    """Asserts that a raw number is the state's, to the register's own resolution."""
    value = state.of(fact.quantity)
    assert value is not None, f"{name}: nobody says what {fact.quantity} must be"
    scale = float(fact.scale) if fact.scale[0].isdigit() and " " not in fact.scale else 0.1
    wanted = value / BASE.get(fact.unit, 1) / scale
    if fact.type.startswith("uint"):
        wanted = abs(wanted)  # no sign, so the size
    if fact.type == "float32":
        nearest = struct.unpack(">f", struct.pack(">f", wanted))[0]
        assert number == nearest or math.isclose(number, wanted, rel_tol=2e-6), (name, fact, number, wanted)
    else:
        # Whole numbers are cut; a root may fall just below a whole.
        assert number in {math.trunc(wanted), math.trunc(wanted + 1e-6), math.trunc(wanted - 1e-6)}, (
            name, fact, number, wanted)
