"""What the tests of optical ports know of the meters that are shipped: their addresses, digits and passwords."""

PROTOCOL = ["--protocol", "iec62056-21"]
#: A meter that stands still, with numbers that differ in every digit.
STILL = ["--clock", "manual", "--set", "import=12345.678kWh,export=987.654kWh"]

#: Profile to (identification, address of import, of export, digits before the point).
METERS = {
    "landis-gyr-e350": ("LGZ4ZMF100AC.M23", "1.8.0", "2.8.0", 6),
    "landis-gyr-zmd120": ("LGZ4\\2ZMD1204407.B32", "1.8.0", "2.8.0", 6),
    "iskra-mt174": ("ISk5MT174-0001", "1-0:1.8.0*255", "1-0:2.8.0*255", 7),
    "smets1-optical-bench": ("LGB5SMETS1-BENCH", "1.8.0", "2.8.0", 6),
    "dlms-bench-import-export": ("BSP5\\2BENCH", "1.8.0", "2.8.0", 7),
}


def digits(watt_hours, width):
    """A register in kWh with three decimals, as the meters print it."""
    return f"{watt_hours // 1000:0{width}d}.{watt_hours % 1000:03d}"


def registers(meter):
    """What the live meter itself says its registers are, in Wh."""
    return meter.say(registers=True)["registersWh"]


def place_of(meter):
    return meter.port if meter.is_tcp else meter.path
