// Masks: the same word gets the same mask, an MPAN stays a valid one, a serial number keeps its look, and
// nothing of it is left in anything that is written.

import Foundation
import Report
import Scenario
import Settlement
import Testing
import Timeline
import Units

@testable import Runner

@Suite("Masks of MPANs and serial numbers")
struct RedactorTests {
  private func redactor(mpans: Set<String> = [], serials: Set<String> = []) -> Redactor {
    var redactor = Redactor(key: (1, 2))
    redactor.learn(Identifiers(mpans: mpans, serials: serials))
    return redactor
  }

  @Test("the hash is SipHash-2-4: the vectors of its paper")
  func vectors() {
    // Aumasson and Bernstein, Appendix A: key 00 01 … 0f, input 00 01 … 0e;
    // and the empty input of their vectors.c.
    let hash = SipHash(key: (0x0706_0504_0302_0100, 0x0f0e_0d0c_0b0a_0908))
    #expect(hash((0..<15).map { UInt8($0) }) == 0xa129_ca61_49be_45e5)
    #expect(hash([UInt8]()) == 0x726f_db47_dd0e_0e31)
  }

  @Test(
    "an MPAN becomes another valid one of distributor 99, the same each time, different for different ones")
  func mpans() throws {
    let many = (0..<500).map { number -> String in
      let twelve = "22" + String(repeating: "0", count: 7) + String(1000 + number).suffix(3)
      return twelve + "\(MPAN.checkDigit(twelve.compactMap(\.wholeNumberValue)))"
    }
    let redactor = redactor(mpans: Set(many))
    let masks = many.map { redactor.name($0) }
    #expect(Set(masks).count == many.count)
    for (own, mask) in zip(many, masks) {
      #expect(try MPAN(parsing: mask).isSynthetic, "\(mask)")
      #expect(mask != own)
    }
    #expect(redactor.name(many[7]) == masks[7])
    #expect(self.redactor(mpans: [many[7]]).name(many[7]) == masks[7], "whatever else is masked")
    var other = Redactor(key: (3, 4))
    other.learn(Identifiers(mpans: [many[7]]))
    #expect(other.name(many[7]) != masks[7], "another key gives another mask")
  }

  @Test("an MPAN keeps the form in which it was written")
  func forms() throws {
    let core = "2278676232781"
    for text in ["22 7867 6232 781", "S 08 845 571 22 7867 6232 781", "088455712278676232781"] {
      let redactor = redactor(mpans: [text])
      let mask = redactor.name(text)
      #expect(mask.count == text.count && mask != text)
      #expect(try MPAN(parsing: mask).core == redactor.name(core), "\(mask)")
      #expect(try MPAN(parsing: mask).topLine == MPAN(parsing: text).topLine)
    }
    // What is no MPAN keeps its length and what is no digit.
    #expect(redactor(mpans: ["2278A"]).name("2278A").count == 5)
  }

  @Test("a serial number keeps its look")
  func serials() {
    let redactor = redactor(serials: ["F75A 00802", "21e7654321", "7"])
    let mask = redactor.name("F75A 00802")
    let look = mask.map { $0.isNumber ? "9" : $0.isUppercase ? "A" : $0.isLowercase ? "a" : String($0) }
      .joined()
    #expect(look == "A99A 99999" && mask != "F75A 00802")
    #expect(redactor.name("7").count == 1)
  }

