"""What other engines need for the same sums: half-hours of many meters times a price, summed by meter.

usage: settlement_peers.py METERS SECONDS       one line a program: name, million half-hours a second on one core
The data are those of BenchSettlement: a counter-based mixer gives Wh below 1024 for each meter and half-hour of a
year, prices are whole numbers of 1e-6 p/kWh. Each sum is checked against the first before its time counts.
"""

import os
import sys
import time

import numpy as np

HALF_HOURS = 17_520


def energies(meters: int) -> np.ndarray:
    """Wh of each meter and half-hour, as uint16."""
    counter = np.arange(meters * HALF_HOURS, dtype=np.uint64)
    with np.errstate(over="ignore"):
        mixed = (counter + np.uint64(0x9E3779B97F4A7C15)) * np.uint64(0xBF58476D1CE4E5B9)
        mixed ^= mixed >> np.uint64(27)
        mixed *= np.uint64(0x94D049BB133111EB)
    return (mixed >> np.uint64(54)).astype(np.uint16).reshape(meters, HALF_HOURS)


def prices() -> np.ndarray:
    """A price for each half-hour, as int64 of 1e-6 p/kWh."""
    return 4_100_000 + (np.arange(HALF_HOURS, dtype=np.int64) * 7919) % 20_000_000


def best(run, seconds: float) -> float:
    """The least time of one run among those that fit into `seconds`; at least three."""
    least, spent, runs = float("inf"), 0.0, 0
    while spent < seconds or runs < 3:
        start = time.perf_counter()
        run()
        took = time.perf_counter() - start
        least, spent, runs = min(least, took), spent + took, runs + 1
    return least


def numpy_rows(wh, price):
    def run():
        # A row at a time: int64 products, exact as long as a meter-year stays below 9.2e18.
        return np.array([int((row.astype(np.int64) * price).sum()) for row in wh])

    return run


def duckdb_sums(wh, price):
    import duckdb

    base = duckdb.connect(config={"threads": 1})
    meters = wh.shape[0]
    table = {
        "meter": np.repeat(np.arange(meters, dtype=np.int32), HALF_HOURS),
        "slot": np.tile(np.arange(HALF_HOURS, dtype=np.int32), meters),
        "wh": wh.reshape(-1),
        "rate": np.tile(price, meters),
    }
    base.register("source", table)
    base.execute("create table half_hours as select * from source")

    def run():
        answer = base.execute(
            "select sum(wh::bigint * rate) from half_hours group by meter order by meter"
        ).fetchnumpy()
        return np.array([int(one) for one in list(answer.values())[0]])

    return run


def polars_sums(wh, price):
    import polars as pl

    meters = wh.shape[0]
    frame = pl.DataFrame(
        {
            "meter": np.repeat(np.arange(meters, dtype=np.int32), HALF_HOURS),
            "wh": wh.reshape(-1).astype(np.int64),
            "rate": np.tile(price, meters),
        }
    )

    def run():
        sums = frame.group_by("meter", maintain_order=True).agg((pl.col("wh") * pl.col("rate")).sum())
        return sums["wh"].to_numpy()

    return run


def main() -> None:
    meters, seconds = int(sys.argv[1]), float(sys.argv[2])
    wh, price = energies(meters), prices()
    expected = None
    for name, peer in (("numpy", numpy_rows), ("duckdb", duckdb_sums), ("polars", polars_sums)):
        run = peer(wh, price)
        sums = np.asarray(run())
        if expected is None:
            expected = sums
        elif not (sums == expected).all():
            sys.exit(f"settlement_peers: {name} disagrees with numpy")
        rate = meters * HALF_HOURS / best(run, seconds) / 1e6
        print(f"{name} {rate:.1f} {int(expected.sum())}", flush=True)


if __name__ == "__main__":
    os.environ.setdefault("POLARS_MAX_THREADS", "1")
    main()
