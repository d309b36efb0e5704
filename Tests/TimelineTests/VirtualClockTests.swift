// The clock's promises: order of submission at one instant, time never goes back, nested runs, cancelling.

import Testing
import Timeline
import Units

struct VirtualClockTests {
  /// Notes what ran, and when.
  private final class Log {
    var lines: [String] = []
  }

  private func second(_ count: Int64) -> Instant { Instant(seconds: count) }

  @Test("actions run in order of their instants, and the clock stands at each while it runs")
  func order() {
    let (clock, log) = (VirtualClock(at: second(0)), Log())
    for at: Int64 in [5, 1, 3, 2, 4] {
      clock.schedule(at: second(at)) { log.lines.append("\(at) at \(clock.now.seconds)") }
    }
    clock.run(until: second(4))
    #expect(log.lines == ["1 at 1", "2 at 2", "3 at 3", "4 at 4"])
    #expect(clock.now == second(4) && clock.nextDue == second(5))
  }

  @Test("actions due at one instant run in order of submission, whatever else was put down, run or cancelled")
  func tieBreak() {
    // 500 actions over 7 instants, put down in a scrambled order (multiplying by 37 runs through all of
    // 0..<500), each third cancelled: what is left must run by instant, and at one instant by submission.
    let (clock, log) = (VirtualClock(at: second(0)), Log())
    var expected: [(at: Int64, order: Int)] = []
    for order in 0..<500 {
      let at = Int64(order * 37 % 500 % 7)
      let ticket = clock.schedule(at: second(at)) { log.lines.append("\(order)") }
      if order % 3 == 0 { clock.cancel(ticket) } else { expected.append((at, order)) }
    }
    clock.run(until: second(10))
    expected.sort { ($0.at, $0.order) < ($1.at, $1.order) }
    #expect(log.lines == expected.map { "\($0.order)" })
  }

  @Test(
    "an action put down for now, or for the past, by an action runs after those that were put down before")
  func atOnce() {
    let (clock, log) = (VirtualClock(at: second(10)), Log())
    clock.schedule(at: second(11)) {
      log.lines.append("first")
      clock.schedule(at: clock.now) { log.lines.append("for now") }
      clock.schedule(at: self.second(3)) { log.lines.append("for the past, at \(clock.now.seconds)") }
    }
    clock.schedule(at: second(11)) { log.lines.append("second") }
    clock.run(until: second(11))
    #expect(log.lines == ["first", "second", "for now", "for the past, at 11"])
  }

  @Test("an action may run the clock: what falls due runs inside it, and time does not go back after it")
  func nested() {
    let (clock, log) = (VirtualClock(at: second(0)), Log())
    clock.schedule(at: second(1)) {
      log.lines.append("read begins at \(clock.now.seconds)")
      clock.run(until: self.second(5))
      log.lines.append("read ends at \(clock.now.seconds)")
    }
    clock.schedule(at: second(3)) { log.lines.append("answer at \(clock.now.seconds)") }
    clock.schedule(at: second(6)) { log.lines.append("later at \(clock.now.seconds)") }
    clock.run(until: second(2))
    #expect(log.lines == ["read begins at 1", "answer at 3", "read ends at 5"])
    #expect(clock.now == second(5))
    clock.run(until: second(4))
    #expect(clock.now == second(5))
    clock.run(until: second(6))
    #expect(log.lines.last == "later at 6")
  }

  @Test("two readers that wait inside each other both end, and each action runs once")
  func deeplyNested() {
    let (clock, log) = (VirtualClock(at: second(0)), Log())
    for at: Int64 in 1...3 {
      clock.schedule(at: second(at)) {
        log.lines.append("in \(at)")
        clock.run(until: self.second(at + 10))
        log.lines.append("out \(at) at \(clock.now.seconds)")
      }
    }
    clock.run(until: second(1))
    #expect(log.lines == ["in 1", "in 2", "in 3", "out 3 at 13", "out 2 at 13", "out 1 at 13"])
  }

  @Test("a cancelled action does not run; cancelling one that has run, or twice, changes nothing")
  func cancelling() {
    let (clock, log) = (VirtualClock(at: second(0)), Log())
    let ran = clock.schedule(at: second(1)) { log.lines.append("ran") }
    let timeout = clock.schedule(at: second(3)) { log.lines.append("timed out") }
    clock.schedule(at: second(2)) {
      clock.cancel(timeout)
      clock.cancel(timeout)
      clock.cancel(ran)
    }
    clock.schedule(at: second(3)) { log.lines.append("after") }
    #expect(clock.nextDue == second(1))
    clock.run(until: second(2))
    #expect(clock.nextDue == second(3))
    clock.run(until: second(9))
    #expect(log.lines == ["ran", "after"])
    #expect(clock.nextDue == nil && !clock.runNext())
  }

  @Test("cancelling many actions that have run leaves a cancelled one cancelled, and the others due")
  func cancellingSpent() {
    let (clock, log) = (VirtualClock(at: second(0)), Log())
    let spent = (0..<20).map { _ in clock.schedule(at: second(1)) {} }
    clock.run(until: second(1))
    let taken = clock.schedule(at: second(5)) { log.lines.append("taken back") }
    clock.schedule(at: second(6)) { log.lines.append("kept") }
    clock.cancel(taken)
    for ticket in spent { clock.cancel(ticket) }
    clock.run(until: second(9))
    #expect(log.lines == ["kept"])
  }

  @Test("an action can cancel another that is due at the same instant")
  func cancellingAtOneInstant() {
    let (clock, log) = (VirtualClock(at: second(0)), Log())
    var second: VirtualClock.Ticket?
    clock.schedule(at: self.second(1)) {
      log.lines.append("first")
      if let second { clock.cancel(second) }
    }
    second = clock.schedule(at: self.second(1)) { log.lines.append("second") }
    clock.run(until: self.second(1))
    #expect(log.lines == ["first"])
  }

  @Test("runNext runs one action and leaves the clock at it")
  func single() {
    let (clock, log) = (VirtualClock(at: second(0)), Log())
    clock.schedule(at: second(7)) { log.lines.append("one") }
    clock.schedule(at: second(7)) { log.lines.append("two") }
    #expect(clock.runNext() && clock.now == second(7))
    #expect(log.lines == ["one"])
  }

  /// Notes until when it was asked to hold, and what had run by then.
  private final class NotingPace: Pace {
    let log: Log
    init(_ log: Log) { self.log = log }
    func hold(until instant: Instant) { log.lines.append("hold \(instant.seconds)") }
  }

  @Test("a paced run holds before each action and at the end, and runs the same actions as a free one")
  func paced() {
    func run(_ drive: (VirtualClock, Log) -> Void) -> [String] {
      let (clock, log) = (VirtualClock(at: second(0)), Log())
      clock.schedule(at: second(2)) {
        log.lines.append("a")
        clock.schedule(at: self.second(3)) { log.lines.append("b") }
      }
      clock.schedule(at: second(9)) { log.lines.append("too late") }
      drive(clock, log)
      #expect(clock.now == second(5))
      return log.lines
    }
    let free = run { clock, _ in clock.run(until: self.second(5), pace: FreeRunning()) }
    let paced = run { clock, log in clock.run(until: self.second(5), pace: NotingPace(log)) }
    #expect(free == ["a", "b"])
    #expect(paced == ["hold 2", "a", "hold 3", "b", "hold 5"])
  }
}
