// What `backspin settle --store` says: what was taken in, what is new, what a look at the store found.

internal import Report
internal import Runner
internal import Settlement
internal import SettlementStore
internal import Units

enum StoreText {
  // MARK: Taken in

  static func text(_ taken: [Taken], file: String) -> String {
    taken.map { "\(file): \(text($0))\n" }.joined()
  }

  private static func text(_ one: Taken) -> String {
    guard one.hasNews else { return "all of it was there already, for \(one.agreement)" }
    var parts: [String] = []
    if one.isNewAgreement { parts.append("a new agreement") }
    if one.isNewVersion { parts.append("new terms") }
    let counts = [
      (one.reads.new, "read"), (one.logs.new, "log"), (one.events.new, "event"), (one.halfHours, "half-hour"),
      (one.settlements.new, "planned settlement"),
    ]
    for (number, what) in counts where number > 0 { parts.append(count(number, what)) }
    let known = one.reads.known + one.logs.known + one.events.known
    if known > 0 { parts.append("\(known) there already") }
    if one.late > 0 {
      parts.append("\(one.late) received by a settlement that is done, and known from now on")
    }
    return parts.joined(separator: ", ") + ", for \(one.agreement)"
  }

  private static func json(_ one: Taken) -> JSONText {
    func count(_ count: Taken.Count) -> JSONText {
      .object([("new", .whole(Int64(count.new))), ("known", .whole(Int64(count.known)))])
    }
    return .object([
      ("agreement", .text(one.agreement)), ("newAgreement", .flag(one.isNewAgreement)),
      ("newTerms", .flag(one.isNewVersion)), ("reads", count(one.reads)), ("logs", count(one.logs)),
      ("halfHours", .whole(Int64(one.halfHours))), ("events", count(one.events)),
      ("settlements", count(one.settlements)), ("late", .whole(Int64(one.late))),
    ])
  }

  // MARK: Settled

  static func text(_ one: SettledAgreement, _ places: FactPlaces?) -> String {
    let through = one.through.map { "\($0)" } ?? "-"
    guard one.hasRun else {
      return one.through == nil
        ? "\(one.agreement): nothing is due\n"
        : "\(one.agreement): nothing new; it is settled through \(through), and all of it comes out again\n"
    }
    let settled = one.settled.map { "\($0)" }.joined(separator: ", ")
    var text = "\(one.agreement): "
    text += settled.isEmpty ? "looked at \(through); no settlement is due\n" : "settled at \(settled)\n"
    for statement in one.new.statements {
      for line in "\(statement)".split(separator: "\n") { text += "  \(line)\n" }
    }
    for decision in one.new.decisions {
      text +=
        "  \(decision.at) \(decision.code.rawValue) \(decision.rule) \(decision.severity.rawValue), "
        + "\(decision.subject): \(decision.text)\(cited(decision.reads, places))\n"
    }
    for payment in one.new.payments { text += "  payment \(payment)\n" }
    return text
  }

  /// The places that a decision rests on: "(may.csv line 3, 4, june.csv line 7)".
  private static func cited(_ reads: [Cause], _ places: FactPlaces?) -> String {
    var cited = ""
    var last: String?
    for cause in reads.prefix(6) {
      guard let place = places?[cause], let file = place.file, place.cause != .none else { continue }
      if !cited.isEmpty { cited += ", " }
      if file != last { cited += "\(file) \(place.numbers == .lines ? "line" : "entry") " }
      cited += "\(place.cause.number)"
      last = file
    }
    guard !cited.isEmpty else { return "" }
    return " (\(cited)\(reads.count > 6 ? " …" : ""))"
  }

  static func json(_ taken: [Taken], _ progress: [SettledAgreement]) -> JSONText {
    .object([
      ("taken", .list(taken.map(json))),
      (
        "agreements",
        .list(
          progress.map { one in
            var fields: [(String, JSONText)] = [
              ("agreement", .text(one.agreement)), ("settled", .list(one.settled.map { .text("\($0)") })),
              ("through", one.through.map { .text("\($0)") } ?? .null),
            ]
            if case .object(let new) = TargetJSON.write(one.new) { fields += new }
            return .object(fields)
          })
      ),
    ])
  }

  // MARK: Looked at

  static func text(_ replay: Replay) -> String {
    "\(count(replay.agreements, "agreement")) and \(count(replay.settlements, "settlement")) replayed: "
      + "the same \(replay.lines) lines, SHA-256 \(replay.digest)\n"
  }

  private static func count(_ number: Int, _ what: String) -> String {
    "\(number) \(what)\(number == 1 ? "" : "s")"
  }

  static func json(_ replay: Replay) -> JSONText {
    .object([
      ("agreements", .whole(Int64(replay.agreements))), ("settlements", .whole(Int64(replay.settlements))),
      ("lines", .whole(Int64(replay.lines))), ("sha256", .text(replay.digest)),
    ])
  }

  static func text(_ findings: [String], path: String) -> String {
    findings.isEmpty ? "\(path): sound\n" : findings.map { "\(path): \($0)\n" }.joined()
  }

  static func json(_ findings: [String]) -> JSONText {
    .object([("findings", .list(findings.map { .text($0) }))])
  }
}
