// Drawings: one for each kind of front, the same bytes for the same state, XML that parses, nothing fetched.

import MeterModel
import Testing
import Timeline
import Units

@testable import Faces

struct FaceDrawingTests {
  static let start = Instant(seconds: 1_777_593_600)

  static func meter(_ style: FaceDesign.Style, import count: Int64 = 15_329_950) -> Meter {
    let isDisc = style == .drums || style == .dials
    let isWide = style == .polyphase || style == .railWide
    let kind: Profile.Kind =
      isDisc
      ? .analogue
      : style == .smart ? .smets2 : style == .railNarrow || style == .railWide ? .modbus : .electronic
    let profile = Profile(
      name: style.rawValue, title: style.rawValue, kind: kind, phases: isWide ? 3 : 1,
      flow: isDisc ? .backwards : .importOnly, registers: [RegisterFace(role: .import, rollover: .digits(7))],
      display: DisplayFace(digits: 5),
      face: FaceDesign(
        style: style, brand: "Thornbury & Vale", type: "<T>", accuracy: "2", current: "20-80 A", year: 1989),
      disc: isDisc ? DiscConstant(numerator: 500, denominator: 3) : nil, pulse: isDisc ? nil : PulsePort())
    return Meter(
      profile: profile, serial: "20000071", at: start, reads: [.import: WattHours(count)],
      stream: RandomStream(seed: 1))
  }

  /// Whether each element that is opened is closed in its turn, and nothing stands outside of them.
  static func isWellFormed(_ text: String) -> Bool {
    var open: [Substring] = []
    for piece in text.split(separator: "<") {
      let parts = piece.split(separator: ">", omittingEmptySubsequences: false)
      guard parts.count == 2, let name = parts[0].split(separator: " ").first else { return false }
      if name.hasPrefix("/") {
        guard open.popLast() == name.dropFirst() else { return false }
      } else if !parts[0].hasSuffix("/") {
        open.append(name)
      }
    }
    return open.isEmpty
  }

  @Test(
    "each kind of front is drawn, as XML that parses, without fonts and without anything fetched",
    arguments: FaceDesign.Style.allCases)
  func eachStyle(style: FaceDesign.Style) throws {
    let face = try #require(Self.meter(style).face())
    let svg = FaceDrawing.svg(face)
    #expect(Self.isWellFormed(svg))
    #expect(FaceDrawing.svg(face) == svg)
    #expect(svg.utf8.count < 60_000, "\(svg.utf8.count)")
    for word in ["<text", "href", "<script", "<image", "nan", "inf"] {
      #expect(!svg.contains(word), "\(word)")
    }
  }

  @Test("another count is another drawing", arguments: FaceDesign.Style.allCases)
  func differs(style: FaceDesign.Style) throws {
    let (one, other) = (Self.meter(style), Self.meter(style, import: 15_331_950))
    #expect(FaceDrawing.svg(try #require(one.face())) != FaceDrawing.svg(try #require(other.face())))
  }

  @Test("every letter that a plate can carry has a glyph")
  func letters() {
    let plate = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 .,-/:()+&*='#_"
    for character in plate { #expect(Glyphs.glyph(character) != nil, "\(character)") }
  }

  @Test("a photograph is the same for the same seed, and another for another")
  func photographs() throws {
    let face = try #require(Self.meter(.smart).face())
    let flaws = [PhotoFlaw(.tilt, 40), PhotoFlaw(.glare, 60), PhotoFlaw(.lowLight, 50), PhotoFlaw(.blur, 20)]
    let one = PhotoDrawing.svg(Photograph(face: face, flaws: flaws, seed: 7))
    #expect(one == PhotoDrawing.svg(Photograph(face: face, flaws: flaws, seed: 7)))
    #expect(one != PhotoDrawing.svg(Photograph(face: face, flaws: flaws, seed: 8)))
    #expect(Self.isWellFormed(one))
  }

  @Test(
    "a clear picture can be read whatever its seed; one that is blurred or dark enough cannot",
    arguments: FaceDesign.Style.allCases)
  func legibility(style: FaceDesign.Style) throws {
    let face = try #require(Self.meter(style).face())
    for seed in 0..<40 as Range<UInt64> {
      let good = PhotoDrawing.legibility(Photograph(face: face, flaws: [PhotoFlaw(.tilt, 60)], seed: seed))
      #expect(good.register && good.serial, "\(seed)")
    }
    for flaw in [PhotoFlaw(.blur, 70), PhotoFlaw(.lowLight, 90)] {
      let bad = PhotoDrawing.legibility(Photograph(face: face, flaws: [flaw], seed: 1))
      #expect(!bad.register && !bad.serial)
    }
    // A picture cropped as badly as can be cuts something off for most seeds.
    let cut = (0..<40 as Range<UInt64>).count { seed in
      let seen = PhotoDrawing.legibility(Photograph(face: face, flaws: [PhotoFlaw(.crop, 100)], seed: seed))
      return !(seen.register && seen.serial)
    }
    #expect(cut > 20, "\(cut)")
  }
}
