"""pymodbus as a server: what a developer would otherwise put on a desk.  pymodbus_server.py PORT"""

import asyncio
import sys

from pymodbus.datastore import ModbusDeviceContext, ModbusSequentialDataBlock, ModbusServerContext
from pymodbus.server import ModbusTcpServer


async def main() -> None:
    block = ModbusSequentialDataBlock(1, [0] * 1000)
    device = ModbusDeviceContext(ir=block, hr=block)
    server = ModbusTcpServer(
        ModbusServerContext(devices=device, single=True), address=("127.0.0.1", int(sys.argv[1]))
    )
    task = asyncio.create_task(server.serve_forever())
    await asyncio.sleep(0.5)
    print("ready", flush=True)
    await task


asyncio.run(main())
