// Which word was meant.

import Scenario
import Testing

@Suite("Did you mean")
struct SpellingTests {
  @Test(
    "the nearest word within a third of its letters is meant",
    arguments: [
      ("exprt", "export"), ("exprot", "export"), ("imprt", "import"), ("Export", "export"),
      ("generatoin", "generation"),
      ("xport", "export"), ("sun", nil), ("", nil), ("e", nil), ("total", "total"), ("totals", "total"),
    ] as [(String, String?)])
  func nearest(word: String, meant: String?) {
    #expect(Spelling.nearest(to: word, among: ["import", "export", "total", "generation"]) == meant)
  }

  @Test(
    "of two words equally near, the first of the alphabet is named: the message does not depend on a hash")
  func ties() {
    #expect(Spelling.nearest(to: "ME-0", among: ["ME-09", "ME-02", "ME-05"]) == "ME-02")
  }

  @Test("two letters changed about are one step, and nearer than another letter")
  func changedAbout() {
    // ME-01 is one step away too: another letter in the place of the 4.
    #expect(Spelling.nearest(to: "ME-41", among: ["ME-01", "ME-11", "ME-14"]) == "ME-14")
    // Two places changed about are two steps: too far for five letters.
    #expect(Spelling.nearest(to: "EM-41", among: ["ME-14"]) == nil)
  }
}
