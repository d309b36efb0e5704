// How a meter watches its voltage. The story of each test begins at a UTC midnight; an average is over half
// an hour, of the thresholds that published example messages have: 264 and 200 V for averages, 287, 253, 216
// and 180 V for 30 s.

import MeterModel
import Testing
import Timeline
import Units

@Suite struct VoltageQualityTests {
  private static func watching(_ change: (inout VoltageLimits) -> Void = { _ in }, phases: Int = 1) -> Meter {
    var profile = Fixture.smets2(phases: phases)
    profile.logs.eventLogs = [.events: 100, .security: 100, .power: 100]
    var quality = VoltageQuality()
    change(&quality.limits)
    profile.voltageQuality = quality
    return Fixture.fit(profile)
  }

  /// Seconds since the beginning, and the code in hexadecimal.
  private static func power(_ meter: Meter) -> [String] {
    (meter.events(in: .power) ?? []).map {
      let code = $0.alert.map { String($0, radix: 16, uppercase: true) } ?? "-"
      return "\(($0.stamp - Fixture.start).microseconds / 1_000_000) \(code)"
    }
  }

  private static func averages(_ meter: Meter, phase: Int = 1) -> [Int32] {
    meter.averageVoltages(phase: phase, from: .epoch, through: .distantFuture).map(\.decivolts)
  }

  @Test("an average is of all that was there in its half-hour; above its threshold it counts and is an event")
  func average() {
    let meter = Self.watching()
    // 20 min at 266 V and 10 min at 262 V: (2 × 266 + 262) / 3 = 264.67 V, then 30 min at 264 V: not above.
    meter.hold(at: 266, for: .minutes(20))
    meter.hold(at: 262, for: .minutes(10))
    meter.hold(at: 264, for: .minutes(30))
    #expect(Self.averages(meter) == [2647, 2640])
    #expect(meter.voltageCounters().over == 1 && meter.voltageCounters().under == 0)
    // 253 V are passed from the first second on: a swell after 30 s.
    #expect(Self.power(meter) == ["30 8024", "1800 8002", "3600 8085"])
    #expect(meter.events(in: .power)?[1].detail == 2647)
  }

  @Test("each average above counts; the event is of the first, and its end of the first that is not")
  func counter() {
    let meter = Self.watching { $0.averageUnder = 225_000 }
    for volts in [224, 220, 226, 224] as [Int64] { meter.hold(at: volts, for: .minutes(30)) }
    #expect(meter.voltageCounters().under == 3)
    #expect(Self.power(meter) == ["1800 8006", "5400 8089", "7200 8006"])
  }

