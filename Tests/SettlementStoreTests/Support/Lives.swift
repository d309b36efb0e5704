// Made-up lives of agreements, from a number, so that a failing one can be made again.

import Settlement
import Units

/// A small generator of its own (SplitMix64).
struct Dice: RandomNumberGenerator {
  var state: UInt64

  init(_ seed: some BinaryInteger) { state = UInt64(truncatingIfNeeded: seed) &* 0x2545_f491_4f6c_dd1d }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  mutating func roll(_ range: ClosedRange<Int64>) -> Int64 { Int64.random(in: range, using: &self) }

  /// True once in so many times.
  mutating func once(in times: Int64) -> Bool { roll(1...times) == 1 }
}

enum Lives {
  /// 2026-03-27T00:00Z: two days before the clocks go forward.
  static let start = Instant(seconds: 1_774_569_600)
  static let days = 8

  static func rate(_ tenths: Int64) -> UnitRate { UnitRate(microPencePerKilowattHour: tenths * 100_000) }

  static func meter(_ serial: String) -> MeterDetails {
    let register = MeterDetails.Register(modulus: WattHours(1_000_000_000))
    return MeterDetails(
      serial: serial, uses: [.export], registers: [.import: register, .export: register],
      halfHourlyCapable: true, remote: true, kind: "SMETS2")
  }

  static func agreement(_ tariff: [TariffTerms], mpan: String = "9900000000015") -> Agreement {
    Agreement(
      licensee: "made", exportMPAN: mpan, importMPAN: "9900000000060", tariff: tariff, start: start,
      installation: DeclaredInstallation(technology: .solarPV, capacity: Power(watts: 3950)),
      meters: [meter("S2")], importSupplier: "Other Energy", importRate: rate(245))
  }

  static func flat(_ tenths: Int64, from: Instant = start) -> TariffTerms {
    TariffTerms(name: "flat", from: from, shape: .flat(rate(tenths)))
  }

  /// Half-hours of one day and what the register says after it; late, double, with gaps and slips.
  static func life(_ seed: Int) -> SettlementCase {
    var dice = Dice(seed)
    let shapes = [
      flat(41),
      TariffTerms(
        name: "evening", from: start,
        shape: .timeOfUse([.init(fromMinute: 960, toMinute: 1140, rate: rate(300))], otherwise: rate(50))),
      TariffTerms(
        name: "agile", from: start,
        shape: .halfHourly([.init(from: start, to: start + .hours(84), rate: rate(90))])),
    ]
    var policy = Policy(name: "made")
    if dice.once(in: 2) { policy.estimates = .ours(.provisional, "for this test") }
    if dice.once(in: 2) { policy.payableBasis = .ours([.halfHours], "for this test") }
    var one = SettlementCase(
      policy: policy, agreement: agreement([shapes[Int(dice.roll(0...2))]]), from: start,
      settlements: [2, 4, 7].map { start + .days($0) }, until: start + .days(Int64(days)))
    var count: Int64 = 500_000
    one.reads.append(
      Read(serial: "S2", register: .export, value: WattHours(count), at: start, source: .remote))
    for day in 0..<days { addDay(day, &one, &count, &dice) }
    addEvents(&one, &dice)
    return one
  }

  private static func addDay(
    _ day: Int, _ one: inout SettlementCase, _ count: inout Int64, _ dice: inout Dice
  ) {
    let first = HalfHour(containing: start + .days(Int64(day)))
    var entries: [LogRead.Entry] = []
    for slot in 0..<48 {
      let energy = slot > 12 && slot < 36 ? dice.roll(0...1900) : 0
      count += energy
      if dice.once(in: 60) { continue }
      entries.append(
        .init(
          stamp: first.advanced(by: slot).end, energy: WattHours(dice.once(in: 80) ? -energy : energy),
          quality: dice.once(in: 50) ? .estimated : .actual, cause: Cause(number: UInt32(slot + 2))))
    }
    // Up to two days late; the last may never be known to a settlement.
    let received = first.start + .days(1) + .minutes(dice.roll(0...2880))
    one.logs.append(
      LogRead(serial: "S2", register: .export, convention: .end, received: received, entries: entries))
    let value = WattHours(dice.once(in: 9) ? count / 2 : count)
    let read = Read(
      serial: "S2", register: .export, value: value, at: first.start + .days(1), received: received,
      source: dice.once(in: 3) ? .customer : .remote, channel: dice.once(in: 4) ? "app" : nil,
      cause: Cause(number: UInt32(100 + day)))
    one.reads.append(read)
    if dice.once(in: 4) {
      var again = read
      again.received = received + .hours(dice.roll(1...30))
      one.reads.append(again)
    }
  }

  private static func addEvents(_ one: inout SettlementCase, _ dice: inout Dice) {
    for number in 0..<Int(dice.roll(0...5)) {
      let at = start + .hours(dice.roll(0...180))
      let received = at + .hours(dice.roll(0...40))
      let cause = Cause(number: UInt32(200 + number))
      switch dice.roll(0...3) {
      case 0:
        one.events.append(
          .importSupplierChanged(to: "Supplier \(number)", at: at, received: received, cause: cause))
      case 1:
        one.events.append(
          .remoteReadFailed(
            serial: "S2", why: "no answer \"\(number)\"\n", at: at, received: received, cause: cause))
      case 2:
        one.events.append(
          CaseEvent(
            EventName("meter-suspect"), at: at, received: received, [.serial: .text("S2")], cause: cause))
      default:
        one.events.append(
          .meterExchanged(
            old: "S2", final: [.export: WattHours(600_000)], new: meter("N\(number)"),
            initial: [.export: WattHours(0)], at: at, received: received, cause: cause))
      }
    }
  }
}

extension SettlementCase {
  /// The terms and settlements without what arrives.
  var bare: SettlementCase {
    var one = self
    (one.reads, one.logs, one.events) = ([], [], [])
    return one
  }
}
