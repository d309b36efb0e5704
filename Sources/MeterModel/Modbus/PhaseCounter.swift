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

  /// Registers of the same faces as the meter's. Each phase begins with a third of the meter's count, the
  /// first with the rest (our assumption).
  init(_ profile: Profile, at start: Instant, registers: [Register]) {
    phases = MeterPhase.allCases.map { phase in
      Phase(
        lane: Lane(profile.netting, at: start.milliseconds),
        registers: registers.map { register in
          let third = register.whole.value / 3
          let share = phase == .l1 ? register.whole.value - 2 * third : third
          return Register(face: register.face, at: FineEnergy(WattHours(share)))
        })
    }
  }

  /// Counts what flowed in `segments` from `time` (ms) on. Nothing about the meter changes within them.
  mutating func count(
    _ segments: [FlowSegment], from time: Int64, measuring: Measuring, accumulation: Accumulation?
  ) {
    let (one, two, three) = (measuring.signs.l1, measuring.signs.l2, measuring.signs.l3)
    for phase in phases.indices {
      var place = Place(time: time)
      switch phase {
      case 0: phases[phase].lane.integrate(segments, from: &place, until: .max) { one * $0.l1 }
      case 1: phases[phase].lane.integrate(segments, from: &place, until: .max) { two * $0.l2 }
      default: phases[phase].lane.integrate(segments, from: &place, until: .max) { three * $0.l3 }
      }
      let seen = phases[phase].lane.take()
      let (imported, exported) = measuring.split(forward: seen.forward, reverse: seen.reverse)
      for index in phases[phase].registers.indices {
        let role = phases[phase].registers[index].face.role
        guard !measuring.frozen.contains(role) else { continue }
        switch role {
        case .import, .generation: phases[phase].registers[index].add(imported)
        case .export: phases[phase].registers[index].add(exported)
        case .total: phases[phase].registers[index].add((accumulation ?? .import).sum(imported, exported))
        }
      }
    }
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
