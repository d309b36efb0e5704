// The end of RFC 2217 that reads: it sets a port somewhere else, and hears what became of that.

/// What a client says and hears. Pure: whoever uses it waits.
public struct ComPortClient: Sendable {
  private var decoder = TelnetDecoder()
  private var expected: Set<UInt8> = []
  private var offered: Set<UInt8> = []
  private var said: [UInt8: [UInt8]] = [:]
  /// Whether the server lets its port be set: nil until it has said.
  public private(set) var isAgreed: Bool?

  public init() {}

  /// What a client says first: the port's option, and eight bits both ways.
  public mutating func opening() -> [UInt8] {
    let options = [ComPort.option, ComPort.binary, ComPort.suppressGoAhead]
    offered.formUnion(options)
    expected.formUnion([ComPort.binary, ComPort.suppressGoAhead])
    return options.flatMap { TelnetEncoder.negotiation(.will, $0) }
      + [ComPort.binary, ComPort.suppressGoAhead].flatMap { TelnetEncoder.negotiation(.do, $0) }
  }

  /// The commands that set the port so; their answers are awaited anew.
  public mutating func set(_ settings: SerialSettings) -> [UInt8] {
    Self.commands(settings).flatMap { command, value in
      said[command.rawValue] = nil
      return TelnetEncoder.subnegotiation(ComPort.option, [command.rawValue] + value)
    }
  }

  /// The commands that set DTR and RTS; nil leaves one as it is. There is no flow control.
  public func setLines(dtr: Bool?, rts: Bool?) -> [UInt8] {
    let values = [
      ComPort.noFlowControl, dtr.map { $0 ? ComPort.dtrOn : ComPort.dtrOff },
      rts.map { $0 ? ComPort.rtsOn : ComPort.rtsOff },
    ]
    return values.compactMap { $0 }.flatMap {
      TelnetEncoder.subnegotiation(ComPort.option, [ComPort.Command.control.rawValue, $0])
    }
  }

  private static func commands(_ settings: SerialSettings) -> [(ComPort.Command, [UInt8])] {
    [
      (.baud, ComPort.bytes(settings.baud)), (.dataBits, [UInt8(settings.dataBits)]),
      (.parity, [ComPort.parity(settings.parity)]), (.stopBits, [UInt8(settings.stopBits)]),
    ]
  }

  /// Whether the port stands so, by the server's answers since `set`: nil while some are outstanding.
  public func stands(as settings: SerialSettings) -> Bool? {
    var isRight = true
    for (command, value) in Self.commands(settings) {
      guard let answer = said[command.rawValue] else { return nil }
      if answer != value { isRight = false }
    }
    return isRight
  }

  /// Data of the line, and what must be sent back.
  public mutating func receive(_ bytes: some Sequence<UInt8>) -> (data: [UInt8], replies: [UInt8]) {
    var (data, replies): ([UInt8], [UInt8]) = ([], [])
    for event in decoder.feed(bytes) {
      switch event {
      case .data(let byte): data.append(byte)
      case .negotiation(let verb, let option): replies += negotiate(verb, option)
      case .subnegotiation(let option, let bytes):
        guard option == ComPort.option, let code = bytes.first, code >= ComPort.answers else { continue }
        said[code - ComPort.answers] = Array(bytes.dropFirst())
      }
    }
    return (data, replies)
  }

  private mutating func negotiate(_ verb: TelnetEvent.Verb, _ option: UInt8) -> [UInt8] {
    switch verb {
    case .do:
      if option == ComPort.option { isAgreed = true }
      guard !offered.contains(option) else { return [] }
      return TelnetEncoder.negotiation(.wont, option)
    case .dont:
      if option == ComPort.option { isAgreed = false }
      return offered.remove(option).map { TelnetEncoder.negotiation(.wont, $0) } ?? []
    case .will:
      guard !expected.contains(option) else { return [] }
      return TelnetEncoder.negotiation(.dont, option)
    case .wont:
      return expected.remove(option).map { TelnetEncoder.negotiation(.dont, $0) } ?? []
    }
  }
}
