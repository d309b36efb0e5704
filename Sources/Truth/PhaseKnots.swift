// Power through one minute by phase: values at knots ten seconds apart, with straight lines between.

internal import Units

/// mW on each phase at the minute's start, at each knot inside it, and at its end.
struct PhaseKnots: Hashable {
  /// From one knot to the next.
  static let seconds: Int64 = 10
  /// Stretches in a minute.
  static let count = 6

  private(set) var l1 = [Int64](repeating: 0, count: count + 1)
  private(set) var l2 = [Int64](repeating: 0, count: count + 1)
  private(set) var l3 = [Int64](repeating: 0, count: count + 1)

  mutating func clear(_ knot: Int) { (l1[knot], l2[knot], l3[knot]) = (0, 0, 0) }

  /// A third on each phase for a three-phase connection, odd milliwatts on L1 first.
  mutating func add(_ milliwatts: Int64, at knot: Int, on connection: Generator.Connection) {
    var phases = (l1[knot], l2[knot], l3[knot])
    connection.add(milliwatts, to: &phases)
    (l1[knot], l2[knot], l3[knot]) = phases
  }

  /// mW by phase in the middle of a second of the minute, 0…59.
  func power(atSecond second: Int64) -> (Int64, Int64, Int64) {
    let knot = Int(second / Self.seconds)
    let twice = 2 * (second % Self.seconds) + 1
    func between(_ phase: [Int64]) -> Int64 {
      phase[knot] + (phase[knot + 1] - phase[knot]) * twice / (2 * Self.seconds)
    }
    return (between(l1), between(l2), between(l3))
  }
}

extension Generator.Connection {
  /// Adds power to the phases: a third on each for three-phase, odd milliwatts on L1 first.
  func add(_ milliwatts: Int64, to phases: inout (Int64, Int64, Int64)) {
    switch self {
    case .l1: phases.0 += milliwatts
    case .l2: phases.1 += milliwatts
    case .l3: phases.2 += milliwatts
    case .all:
      let third = floorDivide(milliwatts, 3)
      let odd = milliwatts - 3 * third
      phases.0 += third + (odd > 0 ? 1 : 0)
      phases.1 += third + (odd > 1 ? 1 : 0)
      phases.2 += third
    }
  }
}
