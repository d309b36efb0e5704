// A table makes one story many; what a row puts in keeps its place.

import Scenario
import Testing
import Truth
import Units

@Suite("Tables of rows")
struct TableTests {
  static let text = """
    id: drift
    title: The register after some time
    site: {flow: $flow}
    meters:
      export: {profile: smets2-single-element}
    until: 2026-05-01T01:00Z
    timeline:
      - {at: 2026-05-01T00:00Z, remote-reads: export}
    expect:
      - {register: export, value: 1 kWh}
    table:
      - {id: one-kilowatt, flow: -1 kW}
      - {id: two, title: Two kilowatts, flow: -2 kW, expect.0.value: 2 kWh}

    """

  @Test("each row is a story of its own, with its id and its values")
  func rows() throws {
    let stories = try Shelf.reader().read(Self.text, path: "t.yaml")
    #expect(stories.map(\.id) == ["drift/one-kilowatt", "drift/two"])
    #expect(stories.map(\.title) == ["The register after some time", "Two kilowatts"])
    #expect(stories.map(\.site) == [.constant(Power(watts: -1000)), .constant(Power(watts: -2000))])
    let values = stories.map { story -> WattHours? in
      guard case .register(let expected) = story.expect[0].check else { return nil }
      return expected.value
    }
    #expect(values == [WattHours(1000), WattHours(2000)])
    #expect(stories[1].node.printed.contains("site: {flow: -2 kW}"))
    #expect(!stories[1].node.printed.contains("table"))
  }

  @Test("what is wrong in a row is told at the row, what is wrong in all rows once")
  func errors() throws {
    let inRow = Self.text.split(separator: "\n").map { $0.contains("two,") ? $0 + "" : $0 }
      .joined(separator: "\n").replacingOnce("-2 kW", with: "-2 kWh")
    let row = #expect(throws: Diagnostics.self) { try Shelf.reader().read(inRow, path: "t.yaml") }
    #expect(row?.list.map(\.at) == [Position(file: "t.yaml", line: 13, column: 46)])
    #expect(row?.list.first?.message.hasSuffix("(in row two)") == true)
    let everywhere = Self.text.replacingOnce("register: export", with: "register: exprt")
    let all = #expect(throws: Diagnostics.self) { try Shelf.reader().read(everywhere, path: "t.yaml") }
    #expect(all?.list.map(\.code) == ["BS-SCN-21"])
    #expect(all?.list.first?.message.contains("in row") == false)
  }
}

extension String {
  fileprivate func replacingOnce(_ part: String, with other: String) -> String {
    guard let range = firstRange(of: part) else { return self }
    return self[..<range.lowerBound] + other + self[range.upperBound...]
  }
}
