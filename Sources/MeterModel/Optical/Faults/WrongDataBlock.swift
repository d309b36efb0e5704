// PR-10. A data message whose text is plausible and whose block check is not: a reader that does not check
// takes it. With it the other ways in which a message can be less than it should be.

internal import Units
internal import Wire

/// A data message with something wrong.
struct WrongDataBlock {
  static let declaration = FaultDeclaration(
    id: "PR-10", title: "Data block with a wrong check, or not whole", layer: .protocolAnswer,
    symptoms: "block check errors and repeats; wrong numbers at a reader that does not check",
    parameters: [
      .init(
        name: "kind",
        meaning:
          "check: the block check is one bit off; digit: the first digit in brackets differs from what "
          + "was checked; cut: nothing comes after so many bytes; no-end: `!` is left out; break: the meter "
          + "signs off after so many bytes",
        kind: .choice(["check", "digit", "cut", "no-end", "break"], default: "check")),
      .init(
        name: "messages", meaning: "messages that it befalls from its beginning on; 0 for all",
        kind: .whole(unit: "messages", range: 0...1000, default: 0)),
      .init(
        name: "after", meaning: "cut and break: bytes of the message that still come",
        kind: .whole(unit: "bytes", range: 1...100_000, default: 20)),
    ],
    caughtBy: ["R-READ-01"])

  private let values: FaultValues

  init(_ values: FaultValues) { self.values = values }

  /// Puts it into a meter's messages.
  func arm(_ defects: inout ModeCDefects) {
    let after = Int(values.whole("after"))
    defects.message =
      switch values.choice("kind") {
      case "digit": .digit
      case "cut": .cut(after: after)
      case "no-end": .noEnd
      case "break": .signOff(after: after)
      default: .check
      }
    let count = Int(values.whole("messages"))
    defects.messages = count == 0 ? nil : count
  }

  static func disarm(_ defects: inout ModeCDefects) { (defects.message, defects.messages) = (nil, nil) }
}
