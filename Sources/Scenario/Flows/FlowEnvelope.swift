// The envelope of a flow file: ZHV, records, ZPT. What comes from other hands is read as it comes: CRLF or
// LF, with or without the last line end, with fewer pipes than specified. A count that lies is told; a file
// without its end is torn, and nothing of it is taken.

internal import Units

struct FlowEnvelope {
  let file: String
  /// The sender's name of the file, and the flow with its version: `D0010002`.
  let fileID: String
  let flow: String
  let version: String
  let isTest: Bool
  let records: [FlowRecord]
  private(set) var notes: [ImportNote] = []

  init(_ text: String, file: String) throws {
    var records: [FlowRecord] = []
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      let isBlank = line.allSatisfy { $0.isWhitespace || $0 == "\u{FEFF}" || $0 == "\u{1A}" }
      let line = index == 0 && line.first == "\u{FEFF}" ? line.dropFirst() : line
      if !isBlank { records.append(FlowRecord(line, file: file, line: index + 1)) }
    }
    guard let head = records.first, head.kind == "ZHV" else {
      throw Diagnostic(
        code: "BS-FLOW-01", at: Position(file: file, line: records.first?.line ?? 1, column: 1),
        message: "a flow file begins with a header: ZHV|file id|flow|…",
        help: "is this another kind of file?",
        excerpt: records.first.flatMap { $0.text.count > 400 ? nil : $0.text })
    }
    let name = try head.needed(2, "the flow and its version").uppercased()
    guard name.utf8.count >= 5, name.first == "D", name.dropFirst().allSatisfy({ $0.isASCII && $0.isNumber })
    else {
      throw head.fault("BS-FLOW-02", 2, "'\(name)' is no flow with its version", help: "as D0010002")
    }
    self.file = file
    fileID = try head.needed(1, "the file id")
    (flow, version) = (String(name.prefix(5)), String(name.dropFirst(5)))
    let purpose = head[11].uppercased()
    isTest = !purpose.isEmpty && purpose != "OPER"
    self.records = try Self.body(records, id: fileID)
    if isTest {
      notes.append(ImportNote(.testFile, "\(shortName) is no live file: its test flag is \(head[11])"))
    }
    count(records)
  }

  private var shortName: String { file.split(separator: "/").last.map(String.init) ?? file }

  /// What stands between header and footer.
  private static func body(_ records: [FlowRecord], id: String) throws -> [FlowRecord] {
    guard let last = records.last, records.count > 1, last.kind == "ZPT" else {
      let last = records[records.count - 1]
      throw Diagnostic(
        code: "BS-FLOW-09", at: Position(file: last.file, line: last.line, column: 1),
        message: "the file ends here without its ZPT: it is torn, and nothing of it is taken",
        help: "get the whole file", excerpt: last.text.count > 400 ? nil : last.text)
    }
    let inner = Array(records.dropFirst().dropLast())
    if let odd = inner.first(where: { $0.kind == "ZHV" || $0.kind == "ZPT" }) {
      throw odd.fault(
        "BS-FLOW-09", 0, "a second envelope begins or ends inside the file", help: "split it into its files")
    }
    if !last[1].isEmpty, last[1] != id {
      throw last.fault("BS-FLOW-09", 1, "the end is of file \(last[1]), and the header of \(id)")
    }
    return inner
  }

  /// ZPT says how many records there are; some lie (FLOW_COUNT).
  private mutating func count(_ all: [FlowRecord]) {
    guard let foot = all.last, !foot[2].isEmpty else { return }
    guard Int(foot[2]) != records.count else { return }
    notes.append(
      ImportNote(
        .flowCount,
        "\(shortName) has \(ImportNote.count(records.count, "record", ("between", "between"))) its ends, and its ZPT "
          + "says \(foot[2]): all are read"))
  }
}
