// The registers of each phase that a polyphase Modbus meter shows: the same faults, settings and blocks as
// the meter's own.

import BackspinTesting
import MeterModel
import Testing
import Timeline
import Units

@Suite struct PhaseCountTests {
  private static func meter(reads: [RegisterRole: WattHours] = [:]) -> Meter {
    let profile = Profile(
      name: "sdm630", title: "SDM630", kind: .modbus, phases: 3, flow: .bidirectional, phaseSum: .perPhase,
      registers: [
        RegisterFace(role: .import, rollover: .digits(6)), RegisterFace(role: .export, rollover: .digits(6)),
      ])
    return Fixture.fit(profile, reads: reads)
  }

  private static func phases(_ meter: Meter, _ role: RegisterRole) -> [Int64] {
    MeterPhase.allCases.map { meter.readEnergy(role, phase: $0)?.value ?? -1 }
  }

  @Test("a count given at the start is shared out in thirds, the first phase has the rest")
  func shares() {
    let meter = Self.meter(reads: [.import: WattHours(1000)])
    #expect(Self.phases(meter, .import) == [334, 333, 333])
    meter.hold(1000, -500, 250, for: .hours(1))
    #expect(Self.phases(meter, .import) == [1334, 333, 583])
    #expect(Self.phases(meter, .export) == [0, 500, 0])
    #expect(meter.both == [2250, 500])
    meter.set(.import, to: WattHours(30))
    #expect(Self.phases(meter, .import) == [10, 10, 10])
  }

  @Test("a restart takes the phases along, and a reversed transformer turns its own")
  func faults() throws {
    let meter = Self.meter(reads: [.export: WattHours(900)])
    try meter.begin(FaultSetting(id: "RG-04", choices: ["register": "export"]))
    #expect(Self.phases(meter, .export) == [0, 0, 0])
    try meter.begin(FaultSetting(id: "ME-09", choices: ["phase": "2"]))
    meter.hold(100, 200, 300, for: .hours(1))
    #expect(Self.phases(meter, .export) == [0, 200, 0])
    #expect(Self.phases(meter, .import) == [100, 0, 300])
    #expect(meter.both == [400, 200])
  }

  @Test("5 MW on each phase for a year, given as one segment, is counted")
  func large() {
    let meter = Self.meter()
    meter.hold(-5_000_000, -5_000_000, -5_000_000, for: .days(365))
    // 43.8 GWh a phase; six digits come round at 1 GWh: 800 MWh are left.
    #expect(Self.phases(meter, .export) == [800_000_000, 800_000_000, 800_000_000])
    #expect(meter.countedWhole(.export) == WattHours(131_400_000_000))
  }
}
