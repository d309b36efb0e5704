// PR-09. What stands behind an address is not what the address says: a list that was put together for another
// build of the meter, a net register under an import's number, a line twice or not at all.

internal import Units

/// A readout list whose addresses and values do not belong together.
struct RegisterConfusion {
  static let declaration = FaultDeclaration(
    id: "PR-09", title: "OBIS confusion", layer: .protocolAnswer,
    symptoms: "import includes export, a net register that falls, a register missing or listed twice",
    parameters: [
      .init(
        name: "kind",
        meaning: "sum: 1.8.0 shows import + export; net: import less export; swapped: 1.8.0 shows export and "
          + "2.8.0 import; missing: 2.8.0 is not listed; twice: 1.8.0 is listed again, with export",
        kind: .choice(["sum", "net", "swapped", "missing", "twice"], default: "sum"))
    ],
    caughtBy: ["R-READ-09", "R-READ-10"])

  private let kind: String

  init(_ values: FaultValues) { kind = values.choice("kind") }

  /// What becomes of a list.
  func bend(_ lines: [OpticalLine]) -> [OpticalLine] {
    lines.flatMap { line -> [OpticalLine] in
      guard case .energy(let role, let rate)? = line.values.first?.shows else { return [line] }
      switch (kind, role) {
      case ("sum", .import): return [line.showing(.energySum)]
      case ("net", .import): return [line.showing(.energyNet)]
      case ("swapped", .import): return [line.showing(.energy(.export, rate: rate))]
      case ("swapped", .export): return [line.showing(.energy(.import, rate: rate))]
      case ("missing", .export): return []
      case ("twice", .import): return [line, line.showing(.energy(.export, rate: rate))]
      default: return [line]
      }
    }
  }
}

extension OpticalLine {
  /// The same address with another value in its first bracket.
  fileprivate func showing(_ quantity: OpticalQuantity) -> OpticalLine {
    var line = self
    line.values[0].shows = quantity
    return line
  }
}
