// Licensees' files: what the shipped ones say, and what is told about broken ones.

import Foundation
import Scenario
import Settlement
import Testing
import Units

@Suite("Licensees")
struct PolicyDecodingTests {
  static let folder = Shelf.root.appendingPathComponent("Profiles/licensees")
  static let names: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
  }()

  static func shipped(_ name: String) throws -> Policy {
    let text = try String(contentsOf: folder.appendingPathComponent(name + ".yaml"), encoding: .utf8)
    return try Policy(try Node.parse(text, file: "Profiles/licensees/\(name).yaml"))
  }

  private static func told(_ text: String) -> String {
    do {
      _ = try Policy(try Node.parse(text, file: "x.yaml"))
      return "nothing"
    } catch let one as Diagnostic {
      return "\(one.code) \(one.at.line):\(one.at.column)"
    } catch {
      return "\(error)"
    }
  }

  @Test("every shipped licensee is read, under the name of its file", arguments: names)
  func shipped(name: String) throws {
    let policy = try Self.shipped(name)
    #expect(policy.name == name)
    #expect(!policy.title.isEmpty)
    let clauses = PolicyKey.all.count { !$0.get(policy).isOurs } + policy.terms.count
    #expect(policy.status == .synthetic || clauses > 2)
  }

  @Test("all nine are there")
  func all() {
    #expect(
      Self.names == [
        "agile-outgoing", "bulb", "eon-next", "green-star", "octopus-flux", "octopus-outgoing", "octopus-seg",
        "strict-metered",
        "synthetic-sub-meter",
      ])
  }

  @Test("what differs between licensees is what their documents say")
  func differences() throws {
    let bulb = try Self.shipped("bulb")
    #expect(bulb.payableBasis == .clause([.registers], "BUL 5.2"))
    #expect(bulb.paymentDue == .clause(.calendarDays(60), "BUL 5.4"))
    #expect(bulb.status == .historical)
    #expect(bulb.tariffs.noticeDays == .clause(30, "BUL 5.16"))
    let eon = try Self.shipped("eon-next")
    #expect(eon.estimates == .clause(.provisional, "EON 7.4"))
    #expect(eon.paymentDue.value == .workingDays(25))
    #expect(eon.reading.requestDays == .clause(7, "EON 7.1"))
    #expect(eon.reading.customerNeedsPhoto.value)
    #expect(try Self.shipped("octopus-seg").halfHourlyMeter == .clause(.required, "OCT"))
    #expect(try Self.shipped("agile-outgoing").payableBasis.value == [.halfHours])
    #expect(try Self.shipped("green-star").halfHourlyMeter.value == .exportRegisterIsEnough)
    let logging = try Self.names.filter { try Self.shipped($0).acceptLoggedHalfHours.value }
    #expect(logging == ["synthetic-sub-meter"])
  }

  @Test("strict-metered writes out every value, and the values are the defaults of the code")
  func strict() throws {
    let strict = try Self.shipped("strict-metered")
    let text = try String(
      contentsOf: Self.folder.appendingPathComponent("strict-metered.yaml"), encoding: .utf8)
    let written = try Node.parse(text, file: "strict-metered.yaml")
    for key in PolicyKey.all {
      #expect(written[Node.Path(key.name)] != nil, "\(key.name) is not written out")
    }
    let top = [
      "half-hourly-meter", "payable-basis", "estimates", "accept-logged-half-hours", "payment-due",
      "rounding",
    ]
    for key in top { #expect(written[Node.Path(key)] != nil, "\(key) is not written out") }
    // The words of the reasons may differ; the values may not.
    let made = Policy(name: "strict-metered", title: strict.title, status: .synthetic)
    #expect(PolicyKey.all.count > 22)
    for key in PolicyKey.all { #expect(key.get(strict).value == key.get(made).value, "\(key.name)") }
    #expect(strict.payableBasis.value == made.payableBasis.value)
    #expect(strict.paymentDue.value == made.paymentDue.value)
    #expect(strict.rounding.value == made.rounding.value)
    #expect(strict.estimates.value == made.estimates.value)
    #expect(strict.halfHourlyMeter.value == made.halfHourlyMeter.value)
    #expect(strict.acceptLoggedHalfHours.value == made.acceptLoggedHalfHours.value)
  }

  @Test("no licensee is named in the settlement core")
  func noNames() throws {
    let sources = Shelf.root.appendingPathComponent("Sources/Settlement")
    let files = try FileManager.default.subpathsOfDirectory(atPath: sources.path).filter {
      $0.hasSuffix(".swift")
    }
    #expect(files.count > 40)
    for file in files {
      let text = try String(contentsOf: sources.appendingPathComponent(file), encoding: .utf8).lowercased()
      for name in ["bulb", "octopus", "e.on ", "eon-next", "green-star", "green star", "agile"] {
        #expect(!text.contains(name), "\(file) names \(name)")
      }
    }
  }

  @Test("a broken licensee is told at the place of the slip")
  func broken() {
    let head = "title: x\nstatus: live\n"
    let cases: [(String, String)] = [
      ("status: live\n", "BS-SCN-05 1:1"),
      ("title: x\nstatus: alive\n", "BS-SCN-12 2:9"),
      (head + "estimates: never\n", "BS-POL-01 3:12"),
      (head + "estimates: {is: never}\n", "BS-POL-02 3:12"),
      (head + "estimates: {is: never, by: BUL 5.2, ours: so}\n", "BS-POL-02 3:12"),
      (head + "estimates: {is: never, by: \"\"}\n", "BS-POL-02 3:12"),
      (head + "estimates: {is: sometimes, by: BUL 5.2}\n", "BS-SCN-12 3:17"),
      (head + "payable-basis: {is: [], by: BUL 5.2}\n", "BS-POL-03 3:21"),
      (head + "payable-basis: {is: [registers, registers], by: BUL 5.2}\n", "BS-POL-03 3:21"),
      (head + "payment-due: {is: 60 days, by: BUL 5.4}\n", "BS-POL-04 3:19"),
      (head + "payment-due: {is: 60 lunar days, by: BUL 5.4}\n", "BS-POL-04 3:19"),
      (head + "validation: {clock-fail: {is: 25h, ours: x}}\n", "BS-POL-05 3:31"),
      (head + "validation: {night-limit: {is: -1 Wh, ours: x}}\n", "BS-POL-05 3:32"),
      (head + "validation: {night-limit: {is: 10 W, ours: x}}\n", "BS-SCN-13 3:35"),
      (head + "validation: {capacity-allowance: {is: 5, ours: x}}\n", "BS-POL-05 3:39"),
      (head + "validation: {sum-tolerance: {is: 0.05 %, ours: x}}\n", "BS-POL-05 3:34"),
      (head + "reading: {rollover-from: {is: 101 %, ours: x}}\n", "BS-POL-05 3:31"),
      (head + "validation: {queries-that-hold: {is: [VAL_ZERO_EXPORT], ours: x}}\n", "BS-POL-06 3:39"),
      (head + "validation: {queries-that-hold: {is: [VAL_NOTHING], ours: x}}\n", "BS-SCN-12 3:39"),
      (head + "reading: {request-dais: {is: 14, ours: x}}\n", "BS-SCN-06 3:11"),
      (head + "terms: {exit-fees: {is: none, ours: x}}\n", "BS-SCN-06 3:9"),
    ]
    for (text, expected) in cases { #expect(Self.told(text) == expected, "\(text)") }
  }
}
