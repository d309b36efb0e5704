// Telnet as far as a serial port over a network needs it (RFC 854, 855): data with every FF doubled, options
// that are asked for and agreed to, and sub-negotiations. Pure: bytes in, events out.

/// What comes out of a telnet stream, in its order.
public enum TelnetEvent: Hashable, Sendable {
  public enum Verb: UInt8, Hashable, Sendable, CaseIterable {
    case will = 251
    case wont = 252
    case `do` = 253
    case dont = 254
  }

  /// One byte for the other side of the serial line.
  case data(UInt8)
  case negotiation(Verb, option: UInt8)
  /// The bytes between IAC SB option and IAC SE.
  case subnegotiation(option: UInt8, bytes: [UInt8])
}

/// Takes a telnet stream apart. Anything is a telnet stream: what has no meaning here is passed over.
public struct TelnetDecoder: Sendable {
  static let iac: UInt8 = 255
  static let subnegotiation: UInt8 = 250
  static let end: UInt8 = 240
  /// The longest sub-negotiation whose bytes are kept; COM-PORT needs 5, a signature some more. Of a longer
  /// one the beginning is handed on.
  static let limit = 255

  private enum State: Sendable {
    case data
    case command
    case verb(TelnetEvent.Verb)
    case option
    case inside(UInt8)
    case commandInside(UInt8)
  }

  private var state = State.data
  private var held: [UInt8] = []

  public init() {}

  /// The events that are complete with these bytes.
  public mutating func feed(_ bytes: some Sequence<UInt8>) -> [TelnetEvent] {
    var events: [TelnetEvent] = []
    for byte in bytes {
      if let event = take(byte) { events.append(event) }
    }
    return events
  }

  private mutating func take(_ byte: UInt8) -> TelnetEvent? {
    switch state {
    case .data:
      if byte != Self.iac { return .data(byte) }
      state = .command
    case .command:
      return command(byte)
    case .verb(let verb):
      state = .data
      return .negotiation(verb, option: byte)
    case .option:
      (state, held) = (.inside(byte), [])
    case .inside(let option):
      if byte == Self.iac { state = .commandInside(option) } else { keep(byte) }
    case .commandInside(let option):
      return commandInside(byte, option)
    }
    return nil
  }

  private mutating func command(_ byte: UInt8) -> TelnetEvent? {
    state = .data
    if byte == Self.iac { return .data(byte) }
    if byte == Self.subnegotiation { state = .option }
    if let verb = TelnetEvent.Verb(rawValue: byte) { state = .verb(verb) }
    return nil
  }

  private mutating func commandInside(_ byte: UInt8, _ option: UInt8) -> TelnetEvent? {
    state = .inside(option)
    if byte == Self.iac { keep(byte) }
    guard byte == Self.end else { return nil }
    state = .data
    defer { held = [] }
    return .subnegotiation(option: option, bytes: held)
  }

  private mutating func keep(_ byte: UInt8) {
    if held.count < Self.limit { held.append(byte) }
  }
}

/// Puts a telnet stream together.
public enum TelnetEncoder {
  /// Data with every FF doubled.
  public static func data(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    bytes.flatMap { $0 == TelnetDecoder.iac ? [$0, $0] : [$0] }
  }

  public static func negotiation(_ verb: TelnetEvent.Verb, _ option: UInt8) -> [UInt8] {
    [TelnetDecoder.iac, verb.rawValue, option]
  }

  public static func subnegotiation(_ option: UInt8, _ bytes: [UInt8]) -> [UInt8] {
    [TelnetDecoder.iac, TelnetDecoder.subnegotiation, option] + data(bytes)
      + [TelnetDecoder.iac, TelnetDecoder.end]
  }
}
