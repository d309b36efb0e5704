import Testing
import Timeline

@testable import Truth

@Suite("Clouds are British and can be asked for at any second")
struct CloudCoverTests {
  @Test("kinds of days have their shares over three years, and come in runs")
  func dayTypes() {
    let clouds = CloudCover(stream: RandomStream(seed: 5))
    // 2026-01-01 is day 20 454.
    let types = (20_454..<20_454 + 1096).map { clouds.dayType(of: $0) }
    func share(_ type: CloudCover.DayType) -> Double {
      Double(types.count { $0 == type }) / Double(types.count)
    }
    // About half-way between December (0.14, 0.34, 0.52) and June (0.16, 0.52, 0.32); months are calibrated.
    #expect(abs(share(.clear) - 0.15) < 0.03)
    #expect(abs(share(.mixed) - 0.43) < 0.03)
    #expect(abs(share(.overcast) - 0.42) < 0.03)
    // Independent days would repeat in 0.15² + 0.43² + 0.42² = 38 of 100.
    let repeats = zip(types, types.dropFirst()).count { $0 == $1 }
    #expect((0.45...0.70).contains(Double(repeats) / 1095))
  }

  @Test("the index at a second does not depend on what was asked before")
  func anySecond() {
    var forwards = CloudCover(stream: RandomStream(seed: 5))
    let seconds = (0..<5000).map { 1_781_000_000 + Int64($0) * 37 }
    let indices = seconds.map { forwards.index(at: $0) }
    var backwards = CloudCover(stream: RandomStream(seed: 5))
    #expect(seconds.reversed().map { backwards.index(at: $0) } == indices.reversed())
    #expect(indices.allSatisfy { (0.03...1.5).contains($0) })
    #expect(Set(indices).count > 4000)
  }

  @Test("more than half of the light comes or goes within a minute in one to three of a hundred minutes")
  func ramps() {
    var clouds = CloudCover(stream: RandomStream(seed: 6))
    var (ramps, minutes) = (0, 0)
    for day: Int64 in 0..<120 {
      // From 04:00 to 20:00 UTC.
      let start = 1_777_593_600 + day * 86_400 + 4 * 3600
      var last = clouds.index(at: start)
      for minute: Int64 in 1...960 {
        let now = clouds.index(at: start + minute * 60)
        if abs(now - last) > 0.5 { ramps += 1 }
        minutes += 1
        last = now
      }
    }
    #expect((0.01...0.035).contains(Double(ramps) / Double(minutes)), "\(Double(ramps) / Double(minutes))")
  }
}
