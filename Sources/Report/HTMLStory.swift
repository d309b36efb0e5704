// The card of one story.

internal import Runner
internal import Settlement
internal import Timeline
internal import Units

struct HTMLStory {
  private let story: StoryRecord

  init(_ story: StoryRecord) { self.story = story }

  var card: String {
    var out = "<section class=\"card\" id=\"\(HTMLText.escaped(story.id))\">"
    out += "<h2>\(HTMLPage.mark(story.verdict)) \(HTMLText.escaped(story.title))</h2>"
    out += HTMLText.element("p", class: "meta", meta)
    if let remark = story.remark { out += HTMLText.element("p", class: "remark", remark) }
    out +=
      way + checks + HTMLPlots(story).html + HTMLMoney(story).html + meters + reads + HTMLPhotos(story).html
    return out + "</section>"
  }

  private var meta: String {
    var parts = [story.id, "\(story.from) – \(story.until)"]
    if !story.because.isEmpty { parts.append(story.because.joined(separator: ", ")) }
    parts.append("journal \(String(story.journal.digest, radix: 16)), \(story.journal.entries.count) entries")
    if story.bytesThroughDescriptors > 0 {
      parts.append("\(story.bytesThroughDescriptors) bytes through descriptors")
    }
    return parts.joined(separator: " · ")
  }

  /// From electrons to pence: what each layer held at the end, and where the first of them parted from the
  /// truth.
  private var way: String {
    let beliefs = story.beliefs
    guard !beliefs.export.truth.isEmpty, beliefs.export.isCounted || !story.outcome.statements.isEmpty else {
      return ""
    }
    func last(_ layer: Layer) -> String? {
      beliefs.others.last { $0.layer == layer }.map { "\($0.believed)" }
    }
    let rows = story.evidence.logs.filter { $0.register == .export }.reduce(0) { $0 + $1.entries.count }
    let read = last(.reader) ?? (rows > 0 ? "\(rows) half-hours" : nil)
    let counted = beliefs.export.counted.last.flatMap { $0 }.map { "\($0)" }
    var steps: [(name: String, value: String, layer: Layer?)] = [
      ("true export", beliefs.export.truth.last.map { "\($0)" } ?? "–", nil),
      ("meter counts", counted ?? "no export register", .meter),
    ]
    if let sent = last(.line) { steps.append(("meter says", sent, .line)) }
    steps.append(("head-end reads", read ?? "nothing", .reader))
    if let accepted = last(.core) {
      steps.append(("core accepts", accepted, .core))
      steps.append(("paid", "\(story.money.paid)", nil))
    }
    let boxes = steps.map { step in
      let parted = story.divergence.flatMap { $0.layer == step.layer ? $0 : nil }
      let note = parted.map {
        HTMLText.element("i", "parts first at \($0.at): \($0.believed) where \($0.truth) is true")
      }
      return "<div class=\"step\(parted == nil ? "" : " parted")\">\(HTMLText.element("span", step.name))"
        + "\(HTMLText.element("b", step.value))\(note ?? "")</div>"
    }
    return "<div class=\"way\">\(boxes.joined())</div>"
  }

  private var checks: String {
    let rows = story.checks.map { check in
      let sign = check.finding == .met ? "✓" : check.finding == .vacuous ? "∅" : "✗"
      let head = HTMLText.row(
        [.word("\(sign) \(check.checker)"), .text(check.expected), .text(check.got)],
        class: check.finding.rawValue)
      guard check.finding != .met else { return head }
      let notes = [check.excerpt.isEmpty ? check.at : "\(check.at): \(check.excerpt)"] + check.why
      return head + notes.map { HTMLText.row(["", .text($0), ""], class: "why") }.joined()
    }
    guard !rows.isEmpty else { return "" }
    return HTMLText.table(["check", "expected", "got"], rows, class: "checks")
  }

  private var meters: String {
    let rows = story.meters.map { meter in
      let dials = meter.dials.map { "\($0.role.rawValue) \($0.value)" }.joined(separator: ", ")
      let place = meter.isRetired ? "\(meter.name) (taken away)" : meter.name
      return HTMLText.row([.word(place), .word(meter.serial), .text(meter.title), .text(dials)])
    }
    guard !rows.isEmpty else { return "" }
    return HTMLText.folded(
      "\(story.meters.count) \(story.meters.count == 1 ? "meter" : "meters")",
      HTMLText.table(["meter", "serial", "make", "shows at the end"], rows))
  }

  /// More rows than these are in the run's JSON, not on a page for people.
  private static let mostRows = 120

  private var reads: String {
    let reads = story.evidence.reads
    let failures = story.evidence.failures
    guard !reads.isEmpty || !failures.isEmpty else { return "" }
    let rows = reads.prefix(Self.mostRows).map { read in
      HTMLText.row([
        .word("\(read.at)"), .word(read.serial), .word(read.register.rawValue), .number("\(read.value)"),
        .word(read.source.rawValue + (read.photo == nil ? "" : ", photo")), .word("\(read.received)"),
        .number("#\(read.cause.number)"),
      ])
    }
    let failed = failures.prefix(Self.mostRows).map { failure in
      HTMLText.row(
        [
          .word("\(failure.at)"), .word(failure.meter), .text(failure.reason), "", "", "",
          .number("#\(failure.cause.number)"),
        ], class: "unmet")
    }
    let cut = max(reads.count, failures.count) > Self.mostRows ? "; the first \(Self.mostRows) of each" : ""
    return HTMLText.folded(
      "\(reads.count) reads, \(failures.count) failed\(cut)",
      HTMLText.table(
        ["at", "meter", "register", .number("value"), "by", "received", .number("entry")], rows + failed))
  }
}
