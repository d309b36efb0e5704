"""pvlib over the years that BenchSite computes: prints lines of "work milliseconds kWh", by processor time.

The same places, plane, sky and inverter as Works.swift: position by SPA, Ineichen with Linke turbidity 3, Perez,
Faiman, PVWatts. Times and extraterrestrial light are made before the clock starts, as they are the same for all.
"""
import time

import numpy as np
import pandas as pd
import pvlib

TIMES = pd.date_range("2025-01-01", "2026-01-01", freq="30min", tz="UTC", inclusive="left") + pd.Timedelta("15min")
EXTRA = pvlib.irradiance.get_extra_radiation(TIMES, method="spencer")
ALTITUDE = 25.0


def year(latitude):
    """kWh of a clear year, 5 kWp on 35 degrees south behind 3.68 kW."""
    pressure = pvlib.atmosphere.alt2pres(ALTITUDE)
    sun = pvlib.solarposition.get_solarposition(
        TIMES, latitude, -0.1278, altitude=ALTITUDE, pressure=pressure, temperature=10.0, method="nrel_numpy"
    )
    mass = pvlib.atmosphere.get_relative_airmass(sun.apparent_zenith, "kastenyoung1989")
    sky = pvlib.clearsky.ineichen(
        sun.apparent_zenith, pvlib.atmosphere.get_absolute_airmass(mass, pressure), 3.0,
        altitude=ALTITUDE, dni_extra=EXTRA,
    )
    light = pvlib.irradiance.get_total_irradiance(
        35, 180, sun.apparent_zenith, sun.azimuth, sky.dni, sky.ghi, sky.dhi,
        dni_extra=EXTRA, airmass=mass, albedo=0.2, model="perez",
    ).poa_global.fillna(0.0)
    cell = pvlib.temperature.faiman(light, 10.0, 2.0, u0=25.0, u1=6.84)
    direct = pvlib.pvsystem.pvwatts_dc(light, cell, 5000.0, -0.0035) * 0.86
    return float(np.sum(pvlib.inverter.pvwatts(direct, 3680.0 / 0.96, 0.96)) / 2000)


def measure(name, work, passes):
    best, energy = None, 0.0
    for _ in range(passes):
        begun = time.process_time()
        energy = work()
        spent = time.process_time() - begun
        best = spent if best is None else min(best, spent)
    print(name, round(best * 1000, 3), energy)


measure("year-half-hours", lambda: year(51.5074), 5)
measure("years-half-hours-100", lambda: sum(year(49.9 + number * 0.11) for number in range(100)), 1)
