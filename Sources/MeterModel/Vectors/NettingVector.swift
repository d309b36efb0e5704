// Constant generation under a load that goes on and off, netted over each interval: the real `Meter` nets it.

internal import Units

/// Energies in Wh by netting interval and flow mode.
enum NettingVector: VectorKind {
  static let shape = VectorCheck.Shape.netting
  static let columns = [
    "case", "gen_w", "load_w", "on_s", "off_s", "cycles", "quantum_wh", "total_s", "instant_import_wh",
    "instant_export_wh", "bucket_import_wh", "bucket_export_wh", "bucket_residual_wh", "window_net_import_wh",
    "window_net_export_wh", "absolute_import_wh",
  ]

  static func answers(_ row: VectorRow) throws(VectorError) -> [VectorAnswer] {
    let (generation, load) = (try row.number("gen_w"), try row.number("load_w"))
    let (on, off) = (try row.notNegative("on_s"), try row.notNegative("off_s"))
    let cycles = try row.whole("cycles", in: 1...2_000_000)
    let quantum = try row.positive("quantum_wh")
    let perWattHour = Fraction(Int128(FineEnergy.perWattHour))
    let (cycle, fineQuantum, total) = try row.exactly { () throws(FractionError) in
      let thousand = Fraction(1000)
      let stretches = [
        VectorStretch(milliseconds: try on * thousand, milliwatts: [try (load - generation) * thousand]),
        VectorStretch(milliseconds: try off * thousand, milliwatts: [try -generation * thousand]),
      ]
      return (stretches, try quantum * perWattHour, try (on + off) * Fraction(Int128(cycles)))
    }
    guard total.numerator > 0 else { throw row.outOfRange("on_s", "the cycle has no length") }
    let bench = VectorBench(cycle, times: cycles, quantum: fineQuantum)
    guard let bench, let filled = try? fineQuantum * Fraction(bench.scale),
      let size = filled.whole.flatMap({ Int64(exactly: $0) })
    else {
      return try rational(generation, load, on, off, cycles, quantum, total, row)
    }
    let instant = try bench.run(flow: .bidirectional, row: row)
    let bucket = try bench.run(
      flow: .bidirectional, netting: .bucket(FineEnergy(milliwattMilliseconds: size)), row: row)
    let window = try bench.run(
      flow: .bidirectional, netting: .window(.milliseconds(bench.end)), row: row)
    let absolute = try bench.run(flow: .absolute, row: row)
    return [
      VectorAnswer("total_s", total), VectorAnswer("instant_import_wh", instant.imported),
      VectorAnswer("instant_export_wh", instant.exported), VectorAnswer("bucket_import_wh", bucket.imported),
      VectorAnswer("bucket_export_wh", bucket.exported), VectorAnswer("bucket_residual_wh", bucket.held),
      VectorAnswer("window_net_import_wh", window.imported),
      VectorAnswer("window_net_export_wh", window.exported),
      VectorAnswer("absolute_import_wh", absolute.imported),
    ]
  }

  /// What no meter can live through, in ratios.
  private static func rational(
    _ generation: Fraction, _ load: Fraction, _ on: Fraction, _ off: Fraction, _ cycles: Int,
    _ quantum: Fraction, _ total: Fraction, _ row: VectorRow
  ) throws(VectorError) -> [VectorAnswer] {
    try row.exactly { () throws(FractionError) in
      let hour = Fraction(3600)
      let halves = [try (load - generation) * on / hour, try -generation * off / hour]
      let sums = try RationalNetting(halves: halves, cycles: cycles, quantum: quantum)
      return [
        VectorAnswer("total_s", total), VectorAnswer("instant_import_wh", sums.imported),
        VectorAnswer("instant_export_wh", sums.exported),
        VectorAnswer("bucket_import_wh", sums.bucketImported),
        VectorAnswer("bucket_export_wh", sums.bucketExported), VectorAnswer("bucket_residual_wh", sums.held),
        VectorAnswer("window_net_import_wh", sums.net.numerator > 0 ? sums.net : .zero),
        VectorAnswer("window_net_export_wh", sums.net.numerator < 0 ? -sums.net : .zero),
        VectorAnswer("absolute_import_wh", try sums.imported + sums.exported),
      ]
    }
  }
}
