// The end of RFC 2217 that has the serial port: here a live meter, whose client stands wherever it says.

/// What a client's bytes mean to a server, in their order. Pure.
public struct ComPortServer: Sendable {
  public enum Step: Hashable, Sendable {
    /// For the serial line.
    case data([UInt8])
    /// The client's UART stands so from now on.
    case stand(SerialSettings)
    /// What waits for the client is to be dropped.
    case purge
    /// To be sent back as it is.
    case reply([UInt8])
  }

  /// How the client's UART stands.
  public private(set) var settings: SerialSettings
  private var decoder = TelnetDecoder()
  private var performed: Set<UInt8> = []
  private var expected: Set<UInt8> = []

  private static let known: Set<UInt8> = [ComPort.binary, ComPort.suppressGoAhead, ComPort.option]

  public init(_ settings: SerialSettings) { self.settings = settings }

  /// What a server says first: eight bits both ways.
  public mutating func opening() -> [UInt8] {
    performed.insert(ComPort.binary)
    expected.insert(ComPort.binary)
    return TelnetEncoder.negotiation(.will, ComPort.binary) + TelnetEncoder.negotiation(.do, ComPort.binary)
  }

  public mutating func receive(_ bytes: some Sequence<UInt8>) -> [Step] {
    var steps: [Step] = []
    var data: [UInt8] = []
    func flush() {
      if !data.isEmpty { steps.append(.data(data)) }
      data = []
    }
    for event in decoder.feed(bytes) {
      if case .data(let byte) = event {
        data.append(byte)
        continue
      }
      flush()
      switch event {
      case .data: break
      case .negotiation(let verb, let option):
        if let reply = negotiate(verb, option) { steps.append(.reply(reply)) }
      case .subnegotiation(let option, let bytes):
        guard option == ComPort.option, let code = bytes.first else { continue }
        steps += obey(code, bytes.dropFirst())
      }
    }
    flush()
    return steps
  }

  /// An answer only where something changes, or two polite ends would never come to an end (RFC 854).
  private mutating func negotiate(_ verb: TelnetEvent.Verb, _ option: UInt8) -> [UInt8]? {
    let isKnown = Self.known.contains(option)
    switch verb {
    case .will:
      guard isKnown else { return TelnetEncoder.negotiation(.dont, option) }
      return expected.insert(option).inserted ? TelnetEncoder.negotiation(.do, option) : nil
    case .do:
      guard isKnown else { return TelnetEncoder.negotiation(.wont, option) }
      return performed.insert(option).inserted ? TelnetEncoder.negotiation(.will, option) : nil
    case .wont: return expected.remove(option).map { TelnetEncoder.negotiation(.dont, $0) }
    case .dont: return performed.remove(option).map { TelnetEncoder.negotiation(.wont, $0) }
    }
  }

  /// A value that is not possible is answered with the one in force (RFC 2217, section 3).
  private mutating func obey(_ code: UInt8, _ value: ArraySlice<UInt8>) -> [Step] {
    guard let command = ComPort.Command(rawValue: code) else { return [] }
    func answer(_ bytes: [UInt8]) -> Step {
      .reply(TelnetEncoder.subnegotiation(ComPort.option, [code + ComPort.answers] + bytes))
    }
    switch command {
    case .signature: return [answer(Array("Backspin".utf8))]
    case .baud, .dataBits, .parity, .stopBits:
      let stands = change(command, value) ? [Step.stand(settings)] : []
      return stands + [answer(inForce(command))]
    case .purge: return (value.first == 2 ? [] : [.purge]) + [answer(Array(value))]
    case .control: return [answer(Array(value.map(Self.controlInForce)))]
    case .lineMask, .modemMask: return [answer(Array(value))]
    case .notifyLine, .notifyModem, .suspend, .resume: return []
    }
  }

  /// There is no flow control, no break, and DTR and RTS are as they were set last; questions (0, 4, 7, 10,
  /// 13) are answered.
  private static func controlInForce(_ value: UInt8) -> UInt8 {
    switch value {
    case 0...3: ComPort.noFlowControl
    case 4: 6
    case 7: ComPort.dtrOn
    case 10: ComPort.rtsOn
    case 13...16: 14
    default: value
    }
  }

  private func inForce(_ command: ComPort.Command) -> [UInt8] {
    switch command {
    case .baud: ComPort.bytes(settings.baud)
    case .dataBits: [UInt8(settings.dataBits)]
    case .parity: [ComPort.parity(settings.parity)]
    default: [UInt8(settings.stopBits)]
    }
  }

  /// Whether it was possible and changed anything; 0 only asks.
  private mutating func change(_ command: ComPort.Command, _ value: ArraySlice<UInt8>) -> Bool {
    let code = value.first ?? 0
    var (baud, dataBits, parity, stopBits) = (
      settings.baud, settings.dataBits, settings.parity, settings.stopBits
    )
    switch command {
    case .baud: baud = ComPort.baud(value) ?? 0
    case .dataBits: dataBits = Int(code)
    case .parity:
      guard let wanted = ComPort.parity(code) else { return false }
      parity = wanted
    default: stopBits = Int(code)
    }
    guard
      let wanted = try? SerialSettings(baud: baud, dataBits: dataBits, parity: parity, stopBits: stopBits),
      wanted != settings
    else { return false }
    settings = wanted
    return true
  }
}
