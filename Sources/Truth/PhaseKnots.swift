// Power through one minute by phase: values at knots ten seconds apart, with straight lines between.

internal import Units

/// mW on each phase at the minute's start, at each knot inside it, and at its end.
struct PhaseKnots: Hashable {
  /// From one knot to the next.
  static let seconds: Int64 = 10
  /// Stretches in a minute.
  static let count = 6

  /// L1, L2 and L3 at each knot.
  private(set) var knots = [SIMD4<Int64>](repeating: .zero, count: count + 1)

  mutating func clear(_ knot: Int) { knots[knot] = .zero }

  /// A third on each phase for a three-phase connection, odd milliwatts on L1 first.
  mutating func add(_ milliwatts: Int64, at knot: Int, on connection: Generator.Connection) {
    var phases = (knots[knot].x, knots[knot].y, knots[knot].z)
    connection.add(milliwatts, to: &phases)
    knots[knot] = SIMD4(phases.0, phases.1, phases.2, 0)
  }

  /// The straight line that begins at a knot.
  func stretch(_ knot: Int) -> Stretch { Stretch(from: knots[knot], to: knots[knot + 1]) }

  /// A straight line of ten seconds.
  struct Stretch {
    var from: SIMD4<Int64>
    var to: SIMD4<Int64>

    /// mW in the middle of one of its seconds, 0…9.
    @inline(__always)
    func power(_ second: Int64) -> (Int64, Int64, Int64) {
      let twice = 2 * second + 1
      func between(_ left: Int64, _ right: Int64) -> Int64 {
        left + (right - left) * twice / (2 * PhaseKnots.seconds)
      }
      return (between(from.x, to.x), between(from.y, to.y), between(from.z, to.z))
    }
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
