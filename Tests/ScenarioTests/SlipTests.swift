// Slips anywhere in a story: whatever stands there, it is read, or refused with a place; it never stops the
// program.

import Scenario
import Testing
import Timeline

@Suite("Slips of the pen")
struct SlipTests {
  private static let pieces =
    Array(
      "{}[]:,-#&*!|>'\"%@`$ \n\t0123456789.eEZT+£é\u{A0}abcdefghijklmnopqrstuvwxyz"
    ).map(String.init)
    + [
      "99999999999999999999", "-0", "9999-12-31T23:59:59Z", "0001-01-01T00:00Z", "24:00", " kWh", "p", "1e9",
      "$flow",
    ]

  @Test(
    "a story with a slip is read or refused, with the place of each complaint in the file",
    arguments: UInt64(0)..<800)
  func slip(seed: UInt64) throws {
    let stream = RandomStream(seed: seed)
    func draw(_ index: UInt64, _ count: Int) -> Int { Int(stream.whole(index, in: 0...Int64(count - 1))) }
    var letters = Array([StoryTests.disc, StoryTests.bus, TableTests.text][draw(0, 3)])
    for slip in 0..<UInt64(1 + draw(1, 3)) {
      let place = draw(10 * slip + 2, letters.count)
      switch draw(10 * slip + 3, 4) {
      case 0: letters.remove(at: place)
      case 1: letters.insert(contentsOf: Self.pieces[draw(10 * slip + 4, Self.pieces.count)], at: place)
      case 2: letters.swapAt(place, draw(10 * slip + 5, letters.count))
      default:
        let end = min(letters.count, place + 1 + draw(10 * slip + 6, 12))
        letters.replaceSubrange(place..<end, with: Self.pieces[draw(10 * slip + 7, Self.pieces.count)])
      }
    }
    let lines = letters.count { $0.isNewline } + 2
    do {
      let stories = try Shelf.reader().read(String(letters), path: "slip.yaml")
      for story in stories { #expect(try Node.parse(story.node.printed, file: "again.yaml") == story.node) }
    } catch let wrong as Diagnostics {
      #expect(!wrong.list.isEmpty)
      for one in wrong.list {
        #expect(
          one.at.file == "slip.yaml" && (1...lines).contains(one.at.line) && one.at.column >= 1, "\(one)")
        #expect(one.code.hasPrefix("BS-"))
      }
    }
  }
}
