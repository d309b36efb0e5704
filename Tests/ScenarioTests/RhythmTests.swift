// Repetitions across clock changes: `every: day` by UTC and by the London clock (Summer Time Order 2002: in
// 2026 BST runs from 29 March 01:00Z to 25 October 01:00Z).

import Scenario
import Testing
import Units

@Suite("Repetitions")
struct RhythmTests {
  @Test(
    "a repetition happens at the instants of its rhythm, both ends included",
    arguments: [
      (
        "every: day, at: \"00:10Z\"", "2026-03-28T00:10Z", "2026-03-30T00:10Z",
        ["2026-03-28T00:10Z", "2026-03-29T00:10Z", "2026-03-30T00:10Z"]
      ),
      (
        "every: day, at: \"00:10\"", "2026-03-28T00:00Z", "2026-03-30T00:00Z",
        ["2026-03-28T00:10Z", "2026-03-29T00:10Z", "2026-03-29T23:10Z"]
      ),
      // 01:30 is missing on 29 March: it is an hour later by the wall. In autumn the first of the two counts.
      (
        "every: day, at: \"01:30\"", "2026-03-29T00:00Z", "2026-03-30T00:30Z",
        ["2026-03-29T01:30Z", "2026-03-30T00:30Z"]
      ),
      ("every: day, at: \"01:30\"", "2026-10-25T00:00Z", "2026-10-25T12:00Z", ["2026-10-25T00:30Z"]),
      (
        "every: week, at: \"06:00Z\"", "2026-05-01T12:00Z", "2026-05-16T12:00Z",
        ["2026-05-02T06:00Z", "2026-05-09T06:00Z", "2026-05-16T06:00Z"]
      ),
      (
        "every: half-hour", "2026-05-01T00:01Z", "2026-05-01T01:00Z",
        ["2026-05-01T00:30Z", "2026-05-01T01:00Z"]
      ),
      ("every: hour", "2026-05-01T00:00Z", "2026-05-01T01:59Z", ["2026-05-01T00:00Z", "2026-05-01T01:00Z"]),
      (
        "every: 25m", "2026-05-01T00:07Z", "2026-05-01T01:00Z",
        ["2026-05-01T00:07Z", "2026-05-01T00:32Z", "2026-05-01T00:57Z"]
      ),
    ])
  func rhythm(every: String, from: String, to: String, instants: [String]) throws {
    let story = try Shelf.story(
      """
      id: rhythm
      title: A rhythm
      site: {flow: 0 W}
      meters: {export: {profile: smets2-single-element}}
      from: 2026-01-01T00:00Z
      until: 2026-12-31T00:00Z
      timeline: [{\(every), from: \(from), to: \(to), remote-reads: export}]
      expect: [{read-count: export, at-least: 0}]
      """)
    #expect(story.timeline.map { "\($0.at)" } == instants)
  }
}
