// What is wrong with a text that should be a quantity, and where in it.

/// A text that is no such quantity. The offending part can be underlined.
public struct UnitsError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The whole text, as given.
  public var text: String
  /// The offending part, in characters from the start of `text`; empty at the end where something is missing.
  public var offending: Range<Int>
  /// What is wrong, and what would be right.
  public var message: String
  /// The reason code of the rule that was broken, where one names it (`MPAN_BAD_CHECK`, `TAR_UNIT`).
  public var code: String?

  public init(text: String, offending: Range<Int>, message: String, code: String? = nil) {
    (self.text, self.offending, self.message, self.code) = (text, offending, message, code)
  }

  /// The message, then the text with the offending part underlined.
  public var description: String {
    let pad = String(repeating: " ", count: offending.lowerBound)
    return "\(message)\n  | \(text)\n  | \(pad)\(String(repeating: "^", count: max(offending.count, 1)))"
  }
}