  @Test("running text is masked at whole words only; amounts, codes and times stay")
  func texts() {
    let redactor = redactor(mpans: ["2278676232781"], serials: ["EXPORT", "123", "12345", "F75A 00802"])
    let mask = redactor.name("EXPORT")
    #expect(
      redactor.text("meter EXPORT: ELIG_NO_EXPORT_REGISTER, “EXPORT”")
        == "meter \(mask): ELIG_NO_EXPORT_REGISTER, “\(mask)”")
    #expect(redactor.text("123 kWh and 12345 Wh") == "123 kWh and 12345 Wh", "numbers alone may be amounts")
    #expect(redactor.name("123") != "123", "standing alone they are masked")
    #expect(redactor.name("12345") != "12345")
    #expect(redactor.text("F75A00802") == redactor.name("F75A 00802").filter { $0 != " " })
    #expect(redactor.text("x2278676232781") == "x2278676232781")
    #expect(redactor.text("2026-05-01T00:00Z") == "2026-05-01T00:00Z")
  }

  @Test("a valid MPAN that nobody told of is masked too, and a complaint about a file says no number at all")
  func strangers() throws {
    let redactor = redactor()
    let text = redactor.text("other: 2204707514535.")
    #expect(!text.contains("2204707514535"))
    #expect(try MPAN(parsing: text.dropFirst(7).dropLast()).isSynthetic)
    let line = redactor.cautious("d.usr:5: “21E7654321” of 2204707514535 — 1x")
    #expect(!line.contains("7654321") && !line.contains("2204707514535") && line.hasPrefix("d.usr:5: “"))
    #expect(line.hasSuffix("— 1x"))
  }

  @Test("nothing of a story's numbers is left in its text, JSON, HTML, JUnit, journal, or flow files")
  func nothingLeaks() throws {
    let (mpan, dial) = ("2278676232781", "2204707514535")
    let serials = ["21E7654321", "F75A 00802", "NEW-99-771"]
    let file = try StoryBench.story(
      """
      id: leak
      title: Meter 21E7654321 of 2278676232781
      from: 2026-05-01T00:00Z
      site: {flow: -1 kW}
      meters:
        export: {profile: smets2-single-element, serial: 21E7654321, mpan: "\(mpan)"}
        import: {profile: disc-187.5-rev-5-digit, serial: F75A 00802, mpan: "\(dial)", reads: 100 kWh}
      agreement: {licensee: strict-metered, tariff: {flat: 5.57 p/kWh, name: rates of \(mpan)}}
      timeline:
        - {every: day, at: "00:10Z", remote-reads: export}
        - {at: 2026-05-02T09:00Z, customer-reads: import, photo: {serial: OTHER-4711}}
        - {at: 2026-05-02T12:00Z, event: meter-exchanged, on: export, profile: smets2-single-element, serial: NEW-99-771}
        - {at: 2026-05-05T00:30Z, settle: export}
      expect:
        - {decision: READ_REMOTE, subject: 21E7654321, says: "not said of \(mpan)"}
        - {register: import, value: 1 kWh, at: 2026-05-03T00:00Z}
      """)
    let plain = StoryBench.run(file)
    var redactor = Redactor(key: (5, 6))
    let story = redactor.redacted(plain)
    let run = RunRecord(depth: "memory", seed: 1, stories: [story])
    let flows = FlowSet(
      reads: story.evidence.reads, logs: story.evidence.logs, exportMPAN: story.exportMPAN,
      importMPAN: story.importMPAN, made: story.until, firstID: 1)
    let outputs: [(String, String)] =
      [
        ("text", TerminalText(colour: false).story(story)), ("json", RunJSON.document(run).pretty),
        ("html", HTMLPage.document(run)), ("junit", JUnitText.document(run)),
        ("journal", String(decoding: story.journal.encoded, as: UTF8.self)),
        ("explained", ExplanationText(story.journal).statements()),
      ] + flows.files.map { ($0.name, $0.name + $0.text) }
    #expect(flows.files.count >= 2)
    let secrets = [mpan, dial, "OTHER-4711", "F75A00802"] + serials
    for (what, text) in outputs {
      for secret in secrets { #expect(!text.contains(secret), "\(secret) in \(what)") }
    }
    // The plain outputs do hold them: the test can fail.
    let before = RunJSON.document(RunRecord(depth: "memory", seed: 1, stories: [plain])).pretty
    for secret in [mpan, dial] + serials { #expect(before.contains(secret)) }
    #expect(plain.outcome.decisions.count == story.outcome.decisions.count)
    #expect(plain.journal.entries.count == story.journal.entries.count)
  }
}
