// People who read meters: what each fault makes of a reading that would have been right. The figures are
// worked out by hand from the register at the end of the first day: 812 kWh and 24 h of 1 kW are 836 kWh.

import MeterModel
import Report
import Runner
import Testing
import Timeline
import Units

struct ReaderFaultTests {
  private func story(_ fault: String, photo: Bool = true) -> String {
    """
    id: reader
    title: Somebody reads a display
    from: 2026-05-01T00:00Z
    until: 2026-05-04T00:30Z
    site: {flow: -1 kW}
    meters:
      export: {profile: smets1-with-export, serial: A17, reads: {import: 5000 kWh, export: 812 kWh}}
    agreement:
      licensee: octopus-seg
      installation: {technology: hydro, capacity: 4 kW}
      tariff: {flat: 4.1 p/kWh}
    timeline:
      - {at: 2026-05-01T00:00Z, customer-reads: export}
      - {from: 2026-05-01T12:00Z, to: 2026-05-02T12:00Z, fault: \(fault)}
      - {at: 2026-05-02T00:00Z, customer-reads: export, photo: \(photo)}
      - {at: 2026-05-03T00:00Z, customer-reads: export}
      - {at: 2026-05-03T00:15Z, settle: export}
    expect:
      - {register: export, role: export, value: 884.5 kWh}
    """
  }

