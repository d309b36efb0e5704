// What a target answers, looked at closely: it comes from a program that nobody here has written.

internal import Scenario
internal import Settlement
internal import Units

/// Why an answer is none.
struct AnswerFault: Error {
  var message: String
  /// The target says itself that it will not settle the case: it is alive and well.
  var isRefusal = false
}

enum Answer {
  /// A greeting of our version.
  static func greeting(_ line: String) throws(AnswerFault) {
    try check {
      let node = try TargetJSON.parse(line, file: "hello")
      var fields = try Fields(node, of: "a greeting")
      _ = try Shape<String>.text.read(try fields.required("hello"))
      let version = try Shape<Int64>.whole(0...Int64.max).read(try fields.required("version"))
      try fields.finish()
      guard version == TargetJSON.version else {
        throw AnswerFault(
          message: "it speaks version \(version) of the lines, and this is version \(TargetJSON.version)")
      }
    }
  }

  /// The outcome of a case, or why there is none.
  static func outcome(_ line: String, id: String, of one: SettlementCase) throws(AnswerFault) -> Outcome {
    var outcome = Outcome()
    try check {
      let node = try TargetJSON.parse(line, file: "answer")
      var fields = try Fields(node, of: "an answer")
      let said = try Shape<String>.text.read(try fields.required("id"))
      guard said == id else {
        throw AnswerFault(message: "it answers case '\(said)', and case '\(id)' was asked")
      }
      if let error = fields.optional("error") {
        let why = try Shape<String>.text.read(error)
        throw AnswerFault(message: "it refuses the case: \(why)", isRefusal: true)
      }
      outcome = try TargetJSON.outcome(try fields.required("outcome"))
      try fields.finish()
    }
    try checkCauses(outcome, of: one)
    guard outcome.statements.count <= 10_000 else {
      throw AnswerFault(message: "\(outcome.statements.count) statements are no answer to one case")
    }
    return outcome
  }

  /// What reads of JSON and fields complain of, as one line.
  private static func check(_ body: () throws -> Void) throws(AnswerFault) {
    do {
      try body()
    } catch let fault as AnswerFault {
      throw fault
    } catch let wrong as Diagnostic {
      throw AnswerFault(message: "its answer cannot be read: \(wrong.line)")
    } catch {
      throw AnswerFault(message: "its answer cannot be read: \(error)")
    }
  }

  /// Whoever cites a read cites one that was sent: reports walk from pence to watts along these numbers.
  private static func checkCauses(_ outcome: Outcome, of one: SettlementCase) throws(AnswerFault) {
    var known: Set<Cause> = [.none]
    known.formUnion(one.reads.map(\.cause))
    known.formUnion(one.events.map(\.cause))
    for log in one.logs { known.formUnion([log.cause] + log.entries.map(\.cause)) }
    let cited = [
      outcome.statements.flatMap { $0.lines.flatMap(\.reads) }, outcome.decisions.flatMap(\.reads),
      outcome.notifications.flatMap(\.reads), outcome.halfHours.map(\.cause),
      outcome.treatments.flatMap(\.causes),
    ].joined()
    if let stray = cited.first(where: { !known.contains($0) }) {
      throw AnswerFault(message: "it cites the read \(stray.number), which was not sent")
    }
  }
}

extension Diagnostic {
  /// Without the excerpt: an answer is one long line.
  fileprivate var line: String {
    "column \(at.column): \(message)" + (help.isEmpty ? "" : "; \(help)") + " [\(code)]"
  }
}
