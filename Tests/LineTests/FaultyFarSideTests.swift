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

  // MARK: An optical port

  /// A meter of mode C, behind faults, that has heard its request (complete at 166 667).
  private func optical(_ fault: FaultSetting) throws -> (inner: SpeedChanger, faulty: FaultyFarSide) {
    let inner = SpeedChanger()
    let faulty = FaultyFarSide(
      inner, settings: .sevenEven(300), namesUnits: false, stream: RandomStream(seed: 1))
    try faulty.begin(fault)
    faulty.hear(SpeedChanger.request[...], at: at(166_667))
    return (inner, faulty)
  }

  private func speak(_ far: FaultyFarSide) -> [TimedBytes] {
    var answers: [TimedBytes] = []
    if let wake = far.wakes { far.speak(at: wake, into: &answers) }
    return answers
  }

  @Test("it stands as its inner one does, and at a wrong speed where that is the fault")
  func standing() throws {
    let (_, far) = try optical(FaultSetting(id: "CL-04", whole: ["speed": 1200]))
    #expect(far.settings == .sevenEven(300))
    #expect(speak(far) == [TimedBytes(at: at(366_667), bytes: SpeedChanger.identification)])
    far.hear(SpeedChanger.acknowledgement[...], at: at(900_000))
    #expect(far.settings == .sevenEven(1200))
    #expect(far.end("CL-04"))
    #expect(far.settings == .sevenEven(9600))
  }

  @Test("seven bits: noise is said as it is sampled, and a wrong parity bit as bit 7")
  func sevenBits() throws {
    let (_, noisy) = try optical(FaultSetting(id: "CL-10", whole: ["count": 1, "pause": 40]))
    // One character of 33 334, then the pause.
    let pieces = [
      TimedBytes(at: at(366_667), bytes: [0]),
      TimedBytes(at: at(440_001), bytes: SpeedChanger.identification),
    ]
    #expect(speak(noisy) == pieces)
    let (_, mixed) = try optical(FaultSetting(id: "CL-07"))
    // `/`, `C` and CR have their parity bit set, and 8N1 has none.
    #expect(speak(mixed).flatMap(\.bytes) == [0xAF, 0x41, 0x42, 0xC3, 0x35, 0x78, 0x8D, 0x0A])
  }

  @Test("an echo is asked for when characters come, and starts so much after each of them")
  func reflection() throws {
    let (_, far) = try optical(FaultSetting(id: "CL-05", whole: ["delay": 4]))
    #expect(
      far.reflection(of: [0x2F, 0x3F], sentAs: .sevenEven(300), start: at(1_000_000))
        == [TimedBytes(at: at(1_004_000), bytes: [0xAF, 0x3F])])
    #expect(far.end("CL-05"))
    #expect(far.reflection(of: [0x2F], sentAs: .sevenEven(300), start: at(1_000_000)) == [])
  }
}
