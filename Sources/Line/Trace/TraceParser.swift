// Reads the file form of a trace. It takes what `Trace.description` writes and what people make of that by
// hand; everything else is an error with its place. A last line without its end was cut off while it was
// written: it is left out, and the trace says so.

internal import Units

extension Trace {
  /// Reads a file.
  public init(parsing text: [UInt8]) throws(TraceError) {
    var parser = TraceParser(text)
    self = try parser.trace()
  }
}

private struct TraceParser {
  private let text: [UInt8]
  private var at = 0
  private var number = 0
  private var head: [String: String] = [:]
  private var marks: [TraceMark] = []
  private var events: [TraceEvent] = []
  /// A chunk whose last line ended with a backslash.
  private var open: (event: TimeSpan, direction: LineDirection, bytes: [UInt8])?
  private var isCut = false

  init(_ text: [UInt8]) { self.text = text }

  mutating func trace() throws(TraceError) -> Trace {
    try readMagic()
    while let line = nextLine() {
      if line.isBlank { break }
      try readHead(line)
    }
    let origin = try value("origin", "2026-05-01T10:00Z") { try? Instant(parsing: $0) }
    let line = try value("line", "9600 8N1, or stream") { text -> SerialSettings?? in
      text == TraceText.stream ? .some(nil) : SerialSettings(parsing: text).map { .some($0) }
    }
    let known = TraceTongue.allCases.map(\.rawValue).joined(separator: ", ")
    let tongue = try value("protocol", known) { TraceTongue(rawValue: $0) }
    while let line = nextLine() { try readEvent(line) }
    // The rest of a chunk never came.
    if open != nil { isCut = true }
    var trace = Trace(origin: origin, line: line, tongue: tongue, marks: marks, events: events)
    trace.isCut = isCut
    return trace
  }

  /// The next whole line; nil at the end.
  private mutating func nextLine() -> TraceLine? {
    guard at < text.count else { return nil }
    guard let end = text[at...].firstIndex(of: 0x0A) else {
      (isCut, at) = (true, text.count)
      return nil
    }
    defer { at = end + 1 }
    number += 1
    let last = end > at && text[end - 1] == 0x0D ? end - 1 : end
    return TraceLine(Array(text[at..<last]), number)
  }

  private mutating func readMagic() throws(TraceError) {
    let wanted = "\(TraceText.magic) \(Trace.version)"
    guard var line = nextLine(), line.word() == TraceText.magic else {
      throw TraceError(.noTrace, line: 1, column: 1, "not a trace: its first line would be '\(wanted)'")
    }
    guard line.word() == "\(Trace.version)", line.isAtEnd else {
      throw line.error(.version, "this program knows version \(Trace.version) of traces")
    }
  }

  private mutating func readHead(_ line: TraceLine) throws(TraceError) {
    var line = line
    let word = line.word()
    guard word.last == ":", word.count > 1 else {
      throw line.error(.head, "a line of the head is written 'key: value'; an empty line ends the head")
    }
    let key = String(word.dropLast())
    guard head[key] == nil else { throw line.error(.head, "'\(key)' stands twice") }
    head[key] = line.rest
    if !["origin", "line", "protocol"].contains(key) { marks.append(TraceMark(key, line.rest)) }
  }

  private func value<Value>(_ key: String, _ form: String, _ parse: (String) -> Value?) throws(TraceError)
    -> Value
  {
    guard let text = head[key] else {
      throw TraceError(.head, line: max(number, 1), column: 1, "the head has no '\(key)': \(form)")
    }
    guard let value = parse(text) else {
      throw TraceError(.head, line: number, column: 1, "'\(key)' of the head cannot be '\(text)': \(form)")
    }
    return value
  }

  private mutating func readEvent(_ line: TraceLine) throws(TraceError) {
    var line = line
    if line.isBlank || line.isComment { return }
    if let chunk = open {
      guard line.word() == "+" else { throw line.error(.bytes, "the chunk above goes on here, after a '+'") }
      let (more, goesOn) = try line.bytes()
      return keep(chunk.event, chunk.direction, chunk.bytes + more, goesOn: goesOn)
    }
    let at = try line.time()
    if let last = events.last?.at, at < last {
      throw line.error(.time, "time goes back: the event above is at \(TraceText.time(last))")
    }
    let word = line.word()
    switch word {
    case ">", "<":
      let (bytes, goesOn) = try line.bytes()
      keep(at, word == ">" ? .request : .answer, bytes, goesOn: goesOn)
    case TraceText.note:
      guard !line.rest.isEmpty else { throw line.error(.word, "a note says nothing") }
      events.append(TraceEvent(at: at, .note(line.rest)))
    default:
      guard let end = TraceEvent.End(rawValue: word) else {
        throw line.error(.word, "'\(word)' is no event: >, <, reader, meter or note")
      }
      guard let settings = SerialSettings(parsing: line.rest) else {
        throw line.error(.settings, "'\(line.rest)' is no setting of a serial line: write 9600 8N1")
      }
      events.append(TraceEvent(at: at, .settings(end, settings)))
    }
  }

  private mutating func keep(
    _ at: TimeSpan, _ direction: LineDirection, _ bytes: [UInt8], goesOn: Bool
  ) {
    open = goesOn ? (at, direction, bytes) : nil
    if !goesOn { events.append(TraceEvent(at: at, .bytes(direction, bytes))) }
  }
}
