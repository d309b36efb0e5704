// PR-10 in data messages (`DataNotWhole`): one whose text is plausible and whose block check is not: a reader
// that does not check takes it. With it the other ways in which a message can be less than it should be.

internal import Units
internal import Wire

/// A data message with something wrong.
struct WrongDataBlock {
  static let declaration = DataNotWhole.declaration

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
