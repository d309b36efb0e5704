// Masks in what a run leaves: every text of a record, field by field, and the journal with it.

internal import MeterModel
public import Scenario
public import Settlement
internal import Timeline
internal import Units

extension Redactor {
  /// The record of a story with its names masked. Learns them first.
  public mutating func redacted(_ story: StoryRecord) -> StoryRecord {
    learn(story.identifiers)
    var one = story
    (one.id, one.title, one.file) = (text(one.id), text(one.title), text(one.file))
    one.tags = one.tags.map(text)
    one.remark = one.remark.map(text)
    one.checks = one.checks.map(redacted)
    for index in one.evidence.reads.indices { redact(&one.evidence.reads[index]) }
    for index in one.evidence.photographs.indices {
      let serial = name(one.evidence.photographs[index].photo.serial)
      one.evidence.photographs[index].photo.serial = serial
      one.evidence.photographs[index].photograph.face.plate.serial = serial
    }
    for index in one.evidence.logs.indices {
      one.evidence.logs[index].serial = name(one.evidence.logs[index].serial)
    }
    for index in one.evidence.failures.indices {
      one.evidence.failures[index].reason = text(one.evidence.failures[index].reason)
    }
    for index in one.meters.indices { one.meters[index].serial = name(one.meters[index].serial) }
    one.outcome = redacted(one.outcome)
    one.payees = one.payees.map { $0.map(redacted) }
    one.identifiers = Identifiers(
      mpans: Set(one.identifiers.mpans.map(name)), serials: Set(one.identifiers.serials.map(name)))
    one.exportMPAN = one.exportMPAN.map(name)
    one.importMPAN = one.importMPAN.map(name)
    one.journal = one.journal.mappingTexts { [self] in name($0) }
    return one
  }

  private func redacted(_ payee: Payee) -> Payee {
    var one = payee
    one.name = payee.name.map(text)
    one.vatNumber = payee.vatNumber.map(text)
    return one
  }

  public func redacted(_ outcome: Outcome) -> Outcome {
    var one = outcome
    for index in one.statements.indices { redact(&one.statements[index]) }
    for index in one.payments.indices { one.payments[index].payer = text(one.payments[index].payer) }
    for index in one.decisions.indices {
      one.decisions[index].subject = name(one.decisions[index].subject)
      one.decisions[index].text = text(one.decisions[index].text)
    }
    for index in one.notifications.indices {
      one.notifications[index].subject = name(one.notifications[index].subject)
      one.notifications[index].text = text(one.notifications[index].text)
    }
    for index in one.obligations.indices {
      one.obligations[index].subject = name(one.obligations[index].subject)
      one.obligations[index].text = text(one.obligations[index].text)
    }
    return one
  }

  /// What of a case is shown or written out: supplies, meters, reads and logs.
  public func redacted(_ one: SettlementCase) -> SettlementCase {
    var one = one
    one.agreement.exportMPAN = one.agreement.exportMPAN.map(name)
    one.agreement.importMPAN = one.agreement.importMPAN.map(name)
    for index in one.agreement.meters.indices {
      one.agreement.meters[index].serial = name(one.agreement.meters[index].serial)
    }
    for index in one.reads.indices { redact(&one.reads[index]) }
    for index in one.logs.indices { one.logs[index].serial = name(one.logs[index].serial) }
    return one
  }

  /// A tariff may be named for the file that its prices came from, and a payer is what somebody wrote.
  private func redact(_ one: inout Statement) {
    (one.mpan, one.payer) = (name(one.mpan), text(one.payer))
    for index in one.lines.indices { one.lines[index].tariff = text(one.lines[index].tariff) }
  }

  private func redact(_ read: inout Read) {
    read.serial = name(read.serial)
    if let photo = read.photo {
      read.photo = Photo(serial: name(photo.serial), register: photo.register, value: photo.value)
    }
  }

  private func redacted(_ check: CheckResult) -> CheckResult {
    CheckResult(
      checker: check.checker, finding: check.finding, at: text(check.at), excerpt: text(check.excerpt),
      expected: text(check.expected), got: text(check.got), why: check.why.map(text))
  }
}

extension JSONText {
  /// With every text changed; keys and numbers stay.
  public func mappingTexts(_ change: (String) -> String) -> JSONText {
    switch self {
    case .null, .flag, .whole: self
    case .text(let text): .text(change(text))
    case .list(let items): .list(items.map { $0.mappingTexts(change) })
    case .object(let fields): .object(fields.map { ($0.0, $0.1.mappingTexts(change)) })
    }
  }

  /// A document that was read, as it would be written again.
  public init(_ node: Node) {
    switch node.content {
    case .scalar(let text) where node.style == .quoted: self = .text(text)
    case .scalar("true"): self = .flag(true)
    case .scalar("false"): self = .flag(false)
    case .scalar(let text): self = Int64(text).map { .whole($0) } ?? .null
    case .list(let items): self = .list(items.map(JSONText.init))
    case .map(let entries): self = .object(entries.map { ($0.key, JSONText($0.value)) })
    }
  }
}