  @Test("what lasts 30 s beyond a threshold is an event, and what is back for 30 s its end; 29 s are none")
  func levels() {
    let meter = Self.watching()
    for (volts, seconds) in [
      (254, 29), (252, 10), (254, 30), (252, 29), (254, 5), (252, 30), (288, 31), (230, 31), (215, 30),
      (179, 30), (230, 60),
    ] as [(Int64, Int64)] {
      meter.hold(at: volts, for: .seconds(seconds))
    }
    // Raised at 29 + 10 + 30 = 69; 29 s back are not enough; 30 s back end at 69 + 29 + 5 + 30 = 133. 288 V
    // from 133: swell and extreme at 163, over at 164 + 30. 215 V from 195: sag at 225, 179 V from there:
    // extreme under at 255. 230 V from 255: both over at 285.
    #expect(
      Self.power(meter) == [
        "69 8024", "133 8091", "163 8020", "163 8024", "194 808D", "194 8091", "225 802C", "255 8028",
        "285 8095", "285 8099",
      ])
  }

  @Test("a voltage that is handed over second by second gives what one stretch of it gives")
  func pieces() {
    let (whole, cut) = (Self.watching(), Self.watching())
    whole.hold(at: 266, for: .hours(2))
    for _ in 0..<7200 { cut.hold(at: 266, for: .seconds(1)) }
    #expect(Self.averages(whole) == [2660, 2660, 2660, 2660])
    #expect(Self.averages(cut) == Self.averages(whole))
    #expect(Self.power(cut) == Self.power(whole))
    #expect(cut.voltageCounters().over == 4)
  }

  @Test("nobody says what the voltage is: it is nominal, and nothing is noted")
  func nominal() {
    let meter = Self.watching()
    meter.hold(-1000, for: .hours(1))
    #expect(Self.averages(meter) == [2300, 2300])
    #expect(Self.power(meter) == [])
  }

  @Test("the log keeps 4320 averages: 90 days of half-hours, and the oldest goes")
  func capacity() {
    let meter = Self.watching()
    meter.hold(at: 240, for: .days(90))
    meter.hold(at: 245, for: .minutes(30))
    let all = meter.averageVoltages(from: .epoch, through: .distantFuture)
    #expect(all.count == 4320)
    #expect(all.first?.stamp == Fixture.start + .hours(1))
    #expect(all.last?.decivolts == 2450)
  }

  @Test("a distributor may write another period and other thresholds; they hold from then on")
  func written() {
    let meter = Self.watching()
    meter.hold(at: 255, for: .minutes(25))
    var limits = VoltageLimits()
    limits.averagePeriod = .minutes(10)
    limits.swell = .init(260_000, for: .seconds(10))
    #expect(meter.setVoltageLimits(limits))
    meter.hold(at: 261, for: .minutes(35))
    let stamps = meter.averageVoltages(from: .epoch, through: .distantFuture).map {
      ($0.stamp - Fixture.start).microseconds / 60_000_000
    }
    #expect(stamps == [30, 40, 50, 60])
    #expect(Self.power(meter) == ["30 8024", "1510 8024"])
    #expect(!Fixture.fit(Fixture.smets2()).setVoltageLimits(limits))
  }

  @Test("without supply nothing is measured: a half-hour is averaged over what there was, or has no entry")
  func outage() {
    let meter = Self.watching()
    meter.hold(at: 240, for: .minutes(10))
    meter.loseSupply()
    meter.hold(at: 0, for: .minutes(60))
    meter.restoreSupply()
    meter.hold(at: 250, for: .minutes(20))
    // 00:30 has ten minutes, 01:00 nothing, 01:30 the last twenty.
    let all = meter.averageVoltages(from: .epoch, through: .distantFuture)
    #expect(all.map(\.decivolts) == [2400, 2500])
    #expect(all.map { ($0.stamp - Fixture.start).microseconds / 60_000_000 } == [30, 90])
    #expect(Self.power(meter) == ["600 8F57", "4200 8F36"])
  }

  @Test("a phase whose voltage is missing has a sag, an extreme and an average of its own (ME-11)")
  func phases() throws {
    let meter = Self.watching(phases: 3)
    try meter.begin(FaultSetting(id: "ME-11", choices: ["phase": "2"]))
    meter.hold(at: 240, for: .minutes(30))
    #expect(Self.averages(meter, phase: 1) == [2400] && Self.averages(meter, phase: 2) == [0])
    #expect(Self.averages(meter, phase: 3) == [2400])
    #expect(Self.power(meter) == ["30 802A", "30 802E", "1800 8008"])
    // Events of all phases stand in order of time.
    meter.hold(at: 260, for: .minutes(30))
    #expect(
      Self.power(meter).dropFirst(3) == ["1830 8025", "1830 8027"])
  }

  @Test("a clock that is set takes what was measured into the half-hour that it then shows")
  func clock() {
    let meter = Self.watching()
    meter.hold(at: 240, for: .minutes(10))
    meter.setClock(to: meter.now + .hours(1))
    meter.hold(at: 250, for: .minutes(20))
    let all = meter.averageVoltages(from: .epoch, through: .distantFuture)
    // 10 min of 240 V and 20 min of 250 V: 246.67 V.
    #expect(all.map(\.decivolts) == [2467])
    #expect(all.first?.stamp == Fixture.start + .minutes(90))
  }
}

extension Meter {
  /// So many volts for a while, with nothing flowing.
  fileprivate func hold(at volts: Int64, for span: TimeSpan) {
    feel([VoltageSegment(endMilliseconds: (now + span).milliseconds, millivolts: volts * 1000)])
    hold(0, for: span)
  }
}
