// Drums and pointers at counts worked out by hand, and against the reference vectors of dials.

import Foundation
import MeterModel
import Testing
import Timeline
import Units

struct MechanicalRegisterTests {
  private static let dials = Profile(
    name: "dials", title: "Dials", kind: .analogue, flow: .backwards,
    registers: [RegisterFace(role: .import, resolution: WattHours(1000), rollover: .digits(5))],
    display: DisplayFace(digits: 5),
    face: FaceDesign(style: .dials, year: 1962, hasTenth: true), disc: DiscConstant(numerator: 240))

  /// A meter at so many thousandths of a Wh.
  private func meter(_ profile: Profile, milliwattHours: Int64) -> Meter {
    let count = FineEnergy(milliwattMilliseconds: milliwattHours * (FineEnergy.perWattHour / 1000))
    return Meter(
      profile: profile, serial: "M1", at: Fixture.start, registers: [.import: count],
      stream: RandomStream(seed: 1))
  }

  /// Positions in millionths of a figure, highest drum first.
  @Test(
    "the unit drum turns all the time, the next one while it goes from 9 to 0",
    arguments: [
      (15_329_500_000, [1_000_000, 5_000_000, 3_000_000, 2_500_000, 9_500_000]),
      (15_328_500_000, [1_000_000, 5_000_000, 3_000_000, 2_000_000, 8_500_000]),
      // All nines carry together.
      (9_999_500_000, [500_000, 9_500_000, 9_500_000, 9_500_000, 9_500_000]),
      (10_000_000_000, [1_000_000, 0, 0, 0, 0]),
      // Backwards through zero: −0.25 kWh shows 99 999.75.
      (-250_000, [9_750_000, 9_750_000, 9_750_000, 9_750_000, 9_750_000]),
    ] as [(Int64, [Int64])])
  func drums(milliwattHours: Int64, positions: [Int64]) throws {
    let face = try #require(meter(Fixture.disc(.backwards), milliwattHours: milliwattHours).face())
    guard case .drums(let train) = face.counter else { throw Missing() }
    #expect(train.drums.map(\.position) == positions)
  }

  @Test("a red drum of tenths turns all the time, and the unit drum while it goes from 9 to 0")
  func redDrum() throws {
    var profile = Fixture.disc(.backwards)
    profile.face = FaceDesign(style: .drums, year: 1978, hasTenth: true)
    let face = try #require(meter(profile, milliwattHours: 15_329_960_000).face())
    guard case .drums(let train) = face.counter else { throw Missing() }
    // Tenths: 9.6, so units are carried 0.6 of a figure, and tens with them, for units stand on 9.
    #expect(
      train.drums.map(\.position) == [1_000_000, 5_000_000, 3_000_000, 2_600_000, 9_600_000, 9_600_000])
    #expect(train.drums.map(\.isRed) == [false, false, false, false, false, true])
    #expect(face.figures == [1, 5, 3, 2, 9])
  }

  @Test(
    "DP-03: a drum more than a tenth and less than nine tenths on its way is taken for the figure that comes")
  func halfTurned() throws {
    let late = FaultSetting(id: "DP-03", whole: ["carry-from": 970])
    // 15329.6: carried 0.6 from 9 on; from 9.7 on not yet.
    for (setting, milliwattHours, sight) in [
      (FaultSetting(id: "DP-03"), 15_329_600_000, 15_339_000), (late, 15_329_600_000, 15_329_000),
      (late, 15_329_850_000, 15_339_000), (FaultSetting(id: "DP-03"), 15_324_600_000, 15_324_000),
    ] as [(FaultSetting, Int64, Int64)] {
      let one = meter(Fixture.disc(.backwards), milliwattHours: milliwattHours)
      try one.begin(setting)
      #expect(one.sight(of: .import) == WattHours(sight), "\(setting) \(milliwattHours)")
      #expect(one.end("DP-03"))
      #expect(one.sight(of: .import) == one.displayed(.import))
    }
  }

  @Test("dials are read, and misread, as the reference vectors say", arguments: rows)
  func vectors(row: [String]) throws {
    // energy_kwh with up to two decimals.
    let parts = row[0].split(separator: ".")
    let decimals =
      parts.count > 1 ? String(parts[1]).padding(toLength: 6, withPad: "0", startingAt: 0) : "000000"
    let milliwattHours = Int64(String(parts[0]) + decimals) ?? -1
    let face = try #require(meter(Self.dials, milliwattHours: milliwattHours).face())
    guard case .dials(let pointers) = face.counter else { throw Missing() }
    #expect(pointers.map(\.position) == row[1...6].map { Int64($0.replacingOccurrences(of: ".", with: "")) })
    #expect(pointers.map(\.isAnticlockwise) == [false, true, false, true, false, true])
    #expect(text(face.figures?.map { $0 ?? -1 }) == row[7])
    #expect(text(face.figures(mistaken: .nearest)) == row[8])
    #expect(text(face.figures(mistaken: .direction)) == row[9])
  }

  /// Empty where the file cannot be read: then `rowsAreThere` fails.
  static let rows: [[String]] = {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../Vectors/dials.csv")
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").dropFirst().map { $0.split(separator: ",").map(String.init) }
  }()

  @Test("the vectors are there")
  func rowsAreThere() { #expect(Self.rows.count == 8 && Self.rows.allSatisfy { $0.count == 11 }) }

  @Test("DP-04: a pointer a tenth low costs one in its place when it stands just past a figure")
  func misaligned() throws {
    let one = meter(Self.dials, milliwattHours: 15_330_300_000)
    try one.begin(FaultSetting(id: "DP-04", whole: ["offset": -100], choices: ["dial": "10"]))
    #expect(one.sight(of: .import) == WattHours(15_320_000))
    #expect(one.end("DP-04"))
    #expect(one.sight(of: .import) == WattHours(15_330_000))
  }

  @Test("DP-04: drawn offsets stay within a quarter of a figure and are the same at every look")
  func drawnOffsets() throws {
    let one = meter(Self.dials, milliwattHours: 55_555_500_000)
    let right = try #require(one.face())
    try one.begin(FaultSetting(id: "DP-04", whole: ["spread": 200]))
    let (first, second) = (try #require(one.face()), try #require(one.face()))
    #expect(first == second && first != right)
    guard case .dials(let bent) = first.counter, case .dials(let straight) = right.counter else {
      throw Missing()
    }
    for (one, other) in zip(bent, straight) { #expect((one.position - other.position).magnitude <= 250_000) }
  }

  @Test("the disc's mark goes once round in 1000 / 187.5 Wh, and back when the disc runs back")
  func disc() {
    // 4 Wh are three quarters of 5.333… Wh; −4 Wh stand at one quarter.
    #expect(meter(Fixture.disc(.backwards), milliwattHours: 4000).face()?.discAngle == 270_000)
    #expect(meter(Fixture.disc(.backwards), milliwattHours: -4000).face()?.discAngle == 90_000)
  }

  @Test("a constant is printed as a vulgar fraction")
  func constants() throws {
    let plate = try #require(meter(Fixture.disc(.backwards), milliwattHours: 0).face()?.plate)
    let constant = try #require(plate.constant)
    #expect(constant.whole == 187 && constant.numerator == 1 && constant.denominator == 2)
    #expect(constant.unit == "revs/kWh")
  }

  private func text(_ figures: [Int]?) -> String? { figures.map { $0.map(String.init).joined() } }

  private struct Missing: Error {}
}
