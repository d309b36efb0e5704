// Clocks: what must hold on any machine under any load. Lateness is measured by scripts/bench-pacing, not
// here.

import HostIO
import Testing
import Timeline
import Units

@Suite struct ClockTests {
  @Test("the wall clock does not go back, and a sleep does not end early")
  func wall() {
    let clock = WallClock()
    var last = clock.now
    for _ in 0..<1000 {
      let now = clock.now
      #expect(now >= last)
      last = now
    }
    let end = clock.now + .milliseconds(3)
    clock.sleep(until: end)
    #expect(clock.now >= end)
  }

  @Test("a paced virtual clock never runs ahead of the wall")
  func paced() {
    let start = Instant(seconds: 1_700_000_000)
    let virtual = VirtualClock(at: start)
    let wall = WallClock()
    let pace = WallPace(from: start, speed: 10, clock: wall)
    var early = 0
    for step in 1...20 {
      // 10 ms of virtual time are 1 ms on the wall.
      let due = start + .milliseconds(10 * Int64(step))
      virtual.schedule(at: due) { if wall.now < pace.wall(of: due) { early += 1 } }
    }
    virtual.run(until: start + .milliseconds(250), pace: pace)
    #expect(early == 0)
    #expect(virtual.now == start + .milliseconds(250))
    #expect(wall.now >= pace.wall(of: virtual.now))
    #expect(pace.wall(of: start + .seconds(50)) - pace.wall(of: start) == .seconds(5))
  }

  @Test("a live world's time follows the wall, a multiple of it, or only the hand")
  func live() {
    let wall = Instant(seconds: 500)
    let start = Instant(seconds: 9000)
    let later = wall + .seconds(10)
    #expect(LiveClock(.real, start: start, wall: wall).virtual(at: later) == Instant(seconds: 9010))
    #expect(LiveClock(.times(60), start: start, wall: wall).virtual(at: later) == Instant(seconds: 9600))
    var byHand = LiveClock(.manual, start: start, wall: wall)
    #expect(byHand.virtual(at: later) == start)
    let moved = byHand.advance(by: .minutes(30))
    #expect(moved)
    #expect(byHand.virtual(at: later) == Instant(seconds: 10_800))
    let back = byHand.advance(by: .minutes(-1))
    #expect(!back)
    #expect(byHand.virtual(at: later) == Instant(seconds: 10_800))
  }

  @Test("a rate is read as it is written on the command line")
  func rates() {
    #expect(LiveClock.Rate(parsing: "real") == .real)
    #expect(LiveClock.Rate(parsing: "x60") == .times(60))
    #expect(LiveClock.Rate(parsing: "manual") == .manual)
    for wrong in ["", "x", "x0", "x-2", "60", "fast", "x1.5"] {
      #expect(LiveClock.Rate(parsing: wrong) == nil)
    }
  }
}
