// Three phases at constant power, summed in each way that makers offer: the real `Meter` sums them.

/// Energies in kWh by phase sum and flow mode.
enum PhasesVector: VectorKind {
  static let shape = VectorCheck.Shape.phases
  static let columns = [
    "case", "hours", "l1_w", "l2_w", "l3_w", "net_import", "net_export", "perphase_import", "perphase_export",
    "absolute_import", "import_only_net", "import_only_perphase",
  ]

  static func answers(_ row: VectorRow) throws(VectorError) -> [VectorAnswer] {
    let hours = try row.notNegative("hours")
    var watts: [Fraction] = []
    for column in ["l1_w", "l2_w", "l3_w"] { watts.append(try row.number(column)) }
    let stretch = try row.exactly { () throws(FractionError) in
      var milliwatts: [Fraction] = []
      for one in watts { milliwatts.append(try one * Fraction(1000)) }
      return VectorStretch(milliseconds: try hours * Fraction(3_600_000), milliwatts: milliwatts)
    }
    guard let bench = VectorBench([stretch], times: 1) else { return try rational(watts, hours, row) }
    func run(_ flow: FlowMode, _ sum: PhaseSum) throws(VectorError) -> VectorBench.Result {
      try bench.run(phases: 3, flow: flow, phaseSum: sum, row: row)
    }
    let net = try run(.bidirectional, .vector)
    let perPhase = try run(.bidirectional, .perPhase)
    let energies = [
      ("net_import", net.imported), ("net_export", net.exported), ("perphase_import", perPhase.imported),
      ("perphase_export", perPhase.exported),
      ("absolute_import", try run(.bidirectional, .absolute).imported),
      ("import_only_net", try run(.importOnly, .vector).imported),
      ("import_only_perphase", try run(.importOnly, .perPhase).imported),
    ]
    return try row.exactly { () throws(FractionError) in
      var answers: [VectorAnswer] = []
      for (column, wattHours) in energies {
        answers.append(VectorAnswer(column, try wattHours / Fraction(1000)))
      }
      return answers
    }
  }

  /// What no meter can live through, in ratios.
  private static func rational(_ watts: [Fraction], _ hours: Fraction, _ row: VectorRow) throws(VectorError)
    -> [VectorAnswer]
  {
    try row.exactly { () throws(FractionError) in
      var (net, positive, negative) = (Fraction.zero, Fraction.zero, Fraction.zero)
      for one in watts {
        let energy = try one * hours / Fraction(1000)
        net = try net + energy
        if energy.numerator > 0 { positive = try positive + energy } else { negative = try negative - energy }
      }
      let imported = net.numerator > 0 ? net : .zero
      return [
        VectorAnswer("net_import", imported), VectorAnswer("net_export", try imported - net),
        VectorAnswer("perphase_import", positive), VectorAnswer("perphase_export", negative),
        VectorAnswer("absolute_import", try positive + negative),
        VectorAnswer("import_only_net", imported), VectorAnswer("import_only_perphase", positive),
      ]
    }
  }
}
