// Who is told of an import meter that runs backwards, and what the customer owes to say (R-BACK-01,
// R-BACK-02).

import Settlement
import Testing
import Units

@Suite("Reports of a backwards import meter")
struct ImportReportTests {
  private func home(occupied: Bool = true, supplier: String = "Other Energy") -> Agreement {
    var one = agreement([flat("4.1")], meters: [disc(step: 100), smets2()])
    (one.generatorIsOccupier, one.importSupplier) = (occupied, supplier)
    return one
  }

  private let fall = [
    read("15320.4", "2026-05-01T09:00Z", .import, of: "DISC", by: .customer, step: 100),
    read("15290.3", "2026-05-08T09:00Z", .import, of: "DISC", by: .customer, step: 100),
  ]

  private func report(_ received: String, to: String = "both") -> CaseEvent {
    told(.importMeterReported, "2026-05-07T09:00Z", received: received, [.to: .text(to)])
  }

  @Test("two firms are told, and the occupier where that is somebody else")
  func parties() {
    let told = events([], reads: fall, agreement: home()).notifications
    #expect(told.map(\.to) == [.licensee, .importSupplier])
    #expect(told.map(\.at) == [at("2026-05-08T09:00Z"), at("2026-05-08T09:00Z")])
    let landlord = events([], reads: fall, agreement: home(occupied: false)).notifications
    #expect(landlord.map(\.to) == [.licensee, .importSupplier, .occupier])
    #expect(landlord.map(\.rule) == ["R-BACK-01", "R-BACK-01", "R-BACK-02"])
  }

  @Test("one firm in both parts is told twice, and the second record says so")
  func sameFirm() {
    let told = events([], reads: fall, agreement: home(supplier: "test")).notifications
    #expect(told.map(\.to) == [.licensee, .importSupplier])
    #expect(told.last?.text.hasSuffix("the same firm is told in both of its parts") == true)
  }

  @Test(
    "told on the same day or the next is at once; a day later it is late",
    arguments: [
      ("2026-05-08T22:59Z", false, BoundaryTouch.Side.limit), ("2026-05-08T23:00Z", true, .past),
      ("2026-05-07T10:00Z", false, .inside),
    ])
  func late(received: String, isLate: Bool, side: BoundaryTouch.Side) {
    let outcome = events([report(received)], agreement: home())
    #expect(outcome.said(.chgLate) == (isLate ? ["\(received) CHG_LATE"] : []))
    #expect(outcome.decision(.impRunsBackwards)?.rule == "R-BACK-01")
    #expect(
      outcome.touches.contains { $0.boundary == "withholding.backwards-report-days" && $0.side == side })
  }

  @Test("the customer owes the word to both firms; who told one still owes it to the other")
  func duties() {
    let silent = events([], reads: fall, agreement: home(), until: "2026-05-20T00:00Z")
    #expect(silent.duty("tell-licensee")?.state == .overdue)
    #expect(silent.duty("tell-licensee")?.by?.description == "2026-05-09")
    let half = events(
      [report("2026-05-08T10:00Z", to: "licensee")], reads: fall, agreement: home(),
      until: "2026-05-20T00:00Z")
    #expect(half.duty("tell-licensee")?.met == at("2026-05-08T10:00Z"))
    #expect(half.duty("tell-import-supplier")?.state == .overdue)
    #expect(
      half.notifications.contains { $0.to == .importSupplier && $0.text.contains("must still be told") })
  }
}
