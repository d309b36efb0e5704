// A journal with its words changed: names masked before it leaves the house. Entries, instants, values and
// causes stay; so do bytes that are no words, such as frames.

extension Journal {
  /// Kinds whose bytes are frames, not words.
  private static let frames: Set<EntryKind> = [.requestBytes, .answerBytes]

  /// The same journal with every subject and every text changed.
  public func mappingTexts(_ change: (String) -> String) -> Journal {
    var journal = Journal()
    let names = subjects.map { $0.isEmpty ? UInt16(0) : journal.subject(change($0)) }
    for entry in entries {
      let bytes = bytes(of: entry)
      let isText = !Self.frames.contains(entry.kind) && !bytes.isEmpty
      let text = isText ? String(validating: bytes, as: UTF8.self) : nil
      journal.append(
        entry.kind, at: entry.at, subject: names[Int(entry.subject)], value: entry.value,
        because: entry.first,
        and: entry.second, bytes: text.map { Array(change($0).utf8) } ?? Array(bytes))
    }
    return journal
  }
}
