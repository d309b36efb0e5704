// Instants, lengths and half-hours: boundaries, times before 1970, and both ways of every conversion.

import BackspinTesting
import Testing
import Units

struct TimeTests {
  @Test("whole milliseconds and seconds of an instant are cut towards the past, also before 1970")
  func cut() {
    TextTable.each(
      """
      microseconds   milliseconds   seconds
      0              0              0
      999            0              0
      1_000          1              0
      1_999_999      1_999          1
      -1             -1             -1
      -1_000         -1             -1
      -1_001         -2             -1
      -1_000_000     -1_000         -1
      -1_000_001     -1_001         -2
      """
    ) { row in
      let instant = Instant(microseconds: try row.whole("microseconds"))
      #expect(instant.milliseconds == (try row.whole("milliseconds")), sourceLocation: row.sourceLocation)
      #expect(instant.seconds == (try row.whole("seconds")), sourceLocation: row.sourceLocation)
    }
  }

  @Test("an instant and a length make an instant, two instants a length")
  func arithmetic() {
    let at = Instant(seconds: 1_000)
    #expect(at + .minutes(2) == Instant(seconds: 1_120))
    #expect(at - .hours(1) == Instant(seconds: -2_600))
    #expect(Instant(milliseconds: 1_500) - Instant(seconds: 2) == .milliseconds(-500))
    #expect(TimeSpan.days(2) == .hours(48) && TimeSpan.hours(1) == .seconds(3_600))
    #expect((TimeSpan.seconds(1) - .seconds(3)).magnitude == .seconds(2))
    #expect(Instant.epoch < Instant(microseconds: 1) && Instant(seconds: 1) < .distantFuture)
  }

  // 1800 s a half-hour; a boundary belongs to the half-hour it starts.
  @Test("an instant lies in the half-hour that it starts or that began before it")
  func halfHours() {
    TextTable.each(
      """
      microseconds      index
      0                 0
      1_799_999_999     0
      1_800_000_000     1
      -1                -1
      -1_800_000_000    -1
      -1_800_000_001    -2
      """
    ) { row in
      let halfHour = HalfHour(containing: Instant(microseconds: try row.whole("microseconds")))
      #expect(halfHour.index == Int32(try row.whole("index")), sourceLocation: row.sourceLocation)
    }
  }

  @Test("a half-hour ends where the next starts, and counts both ways")
  func neighbours() {
    for index: Int32 in [-70_000, -1, 0, 1, 986_000] {
      let one = HalfHour(index: index)
      #expect(one.end == one.next.start && one.previous.end == one.start)
      #expect(one.end - one.start == .minutes(30))
      #expect(HalfHour(containing: one.start) == one)
      #expect(HalfHour(containing: one.end - TimeSpan(microseconds: 1)) == one)
      #expect(one.advanced(by: -17_520).distance(to: one) == 17_520)
      #expect(one < one.next)
    }
  }
}
