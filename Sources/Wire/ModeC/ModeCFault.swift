// What can be wrong with a message of IEC 62056-21, told apart so that a reader can say it to people.

/// Why bytes make no message.
public enum ModeCFault: Error, Hashable, Sendable {
  /// The block check character is wrong.
  case check(expected: UInt8, received: UInt8)
  /// More came than any message has.
  case tooLong(bytes: Int)
  /// A line that begins with `/` and is no identification.
  case identification
  /// A command without letter and digit, or with something else where its data set should be.
  case command
  /// Brackets that do not pair, or a character that no data block has; `at` counts bytes from the start.
  case grammar(at: Int)
  /// A message began and stopped.
  case cutShort(received: Int)
}
