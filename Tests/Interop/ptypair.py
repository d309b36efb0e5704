"""Two serial devices that are the two ends of one cable: what an RS-485 adapter and its wire are to programs."""

import os
import pty
import select
import threading
import tty


class PtyPair:
    """`near` and `far` are paths; what is written to one is read from the other."""

    def __init__(self):
        self.masters, self.slaves = [], []
        for _ in range(2):
            master, slave = pty.openpty()
            tty.setraw(slave)
            self.masters.append(master)
            # Held open: without any user the master reads errors.
            self.slaves.append(slave)
        self.near, self.far = [os.ttyname(slave) for slave in self.slaves]
        self.wake, self.bell = os.pipe()
        self.carrier = threading.Thread(target=self._carry, daemon=True)
        self.carrier.start()

    def _carry(self):
        others = {self.masters[0]: self.masters[1], self.masters[1]: self.masters[0]}
        while True:
            ready = select.select([*self.masters, self.wake], [], [])[0]
            if self.wake in ready:
                return
            for master in ready:
                os.write(others[master], os.read(master, 4096))

    def __enter__(self):
        return self

    def unplug(self):
        """Takes the cable away: both devices are hung up."""
        os.write(self.bell, b"x")
        self.carrier.join(10)
        for file in self.masters:
            os.close(file)
        self.masters = []

    def __exit__(self, *_):
        if self.masters:
            self.unplug()
        for file in [*self.slaves, self.wake, self.bell]:
            os.close(file)
