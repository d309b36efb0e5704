// Entries of a journal in words for people.

internal import Timeline
internal import Units

/// Reads entries of one journal.
struct JournalWords {
  let journal: Journal

  func subject(_ entry: JournalEntry) -> String { journal.subjects[Int(entry.subject)] }

  func text(_ entry: JournalEntry) -> String {
    String(decoding: journal.bytes(of: entry), as: UTF8.self)
  }

  /// What happened, in one sentence.
  func sentence(_ entry: JournalEntry) -> String {
    let (who, when) = (subject(entry), entry.at)
    switch entry.kind {
    case .command: return "row \(entry.value + 1) of the timeline at \(when): \(text(entry))"
    case .faultEdge: return "\(who) \(entry.value == 1 ? "begins" : "ends") at \(when)"
    case .trueHalfHour: return "true export of the half-hour to \(when): \(WattHours(entry.value))"
    case .loggedHalfHour: return "half-hour of \(who) to \(when), as logged: \(WattHours(entry.value))"
    case .registerSeen: return "register of \(who) at \(when): \(WattHours(entry.value))"
    case .requestBytes: return "request on \(who) at \(when): \(hex(entry))"
    case .answerBytes: return "answer on \(who) at \(when): \(hex(entry))"
    case .frameRefused: return "frame refused on \(who) at \(when): \(text(entry))"
    case .wanMessage: return "WAN of \(who) at \(when): \(text(entry))"
    case .read: return "read of \(who) received at \(when): \(WattHours(entry.value))"
    case .readFailed: return "read of \(who) failed at \(when): \(text(entry))"
    case .halfHour: return "half-hour of \(who) to \(when), brought home: \(WattHours(entry.value))"
    case .given where entry.bytesCount == 0:
      return "given for \(who) at \(when): \(WattHours(entry.value))"
    case .given, .decision, .statementLine, .statement, .joining, .note:
      return "\(who) at \(when): \(text(entry))"
    }
  }

  /// All entries of a kind, in order.
  func all(_ kind: EntryKind) -> [(cause: Cause, entry: JournalEntry)] {
    journal.entries.enumerated().compactMap { index, entry in
      entry.kind == kind ? (Cause(number: UInt32(index + 1)), entry) : nil
    }
  }

  /// A joining entry stands for the causes that it joins, in order.
  func expanded(_ cause: Cause) -> [Cause] {
    var waiting = [cause]
    var out: [Cause] = []
    while let next = waiting.popLast() {
      guard let entry = journal[next] else { continue }
      if entry.kind == .joining { waiting += [entry.second, entry.first] } else { out.append(next) }
    }
    return out
  }

  private func hex(_ entry: JournalEntry) -> String {
    journal.bytes(of: entry).map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }
      .joined(separator: " ")
  }
}
