// Nodes: positions, what is refused, and printing that reads back.

import Scenario
import Testing
import Timeline

@Suite("Nodes")
struct NodeTests {
  @Test(
    "a file in canonical form prints back to the same text",
    arguments: [
      """
      id: one
      title: It's a title, with commas, and C#
      """,
      """
      # What this is about.
      id: one

      # The site.
      site: {flow: -2 kW}
      meters:
        export: {profile: smets2-single-element, mpan: "9900000000015"}
        # Two on one line.
        sub-1: {profile: eastron-sdm120, unit: 1}
      timeline:
        # Each night.
        - {every: day, at: "00:10Z", remote-reads: export}
        - at: 2026-05-09T00:00Z
          settle: export

        - [a, b, "c, d"]
        -
          - nested
          - list
      worked: |
        15 kWh × 4.1 p = 61.5 p

        # no comment: this belongs to the text
        rounds to 62 p
      known: {until: 2026-12-31, because: "half: done"}
      empty:
      none: {}
      nothing: []
      # The end.
      """,
    ])
  func printsBack(text: String) throws {
    let node = try Node.parse(text + "\n", file: "a.yaml")
    #expect(node.printed == text + "\n")
    #expect(try Node.parse(node.printed, file: "b.yaml") == node)
  }

  @Test(
    "any other file prints to text that reads back to equal nodes",
    arguments: [
      "a:   1\nb:\n    - x\n    -   y: 'z'\n        w: \"q\\n\"\n", "{a: [1, {b: c}], d: 'it''s'}",
      "- - - a\n    - b\n",
      "a: >\n  folded\n  text\n\nb: |+\n  kept\n\nc: |2\n    indented\n", "a: \"\\t\\u2028é\\\\\"\n",
      "a: ''\nb:\nc: ~\n",
      "\"a: b\": x\n'- c': y\n'': z\n", "a: -1\nb: -x\n", "a: \"#no\"\nb: x#y\nc: \"x #y\"\n",
      "a: {x: \"[1]\", y: \"a, b\"}\n", "a:\n- 1\n- 2\n", "a: 2026-05-01T09:00Z\nb: 00:10Z\n",
      "a: \"---\"\nb: \"...\"\nc: --x\n", "a: \"- b\"\nc: \"? d\"\ne: \"?f\"\n",
    ])
  func readsBack(text: String) throws {
    let node = try Node.parse(text, file: "a.yaml")
    let again = try Node.parse(node.printed, file: "b.yaml")
    #expect(again == node, "\(node.printed)")
    #expect(again.printed == node.printed)
  }

  @Test("a flow map that does not fit into a line is printed as a block")
  func breaksLongLines() throws {
    let items = (1...20).map { Node.Entry("key-\($0)", .scalar("value")) }
    let node = Node(.map([.init("long", .map(items)), .init("short", .list([.scalar("a")]))]), style: .block)
    #expect(node.printed.hasPrefix("long:\n  key-1: value\n"))
    #expect(node.printed.hasSuffix("short: [a]\n"))
    #expect(try Node.parse(node.printed, file: "") == node)
  }

  // Letters that YAML gives a meaning to, and some that it does not.
  private static let letters = Array("ab1-?:,[]{}#&*!|>'\"%@` \n\té👍\u{2028}.~")

  @Test("any tree that is made prints to text that reads back to it", arguments: UInt64(0)..<300)
  func madeTrees(seed: UInt64) throws {
    var drawn: UInt64 = 0
    let stream = RandomStream(seed: seed)
    func draw(_ count: Int) -> Int {
      drawn += 1
      return Int(stream.whole(drawn, in: 0...Int64(count - 1)))
    }
    func words() -> String { String((0..<draw(8)).map { _ in Self.letters[draw(Self.letters.count)] }) }
    func tree(_ depth: Int) -> Node {
      let style: Node.Style = draw(2) == 0 ? .flow : .block
      switch draw(depth == 0 ? 1 : 3) {
      case 1: return Node(.list((0..<draw(4)).map { _ in tree(depth - 1) }), style: style)
      case 2:
        let entries = (0..<draw(4)).map { Node.Entry("\($0)" + words(), tree(depth - 1)) }
        return Node(.map(entries), style: style)
      default: return Node(.scalar(words()), style: draw(2) == 0 ? .plain : .quoted)
      }
    }
    let made = Node(.map([.init("root", tree(4))]), style: .block)
    #expect(try Node.parse(made.printed, file: "made.yaml") == made, "\(made.printed)")
  }

  @Test("a column is counted in characters, whatever they are made of")
  func columns() throws {
    let node = try Node.parse("{é: a, 👍🏽: [b]}\n", file: "a.yaml")
    guard case .map(let entries) = node.content else {
      Issue.record("no map")
      return
    }
    #expect(entries.map(\.keyAt.column) == [2, 8])
    #expect(entries.map(\.value.at.column) == [5, 11])
  }

  @Test("a part is found and exchanged by its path")
  func paths() throws {
    let node = try Node.parse("a: {b: [x, {c: d}]}\n", file: "a.yaml")
    #expect(node[.init("a.b.1.c")] == .scalar("d"))
    #expect(node[.init("a.b.2")] == nil)
    #expect(node.replacing(.init("a.b.0"), with: .scalar("y"))?.printed == "a: {b: [y, {c: d}]}\n")
    #expect(node.replacing(.init("a.e"), with: .scalar("f"))?.printed == "a: {b: [x, {c: d}], e: f}\n")
    #expect(node.replacing(.init("a.b.x"), with: .scalar("y")) == nil)
  }
}
