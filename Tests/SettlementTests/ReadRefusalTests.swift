// Reads refused one by one: photo, register, generation meter, future (R-READ-06, -08, -10, -12). Each row is
// one read that would pay 50 kWh × 4.1 p = £2.05 if it counted.

import BackspinTesting
import Settlement
import Testing
import Units

@Suite("Reads refused for what they are")
struct ReadRefusalTests {
  private let generation = MeterDetails(
    serial: "GEN", uses: [.generation], registers: [.generation: .init(modulus: kWh("100000"))],
    halfHourlyCapable: false, remote: false, kind: "generation meter")

  private func outcome(_ closing: Read, policy: Policy = Policy(name: "test")) -> Outcome {
    settle(
      story(
        agreement([flat("4.1")], meters: [smets2(), generation]), from: "2026-04-01T00:00Z",
        to: "2026-04-15T00:00Z", reads: [read("500", "2026-04-01T00:00Z"), closing], policy: policy))
  }

  @Test("a photo must show the meter, the register and the value")
  func photos() {
    TextTable.each(
      """
      | serial | register   | value   | pays | code                |
      | S2     | export     | 550     |  205 | _                   |
      | S2     | export     | 550.4   |  205 | _                   |
      | OLD    | export     | 550     |    0 | READ_PHOTO_MISMATCH |
      | S2     | import     | 550     |    0 | READ_WRONG_REGISTER |
      | S2     | generation | 550     |    0 | READ_WRONG_REGISTER |
      | S2     | export     | 551     |    0 | READ_PHOTO_MISMATCH |
      """
    ) { row in
      let photo = Photo(
        serial: try row.text("serial"),
        register: try row.value("register") { RegisterRole(rawValue: $0) }, value: kWh(try row.text("value")))
      let result = outcome(read("550", "2026-04-14T09:00Z", by: .customer, step: 1000, photo: photo))
      #expect(result.paid == Pence(try row.whole("pays")), "\(row)", sourceLocation: row.sourceLocation)
      if let code = try row.optional("code") {
        #expect(result.codes.contains(code), "\(row)", sourceLocation: row.sourceLocation)
      }
    }
  }

  @Test("a customer reading without a photo counts, unless the policy asks for one")
  func photoDemanded() {
    let bare = read("550", "2026-04-14T09:00Z", by: .customer, step: 1000)
    #expect(outcome(bare).paid == Pence(205))
    var policy = Policy(name: "photo")
    policy.reading.customerNeedsPhoto = .clause(true, "EON defs")
    let refused = outcome(bare, policy: policy)
    #expect(refused.paid == Pence(0))
    #expect(refused.codes.contains("READ_PHOTO_MISSING"))
  }

  @Test("a generation reading is no export reading, whatever register it claims")
  func generationMeter() {
    let claims = [
      read("550", "2026-04-14T09:00Z", .export, of: "GEN", by: .customer),
      read("550", "2026-04-14T09:00Z", .generation, of: "GEN", by: .customer),
      read("550", "2026-04-14T09:00Z", .generation, of: "S2"),
    ]
    for claim in claims {
      let result = outcome(claim)
      #expect(result.paid == Pence(0))
      #expect(result.decision(.readWrongRegister)?.rule == "R-READ-08")
    }
  }

