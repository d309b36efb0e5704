// Whole stories from text. The first is the one by which the language was designed.

import MeterModel
import Scenario
import Settlement
import Testing
import Truth
import Units

@Suite("Stories")
struct StoryTests {
  static let disc = """
    id: disc-without-backstop
    title: An old disc meter runs backwards all summer; nothing of it is export
    because: [R-BACK-01, R-BACK-03, BUL 6.13]
    tags: [analogue, backwards, bulb]
    site:
      place: {latitude: 51.48, longitude: -0.09}
      generation: [{technology: solar-pv, capacity: 3.95 kWp, tilt: 35, azimuth: 180}]
      load: {household: 2900 kWh/year}
    meters:
      import: {profile: disc-187.5-rev-5-digit, reads: 15320.4 kWh}
      export: {profile: smets2-single-element, mpan: "9900000000015"}
    agreement: {licensee: bulb, tariff: {flat: 5.57 p/kWh}}
    timeline:
      - {at: 2026-05-01T09:00Z, customer-reads: import, photo: true}
      - {every: day, at: "00:10Z", remote-reads: export}
      - {from: 2026-05-03T10:00Z, to: 2026-05-05T16:00Z, fault: WN-01, on: export}
      - {at: 2026-05-08T09:00Z, customer-reads: import, photo: true}
      - {at: 2026-05-09T00:00Z, settle: export}
    expect:
      - {decision: IMP_RUNS_BACKWARDS, by: 2026-05-08}
      - {notified: [licensee, import-supplier]}
      - {paid: equals-entitled, within: 1p}

    """

  @Test("the story of the disc reads as it is written, and prints back")
  func disc() throws {
    let story = try Shelf.story(Self.disc)
    #expect(story.id == "disc-without-backstop")
    #expect(story.because == ["R-BACK-01", "R-BACK-03", "BUL 6.13"])
    #expect(story.from == (try Instant(parsing: "2026-05-01T00:00Z")))
    #expect(story.until == (try Instant(parsing: "2026-05-09T00:00Z")))
    #expect(story.meters.map(\.name) == ["import", "export"])
    #expect(story.meter("import")?.reads == [.import: WattHours(15_320_400)])
    #expect(story.meter("import")?.uses == [.import])
    #expect(story.meter("import")?.serial == "IMPORT")
    #expect(story.meter("export")?.mpan == "9900000000015")
    #expect(story.agreement?.exportMPAN == "9900000000015")
    #expect(story.policy?.name == "bulb")
    #expect(story.entitled == .trueValue)
    #expect(story.depths == [.memory, .pty, .tcp])
    #expect(story.lines.isEmpty)
    #expect(story.node.printed == Self.disc)
  }

