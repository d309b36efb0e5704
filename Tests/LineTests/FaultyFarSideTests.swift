import Line
import Testing
import Timeline
import Units

struct FaultyFarSideTests {
  private func make(_ answer: [UInt8]) -> (inner: ScriptedFarSide, faulty: FaultyFarSide) {
    let inner = ScriptedFarSide(turnaround: .zero) { _ in answer }
    return (inner, FaultyFarSide(inner, settings: .usual, stream: RandomStream(seed: 1)))
  }

  /// What is said after a question that is complete at 8 334: closed by t3.5 at 12 345.
  private func said(_ far: FaultyFarSide) -> [TimedBytes] {
    far.hear(question[...], at: at(8_334))
    var answers: [TimedBytes] = []
    if let wake = far.wakes { far.speak(at: wake, into: &answers) }
    return answers
  }

  @Test("without a fault it is the far side itself")
  func idle() {
    let (inner, far) = make(reply)
    #expect(said(far) == [TimedBytes(at: at(12_345), bytes: reply)])
    #expect(inner.heard.map(\.bytes) == [question])
  }

  @Test("a silent meter does not hear")
  func silent() throws {
    let (inner, far) = make(reply)
    try far.begin(FaultSetting(id: "CL-09"))
    #expect(said(far) == [])
    #expect(inner.heard.isEmpty)
    #expect(far.effects(of: "CL-09") == 1)
    #expect(far.end("CL-09"))
    #expect(said(far).count == 1)
  }

  @Test("a late answer starts later; a stretched one comes in pieces")
  func late() throws {
    let (_, far) = make([1, 2, 3])
    try far.begin(FaultSetting(id: "CL-03", whole: ["delay": 700]))
    #expect(said(far) == [TimedBytes(at: at(712_345), bytes: [1, 2, 3])])
    #expect(far.end("CL-03"))
    try far.begin(FaultSetting(id: "CL-03", whole: ["delay": 0, "pause": 20]))
    // Characters of 1 041.67 µs and pauses of 20 000 between them: each piece starts where its byte does.
    #expect(
      said(far) == [
        TimedBytes(at: at(12_345), bytes: [1]), TimedBytes(at: at(12_345 + 21_042), bytes: [2]),
        TimedBytes(at: at(12_345 + 42_083), bytes: [3]),
      ])
  }

  @Test("noise spoils what it hears and says")
  func noise() throws {
    let (inner, far) = make([UInt8](repeating: 0, count: 100))
    try far.begin(FaultSetting(id: "CL-01", whole: ["rate": 10_000]))
    #expect(said(far).flatMap(\.bytes).contains { $0 != 0 })
    for _ in 0..<20 { _ = said(far) }
    #expect(inner.heard.contains { $0.bytes != question })
    #expect(inner.heard.allSatisfy { $0.bytes.count == 8 })
  }
}
