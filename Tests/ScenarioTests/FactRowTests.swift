// Rows that state facts without a meter: readings, half-hours, events; the facts of an agreement.

import Foundation
import Scenario
import Settlement
import Testing
import Units

@Suite("Facts without a meter")
struct FactRowTests {
  static let story = """
    id: on-paper
    title: Facts alone
    meters:
      import: {profile: disc-187.5-rev-5-digit, serial: D-1}
      export:
        given:
          registers: {export: 6 digits, import: {digits: 5, step: 1 kWh}}
          half-hourly: true
          remote: true
          keeps-remote-after-switch: false
          phases: 3
          kind: SMETS1
        serial: E-1
        mpan: "9900000000015"
    agreement:
      licensee: eon-next
      tariff: {flat: 16.5 p/kWh}
      half-hourly-consent: false
      policy: {reading.request-days: 10, payment-due: 30 calendar days, validation.sum-tolerance: 0.2 %}
    timeline:
      - {at: 2026-05-01T00:00Z, reading: export, value: 1000 kWh}
      - at: 2026-05-02T08:00Z
        reading: import
        value: 512 kWh
        source: visit
        photo: {value: 513 kWh}
        clock: 2026-05-02T08:01Z
        arrives-after: 2 days
      - {from: 2026-05-01, half-hours: export, wh: [0, 120, 118 E, M]}
      - from: 2026-05-01T00:00Z
        to: 2026-05-01T03:00Z
        half-hours: export
        wh: [5, 7]
        stamps: start
        register: import
      - {half-hours: export, file: may.csv, received: 2026-05-05T00:00Z}
      - {at: 2026-06-01T00:00Z, event: import-supplier-changed, supplier: Other, received: 2026-05-03T00:00Z}
      - at: 2026-05-04T00:00Z
        event: meter-exchanged
        old: export
        final: {export: 1010 kWh}
        new: {serial: E-2, profile: smets2-single-element}
        told-after: 1 day
      - {at: 2026-05-06T00:00Z, settle: export}
      - at: 2026-05-07T09:00Z
        reading: export
        value: 1020 kWh
        source: customer
        channel: phone
    expect:
      - {decision: READ_METER_EXCHANGE}

    """

  static let may = """
    start,kwh,flag
    2026-05-01T10:00Z,0.25,A
    2026-05-01T10:30Z,0.125,E
    """

  static func read() throws -> ScenarioFile { try Shelf.story(story, ["Scenarios/may.csv": may]) }

  static func at(_ text: String) throws -> Instant { try Instant(parsing: text) }

