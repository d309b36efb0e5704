"""The one-way infra-red messages of the Elster A100C and A1100, decoded by the field lists of their handbooks: written
for the tests alone, so that two hands agree on what the meters send.
"""

import re

#: A100C: (name, bytes, kind); BCD most significant byte first, other numbers least significant first.
FIELDS = [
    ("product", 12, "text"), ("firmware", 9, "text"), ("maker-serial", 3, "number"), ("configuration", 2, "number"),
    ("serial", 16, "text"), ("definition", 3, "number"), ("import-1", 5, "bcd"), ("export-1", 5, "bcd"),
    ("reverse-1", 5, "bcd"), ("import-2", 5, "bcd"), ("export-2", 5, "bcd"), ("reverse-2", 5, "bcd"),
    ("reserved-1", 1, "number"), ("status", 1, "number"), ("error", 1, "number"), ("anti-creep-hours", 3, "bcd"),
    ("hours-1", 3, "bcd"), ("hours-2", 3, "bcd"), ("power-up-hours", 3, "bcd"), ("power-fails", 2, "number"),
    ("watchdogs", 1, "number"), ("reverse-warnings", 1, "number"), ("reserved-2", 10, "raw"),
]
KINDS = {
    "text": lambda raw: raw.decode("ascii"), "number": lambda raw: int.from_bytes(raw, "little"),
    "bcd": lambda raw: int(raw.hex()), "raw": bytes,
}
SIZE = sum(size for _, size, _ in FIELDS)


def a100c(stream):
    """Every whole message in a stream of bytes, as a dictionary; the energies in Wh."""
    found = []
    for start in range(len(stream) - SIZE - 5):
        frame = stream[start : start + SIZE + 6]
        if frame[:4] != bytes([1, 0, SIZE, 2]) or frame[-2] != 3 or sum(frame[:-1]) & 0xFF != frame[-1]:
            continue
        fields, at = {}, 4
        for name, size, kind in FIELDS:
            fields[name] = KINDS[kind](frame[at : at + size])
            at += size
        found.append(fields)
    return found


def joined(characters):
    """Bytes from nibbles: the low half comes first, and the upper four bits of each character are ones."""
    assert all(one >> 4 == 0xF for one in characters), "not the form of nibbles"
    return bytes(low & 15 | (high & 15) << 4 for low, high in zip(characters[::2], characters[1::2], strict=False))


def a1100(stream):
    """Every whole message of an A1100 in a stream of bytes: code to text in the brackets."""
    found = []
    for match in re.finditer(rb"\x01OB\x02([^\x03]*)\x03(.)", stream, re.DOTALL):
        if (~sum(match[0][:-1])) & 0x7F == match[2][0] & 0x7F:
            found.append(dict(re.findall(r"([^()]+)\(([^()]*)\)", match[1].decode("ascii"))))
    return found
