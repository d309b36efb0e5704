// An optical head lights its own receiver: a reader may hear each byte it sent before the meter's answer
// (IEC 62056-21:2002, 4.3 allows heads that do). The echo is known by comparing what comes first with what
// was sent, and by nothing else: neither by time nor by content.

/// Takes a reader's own bytes off the front of what it hears.
struct EchoFilter {
  private let rule: EchoRule
  /// Whether the head echoes; nil while that is to be found out.
  private(set) var echoes: Bool?
  /// Sent and not yet heard back.
  private var awaited: ArraySlice<UInt8> = []
  /// Heard and so far the same as what was sent, while it is not known whether the head echoes.
  private var withheld: [UInt8] = []

  init(_ rule: EchoRule) {
    self.rule = rule
    echoes =
      switch rule {
      case .none: false
      case .strip: true
      case .auto: nil
      }
  }

  mutating func sent(_ bytes: [UInt8]) {
    withheld = []
    awaited = echoes == false ? [] : bytes[...]
  }

  /// What is left of some bytes heard.
  mutating func strip(_ heard: [UInt8]) -> [UInt8] {
    var rest = heard[...]
    while let wanted = awaited.first, let byte = rest.first {
      guard byte == wanted else {
        // No echo, or one that the line has spoilt: from here on everything is the meter's.
        awaited = []
        if echoes == nil { echoes = false }
        break
      }
      rest.removeFirst()
      awaited.removeFirst()
      if echoes == nil { withheld.append(byte) }
      if awaited.isEmpty { (echoes, withheld) = (true, []) }
    }
    guard awaited.isEmpty, !withheld.isEmpty else { return Array(rest) }
    defer { withheld = [] }
    return withheld + rest
  }
}

/// What a reader does about an echo.
public enum EchoRule: String, Hashable, Sendable, CaseIterable {
  /// Everything heard is the meter's.
  case none
  /// The head echoes: what was sent is taken off what is heard.
  case strip
  /// The first thing sent shows whether the head echoes.
  case auto
}
