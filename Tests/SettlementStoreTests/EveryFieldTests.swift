// The fields of all that is kept, by name. A field that the core gains is not kept until somebody gives it a
// column: then this list is wrong, and says so.

import Settlement
import Testing
import Units

@Suite("Every field is kept")
struct EveryFieldTests {
  private static func names(_ value: Any) -> [String] {
    Mirror(reflecting: value).children.compactMap(\.label)
  }

  @Test("facts have the fields that the store keeps")
  func facts() {
    let read = Read(serial: "", register: .export, value: WattHours(0), at: .epoch, source: .remote)
    #expect(
      Self.names(read) == [
        "serial", "register", "value", "resolution", "at", "received", "source", "meterClock", "photo",
        "channel",
        "cause",
      ])
    #expect(
      Self.names(Photo(serial: "", register: .export, value: WattHours(0))) == [
        "serial", "register", "value",
      ])
    let log = LogRead(serial: "", register: .export, convention: .end, received: .epoch, entries: [])
    #expect(
      Self.names(log) == [
        "serial", "register", "convention", "resolution", "received", "derivedFromRegister", "entries",
        "cause",
      ])
    #expect(
      Self.names(LogRead.Entry(stamp: .epoch, energy: WattHours(0))) == [
        "stamp", "energy", "quality", "cause",
      ])
    #expect(
      Self.names(CaseEvent(EventName(""), at: .epoch)) == ["name", "at", "received", "facts", "cause"])
  }

  @Test("terms have the fields that the store keeps")
  func terms() {
    let one = Lives.life(1)
    #expect(
      Self.names(one) == [
        "policy", "agreement", "reads", "logs", "events", "calendar", "from", "settlements", "looks", "until",
      ])
    #expect(
      Self.names(one.agreement) == [
        "licensee", "exportMPAN", "importMPAN", "tariff", "start", "installation", "meters",
        "generatorIsOccupier", "importSupplier", "importRate", "halfHourlyConsent", "facts",
      ])
    #expect(
      Self.names(one.agreement.installation) == ["technology", "capacity", "exportLimit", "hasStorage"])
    #expect(
      Self.names(Lives.meter("")) == [
        "serial", "uses", "registers", "halfHourlyCapable", "remote", "keepsRemoteAfterSwitch", "phases",
        "kind",
      ])
    #expect(Self.names(Lives.flat(1)) == ["name", "from", "shape", "isSEG"])
  }

  @Test("outcomes have the fields that the store keeps, or makes again when they are asked for")
  func outcomes() throws {
    let outcome = EmbeddedCore().settle(Lives.life(1))
    // Half-hours, treatments and touches are made again from the facts and not kept.
    #expect(
      Self.names(outcome) == [
        "decisions", "statements", "halfHours", "notifications", "obligations", "treatments", "touches",
        "balance",
        "payments", "account",
      ])
    let statement = try #require(outcome.statements.first)
    #expect(
      Self.names(statement) == [
        "licensee", "mpan", "from", "to", "lines", "exact", "net", "vat", "carriedIn", "carriedOut", "status",
        "flags", "payer", "due",
      ])
    #expect(
      Self.names(try #require(statement.lines.first)) == [
        "kind", "basis", "from", "to", "energy", "halfHours", "rate", "tariff", "exact", "amount", "reason",
        "rule", "reads", "vat", "flags",
      ])
    #expect(
      Self.names(try #require(outcome.decisions.first)) == [
        "at", "rule", "code", "severity", "subject", "text", "reads",
      ])
    let notification = Notification(
      at: .epoch, to: .customer, code: .payOK, rule: .pay01, subject: "", text: "")
    #expect(Self.names(notification) == ["at", "to", "code", "rule", "subject", "text", "reads"])
    let obligation = Obligation(
      "", of: .customer, rule: .pay01, subject: "", since: .epoch, by: nil, state: .open, text: "")
    #expect(
      Self.names(obligation) == ["what", "who", "rule", "subject", "since", "by", "state", "met", "text"])
    let payment = Payment(
      at: .epoch, due: nil, amount: Pence(1), method: .bankTransfer, payer: "", statements: [], state: .paid,
      reason: .payOK)
    #expect(
      Self.names(payment) == [
        "at", "due", "amount", "method", "payer", "statements", "state", "paid", "reason",
      ])
    #expect(
      Self.names(outcome.balance) == ["accrued", "paid", "provisional", "held", "forfeited", "unpriced"])
    let posting = Account.Posting(
      at: .epoch, .paid, from: .payable, to: .paid, amount: Pence(1), reason: .payOK)
    #expect(Self.names(posting) == ["at", "kind", "from", "to", "amount", "reason", "statement"])
  }
}