  @Test(
    "each fault of a person changes the one reading as its row of the catalogue says",
    arguments: [
      // 00836.00: the third and fourth digit from the right are 3 6 → 6 3? Digit 3 from the right is the 6.
      ("HR-01, on: export, with: {pair: 3 digit}", 863_000),
      ("HR-01, on: customer, with: {pair: 4 digit}", 386_000),
      ("HR-02, on: export", 8_360_000), ("HR-02, on: export, with: {how: leading-zero}", 83_600_000),
      ("HR-04, on: export", 5_000_000),
      ("HR-06, on: export", 840_000), ("HR-06, on: export, with: {to: 100 kWh}", 800_000),
      ("HR-06, on: export, with: {how: guessed, per-day: 12 kWh}", 820_000),
      ("HR-07, on: export, with: {days: 1 days}", 836_000),
      ("HR-08, on: export", 836_000), ("HR-09, on: export", 848_000),
      ("HR-09, on: export, with: {excess: 300 %}", 908_000),
    ] as [(String, Int64)])
  func values(fault: String, wattHours: Int64) throws {
    let record = try StoryBench.run(story(fault), checksFaults: true)
    let reads = record.evidence.reads.sorted { $0.value == WattHours(wattHours) && $1.value != $0.value }
    #expect(reads.contains { $0.value == WattHours(wattHours) }, "\(record.evidence.reads.map(\.value))")
    // What was sent before and after is right: 812.00 and 860.00 kWh.
    #expect(
      reads.contains { $0.value == WattHours(812_000) } && reads.contains { $0.value == WattHours(860_000) })
    // The meter is as it would be, and the fault is not idle.
    #expect(record.unmet.isEmpty, "\(record.unmet)")
  }

  @Test("HR-07 tells the date of the sending, and it arrives no sooner")
  func misdated() throws {
    let record = try StoryBench.run(story("HR-07, on: export, with: {days: 1 days}"))
    let late = try #require(record.evidence.reads.last { $0.value == WattHours(836_000) })
    #expect("\(late.at)" == "2026-05-03T00:00Z" && late.received == late.at)
  }

  @Test(
    "the plate and figures of a photograph are those that settlement is told"
  )
  func photographs() throws {
    for (fault, serial, wattHours) in [
      ("HR-01, on: export", "A17", 836_000), ("HR-04, on: export", "A17", 5_000_000),
      ("HR-08, on: export", "A17", 336_000),
    ] as [(String, String, Int64)] {
      let record = try StoryBench.run(story(fault))
      let taken = try #require(record.evidence.photographs.first)
      #expect(record.evidence.photographs.count == 1)
      #expect(taken.photo.serial == serial && taken.photo.value == WattHours(wattHours), "\(fault)")
      #expect(taken.photograph.face.serial == serial)
      let figures = try #require(taken.photograph.face.figures).map { $0 ?? -1 }
      // Five digits and two decimals: steps of 10 Wh.
      #expect(figures.reduce(Int64(0)) { $0 * 10 + Int64($1) } * 10 == wattHours, "\(fault)")
    }
    let other = try StoryBench.run(story("HR-08, on: export, with: {photo: other-meter}"))
    #expect(other.evidence.photographs.first?.photo.serial == "A18")
  }

  /// A fuel cell of 1 kW, a home of 400 W, and a meter of each: a day is 24 kWh made and 14.4 kWh exported.
  private static let twoMeters = """
    id: reader
    title: Somebody reads the wrong display
    from: 2026-05-01T00:00Z
    until: 2026-05-02T00:30Z
    site: {generation: [{technology: micro-chp, capacity: 1 kW, engine: fuel-cell}], load: {base: 400 W}}
    meters:
      export: {profile: smets1-with-export, serial: A17, reads: {export: 812 kWh}}
      made: {profile: generation-total, serial: G5, place: generation, reads: 2889.3 kWh}
    timeline:
      - {from: 2026-05-01T12:00Z, fault: HR-05, on: export}
      - {at: 2026-05-02T00:00Z, customer-reads: export, photo: true}
    expect:
      - {register: export, role: export, value: 826.6 kWh, within: 1 kWh}
    """

  @Test("HR-05 sends what the generation meter shows, and its photograph; without such a meter nobody can")
  func generation() throws {
    let record = try StoryBench.run(Self.twoMeters, checksFaults: true)
    // 2889.3 + 24 kWh of generation, of which the display shows tenths.
    let read = try #require(record.evidence.reads.first)
    #expect(read.value == WattHours(2_913_300) && read.serial == "A17" && read.register == .export)
    let taken = try #require(record.evidence.photographs.first)
    #expect(taken.photo.serial == "G5" && taken.photo.register == .generation)
    #expect(taken.photo.value == WattHours(2_913_300) && taken.photograph.face.serial == "G5")
    #expect(record.unmet.isEmpty, "\(record.unmet)")
    let alone = StoryBench.run(try StoryBench.story(story("HR-05, on: export")))
    #expect(alone.verdict == .error)
    #expect(alone.remark?.contains("no generation meter hangs here") == true, "\(alone.remark ?? "")")
  }

  @Test("HR-06 guessed has no photograph")
  func guessed() throws {
    let record = try StoryBench.run(story("HR-06, on: export, with: {how: guessed}"))
    #expect(record.evidence.photographs.isEmpty && record.evidence.reads.allSatisfy { $0.photo == nil })
  }

  @Test("a share of readings is befallen by its share of seeds")
  func probability() throws {
    let file = try StoryBench.story(story("HR-09, on: export, with: {probability: 500000 ppm}"))
    let struck = (1...40 as ClosedRange<UInt64>).count { seed in
      StoryBench.run(file, seed: seed).evidence.reads.contains { $0.value == WattHours(848_000) }
    }
    // Half of 40; outside 10…30 once in a thousand sets of seeds.
    #expect((10...30).contains(struck), "\(struck)")
  }

  @Test(
    "faults of a person and of the display combine, whichever begins first",
    arguments: [
      ["DP-01, on: export, with: {digit: 2, segment: g}", "HR-01, on: export, with: {pair: 3 digit}"],
      ["HR-01, on: export, with: {pair: 3 digit}", "DP-01, on: export, with: {digit: 2, segment: g}"],
    ])
  func combined(faults: [String]) throws {
    let text = story(faults[0]).replacing(
      "  - {at: 2026-05-02T00:00Z, customer-reads",
      with: "  - {from: 2026-05-01T13:00Z, to: 2026-05-02T12:00Z, fault: \(faults[1])}\n"
        + "  - {at: 2026-05-02T00:00Z, customer-reads")
    let record = try StoryBench.run(text, checksFaults: true)
    // 8 without its middle is 0: 036.00; then 3 and 6 change places: 063.00.
    #expect(
      record.evidence.reads.contains { $0.value == WattHours(63_000) },
      "\(record.evidence.reads.map(\.value))")
    #expect(record.evidence.photographs.first?.photo.value == WattHours(36_000))
    #expect(record.unmet.isEmpty)
  }

  @Test("the page of a run shows the pictures")
  func page() throws {
    let record = try StoryBench.run(story("HR-01, on: export"))
    let page = HTMLPage.document(RunRecord(depth: "memory", seed: 1, stories: [record]))
    #expect(page.contains("1 photograph") && page.contains("src=\"data:image/svg+xml;base64,"))
  }
}
