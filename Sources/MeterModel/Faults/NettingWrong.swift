// ME-16. The same flow gives different registers by the stretch over which import and export are set against
// each other. A meter that nets over longer than its neighbours counts less of both: a load that is switched
// by the second under constant sun vanishes from a bucket of 1 Wh and from a window of half an hour.

internal import Units

/// Import and export are netted over another stretch.
struct NettingWrong: MeterFault {
  static let declaration = FaultDeclaration(
    id: "ME-16", title: "Netting window wrong", layer: .measurement,
    symptoms: "import and export both lower, or both higher, by the same amount",
    parameters: [
      .init(
        name: "netting", meaning: "the stretch: a mains cycle, a second, a bucket, or a window",
        kind: .choice(["cycle", "second", "bucket", "window"], default: "bucket")),
      .init(
        name: "bucket", meaning: "what the bucket holds",
        kind: .whole(unit: "mWh", range: 250...10_000, default: 1000)),
      .init(
        name: "window", meaning: "length of the window",
        kind: .whole(unit: "s", range: 1...3600, default: 1800)),
    ],
    caughtBy: [], detectors: [.balance],
    leaves: .miscounted)
  static let kinds: [Profile.Kind] = [.electronic, .smets1, .smets2, .modbus]

  private let netting: Netting

  init(_ values: FaultValues) {
    switch values.choice("netting") {
    case "cycle": netting = .cycle
    case "second": netting = .second
    case "window": netting = .window(.seconds(values.whole("window")))
    default:
      netting = .bucket(
        FineEnergy(milliwattMilliseconds: values.whole("bucket") * (FineEnergy.perWattHour / 1000)))
    }
  }

  func bend(_ measuring: inout Measuring) { measuring.netting = netting }
}
