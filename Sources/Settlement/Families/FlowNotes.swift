// What was odd about files that brought the data: a count that lies, a file that came twice, a day of the
// wrong length. Nothing of it moves money; it is told, because it explains why something is missing or is not
// doubled (rule book, section 15; R-READ-11, R-VAL-08). A finding weighs what its
// code does: a file that lies is an error of whoever sent it, and still holds nothing by itself.

public import Units

extension Ledger {
  func judgeFlows(at now: Instant) {
    for event in known(.flowNoted) {
      guard let code = event.facts.text(.code).flatMap(ReasonCode.init(rawValue:)),
        let rule = Self.flowRules[code], let file = event.facts.text(.flowFile)
      else { continue }
      log.note(
        code, rule, at: event.received, file, reads: [event.cause],
        event.facts.text(.flowText) ?? "\(file): \(code.meaning)")
    }
  }

  /// What each finding rests on. Section 15 has no rule ids of its own.
  static let flowRules: [ReasonCode: Rule] = [
    .flowCount: .val08, .flowDuplicate: .read11, .valPeriodCount: .val08,
  ]
}

extension EventName {
  public static let flowNoted = EventName("flow-noted")
}

extension FactKey {
  public static let flowFile = FactKey("file")
  public static let flowText = FactKey("text")
}

extension EventDeclaration {
  static let flowEvents: [EventDeclaration] = [
    EventDeclaration(
      .flowNoted, "something was odd about a file of data", [.read11, .val08],
      [
        FactDeclaration(
          .code, .word(Ledger.flowRules.keys.map(\.rawValue).sorted()), needed: true, "what was odd"),
        FactDeclaration(.flowFile, .text, needed: true, "name of the file"),
        FactDeclaration(.flowText, .text, "one sentence with the numbers"),
      ])
  ]
}

extension CaseEvent {
  /// Something was odd about a file of data.
  public static func flowNoted(
    _ code: ReasonCode, file: String, text: String, at: Instant, cause: Cause = .none
  ) -> CaseEvent {
    CaseEvent(
      .flowNoted, at: at, [.code: .text(code.rawValue), .flowFile: .text(file), .flowText: .text(text)],
      cause: cause)
  }
}
