"""What the DLMS meter by another hand has: a clock, import and export registers, half-hours. Encoded by the dlms-cosem
library, but for null data and selections, which it cannot.
"""

import datetime

from dlms_cosem.dlms_data import (
    DataArray, DataStructure, DoubleLongUnsignedData, EnumData, IntegerData, OctetStringData, UnsignedIntegerData,
    UnsignedLongData, VisibleStringData,
)
from dlms_cosem.time import datetime_from_bytes
from dlms_cosem.utils import parse_as_dlms_data

START = datetime.datetime(2026, 10, 24, 0, 30)
CLOCK, LOGICAL_DEVICE, PROFILE = "0.0.1.0.0.255", "0.0.42.0.0.255", "1.0.99.1.0.255"
ASSOCIATION, SERIAL = "0.0.40.0.0.255", "0.0.96.1.0.255"
IMPORT, EXPORT = "1.0.1.8.0.255", "1.0.2.8.0.255"
#: Wh; what our reader must read.
VALUES = {IMPORT: 123456789, EXPORT: 9876543}


class Null:
    """Null data: that of dlms-cosem 25.1.0 has no bytes."""

    def to_bytes(self):
        return b"\x00"


def name(text):
    return bytes(map(int, text.split(".")))


def stamp(instant):
    """A date-time in UTC: deviation 0, no daylight saving."""
    day = instant.isoweekday()
    return instant.year.to_bytes(2, "big") + bytes([instant.month, instant.day, day, instant.hour, instant.minute, 0, 0, 0, 0, 0])


def row(number):
    """Half-hour `number`: its end, status 0, both registers."""
    return [START + number * datetime.timedelta(minutes=30), 0, 1000000 + 250 * number, 5000 + 3 * number * number % 700 + 900 * number]


def encoded(one):
    return DataStructure([
        OctetStringData(stamp(one[0])), UnsignedIntegerData(one[1]), DoubleLongUnsignedData(one[2]), DoubleLongUnsignedData(one[3]),
    ])


COLUMNS = [(8, CLOCK, 2), (1, "0.0.96.10.1.255", 2), (3, IMPORT, 2), (3, EXPORT, 2)]


def column(class_id, obis, attribute):
    return DataStructure([
        UnsignedLongData(class_id), OctetStringData(name(obis)), IntegerData(attribute), UnsignedLongData(0),
    ])


class Objects:
    """What can be got: (class, name, attribute) to data, and the buffer of half-hours by selection."""

    def __init__(self, rows):
        self.rows = [row(number) for number in range(rows)]
        self.plain = {
            (1, LOGICAL_DEVICE, 2): OctetStringData(b"BSX0000000001234"),
            (8, CLOCK, 2): OctetStringData(stamp(START + rows * datetime.timedelta(minutes=30))),
            (7, PROFILE, 3): DataArray([column(*one) for one in COLUMNS]),
            (7, PROFILE, 4): DoubleLongUnsignedData(1800),
            (7, PROFILE, 5): EnumData(1),
            (7, PROFILE, 6): column(*COLUMNS[0]),
            (7, PROFILE, 7): DoubleLongUnsignedData(rows),
            (7, PROFILE, 8): DoubleLongUnsignedData(max(rows, 1)),
            (1, SERIAL, 2): VisibleStringData("00001234"),
        }
        for obis, value in VALUES.items():
            self.plain[3, obis, 2] = DoubleLongUnsignedData(value)
            self.plain[3, obis, 3] = DataStructure([IntegerData(0), EnumData(30)])
        for class_id, obis, _ in list(self.plain):
            self.plain[class_id, obis, 1] = OctetStringData(name(obis))
        self.plain[15, ASSOCIATION, 2] = self.listed()

    def listed(self):
        one = {(class_id, obis) for class_id, obis, _ in self.plain} | {(15, ASSOCIATION)}
        return DataArray([
            DataStructure([
                UnsignedLongData(class_id), UnsignedIntegerData(1 if class_id in (7, 15) else 0), OctetStringData(name(obis)),
                DataStructure([
                    DataArray([
                        DataStructure([IntegerData(attribute), EnumData(1), Null()])
                        for attribute in range(1, 9 if class_id == 7 else 4 if class_id == 3 else 3)
                    ]),
                    DataArray([DataStructure([IntegerData(1), EnumData(1)])] if class_id == 15 else []),
                ]),
            ])
            for class_id, obis in sorted(one)
        ])

    def get(self, class_id, obis, attribute, selection):
        if (class_id, obis, attribute) == (7, PROFILE, 2):
            return DataArray([encoded(one) for one in self.selected(selection)])
        return self.plain.get((class_id, obis, attribute))

    def selected(self, selection):
        if not selection:
            return self.rows
        bounds = parse_as_dlms_data(selection[1:])
        if selection[0] == 2:
            begin, end = bounds[:2]
            return self.rows[max(begin, 1) - 1 : end or None]
        begin, end = (datetime_from_bytes(bytes(one))[0].replace(tzinfo=None) for one in bounds[1:3])
        return [one for one in self.rows if begin <= one[0] <= end]