  @Test("a story without a site has meters that are only known, and prints back")
  func meters() throws {
    let file = try Self.read()
    #expect(file.site == nil && file.meters.isEmpty && file.lines.isEmpty)
    #expect(file.given.map(\.name) == ["import", "export"])
    let export = try #require(file.agreement?.meters.last)
    #expect(export.serial == "E-1" && export.uses == [.export] && export.kind == "SMETS1")
    // Six whole digits of kWh: 1,000,000 kWh.
    #expect(
      export.registers == [
        .export: .init(modulus: WattHours(1_000_000_000)),
        .import: .init(modulus: WattHours(100_000_000), resolution: WattHours(1000)),
      ])
    #expect(export.halfHourlyCapable && export.remote && !export.keepsRemoteAfterSwitch && export.phases == 3)
    let dial = try #require(file.agreement?.meters.first)
    #expect(dial.uses == [.import] && !dial.remote && dial.serial == "D-1")
    #expect(file.agreement?.exportMPAN == "9900000000015" && file.agreement?.halfHourlyConsent == false)
    #expect(file.node.printed == Self.story)
    #expect(file.serial(of: "export") == "E-1")
  }

  @Test("values of the story stand in place of the licensee's, and are marked as ours")
  func overrides() throws {
    let policy = try #require(try Self.read().policy)
    #expect(policy.reading.requestDays == .ours(10, "this story says so"))
    #expect(policy.paymentDue == .ours(.calendarDays(30), "this story says so"))
    #expect(policy.validation.sumTolerance.value == 2)
    #expect(policy.name == "eon-next" && policy.reading.customerNeedsPhoto.value)
  }

  @Test("facts take effect when they arrive, in order of arrival")
  func order() throws {
    let file = try Self.read()
    #expect(file.timeline.map(\.at) == file.timeline.map(\.at).sorted())
    // London's 1 May begins at 23:00Z; four half-hours later it is 01:00Z.
    let arrivals = [
      "2026-05-01T00:00Z", "2026-05-01T01:00Z", "2026-05-01T03:00Z", "2026-05-03T00:00Z", "2026-05-04T08:00Z",
      "2026-05-05T00:00Z", "2026-05-05T00:00Z", "2026-05-06T00:00Z", "2026-05-07T09:00Z",
    ]
    #expect(file.timeline.map { "\($0.at)" } == arrivals)
    #expect(file.from == (try Self.at("2026-04-30T00:00Z")))
    #expect(file.until == (try Self.at("2026-06-01T00:00Z")))
  }

  @Test("a reading is a read of the meter, with what is usual filled in")
  func readings() throws {
    let actions = try Self.read().timeline.sorted { $0.row < $1.row }.map(\.action)
    let first = Read(
      serial: "E-1", register: .export, value: WattHours(1_000_000), at: try Self.at("2026-05-01T00:00Z"),
      source: .remote)
    #expect(actions[0] == .reading(meter: "export", first))
    let second = Read(
      serial: "D-1", register: .import, value: WattHours(512_000), resolution: WattHours(1000),
      at: try Self.at("2026-05-02T08:00Z"), received: try Self.at("2026-05-04T08:00Z"), source: .visit,
      meterClock: try Self.at("2026-05-02T08:01Z"),
      photo: Photo(serial: "D-1", register: .import, value: WattHours(513_000)))
    guard case .reading("import", var read) = actions[1] else {
      Issue.record("no reading: \(actions[1])")
      return
    }
    // The step of this dial is its profile's.
    read.resolution = WattHours(1000)
    #expect(read == second)
    guard case .reading("export", let told) = actions[8] else {
      Issue.record("no reading: \(actions[8])")
      return
    }
    #expect(told.source == .customer && told.channel == "phone")
  }

  @Test("half-hours stand in a list with their letters, are repeated up to an end, or come from a file")
  func halfHours() throws {
    let actions = try Self.read().timeline.sorted { $0.row < $1.row }.map(\.action)
    func log(_ index: Int) -> LogRead? {
      if case .halfHours("export", let log) = actions[index] { log } else { nil }
    }
    func texts(_ log: LogRead?) -> [String] {
      (log?.entries ?? []).map { "\($0.stamp) \($0.energy.value) \($0.quality.rawValue)" }
    }
    #expect(
      texts(log(2)) == [
        "2026-04-30T23:30Z 0 A", "2026-05-01T00:00Z 120 A", "2026-05-01T00:30Z 118 E",
        "2026-05-01T01:00Z 0 M",
      ])
    #expect(log(2)?.convention == .end && log(2)?.register == .export)
    #expect(
      texts(log(3)) == [
        "2026-05-01T00:00Z 5 A", "2026-05-01T00:30Z 7 A", "2026-05-01T01:00Z 5 A", "2026-05-01T01:30Z 7 A",
        "2026-05-01T02:00Z 5 A", "2026-05-01T02:30Z 7 A",
      ])
    #expect(log(3)?.convention == .start && log(3)?.register == .import)
    #expect(texts(log(4)) == ["2026-05-01T10:00Z 250 A", "2026-05-01T10:30Z 125 E"])
    #expect(log(4)?.received == (try Self.at("2026-05-05T00:00Z")))
  }

  @Test("an event tells declared facts; it may be told before it happens")
  func events() throws {
    let actions = try Self.read().timeline.sorted { $0.row < $1.row }.map(\.action)
    let switched = CaseEvent.importSupplierChanged(
      to: "Other", at: try Self.at("2026-06-01T00:00Z"), received: try Self.at("2026-05-03T00:00Z"))
    #expect(actions[5] == .event(switched))
    guard case .event(let exchange) = actions[6] else {
      Issue.record("no event: \(actions[6])")
      return
    }
    #expect(exchange.facts.text(.old) == "E-1")
    #expect(exchange.facts.registers(.final) == [.export: WattHours(1_010_000)])
    let new = try #require(exchange.facts.meter(.new))
    #expect(new.serial == "E-2" && new.hasExportRegister && new.remote && new.uses == [.export])
    #expect(exchange.received - exchange.at == .days(1))
  }

  @Test("no declared fact is named as a key that every row may have")
  func reserved() {
    let reserved: Set = ["at", "received", "told-after", "event", "every"]
    for event in EventDeclaration.all {
      let keys = event.facts.map(\.key.name)
      #expect(reserved.isDisjoint(with: keys), "\(event.name)")
      #expect(Set(keys).count == keys.count, "\(event.name)")
    }
    let names = EventDeclaration.all.map(\.name)
    #expect(Set(names).count == names.count)
    let stated = FactGroup.all.flatMap(\.facts).map(\.key)
    #expect(Set(stated).count == stated.count, "a key stands under one heading only")
  }

  @Test("rows of a table may end earlier: what comes later is left out, and a slip in it is still told")
  func cut() throws {
    let text = """
      id: same-facts
      title: The same facts, looked at earlier
      until: $until
      meters: {export: {profile: smets2-single-element, mpan: "9900000000015"}}
      agreement: {licensee: bulb, tariff: {flat: 10 p/kWh}}
      timeline:
        - {at: 2026-05-01T00:00Z, reading: export, value: 1 kWh}
        - {at: 2026-06-01T00:00Z, reading: export, value: 2 kWh}
        - {at: 2026-06-01T00:30Z, settle: export}
      expect: [{decision: ELIG_OK}]
      table:
        - {id: whole, until: 2026-06-02T00:00Z}
        - {id: half, until: 2026-05-10T00:00Z}
      """
    let stories = try Shelf.reader().read(text, path: "t.yaml")
    #expect(stories.map(\.timeline.count) == [3, 1])
    let slip = text.replacing("value: 2 kWh", with: "value: 2 kW")
    #expect(throws: Diagnostics.self) { try Shelf.reader().read(slip, path: "t.yaml") }
    // A story of its own says what it means: there it is a slip.
    let alone = try #require(text.split(separator: "\n").firstIndex { $0 == "table:" })
    let lines = text.split(separator: "\n").prefix(alone).joined(separator: "\n")
    let late = #expect(throws: Diagnostics.self) {
      try Shelf.story(lines.replacing("$until", with: "2026-05-10T00:00Z"))
    }
    #expect(late?.list.map(\.code) == ["BS-SCN-26", "BS-SCN-26"])
  }
}
