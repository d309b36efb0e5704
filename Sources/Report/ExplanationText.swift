// Why this amount? A statement walked back, line by line, to decisions, reads, frames, registers and true
// half-hours: from pence to electrons. It needs nothing but the journal of a finished run.

public import Timeline
internal import Units

/// Explains a recorded story.
public struct ExplanationText {
  private let journal: Journal
  /// How many causes of one kind are shown before the rest is counted; nil for all.
  private let most: Int?

  public init(_ journal: Journal, most: Int? = 3) { (self.journal, self.most) = (journal, most) }

  /// All statements, then the first divergence. `number` picks one statement, from 1.
  public func statements(_ number: Int? = nil) -> String {
    var out = ""
    let statements = numbered(.statement)
    for (index, cause) in statements.enumerated() where number == nil || number == index + 1 {
      guard let entry = journal[cause] else { continue }
      out += "statement \(index + 1): \(Pence(entry.value)) to \(entry.at), MPAN \(subject(entry)), \(text(entry))\n"
      for line in expanded(entry.first) { out += statementLine(line) }
    }
    if statements.isEmpty { out += "nobody settled: there is no statement\n" }
    return out + divergence
  }

  /// Every decision with the code, and what it rests on.
  public func decisions(_ code: String) -> String {
    var out = ""
    for cause in numbered(.decision) {
      guard let entry = journal[cause], text(entry).hasPrefix(code) else { continue }
      out += "\(number(cause)) \(entry.at) \(subject(entry)) \(text(entry))\n"
      out += reasons(entry.first, indent: 1)
    }
    return out.isEmpty ? "no decision \(code)\n" : out
  }

  private func statementLine(_ cause: Cause) -> String {
    guard let entry = journal[cause] else { return "" }
    return "  \(number(cause)) line under \(subject(entry)): \(text(entry))\n" + reasons(entry.first, indent: 2)
  }

  /// The causes of something, the many of them cut to a few, each walked on to the electrons.
  private func reasons(_ cause: Cause, indent: Int) -> String {
    let causes = expanded(cause)
    var out = ""
    let shown = most.map { min($0, causes.count) } ?? causes.count
    // The first ones and the last: a register advance has its opening and its closing read.
    let picked = causes.count > shown ? Array(causes.prefix(max(shown - 1, 1))) + [causes[causes.count - 1]] : causes
    for (index, one) in picked.enumerated() {
      if causes.count > picked.count, index == picked.count - 1 {
        out += pad(indent) + "… and \(causes.count - picked.count) more (--all shows them)\n"
      }
      out += chain(one, indent: indent)
    }
    return out
  }

  private func chain(_ cause: Cause, indent: Int) -> String {
    guard let entry = journal[cause] else { return "" }
    var out = pad(indent) + "← \(number(cause)) \(sentence(entry))\n"
    for next in [entry.first, entry.second] where next != .none {
      for one in expanded(next).prefix(most ?? .max) { out += chain(one, indent: indent + 1) }
    }
    return out
  }

  private func sentence(_ entry: JournalEntry) -> String {
    let who = subject(entry)
    switch entry.kind {
    case .read: return "read of \(who) received \(entry.at): \(WattHours(entry.value))"
    case .answerBytes: return "answer on \(who) at \(entry.at): \(hex(entry))"
    case .requestBytes: return "request on \(who) at \(entry.at): \(hex(entry))"
    case .registerSeen: return "register of \(who) at \(entry.at): \(WattHours(entry.value))"
    case .loggedHalfHour: return "half-hour logged by \(who), stamped \(entry.at): \(WattHours(entry.value))"
    case .trueHalfHour: return "true export of the half-hour to \(entry.at): \(WattHours(entry.value))"
    case .wanMessage: return "WAN message for \(who) at \(entry.at): \(text(entry))"
    case .readFailed: return "read of \(who) failed at \(entry.at): \(text(entry))"
    case .frameRefused: return "frame refused on \(who) at \(entry.at): \(text(entry))"
    case .halfHour: return "half-hour from \(entry.at): \(WattHours(entry.value))"
    case .faultEdge: return "fault \(who) \(entry.value == 1 ? "begins" : "ends") at \(entry.at)"
    case .command, .decision, .statementLine, .statement, .joining, .note:
      return "\(who) at \(entry.at): \(text(entry))"
    }
  }

  private var divergence: String {
    for cause in numbered(.note) {
      guard let entry = journal[cause], subject(entry) == "first divergence" else { continue }
      return "first divergence: \(entry.at) \(text(entry))\n" + reasons(entry.first, indent: 1) + faults(by: entry.at)
    }
    return "first divergence: none; truth, meter, line, reader and core agree within their resolution\n"
  }

  /// The faults that were at work by then.
  private func faults(by instant: Instant) -> String {
    var out = ""
    for cause in numbered(.faultEdge) {
      guard let entry = journal[cause], entry.value == 1, entry.at <= instant else { continue }
      out += "  at work: \(sentence(entry))\n"
    }
    return out
  }

  /// A joining entry stands for the causes it joins, in order.
  private func expanded(_ cause: Cause) -> [Cause] {
    var waiting = [cause]
    var out: [Cause] = []
    while let next = waiting.popLast() {
      guard let entry = journal[next] else { continue }
      if entry.kind == .joining { waiting += [entry.second, entry.first] } else { out.append(next) }
    }
    return out
  }

  private func numbered(_ kind: EntryKind) -> [Cause] {
    var out: [Cause] = []
    for (index, entry) in journal.entries.enumerated() where entry.kind == kind {
      out.append(Cause(number: UInt32(index + 1)))
    }
    return out
  }

  private func subject(_ entry: JournalEntry) -> String { journal.subjects[Int(entry.subject)] }

  private func text(_ entry: JournalEntry) -> String { String(decoding: journal.bytes(of: entry), as: UTF8.self) }

  private func hex(_ entry: JournalEntry) -> String {
    journal.bytes(of: entry).map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }
      .joined(separator: " ")
  }

  private func number(_ cause: Cause) -> String { "#\(cause.number)" }

  private func pad(_ indent: Int) -> String { String(repeating: "  ", count: indent) }
}
