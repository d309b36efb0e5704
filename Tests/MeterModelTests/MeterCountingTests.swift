// What registers count: flow modes, phase sums, netting, and that blocks leave no trace.

import BackspinTesting
import MeterModel
import Testing
import Timeline
import Units

@Suite struct MeterCountingTests {
  @Test("each flow mode counts import and export in its own way")
  func flowModes() {
    // 1 h at +1 kW is 1000 Wh of import; 20 min at −3 kW is 1000 Wh of export, then 6 min at +2 kW is 200 Wh.
    TextTable.each(
      """
      mode           import  export
      bidirectional    1200    1000
      import-only      1200       0
      absolute         2200       0
      backwards         200       0
      backstop         1200       0
      """
    ) { row in
      let mode = try row.value("mode") { FlowMode(rawValue: $0) }
      let profile = Profile(
        name: "x", title: "x", kind: .electronic, flow: mode,
        registers: [Fixture.importWattHours, Fixture.exportWattHours])
      let meter = Fixture.fit(profile)
      meter.hold(1000, for: .hours(1))
      meter.hold(-3000, for: .minutes(20))
      meter.hold(2000, for: .minutes(6))
      #expect(
        try meter.both == [row.whole("import"), row.whole("export")], sourceLocation: row.sourceLocation)
    }
  }

  @Test("each phase sum gives the registers that the handbook's table gives")
  func phaseSums() {
    // One hour each; +1, +1, −1.5 kW: vector +0.5; per phase 2 and 1.5; absolute 3.5.
    TextTable.each(
      """
      sum        l1     l2     l3     import  export
      vector      2000   2000  -4000       0       0
      per-phase   2000   2000  -4000    4000    4000
      absolute    2000   2000  -4000    8000       0
      vector      1000   1000  -1500     500       0
      per-phase   1000   1000  -1500    2000    1500
      absolute    1000   1000  -1500    3500       0
      vector     -3680      0      0       0    3680
      per-phase  -3680      0      0       0    3680
      absolute   -3680      0      0    3680       0
      """
    ) { row in
      let sum = try row.value("sum") { PhaseSum(rawValue: $0) }
      let meter = Fixture.fit(Fixture.smets2(phases: 3, phaseSum: sum))
      try meter.hold(row.whole("l1"), row.whole("l2"), row.whole("l3"), for: .hours(1))
      #expect(
        try meter.both == [row.whole("import"), row.whole("export")], sourceLocation: row.sourceLocation)
    }
  }

  @Test("a single-phase meter sees its own phase only")
  func singlePhase() {
    let meter = Fixture.fit(Fixture.smets2())
    meter.hold(1000, -5000, 9000, for: .hours(1))
    #expect(meter.both == [1000, 0])
    #expect(meter.power.l1 == Power(watts: 1000))
  }

  @Test("the netting interval decides how much of a flickering flow is counted")
  func netting() {
    // 300 ms at +3 kW, then 700 ms at −1.5 kW, for 1000 s. Each second: +0.25 Wh and −0.291 666… Wh, net
    // −0.041 666… Wh. By the cycle: 250 Wh and 291.666… Wh. By the second: 0 and 41.666… Wh. A bucket of 1
    // Wh: the net falls by 1/24 Wh a second within swings of 0.25 Wh, so quanta leave on the export side
    // alone: 41 of them, 2/3 Wh held. An hour's window that has not ended: nothing yet.
    let rows: [(netting: Netting, imported: Int64, exported: Int64)] = [
      (.cycle, 250, 291), (.second, 0, 41), (.bucket(FineEnergy(WattHours(1))), 0, 41),
      (.window(.hours(1)), 0, 0),
    ]
    for row in rows {
      let meter = Fixture.fit(Fixture.smets2(netting: row.netting))
      for _ in 0..<1000 {
        meter.hold(3000, for: .milliseconds(300))
        meter.hold(-1500, for: .milliseconds(700))
      }
      #expect(meter.both == [row.imported, row.exported], "\(row.netting)")
    }
  }

  @Test("a window that stands across the end of a half-hour is booked when it ends")
  func windowAcrossBlocks() {
    // Windows of 11 min from the epoch: 1 777 593 600 s is 420 s past a multiple of 660 s, so one ends at
    // 00:04 and each 11 min after it: at 00:26, 00:37. By 00:36 the last one booked ended at 00:26: 26/60 ×
    // 600 W = 260 Wh.
    let meter = Fixture.fit(Fixture.smets2(netting: .window(.minutes(11))))
    meter.hold(600, for: .minutes(36))
    #expect(meter.both == [260, 0])
    meter.hold(600, for: .minutes(1))
    #expect(meter.both == [370, 0])
    meter.hold(600, for: .minutes(23))
    let rows = meter.readLog(.import, from: .epoch, through: .distantFuture)
    #expect(rows.map(\.energy.value) == [260, 330])  // Until 00:26, and from there until 00:59.
  }

  @Test(
    "how a flow is cut into segments and calls changes nothing",
    arguments: [Netting.cycle, .second, .bucket(FineEnergy(WattHours(1))), .window(.seconds(90))])
  func cutting(netting: Netting) {
    for sum in PhaseSum.allCases {
      let profile = Fixture.smets2(phases: 3, phaseSum: sum, netting: netting)
      let flow = Self.restless(count: 400)
      let whole = Fixture.fit(profile)
      whole.advance(through: flow)
      let pieces = Fixture.fit(profile)
      for segment in flow {
        // Each segment in three: at a third of its length, and 1 ms before its end.
        let (from, to) = (pieces.now.milliseconds, segment.endMilliseconds)
        for end in [from + (to - from) / 3, to - 1, to] {
          var piece = segment
          piece.endMilliseconds = end
          pieces.advance(through: [piece])
        }
      }
      let range = (from: Fixture.start, through: whole.now)
      for role in [RegisterRole.import, .export] {
        #expect(whole.counted(role) == pieces.counted(role))
        #expect(whole.counted(role) != .zero || sum == .absolute)
        #expect(
          whole.readLog(role, from: range.from, through: range.through)
            == pieces.readLog(role, from: range.from, through: range.through))
      }
    }
  }

  @Test("import less export is the integral of the flow, to the last mW·ms")
  func conservation() throws {
    for netting in [Netting.cycle, .second, .bucket(FineEnergy(WattHours(2)))] {
      let flow = Self.restless(count: 500)
      let meter = Fixture.fit(Fixture.smets2(netting: netting))
      meter.advance(through: flow)
      // Ends on a whole second, so no window is open; a bucket may hold up to its quantum.
      var (time, integral) = (Fixture.start.milliseconds, Int64(0))
      for segment in flow {
        integral += segment.l1 * (segment.endMilliseconds - time)
        time = segment.endMilliseconds
      }
      let net = try #require(meter.counted(.import)) - #require(meter.counted(.export))
      let held = integral - net.milliwattMilliseconds
      #expect(netting == .cycle || netting == .second ? held == 0 : abs(held) < 2 * FineEnergy.perWattHour)
    }
  }

  @Test("5 MW for a year is counted, though mW·ms end at 2.5 GWh")
  func large() {
    // 5 MW × 8760 h = 43.8 GWh, given as one segment.
    let meter = Fixture.fit(Fixture.smets2())
    meter.hold(-5_000_000, for: .days(365))
    #expect(meter.countedWhole(.export) == WattHours(43_800_000_000))
    #expect(meter.counted(.export) == nil)
    // u32: 43 800 000 000 − 10 × 4 294 967 296 = 850 327 040.
    #expect(meter.shown(.export) == WattHours(850_327_040))
  }

  @Test("segments that end in the past are passed over")
  func past() {
    let meter = Fixture.fit(Fixture.smets2())
    meter.hold(1000, for: .hours(1))
    let end = meter.now
    meter.advance(through: [
      FlowSegment(endMilliseconds: Fixture.start.milliseconds + 5, l1: 9_000_000),
      FlowSegment(endMilliseconds: end.milliseconds, l1: 9_000_000),
    ])
    #expect(meter.now == end)
    #expect(meter.both == [1000, 0])
    meter.advance(through: [])
    #expect(meter.now == end)
  }

  @Test("a total adds up what its accumulation says, and can be changed on the way")
  func accumulation() {
    let profile = Profile(
      name: "sdm", title: "SDM", kind: .modbus, flow: .bidirectional,
      registers: [
        Fixture.importWattHours, Fixture.exportWattHours, RegisterFace(role: .total, rollover: .digits(6)),
      ], accumulation: .importPlusExport)
    let meter = Fixture.fit(profile, reads: [.import: WattHours(500), .export: WattHours(200)])
    #expect(meter.countedWhole(.total) == WattHours(700))
    // Each round is 1000 Wh of import, then 3000 Wh of export.
    let rounds: [(Accumulation, total: Int64)] = [
      (.importPlusExport, 700 + 4000), (.import, 4700 + 1000), (.importMinusExport, 5700 - 2000),
    ]
    for (accumulation, total) in rounds {
      meter.accumulation = accumulation
      meter.hold(1000, for: .hours(1))
      meter.hold(-3000, for: .hours(1))
      #expect(meter.countedWhole(.total) == WattHours(total))
    }
    #expect(meter.both == [3500, 9200])
  }

  /// Segments of 1 ms to 40 s between ±4 kW on three phases, the last one ended on a whole half-hour.
  static func restless(count: UInt64) -> [FlowSegment] {
    let draws = RandomStream(seed: 5)
    var end = Fixture.start.milliseconds
    var flow = (0..<count).map { index in
      end += draws.stream("length").whole(index, in: 1...40_000)
      return FlowSegment(
        endMilliseconds: end, l1: draws.stream("l1").whole(index, in: -4_000_000...4_000_000),
        l2: draws.stream("l2").whole(index, in: -4_000_000...4_000_000),
        l3: draws.stream("l3").whole(index, in: -4_000_000...4_000_000))
    }
    flow.append(FlowSegment(endMilliseconds: (end / 1_800_000 + 1) * 1_800_000, l1: 777, l2: -5, l3: 0))
    return flow
  }
}