  @Test("the timeline is a flat list in order of time, repetitions written out")
  func timeline() throws {
    let story = try Shelf.story(Self.disc)
    // Days 1…8 at 00:10, and the four single rows.
    #expect(story.timeline.count == 12)
    #expect(story.timeline.map(\.at) == story.timeline.map(\.at).sorted())
    let reads = story.timeline.filter { $0.row == 1 }
    #expect(reads.map { "\($0.at)" }.first == "2026-05-01T00:10Z")
    #expect(reads.map { "\($0.at)" }.last == "2026-05-08T00:10Z")
    #expect(reads.map(\.occurrence) == Array(0..<8))
    let expected = RemoteRead(
      meter: "export", roles: [.import, .export], registers: true, halfHours: .last(.days(1)), daily: nil)
    #expect(reads[0].action == .remoteRead(expected))
    #expect(reads[0].position == Position(file: "Scenarios/story.yaml", line: 15, column: 5))
    let fault = FaultOrder(
      setting: FaultSetting(id: "WN-01"), target: .meter("export"),
      until: try Instant(parsing: "2026-05-05T16:00Z"))
    #expect(story.timeline.contains { $0.action == .fault(fault) })
    #expect(story.timeline.last?.action == .settle(meter: "export"))
    #expect(
      story.timeline.first { $0.row == 0 }?.action
        == .displayRead(DisplayRead(meter: "import", register: .import, photo: DisplayRead.Photo())))
  }

  @Test("an expectation keeps its place and its line; a date means the end of that London day")
  func expectations() throws {
    let story = try Shelf.story(Self.disc)
    #expect(story.expect.map(\.at.line) == [20, 21, 22])
    #expect(story.expect[0].excerpt == "- {decision: IMP_RUNS_BACKWARDS, by: 2026-05-08}")
    // 8 May ends at midnight BST, 23:00Z: a microsecond before it is the last instant of the day.
    let endOfDay = try Instant(parsing: "2026-05-08T22:59:59.999999Z")
    #expect(story.expect[0].check == .decision(ExpectedDecision(code: .impRunsBackwards, by: endOfDay)))
    #expect(story.expect[1].check == .notified(ExpectedNotification([.licensee, .importSupplier])))
    #expect(story.expect[2].check == .paidEqualsEntitled(within: Pence(1)))
  }

  static let bus = """
    id: three-on-a-line
    title: Three meters on one line
    seed: 7
    depths: [memory, pty]
    site: {flow: -2 kW}
    lines:
      bus: {baud: 19200, parity: even, reader: {first-byte: 300ms, retries: 4, flushes: false}}
    meters:
      a: {profile: eastron-sdm120, unit: 1, reads: {export: 12 kWh}}
      b: {profile: eastron-sdm120, unit: 2, serial: B-77, uses: [import]}
      c: {profile: eastron-sdm120, unit: 3, place: generation}
    timeline:
      - {every: half-hour, polls: a, gives: [reads, half-hours], registers: export}
      - {every: 10m, from: 2026-05-01T01:00Z, to: 2026-05-01T01:30Z, polls: b}
      - {at: 2026-05-01T01:00Z, fault: CL-03, on: b, with: {delay: 1.5s, share: 50 %}}
      - {at: 2026-05-01T01:00Z, to: 2026-05-01T02:00Z, fault: CL-01, on: bus, with: {rate: 200 ppm}}
      - {at: 2026-05-01T00:30Z, writes: a, accumulation: import-minus-export}
      - {from: 2026-05-01T00:40Z, to: 2026-05-01T00:50Z, flow: {l1: 1 kW}}
      - at: 2026-05-01T02:00Z
        event: meter-exchanged
        on: a
        profile: eastron-sdm120
        serial: A-2
        reads: {export: 3 kWh}
    expect:
      - {read-count: a, at-least: 4, at-most: 5, source: remote}
      - {frames-refused: bus, at-least: 1}
      - {register: a, role: total, value: 12 kWh, within: 10 Wh, at: 2026-05-01T00:00Z}
      - {first-divergence: reader, at: 2026-05-01T01:00Z, within: 30m}
    declares: {no-effect: [CL-03], vacuous: [read-count]}

    """

  @Test("meters, lines and their reader are read with what is usual filled in")
  func lines() throws {
    let story = try Shelf.story(Self.bus)
    #expect(story.seed == 7)
    #expect(story.depths == [.memory, .pty])
    let line = try #require(story.line("bus"))
    #expect(line.baud == 19_200 && line.parity == .even && line.stopBits == 1)
    #expect(line.reader.firstByte == .milliseconds(300) && line.reader.betweenBytes == .milliseconds(500))
    #expect(line.reader.retries == 4 && !line.reader.flushes)
    #expect(story.meters.map(\.line) == ["bus", "bus", "bus"])
    #expect(story.meters.map(\.unit) == [1, 2, 3])
    #expect(story.meters.map(\.uses) == [[.export], [.import], [.generation]])
    #expect(story.meters.map(\.serial) == ["A", "B-77", "C"])
    #expect(story.agreement == nil)
    #expect(story.declares.noEffect == ["CL-03"])
    #expect(story.declares.vacuous == [.readCount])
    #expect(story.node.printed == Self.bus)
  }

  @Test("commands of a line are read with their units")
  func lineCommands() throws {
    let story = try Shelf.story(Self.bus)
    let actions = Dictionary(grouping: story.timeline, by: \.row)
    // 00:00 to 02:00, both included, every half-hour.
    #expect(
      actions[0]?.map { "\($0.at)" } == [
        "2026-05-01T00:00Z", "2026-05-01T00:30Z", "2026-05-01T01:00Z", "2026-05-01T01:30Z",
        "2026-05-01T02:00Z",
      ])
    #expect(
      actions[0]?.first?.action
        == .poll(Poll(meter: "a", roles: [.export], givesReads: true, givesHalfHours: true)))
    #expect(actions[1]?.count == 4)
    let late = FaultSetting(id: "CL-03", whole: ["delay": 1500, "share": 50])
    #expect(
      actions[2]?.first?.action
        == .fault(FaultOrder(setting: late, target: .meter("b"), until: story.until)))
    #expect(
      actions[3]?.first?.action
        == .fault(
          FaultOrder(
            setting: FaultSetting(id: "CL-01", whole: ["rate": 200]), target: .line("bus"), until: story.until
          )
        ))
    #expect(actions[4]?.first?.action == .write(SettingWrite(meter: "a", setting: .accumulation(3))))
    let until = try Instant(parsing: "2026-05-01T00:50Z")
    #expect(actions[5]?.first?.action == .flow(PhasePower(l1: Power(watts: 1000)), until: until))
    guard case .meterExchanged(let exchange)? = actions[6]?.first?.action else {
      Issue.record("no exchange")
      return
    }
    #expect(exchange.new.serial == "A-2" && exchange.new.unit == 1 && exchange.readsTaken)
    #expect(exchange.new.reads == [.export: WattHours(3000)])
  }

  @Test("a file named by a story stands beside it, and its faults are told at their own place")
  func files() throws {
    let text = Self.disc.replacing("  place: {latitude: 51.48, longitude: -0.09}\n", with: "")
      .replacing(
        "  generation: [{technology: solar-pv, capacity: 3.95 kWp, tilt: 35, azimuth: 180}]\n", with: ""
      )
      .replacing("  load: {household: 2900 kWh/year}\n", with: "  flow: {power: flow.csv}\n")
    let story = try Shelf.story(
      text, ["Scenarios/flow.csv": "start,power_kw\n2026-05-01T00:00Z,-2\n"])
    #expect(story.site == .constant(Power(watts: -2000)) || story.site != .constant(.zero))
    let torn = #expect(throws: Diagnostics.self) {
      try Shelf.story(text, ["Scenarios/flow.csv": "start,power_kw\n2026-05-01T00:00Z\n"])
    }
    #expect(torn?.list.map { "\($0.at.file):\($0.at.line)" } == ["Scenarios/flow.csv:2"])
    let missing = #expect(throws: Diagnostics.self) { try Shelf.story(text) }
    #expect(missing?.list.map(\.code) == ["BS-SCN-15"])
    #expect(missing?.list.first?.at == Position(file: "Scenarios/story.yaml", line: 6, column: 17))
  }

  @Test("everything that is wrong is told at once, in the order of its lines")
  func together() throws {
    let text = Self.disc.replacing("tags: [", with: "tagz: [").replacing(
      "settle: export", with: "settle: exprt"
    )
    .replacing("within: 1p", with: "within: 1 euro").replacing("day, at", with: "fortnight, at")
    let error = #expect(throws: Diagnostics.self) { try Shelf.story(text) }
    #expect(error?.list.map(\.at.line) == [4, 15, 18, 22])
    #expect(error?.list.map(\.code) == ["BS-SCN-06", "BS-SCN-12", "BS-SCN-21", "BS-SCN-13"])
  }
}

extension String {
  fileprivate func replacing(_ part: String, with other: String) -> String {
    var parts: [Substring] = []
    var rest = self[...]
    while let range = rest.firstRange(of: part) {
      parts.append(rest[..<range.lowerBound])
      rest = rest[range.upperBound...]
    }
    return (parts + [rest]).joined(separator: other)
  }
}
