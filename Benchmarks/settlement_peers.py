"""What other engines need for the same sums: half-hours of many homes times a price, summed by home.

usage: settlement_peers.py METERS SECONDS PEER      PEER: numpy, duckdb or polars

One line for each tariff: name, half-hours a second, sum in nano-pence, the same sum with the first home once, the
second twice and so on, and the peak of memory in KiB. Homes, prices and clock are those of
Benchmarks/BenchSettlement. What a peer may prepare it has prepared before its time counts: its table, in memory, in
order of homes, with the price of each half-hour in it. One thread; the time is the processor's, the best run counts.
"""

import os
import resource
import sys
import time

os.environ["POLARS_MAX_THREADS"] = "1"

import numpy as np

HALF_HOURS = 17_520
FLAT = 4_100_000


def energies(meters: int) -> np.ndarray:
    """Wh of each home and half-hour."""
    row = np.arange(HALF_HOURS, dtype=np.int64)
    day, slot = row // 48, row % 48
    seasons = np.array([350, 450, 700, 900, 1000, 1050, 1000, 900, 700, 500, 350, 300])
    base = seasons[np.minimum(day * 12 // 365, 11)] - (day % 5) * 20
    home = np.arange(meters, dtype=np.int64)[:, None]
    return np.where((slot >= 18) & (slot < 30), base + (row * 37 + home * 11) % 97, 0)


def prices() -> dict:
    """A price for each half-hour of the year, in millionths of a penny per kWh, by tariff."""
    row = np.arange(HALF_HOURS, dtype=np.int64)
    # London is an hour ahead from 2026-03-29T01:00Z (day 87 of the year) to 2026-10-25T01:00Z (day 297).
    summer = (row >= 87 * 48 + 2) & (row < 297 * 48 + 2)
    minute = ((row + np.where(summer, 2, 0)) % 48) * 30
    return {
        "flat": np.full(HALF_HOURS, FLAT, dtype=np.int64),
        "time-of-use": np.where((minute >= 660) & (minute < 840), 30_000_000, 5_000_000),
        "price-vector": 5_000_000 + (row * 7919) % 20_000_000,
    }


def numpy_sums(wh, price, tariff):
    return lambda: wh.sum(axis=1) * FLAT if tariff == "flat" else wh @ price


def duckdb_sums(wh, price, tariff):
    import duckdb

    base = duckdb.connect(config={"threads": 1})
    base.register("source", columns(wh, price, np.uint16))
    base.execute("create table half_hours as select * from source")
    term = f"sum(wh) * {FLAT}" if tariff == "flat" else "sum(wh * rate)"
    query = f"select {term} as worth from half_hours group by meter order by meter"
    return lambda: base.execute(query).fetchnumpy()["worth"]


def polars_sums(wh, price, tariff):
    import polars as pl

    frame = pl.DataFrame(columns(wh, price, np.int64)).with_columns(pl.col("meter").set_sorted())
    term = pl.col("wh").sum() * FLAT if tariff == "flat" else (pl.col("wh") * pl.col("rate")).sum()
    return lambda: frame.group_by("meter", maintain_order=True).agg(term.alias("worth"))["worth"].to_numpy()


def columns(wh, price, kind) -> dict:
    """A row for each half-hour, home after home."""
    meters = wh.shape[0]
    return {
        "meter": np.repeat(np.arange(meters, dtype=np.int32), HALF_HOURS),
        "wh": wh.reshape(-1).astype(kind),
        "rate": np.tile(price, meters),
    }


def best(run, seconds: float) -> float:
    """The least time of one run among those that fit into `seconds`; at least three, after one that does not count."""
    run()
    least, spent, runs = float("inf"), 0.0, 0
    while spent < seconds or runs < 3:
        start = time.process_time()
        run()
        took = time.process_time() - start
        least, spent, runs = min(least, took), spent + took, runs + 1
    return least


PEERS = {"numpy": numpy_sums, "duckdb": duckdb_sums, "polars": polars_sums}


def main() -> None:
    meters, seconds, name = int(sys.argv[1]), float(sys.argv[2]), sys.argv[3]
    wh = energies(meters)
    for tariff, price in prices().items():
        run = PEERS[name](wh, price, tariff)
        sums = [int(one) for one in run()]
        weighted = sum(place * one for place, one in enumerate(sums, 1))
        rate = meters * HALF_HOURS / best(run, seconds)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(tariff, int(rate), sum(sums), weighted, peak, flush=True)


if __name__ == "__main__":
    main()
