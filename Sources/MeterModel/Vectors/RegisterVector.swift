// A register that is driven up and down in steps, in each flow mode, and its display: the real `Meter` counts
// them.

internal import Timeline
internal import Units

/// A display after net steps, each of one direction.
enum RegisterVector: VectorKind {
  static let shape = VectorCheck.Shape.register
  static let columns = [
    "case", "int_digits", "decimals", "start", "steps_net_kwh", "mode", "import_display", "export_display",
    "import_unwrapped_kwh", "wraps",
  ]

  private static let perKilowattHour = Int128(FineEnergy.perWattHour) * 1000
  /// A step comes as pulses of at most this energy in mW·ms, 1 ms each, one to a second.
  private static let pulse: Int64 = 1_000_000_000_000_000
  /// In Wh: a hundred times what 12 digits show.
  private static let greatestStart: Int64 = 100_000_000_000_000_000
  private static let greatestPulses: Int64 = 1_000_000

  static func answers(_ row: VectorRow) throws(VectorError) -> [VectorAnswer] {
    let mode = row.text("mode")
    guard let flow = FlowMode(rawValue: String(mode.map { $0 == "_" ? "-" : $0 })) else {
      let known = FlowMode.allCases.map(\.rawValue).joined(separator: ", ")
      throw row.notANumber("mode", mode, wanted: "a flow mode (\(known))")
    }
    let digits = try row.whole("int_digits", in: 1...12)
    let face = DisplayFace(
      digits: digits, decimals: try row.whole("decimals", in: 0...DisplayFace.mostDecimals))
    let first = try row.number("start")
    let steps = try steps(row)
    let perWattHour = Int128(FineEnergy.perWattHour)
    guard let start = fine(first), let whole = Int64(exactly: floorDivide(start, perWattHour)),
      whole.magnitude <= Self.greatestStart.magnitude, let segments = segments(steps)
    else { return try rational(first, steps, flow, face, row) }
    let meter = meter(flow: flow, face: face)
    let rest = FineEnergy(milliwattMilliseconds: Int64(floorModulo(start, perWattHour)))
    meter.set(.import, to: WattHours(whole), rest: rest)
    meter.advance(through: segments)
    let count = meter.exactCount(.import)
    let modulus = Int128(RegisterFace.Rollover.digits(digits).modulus.value) * perWattHour
    return try row.exactly { () throws(FractionError) in
      [
        VectorAnswer("import_display", .text(meter.display(.import) ?? "")),
        VectorAnswer("export_display", meter.display(.export).map { .text($0) } ?? .none),
        VectorAnswer("import_unwrapped_kwh", try Fraction(count, over: perKilowattHour)),
        VectorAnswer("wraps", .text(String(floorDivide(count, modulus)))),
      ]
    }
  }

  private static func meter(flow: FlowMode, face: DisplayFace) -> Meter {
    let roles: [RegisterRole] = flow == .bidirectional ? [.import, .export] : [.import]
    let registers = roles.map { RegisterFace(role: $0, rollover: .digits(face.digits)) }
    let profile = Profile(
      name: "vector", title: "Vector", kind: .electronic, flow: flow, registers: registers, display: face)
    return Meter(profile: profile, serial: "vector", at: .epoch, stream: RandomStream(seed: 0))
  }

  /// What no meter can live through, in ratios.
  private static func rational(
    _ start: Fraction, _ steps: [Fraction], _ flow: FlowMode, _ face: DisplayFace, _ row: VectorRow
  ) throws(VectorError) -> [VectorAnswer] {
    try row.exactly { () throws(FractionError) in
      var register = RationalRegister(start: start)
      for step in steps { try register.step(step, flow) }
      let turn = Fraction(try Fraction.powerOfTen(face.digits))
      let exported = try face.text(ofKilowattHours: register.exported)
      return [
        VectorAnswer("import_display", .text(try face.text(ofKilowattHours: register.imported))),
        VectorAnswer("export_display", flow == .bidirectional ? .text(exported) : .none),
        VectorAnswer("import_unwrapped_kwh", register.imported),
        VectorAnswer("wraps", .text(String(try (register.imported / turn).floor))),
      ]
    }
  }

  private static func steps(_ row: VectorRow) throws(VectorError) -> [Fraction] {
    var steps: [Fraction] = []
    for text in row.text("steps_net_kwh").split(separator: " ") {
      guard let step = Fraction.decimal(text)?.value else {
        throw row.notANumber("steps_net_kwh", String(text), wanted: "a decimal number")
      }
      steps.append(step)
    }
    return steps
  }

  /// Nil for what is finer than mW·ms, or too much to be lived through.
  private static func segments(_ steps: [Fraction]) -> [FlowSegment]? {
    var segments: [FlowSegment] = []
    var second: Int64 = 0
    for step in steps {
      guard var left = fine(step).flatMap({ Int64(exactly: $0) }),
        left.magnitude / pulse.magnitude + UInt64(segments.count) < greatestPulses
      else { return nil }
      while left != 0 {
        let part = max(min(left, pulse), -pulse)
        segments.append(FlowSegment(endMilliseconds: second + 1, l1: part))
        second += 1000
        segments.append(FlowSegment(endMilliseconds: second, l1: 0))
        left -= part
      }
    }
    return segments
  }

  private static func fine(_ kilowattHours: Fraction) -> Int128? {
    (try? kilowattHours * Fraction(perKilowattHour))?.whole
  }
}
