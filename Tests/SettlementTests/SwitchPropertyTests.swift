// Over random switches: two cases that hear the same, the old licensee's and the new one's, never pay a
// half-hour twice and leave none unpaid (R-SWI-06). Each case can be made again from its number.

import Testing
import Units

@testable import Settlement

@Suite("No half-hour twice, and none by nobody")
struct SwitchPropertyTests {
  /// 16 days from 20 March (or 18 October) 2026 over a clock change,
  /// up to three switches between three licensees.
  private struct Story {
    var start: Instant
    var end: Instant
    var energies: [Int64] = []
    var events: [CaseEvent] = []

    init(_ seed: UInt64) {
      var dice = Dice(state: seed)
      start = at(dice.roll(0...1) == 0 ? "2026-03-20T00:00Z" : "2026-10-18T00:00Z")
      end = start + .days(16)
      energies = (0..<(16 * 48)).map { _ in dice.roll(1...1900) }
      var (now, holder) = (start, "A")
      for _ in 0..<dice.roll(1...3) {
        let others = ["A", "B", "C"].filter { $0 != holder }
        let to = others[Int(dice.roll(0...1))]
        let asked = now + .minutes(dice.roll(1...2000))
        let effective = LondonClock.date(at: asked).advanced(byDays: Int(dice.roll(0...4)))
        let midnight = LondonClock.startOfDay(effective)
        guard midnight > now, midnight + .days(2) < end else { break }
        func tell(_ name: EventName, _ when: Instant, _ facts: Facts) {
          events.append(CaseEvent(name, at: when, received: when, facts))
        }
        tell(.switchRequested, asked, [.to: .text(to), .on: .date(effective)])
        if dice.roll(0...5) == 0 {
          tell(.switchRejected, asked + .hours(2), [.to: .text(to)])
          now = asked + .hours(3)
          continue
        }
        // Told before, at or after the switch; perhaps for another day first.
        let told = asked + .minutes(dice.roll(10...6000))
        if dice.roll(0...3) == 0 {
          tell(
            .switchRegistered, asked + .minutes(5),
            [.to: .text(to), .on: .date(effective.advanced(byDays: -1))])
        }
        tell(.switchRegistered, told, [.to: .text(to), .on: .date(effective)])
        let value = count(at: midnight)
        for source in ["customer", "new-licensee"] where dice.roll(0...2) > 0 || source == "new-licensee" {
          tell(
            .switchReading, max(told, midnight) + .minutes(dice.roll(1...8000)),
            [.value: .energy(WattHours(value)), .source: .text(source), .on: .date(effective)])
        }
        if dice.roll(0...4) == 0 {
          tell(.switchReversed, max(told, midnight) + .minutes(dice.roll(1...8000)), [.to: .text(to)])
          now = midnight + .days(1)
          continue
        }
        (now, holder) = (midnight + .days(1), to)
      }
      events.sort { $0.received < $1.received }
    }

    func count(at instant: Instant) -> Int64 {
      let number = HalfHour(containing: start).distance(to: HalfHour(containing: instant))
      return 500_000 + energies[..<number].reduce(0, +)
    }

    /// One licensee's case: first A's, which had the export from the start.
    func outcome(of licensee: String, on basis: StatementLine.Basis, _ dice: inout Dice) -> Outcome {
      var home = wheel(licensee == "A" ? [:] : [.switchedFrom: .text("A")])
      home.licensee = licensee
      home.start = start
      var policy = Policy(name: licensee)
      policy.payableBasis = .ours([basis], "for this test")
      policy.switching.finalReadingFrom = .ours(
        dice.roll(0...1) == 0 ? .customer : .newLicensee, "for this test")
      var settlements = (0..<dice.roll(0...6)).map { _ in start + .minutes(dice.roll(1...30_000)) }
      settlements.append(end + .days(30))
      var one = SettlementCase(
        policy: policy, agreement: home, events: events, calendar: .englandAndWales, from: start,
        settlements: settlements, until: end + .days(30))
      for day in 0..<16 {
        let first = HalfHour(containing: start + .days(Int64(day)))
        let entries = (0..<48).map { slot in
          LogRead.Entry(
            stamp: first.advanced(by: slot).end, energy: WattHours(energies[day * 48 + slot]),
            quality: .actual)
        }
        one.logs.append(
          LogRead(
            serial: "S2", register: .export, convention: .end, received: first.start + .days(1),
            entries: entries))
      }
      one.reads = [start, end].map {
        Read(serial: "S2", register: .export, value: WattHours(count(at: $0)), at: $0, source: .remote)
      }
      return settle(one)
    }
  }

  @Test("each half-hour is paid by exactly one licensee", arguments: 0..<150)
  func halfHours(number: Int) {
    let story = Story(UInt64(number) + 1)
    var dice = Dice(state: UInt64(number) + 7000)
    let outcomes = ["A", "B", "C"].map { story.outcome(of: $0, on: .halfHours, &dice) }
    let rows = 16 * 48
    for row in 0..<rows {
      let payers = outcomes.filter { $0.halfHours.count > row && $0.halfHours[row].state == .paid }.count
      #expect(payers == 1, "half-hour \(row) of \(number) is paid \(payers) times")
      if payers != 1 { return }
    }
    for one in outcomes { #expect(one.account.isBalanced) }
  }

  @Test(
    "on readings, licensees together pay for what the register counted, and not a watt-hour more",
    arguments: 0..<150)
  func readings(number: Int) {
    let story = Story(UInt64(number) + 100_001)
    var dice = Dice(state: UInt64(number) + 9000)
    let exact = ["A", "B", "C"].map { story.outcome(of: $0, on: .registers, &dice) }
      .reduce(NanoPence(0)) { $0 + $1.statements.reduce(NanoPence(0)) { $0 + $1.exact } }
    #expect(exact == WattHours(story.energies.reduce(0, +)) * pence("10"), "case \(number)")
  }

  @Test("the line between licensees does not depend on who looks at it", arguments: 0..<400)
  func timeline(number: Int) {
    let story = Story(UInt64(number) + 500_000)
    var instant = story.start
    let timeline = SwitchTimeline(first: "A", events: story.events)
    #expect(zip(timeline.registrations, timeline.registrations.dropFirst()).allSatisfy { $0.from < $1.from })
    while instant < story.end {
      #expect(["A", "B", "C"].contains(timeline.licensee(at: instant)))
      instant = instant + .hours(6)
    }
    // Each registration begins at midnight London time.
    for one in timeline.registrations.dropFirst() {
      #expect(LondonClock.startOfDay(LondonClock.date(at: one.from)) == one.from)
    }
  }
}
