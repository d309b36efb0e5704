// The exact effect of each fault that an optical port knows. Instants as in TuneTests.

import Line
import Testing
import Timeline
import Units

struct OpticalFaultTests {
  private func bench(_ setting: FaultSetting, reader: SerialSettings = .sevenEven(300)) throws -> HeadBench {
    let bench = HeadBench(SpeedChanger(), reader: reader)
    try bench.line.begin(setting)
    return bench
  }

  private func answer(to bench: HeadBench) -> [(at: Int64, bytes: [UInt8])] {
    bench.line.write(bench.line.settings?.dataBits == 7 ? SpeedChanger.request : even(SpeedChanger.request))
    return bench.collect()
  }

  @Test("CL-05 gives the reader its own bytes back, so much later, as they were sent")
  func echo() throws {
    let bench = try bench(FaultSetting(id: "CL-05", whole: ["delay": 20]))
    let pieces = answer(to: bench)
    #expect(pieces.flatMap(\.bytes) == SpeedChanger.request + SpeedChanger.identification)
    // The first character is complete at 33 334.
    #expect(pieces.first?.at == 53_334)
    #expect(bench.line.effects(of: "CL-05") == 1)
    #expect(bench.line.end("CL-05"))
    #expect(answer(to: bench).flatMap(\.bytes) == SpeedChanger.identification)
  }

  @Test("CL-05 throws back what was sent, not what noise made of it on its way")
  func echoOfWhatWasSent() throws {
    let bench = try bench(FaultSetting(id: "CL-01", whole: ["rate": 10_000, "burst": 50]))
    try bench.line.begin(FaultSetting(id: "CL-05"))
    for _ in 0..<20 {
      bench.line.write(SpeedChanger.request)
      #expect(Array(bench.collect().flatMap(\.bytes).prefix(5)) == SpeedChanger.request)
    }
    #expect(bench.line.effects(of: "CL-01") > 0)
  }

  @Test("CL-05 of a share throws back that share")
  func partialEcho() throws {
    let bench = try bench(FaultSetting(id: "CL-05", whole: ["share": 30]))
    var came = 0
    for _ in 0..<100 {
      bench.line.write([UInt8](repeating: 0x30, count: 20))
      came += bench.collect().flatMap(\.bytes).count
    }
    // 2000 at 30 %: 600 expected, standard deviation 20.5.
    #expect((518...682).contains(came))
  }

  @Test("CL-04 leaves the opening alone, and makes garbage of the data")
  func wrongSpeed() throws {
    let bench = try bench(FaultSetting(id: "CL-04", whole: ["speed": 4800]))
    #expect(answer(to: bench).flatMap(\.bytes) == SpeedChanger.identification)
    #expect(bench.line.effects(of: "CL-04") == 0)
    bench.line.write(SpeedChanger.acknowledgement)
    #expect(bench.line.tune(to: .sevenEven(9600)))
    let heard = bench.collect().flatMap(\.bytes)
    #expect(!heard.isEmpty && !heard.contains(0x02))
    #expect(bench.line.effects(of: "CL-04") == 1)
    // A reader that tries the speed at which the meter really stands is heard and hears.
    let found = try self.bench(FaultSetting(id: "CL-04", whole: ["speed": 4800]))
    _ = answer(to: found)
    found.line.write(SpeedChanger.acknowledgement)
    #expect(found.line.tune(to: .sevenEven(4800)))
    #expect(found.collect().flatMap(\.bytes) == SpeedChanger.data)
  }

  struct Mix { var parity: String; var text: [UInt8]; var raw: [UInt8] }

  // `/` 2F (5 ones), `A` 41 (2), `B` 42 (2), `C` 43 (3), `5` 35 (4), `x` 78 (4), CR 0D (3), LF 0A (2). With
  // even parity bit 7 is set for `/`, `C` and CR.
  @Test(
    "CL-07 puts something else in the place of the parity bit",
    arguments: [
      Mix(
        parity: "none", text: [0, 0x41, 0x42, 0, 0x35, 0x78, 0, 0x0A],
        raw: [0x2F, 0x41, 0x42, 0x43, 0x35, 0x78, 0x0D, 0x0A]),
      Mix(
        parity: "odd", text: [0, 0, 0, 0, 0, 0, 0, 0],
        raw: [0x2F, 0xC1, 0xC2, 0x43, 0xB5, 0xF8, 0x0D, 0x8A]),
      Mix(
        parity: "mark", text: [0x2F, 0, 0, 0x43, 0, 0, 0x0D, 0],
        raw: [0xAF, 0xC1, 0xC2, 0xC3, 0xB5, 0xF8, 0x8D, 0x8A]),
    ])
  func wrongParity(_ mix: Mix) throws {
    let setting = FaultSetting(id: "CL-07", choices: ["parity": mix.parity])
    let checked = try bench(setting)
    #expect(answer(to: checked).flatMap(\.bytes) == mix.text)
    let raw = try bench(setting, reader: SerialSettings.sevenEven(300).onWire)
    #expect(answer(to: raw).flatMap(\.bytes) == mix.raw)
    #expect(raw.line.effects(of: "CL-07") == 1)
  }

