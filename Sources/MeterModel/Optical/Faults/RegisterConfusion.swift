// PR-09 in a readout list: what stands behind an address is not what the address says (`OBISConfusion`).

internal import Units

/// A readout list whose addresses and values do not belong together.
struct RegisterConfusion {
  static let declaration = OBISConfusion.declaration

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
      case (OBISConfusion.rate, .import), (OBISConfusion.rate, .export):
        return [rate == 0 ? line.showing(.energy(role, rate: 1)) : line]
      case (OBISConfusion.missing, .export): return []
      case (OBISConfusion.twice, .import): return [line, line.showing(.energy(.export, rate: rate))]
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
