// What holds between two events of a meter's life. It is worked out anew when a fault begins or ends, so that
// the loop over the flow asks no question about faults.

internal import Units

/// How a meter measures and counts, with all present faults bent in.
struct Measuring {
  var signs = PhaseSigns()
  var flow: FlowMode
  /// False where the export register takes nothing (ME-05).
  var countsExport = true
  /// Registers that take nothing (RG-03).
  var frozen: Set<RegisterRole> = []
  /// What the clock gains in a billion.
  var driftPartsPerBillion: Int64
  /// What the pulse output makes of the energy.
  var pulse = PulseFlaws()

  init(_ profile: Profile) {
    flow = profile.flow
    driftPartsPerBillion = profile.clock?.driftPartsPerBillion ?? 0
  }

  /// What import and export registers get of energy that flowed `forward` and `reverse` (mW·ms).
  func split(forward: Int64, reverse: Int64) -> (import: Int64, export: Int64) {
    switch flow {
    case .bidirectional: (forward, countsExport ? reverse : 0)
    case .importOnly, .backstop: (forward, 0)
    case .absolute: (forward + reverse, 0)
    case .backwards: (forward - reverse, 0)
    }
  }
}

extension Measuring {
  /// Books what a measuring path saw into registers.
  func book(
    _ seen: (forward: Int64, reverse: Int64), into registers: inout [Register], accumulation: Accumulation?
  ) {
    let (imported, exported) = split(forward: seen.forward, reverse: seen.reverse)
    for index in registers.indices where !frozen.contains(registers[index].face.role) {
      switch registers[index].face.role {
      // A generation meter is fitted so that what the generator makes goes through it forwards.
      case .import, .generation: registers[index].add(imported)
      case .export: registers[index].add(exported)
      case .total: registers[index].add((accumulation ?? .import).sum(imported, exported))
      }
    }
  }
}

/// +1 or −1 for each phase: −1 where current goes through the meter the wrong way round; 0 where none does.
struct PhaseSigns {
  var l1: Int64 = 1
  var l2: Int64 = 1
  var l3: Int64 = 1

  /// Behind an open switch.
  static let nothing = PhaseSigns(l1: 0, l2: 0, l3: 0)
}
