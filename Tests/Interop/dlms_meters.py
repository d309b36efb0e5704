"""What the tests of DLMS ports know of the bench meter: its clients and its keys, as its profile states them."""

from dlms_clients import Door

METER = "dlms-bench-import-export"
CLIENTS = {
    "none": {"client": 16},
    "lls": {"client": 32, "password": b"12345678"},
    "gmac": {"client": 48, "key": bytes(range(16)), "authentication_key": bytes(range(0xD0, 0xE0))},
}
#: Wh and W.
IMPORT, EXPORT, NET_POWER = "1.0.1.8.0.255", "1.0.2.8.0.255", "1.0.16.7.0.255"


def door(meter, mechanism, **options):
    """How the client of a mechanism comes to a meter that is served by its wrapper or by HDLC."""
    protocol = meter.arguments[meter.arguments.index("--protocol") + 1]
    link = "wrapper" if protocol == "dlms" and meter.is_tcp else "hdlc"
    return Door(meter.port if meter.is_tcp else meter.path, link, mechanism, **{**CLIENTS[mechanism], **options})