  @Test("CL-07 does not touch characters of eight bits")
  func eightBits() throws {
    let bench = Bench([ScriptedFarSide { _ in reply }])
    try bench.line.begin(FaultSetting(id: "CL-07"))
    bench.line.write(question)
    #expect(bench.collect(until: at(500_000)).flatMap(\.bytes) == reply)
    #expect(bench.line.effects(of: "CL-07") == 0)
  }

  @Test("CL-08 lets nothing through either way while it lasts, and all of it afterwards")
  func lostPort() throws {
    let meter = SpeedChanger()
    let bench = HeadBench(meter)
    bench.line.write(SpeedChanger.request)
    // In mid session: the request has been heard, its answer is not under way yet.
    bench.world.run(until: at(200_000))
    try bench.line.begin(FaultSetting(id: "CL-08"))
    #expect(bench.collect().isEmpty)
    bench.line.write(SpeedChanger.request)
    #expect(bench.collect().isEmpty)
    #expect(meter.heard.count == 1)
    #expect(bench.line.end("CL-08"))
    #expect(answer(to: bench).flatMap(\.bytes) == SpeedChanger.identification)
  }

  @Test("CL-08 for a time is over when that time is, and its door says so while it lasts")
  func lostForAWhile() throws {
    let bench = HeadBench(SpeedChanger())
    try bench.line.begin(FaultSetting(id: "CL-08", whole: ["gone": 3]))
    #expect(bench.line.trouble == "Input/output error")
    #expect(answer(to: bench).isEmpty)
    bench.world.run(until: at(2_999_999))
    #expect(bench.line.trouble != nil)
    bench.world.run(until: at(3_000_000))
    #expect(bench.line.trouble == nil)
    #expect(answer(to: bench).flatMap(\.bytes) == SpeedChanger.identification)
    // Of one station of a bus: the port is there.
    let bus = Bench([ScriptedFarSide { _ in reply }])
    try bus.line.begin(FaultSetting(id: "CL-08", whole: ["unit": 9]))
    #expect(bus.line.trouble == nil)
  }

  struct Noise { var kind: String; var bytes: [UInt8] }

  @Test(
    "CL-10 puts so many characters before the answer, then a pause, then the answer",
    arguments: [Noise(kind: "nul", bytes: [0, 0]), Noise(kind: "del", bytes: [0x7F, 0x7F])])
  func noise(_ noise: Noise) throws {
    let setting = FaultSetting(id: "CL-10", whole: ["count": 2, "pause": 50], choices: ["kind": noise.kind])
    let pieces = answer(to: try bench(setting))
    #expect(pieces.flatMap(\.bytes) == noise.bytes + SpeedChanger.identification)
    // The noise from 366 667 on, two characters; 50 000; eight characters: 683 333.4 in all,
    // each end rounded up.
    #expect(pieces.first?.at == 400_001)
    #expect(pieces.last.map { (750_000...750_003).contains($0.at) } == true)
  }

  @Test("CL-10 of any kind differs from answer to answer, and a share leaves the rest alone")
  func anyNoise() throws {
    let bench = try bench(
      FaultSetting(id: "CL-10", whole: ["count": 8, "share": 50], choices: ["kind": "any"]),
      reader: SerialSettings.sevenEven(300).onWire)
    let answers = (0..<40).map { _ in answer(to: bench).flatMap(\.bytes) }
    let noisy = answers.filter { $0.count == 16 }
    #expect((8...32).contains(noisy.count))
    #expect(answers.allSatisfy { Array($0.suffix(8)) == even(SpeedChanger.identification) })
    #expect(Set(noisy.map { Array($0.prefix(8)) }).count == noisy.count)
  }

  @Test("CL-11 stops once, after so many characters, for so long")
  func gap() throws {
    let bench = try bench(FaultSetting(id: "CL-11", whole: ["after": 3, "gap": 1600]))
    bench.line.write(SpeedChanger.request)
    let first = bench.line.wait(for: 8, first: at(2_000_000), between: .milliseconds(1500))
    #expect(first == Array(SpeedChanger.identification.prefix(3)))
    let rest = bench.collect()
    #expect(rest.flatMap(\.bytes) == Array(SpeedChanger.identification[3...]))
    // The fourth character would have been complete at 500 000.
    #expect(rest.first?.at == 2_100_001)
    #expect(bench.line.effects(of: "CL-11") == 1)
  }

  @Test("CL-11 leaves shorter answers alone")
  func shortAnswer() throws {
    let bench = try bench(FaultSetting(id: "CL-11", whole: ["after": 8]))
    #expect(answer(to: bench).last?.at == 633_334)
  }

  @Test("CL-01 on seven bits with parity spoils what a checking reader can see")
  func parityCatches() throws {
    let long = [UInt8](repeating: 0x30, count: 200)
    let bench = HeadBench(ScriptedFarSide { _ in long })
    try bench.line.begin(
      FaultSetting(id: "CL-01", whole: ["rate": 2000], choices: ["direction": "answer"]))
    var zeros = 0
    for _ in 0..<30 {
      bench.line.write([0x2F])
      bench.world.run(until: bench.line.now + .seconds(10))
      let heard = bench.line.wait(until: bench.line.now)
      #expect(heard.count == 200)
      zeros += heard.count { $0 == 0 }
    }
    // 48 000 bits at 2000 ppm: 96 expected, standard deviation 9.8; two in one character are rare.
    #expect((57...135).contains(zeros))
  }
}
