// `backspin doctor`: what it finds is this machine's; that it says it rightly is not.

import Foundation
import Testing

struct DoctorCommandTests {
  private struct Report: Decodable {
    struct Finding: Decodable {
      var what: String
      var found: String
      var mend: String?
      var needed: Bool
    }
    var findings: [Finding]
  }

  @Test("the exit code is 7 exactly when something needed is missing, and each lack has its remedy")
  func findings() throws {
    let ending = try CommandLine.backspin(["doctor", "--json"])
    let report = try JSONDecoder().decode(Report.self, from: Data(ending.output.utf8))
    #expect(
      report.findings.map(\.what) == ["profiles", "pseudo-terminals", "Modbus clients", "serial adapters"])
    let isMissing = report.findings.contains { $0.needed && $0.mend != nil }
    #expect(ending.code == (isMissing ? 7 : 0))
    let text = try CommandLine.backspin(["doctor"])
    #expect(text.code == ending.code)
    for one in report.findings {
      #expect(text.output.contains(one.found) && (one.mend.map(text.output.contains) ?? true))
    }
  }

  @Test("a client that only some tests need is no reason to call the machine unwell")
  func withoutClients() throws {
    let plain = try CommandLine.backspin(["doctor"])
    let poor = try CommandLine.backspin(["doctor"], environment: ["PATH": "/nowhere"])
    #expect(poor.output.contains("mbpoll is not here"))
    #expect(poor.output.contains("scripts/setup installs it"))
    #expect(poor.code == plain.code)
  }
}
