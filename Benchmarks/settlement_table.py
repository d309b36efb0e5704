"""The table of scripts/bench-settlement, from lines of "engine work rate sum weighted-sum KiB" on standard input.

Exits 1 when two engines, or two ways of our own, found different sums for one tariff, or when something is missing.
"""

import sys

TARIFFS = ["flat", "time-of-use", "price-vector"]
PEERS = ["numpy", "duckdb", "polars"]
# What issue and documents promise, in half-hours a second.
AIMS = [("rating", 300e6), ("validated", 100e6), ("whole", 20e6)]
STORE_AIM = 100e3


def read(lines):
    """Best rate, sums found and peak of memory, by (engine, work)."""
    rates, sums, peaks = {}, {}, {}
    for line in lines:
        engine, work, rate, total, weighted, peak = line.split()
        key = (engine, work)
        rates[key] = max(rates.get(key, 0.0), float(rate))
        sums.setdefault(key, set()).add((total, weighted))
        if peak != "-":
            peaks[key] = max(peaks.get(key, 0), int(peak))
    return rates, sums, peaks


def wrong_sums(sums):
    """Tariffs whose sums differ between engines, ways or rounds."""
    wrong = []
    for tariff in TARIFFS:
        ours = [("backspin", f"{way}-{tariff}") for way, _ in AIMS]
        if tariff == "flat":
            ours.append(("backspin", "whole-quarters"))
        keys = ours + [(peer, tariff) for peer in PEERS]
        missing = [" ".join(key) for key in keys if key not in sums]
        if missing:
            wrong.append(f"{tariff}: no answer from {', '.join(missing)}")
        elif len(set().union(*(sums[key] for key in keys))) != 1:
            wrong.append(f"{tariff}: " + "; ".join(f"{' '.join(key)} {sorted(sums[key])}" for key in keys))
    return wrong


def million(rate):
    return f"{rate / 1e6:.1f} M/s"


def print_rates(rates, peaks):
    print(f"{'sums by home':<16}{'backspin':>14}" + "".join(f"{peer:>14}{'ratio':>8}" for peer in PEERS))
    for tariff in TARIFFS:
        ours = rates[("backspin", f"rating-{tariff}")]
        cells = (f"{million(rates[(peer, tariff)]):>14}{ours / rates[(peer, tariff)]:>8.2f}" for peer in PEERS)
        print(f"{tariff:<16}{million(ours):>14}" + "".join(cells))
    ours = max(peaks[("backspin", f"rating-{tariff}")] for tariff in TARIFFS)
    most = [max(peaks[(peer, tariff)] for tariff in TARIFFS) for peer in PEERS]
    cells = (f"{peak // 1024:>10} MiB{ours / peak:>8.2f}" for peak in most)
    print(f"{'memory at most':<16}{ours // 1024:>10} MiB" + "".join(cells))
    print()
    print(f"{'on one core':<16}{'rating':>14}{'validated':>14}{'whole path':>14}{'its memory':>14}")
    for tariff in TARIFFS:
        cells = (f"{million(rates[('backspin', f'{way}-{tariff}')]):>14}" for way, _ in AIMS)
        print(f"{tariff:<16}" + "".join(cells) + f"{peaks[('backspin', f'whole-{tariff}')] // 1024:>10} MiB")
    quarters = ("backspin", "whole-quarters")
    print(f"{'a log a day, four statements':<44}{million(rates[quarters]):>14}{peaks[quarters] // 1024:>10} MiB")
    print()


def print_aims(rates):
    def line(text, got, wanted, shown):
        print(f"{'met   ' if got >= wanted else 'MISSED'}  {text}: {shown}")

    for way, aim in AIMS:
        least = min(rates[("backspin", f"{way}-{tariff}")] for tariff in TARIFFS)
        line(f"{way}, at least {aim / 1e6:.0f} M half-hours/s a core on every tariff", least, aim, million(least))
    for peer in ("duckdb", "polars"):
        least = min(rates[("backspin", f"rating-{one}")] / rates[(peer, one)] for one in TARIFFS)
        line(f"ahead of {peer} on sums by home, on every tariff", least, 1, f"{least:.2f} times")
    if ("backspin", "store") in rates:
        rate = rates[("backspin", "store")]
        line("durable ingestion, at least 100,000 half-hours/s", rate, STORE_AIM, f"{rate:,.0f}/s")


def main():
    rates, sums, peaks = read(sys.stdin)
    wrong = wrong_sums(sums)
    if wrong:
        sys.exit("bench: sums differ\n" + "\n".join(wrong))
    total = sum(int(total) for tariff in TARIFFS for total, _ in sums[("numpy", tariff)])
    print(f"{sys.argv[1]} homes of 17,520 half-hours; all engines found the same sums, home by home: {total} np in all\n")
    print_rates(rates, peaks)
    print_aims(rates)


if __name__ == "__main__":
    main()