  @Test("logs of a register that is not there are told once, and not at all beside the export register")
  func loggedBeside() {
    // Half-hour by half-hour from 00:00Z: what a logger sends that polls a total, too.
    let total = (0..<6).map { number in
      let start = "2026-04-02T0\(number / 2):\(number % 2 == 0 ? "00" : "30")Z"
      return log([100], from: start, received: "2026-04-02T0\(number + 1):00Z", .total)
    }
    let export = log([40, 50], from: "2026-04-02T00:00Z", received: "2026-04-02T01:00Z")
    func told(_ logs: [LogRead]) -> Int {
      settle(
        story(agreement([flat("4.1")]), from: "2026-04-01T00:00Z", to: "2026-04-15T00:00Z", logs: logs)
      ).decisions.filter { $0.code == .readWrongRegister }.count
    }
    #expect(told(total) == 1)
    #expect(told(total + [export]) == 0)
    // A generation log of an export meter is a mistake whatever else is logged.
    #expect(
      told([export, log([9], from: "2026-04-02T00:00Z", received: "2026-04-02T01:00Z", .generation)]) == 1)
  }

  @Test("a read may lie five minutes ahead of its arrival, not more")
  func future() {
    let edge = outcome(read("550", "2026-04-14T09:05Z", received: "2026-04-14T09:00Z"))
    #expect(edge.paid == Pence(205))
    let later = outcome(read("550", "2026-04-14T09:05:00.000001Z", received: "2026-04-14T09:00Z"))
    #expect(later.paid == Pence(0))
    #expect(later.decision(.readFuture)?.rule == "R-READ-12")
  }

  @Test("what the register cannot show is refused")
  func range() {
    #expect(outcome(read("1000000", "2026-04-14T09:00Z")).codes.contains("VAL_OVER_CAPACITY"))
    #expect(outcome(read("-0.001", "2026-04-14T09:00Z")).codes.contains("READ_NEGATIVE"))
    var net = smets2("NET", uses: [.import])
    net.registers = [.total: .init(modulus: kWh("100000"))]
    func total(_ value: WattHours) -> Set<String> {
      settle(
        story(
          agreement([flat("4.1")], meters: [smets2(), net]), from: "2026-04-01T00:00Z",
          to: "2026-04-15T00:00Z",
          settle: [],
          reads: [
            Read(serial: "NET", register: .total, value: value, at: at("2026-04-02T00:00Z"), source: .remote),
            read("-3", "2026-04-03T00:00Z", .total, of: "NET"),
          ])
      ).codes
    }
    // A total of import minus export may stand below zero: from 2 kWh down to −3 kWh it ran back by 5.
    #expect(total(kWh("2")).contains("IMP_RUNS_BACKWARDS"))
    #expect(total(WattHours(.min)).contains("VAL_OVER_CAPACITY"))
  }

  @Test(
    "three remote failures in a row ask the customer by a day; a reading in between starts anew"
  )
  func requests() {
    func failure(_ when: String) -> CaseEvent {
      .remoteReadFailed(serial: "S2", why: "no route", at: at(when))
    }
    let three = ["2026-04-02T00:10Z", "2026-04-03T00:10Z", "2026-04-04T00:10Z"].map(failure)
    let home = agreement([flat("4.1")])
    let asked = settle(
      story(
        home, from: "2026-04-01T00:00Z", to: "2026-04-05T00:00Z", settle: [],
        reads: [read("500", "2026-04-01T00:00Z")], events: three))
    #expect(asked.decision(.readRequested)?.at == at("2026-04-04T00:10Z"))
    #expect(asked.decision(.readRequested)?.text.contains("2026-04-18") == true)
    let helped = settle(
      story(
        home, from: "2026-04-01T00:00Z", to: "2026-04-05T00:00Z", settle: [],
        reads: [read("500", "2026-04-01T00:00Z"), read("503", "2026-04-03T06:00Z")], events: three))
    #expect(!helped.codes.contains("READ_REQUESTED"))
  }

  @Test("a SMETS1 meter that is not enrolled loses its remote reading when the import supplier changes")
  func dormant() {
    var meter = smets2()
    meter.keepsRemoteAfterSwitch = false
    meter.kind = "SMETS1"
    let change = CaseEvent.importSupplierChanged(to: "New Energy", at: at("2026-04-10T00:00Z"))
    let outcome = settle(
      story(
        agreement([flat("4.1")], meters: [meter]), from: "2026-04-01T00:00Z", to: "2026-05-01T00:00Z",
        settle: [], reads: [read("500", "2026-04-01T00:00Z")], events: [change]))
    #expect(outcome.decision(.readRemoteLost)?.rule == "R-READ-13")
    #expect(outcome.decision(.readRequested)?.at == at("2026-04-10T00:00Z"))
  }
}
