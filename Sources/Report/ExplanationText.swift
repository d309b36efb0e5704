// Why this amount? A statement walked back, line by line, to decisions, reads, frames, registers and true
// half-hours: from pence to electrons. It needs nothing but the journal of a finished run.

public import Timeline
internal import Units

/// Explains a recorded story.
public struct ExplanationText {
  private let journal: Journal
  private let words: JournalWords
  /// How many causes of one thing are shown before the rest is counted; nil for all.
  private let most: Int?

  public init(_ journal: Journal, most: Int? = 3) {
    (self.journal, self.most) = (journal, most)
    words = JournalWords(journal: journal)
  }

  /// What came out, all statements (or one by its number, from 1), what was not met, and the first
  /// divergence.
  public func statements(_ number: Int? = nil) -> String {
    let statements = words.all(.statement)
    var told: Set<Cause> = []
    var out = ""
    for (_, entry) in notes("money") { out += "\(words.text(entry))\n" }
    for (index, (_, entry)) in statements.enumerated() where number == nil || number == index + 1 {
      out += "statement \(index + 1): \(Pence(entry.value)) to \(entry.at), "
      out += "MPAN \(words.subject(entry)), \(words.text(entry))\n"
      for line in words.expanded(entry.first) { out += statementLine(line, &told) }
    }
    if statements.isEmpty {
      out += "nobody settled: there is no statement\n"
    } else if let number, !statements.indices.contains(number - 1) {
      out += "there are \(statements.count) statements, and no statement \(number)\n"
    }
    for (_, entry) in notes("unmet") { out += "unmet: \(words.text(entry))\n" }
    return out + divergence(&told)
  }

  /// Every decision with the code, and what it rests on.
  public func decisions(_ code: String) -> String {
    var told: Set<Cause> = []
    var out = ""
    for (cause, entry) in words.all(.decision) {
      let text = words.text(entry)
      guard text.prefix(while: { $0 != " " }) == code else { continue }
      out += "#\(cause.number) \(entry.at) \(words.subject(entry)) \(text)\n"
      out += reasons(entry.first, indent: 1, &told)
    }
    return out.isEmpty ? "no decision \(code)\n" : out
  }

  private func statementLine(_ cause: Cause, _ told: inout Set<Cause>) -> String {
    guard let entry = journal[cause] else { return "" }
    return "  #\(cause.number) line under \(words.subject(entry)): \(words.text(entry))\n"
      + reasons(entry.first, indent: 2, &told)
  }

  /// The causes of something, the many of them cut to a few, each walked on to the electrons. The first ones
  /// and the last are shown: an advance has its opening and its closing read.
  private func reasons(_ cause: Cause, indent: Int, _ told: inout Set<Cause>) -> String {
    let causes = words.expanded(cause)
    let shown = max(most ?? causes.count, 2)
    guard causes.count > shown else {
      return causes.map { chain($0, indent: indent, &told) }.joined()
    }
    let head = causes.prefix(shown - 1).map { chain($0, indent: indent, &told) }.joined()
    return head + pad(indent) + "… \(causes.count - shown) more (--all shows them)\n"
      + chain(causes[causes.count - 1], indent: indent, &told)
  }

  /// An entry and all that caused it. What was told before is only named again.
  private func chain(_ cause: Cause, indent: Int, _ told: inout Set<Cause>) -> String {
    guard let entry = journal[cause] else { return "" }
    let causes = words.expanded(entry.first) + words.expanded(entry.second)
    let isNew = told.insert(cause).inserted
    let again = isNew || causes.isEmpty ? "" : " (as above)"
    var out = pad(indent) + "← #\(cause.number) \(words.sentence(entry))\(again)\n"
    guard isNew else { return out }
    for next in causes.prefix(most.map { $0 * 2 } ?? .max) { out += chain(next, indent: indent + 1, &told) }
    return out
  }

  private func divergence(_ told: inout Set<Cause>) -> String {
    guard let (_, entry) = notes("first divergence").first else {
      return "first divergence: none; truth, meter, line, reader and core agree within their resolution\n"
    }
    return "first divergence: \(entry.at) \(words.text(entry))\n" + reasons(entry.first, indent: 1, &told)
      + faults(by: entry.at)
  }

  /// The faults that had begun by then, and those of them that had ended.
  private func faults(by instant: Instant) -> String {
    let edges = words.all(.faultEdge).filter { $0.entry.at <= instant }
    return edges.filter { $0.entry.value == 1 }.map { cause, entry in
      let end = edges.first { $0.entry.value == 0 && $0.entry.first == cause }
      let until = end.map { ", until \($0.entry.at)" } ?? ", still at work"
      return "  fault: \(words.subject(entry)) since \(entry.at)\(until)\n"
    }.joined()
  }

  private func notes(_ subject: String) -> [(cause: Cause, entry: JournalEntry)] {
    words.all(.note).filter { words.subject($0.entry) == subject }
  }

  private func pad(_ indent: Int) -> String { String(repeating: "  ", count: indent) }
}
