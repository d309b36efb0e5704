// Meters and flows that the tests of this module share.

import MeterModel
import Testing
import Timeline
import Units

enum Fixture {
  /// 2026-05-01T00:00Z: a UTC midnight.
  static let start = Instant(seconds: 1_777_593_600)

  static let importWattHours = RegisterFace(role: .import, rollover: .u32)
  static let exportWattHours = RegisterFace(role: .export, rollover: .u32)

  static func smets2(phases: Int = 1, phaseSum: PhaseSum = .vector, netting: Netting = .second) -> Profile {
    Profile(
      name: "smets2", title: "SMETS2", kind: .smets2, phases: phases, flow: .bidirectional, netting: netting,
      phaseSum: phaseSum, registers: [importWattHours, exportWattHours], display: DisplayFace(digits: 5),
      logs: LogCapacity(
        exportHalfHours: 4464, importHalfHours: 19_056, exportDailySnapshots: 31, importDailySnapshots: 31),
      clock: ClockFace(), remote: true)
  }

  /// A bare meter of one kind, with an export register and a clock where such a kind has them.
  static func meter(of kind: Profile.Kind, flow: FlowMode = .bidirectional) -> Profile {
    switch kind {
    case .smets2: return smets2()
    case .analogue: return disc(flow == .bidirectional ? .backwards : flow)
    case .smets1, .electronic, .modbus:
      return Profile(
        name: kind.rawValue, title: kind.rawValue, kind: kind, flow: flow,
        registers: flow == .bidirectional ? [importWattHours, exportWattHours] : [importWattHours],
        display: DisplayFace(digits: 5, decimals: 2), clock: ClockFace())
    }
  }

  /// Five black digits, whole kWh.
  static func disc(_ flow: FlowMode) -> Profile {
    Profile(
      name: "disc", title: "Disc", kind: .analogue, flow: flow, netting: .cycle,
      registers: [RegisterFace(role: .import, resolution: WattHours(1000), rollover: .digits(5))],
      display: DisplayFace(digits: 5), disc: DiscConstant(numerator: 375, denominator: 2))
  }

  static func fit(
    _ profile: Profile, reads: [RegisterRole: WattHours] = [:], at start: Instant = start
  ) -> Meter {
    Meter(profile: profile, serial: "M1", at: start, reads: reads, stream: RandomStream(seed: 1))
  }
}

extension Meter {
  /// A constant flow for a while, from `now` on.
  func hold(_ l1: Int64, _ l2: Int64 = 0, _ l3: Int64 = 0, for span: TimeSpan) {
    advance(through: [
      FlowSegment(
        endMilliseconds: (now + span).milliseconds, l1: l1 * 1000, l2: l2 * 1000, l3: l3 * 1000)
    ])
  }

  /// Whole Wh of import and export, unwrapped.
  var both: [Int64] { [countedWhole(.import)?.value ?? -1, countedWhole(.export)?.value ?? -1] }
}
