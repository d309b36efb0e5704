// The energy of each phase by itself, which polyphase Modbus meters show beside the whole. Phases are counted
// each on its own, whatever the meter's phase sum makes of the whole: with +1, +1 and −1 kWh the phases say
// import 2 and export 1, and a meter that nets over phases says import 1.

internal import Units

/// Cumulative registers of three phases.
struct PhaseCounter {
  private struct Phase {
    var lane: Lane
    var registers: [Register]
  }

  private var phases: [Phase]
  private var netting: Netting

  /// Registers of the same faces as the meter's. Each phase begins with a third of the meter's count, the
  /// first with the rest (our assumption).
  init(_ profile: Profile, at start: Instant, registers: [Register]) {
    netting = profile.netting
    phases = MeterPhase.allCases.map { _ in
      Phase(lane: Lane(profile.netting, at: start.milliseconds), registers: registers)
    }
    for register in registers { set(register.face.role, to: register.whole) }
  }

  /// Counts a block: what flows in `segments` from `start` until it ends, or they do. Nothing about the meter
  /// changes within it.
  mutating func count(
    _ segments: [FlowSegment], from start: Place, until boundary: Int64, measuring: Measuring,
    signs: PhaseSigns, accumulation: Accumulation?
  ) {
    let (one, two, three) = (signs.l1, signs.l2, signs.l3)
    for phase in phases.indices {
      var place = start
      switch phase {
      case 0: phases[phase].lane.integrate(segments, from: &place, until: boundary) { one * $0.l1 }
      case 1: phases[phase].lane.integrate(segments, from: &place, until: boundary) { two * $0.l2 }
      default: phases[phase].lane.integrate(segments, from: &place, until: boundary) { three * $0.l3 }
      }
      measuring.book(phases[phase].lane.take(), into: &phases[phase].registers, accumulation: accumulation)
    }
  }

  /// Nets otherwise from now on. As it was: nothing happens, and a running window runs on.
  mutating func refit(_ netting: Netting, at now: Int64) {
    guard netting != self.netting else { return }
    self.netting = netting
    for phase in phases.indices { phases[phase].lane.refit(netting, at: now) }
  }

  /// Does to each phase's registers what is done to the meter's.
  mutating func each(_ change: (inout [Register]) -> Void) {
    for phase in phases.indices { change(&phases[phase].registers) }
  }

  /// Shares a count out anew, as at the beginning.
  mutating func set(_ role: RegisterRole, to value: WattHours) {
    for (phase, share) in Self.shares(of: value).enumerated() {
      for index in phases[phase].registers.indices where phases[phase].registers[index].face.role == role {
        phases[phase].registers[index].set(to: share)
      }
    }
  }

  private static func shares(of value: WattHours) -> [WattHours] {
    let third = WattHours(value.value / 3)
    return [value - third * 2, third, third]
  }

  /// The count of a phase in whole Wh; nil for a register that the meter has not.
  func counted(_ role: RegisterRole, _ phase: MeterPhase) -> WattHours? {
    phases[phase.rawValue].registers.first { $0.face.role == role }?.whole
  }

  /// As `counted`, cut to the register's step and wrapped.
  func shown(_ role: RegisterRole, _ phase: MeterPhase) -> WattHours? {
    phases[phase.rawValue].registers.first { $0.face.role == role }?.shown
  }
}
