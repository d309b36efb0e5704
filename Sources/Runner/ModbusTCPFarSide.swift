// The meters' end of a Modbus TCP connection ("MODBUS Messaging on TCP/IP" V1.0b): one meter with a port of
// its own, or a gateway to several. One for each connection; many may share their meters. A read is answered
// without allocating, as long as the caller has let go of the answer before.

public import Line
public import MeterModel
public import Units
internal import Wire

/// Modbus meters at the end of one TCP connection.
public final class ModbusTCPFarSide: FarSide {
  /// The meters behind one address, shared by its connections.
  public final class Gateway {
    /// How long a gateway waits for a meter before it says 0B. Our assumption; products differ.
    public let patience: TimeSpan
    let units: ModbusUnits
    /// How the gateway stands on the line behind it: a meter that stands otherwise does not hear it. Nil
    /// where there is no such line.
    var standing: SerialSettings?

    public convenience init(_ meters: [ModbusAnswering], patience: TimeSpan = .seconds(1)) {
      self.init(ModbusUnits(meters), patience: patience)
    }

    init(_ units: ModbusUnits, standing: SerialSettings? = nil, patience: TimeSpan = .seconds(1)) {
      (self.units, self.standing, self.patience) = (units, standing, patience)
    }

    func reaches(_ meter: ModbusAnswering) -> Bool { standing.map { $0.suits(meter.line) } ?? true }

    /// Who is meant: 0xFF and 0 mean the server itself (section 3.1.3), which is a meter only where it is
    /// alone.
    func answering(to unit: UInt8) -> ModbusAnswering? {
      units.answering(to: unit) ?? (unit == 0 || unit == 0xFF ? units.only : nil)
    }
  }

  /// Called before registers are read or written, so that the world can bring the meters up to that instant.
  public var onVisit: ((Instant) -> Void)?
  /// The stream is out of step for good (a length that no frame has): close the connection.
  public var isLost: Bool { decoder.isLost }

  private let gateway: Gateway
  private var decoder = ModbusTCPDecoder()
  private var ready: [UInt8] = []
  private var readyAt: Instant?
  /// Answers that come later: "target silent" after the gateway's patience.
  private var late: [TimedBytes] = []

  public init(_ gateway: Gateway) {
    self.gateway = gateway
    ready.reserveCapacity(ModbusLimits.tcpBytes)
  }

  /// For one meter, or several behind a gateway of their own.
  public convenience init(_ meters: [ModbusAnswering]) { self.init(Gateway(meters)) }

  public func hear(_ bytes: ArraySlice<UInt8>, at instant: Instant) {
    // The buffer is taken out while it is written, so that it has one owner and is not copied.
    var said: [UInt8] = []
    swap(&said, &ready)
    if readyAt == nil { said.removeAll(keepingCapacity: true) }
    let before = said.count
    var rest = bytes
    while let event = decoder.next(from: &rest) {
      // A frame of another protocol is dropped (section 4.2.2); a lost stream gives no more events.
      if case .frame(let frame) = event { answer(frame, at: instant, into: &said) }
    }
    if said.count > before { readyAt = instant }
    swap(&said, &ready)
  }

  public var wakes: Instant? { readyAt ?? late.first?.at }

  public func speak(at instant: Instant, into answers: inout [TimedBytes]) {
    if let at = readyAt {
      answers.append(TimedBytes(at: at, bytes: ready))
      readyAt = nil
    }
    while let first = late.first, first.at <= instant {
      answers.append(first)
      late.removeFirst()
    }
  }

  private func answer(_ frame: ModbusTCPFrame, at instant: Instant, into said: inout [UInt8]) {
    guard let request = try? ModbusPDU.decodeRequest(frame.pdu) else { return }
    guard let meter = gateway.answering(to: frame.unit) else {
      return append(frame, request, .gatewayPathUnavailable, to: &said)
    }
    // Alone behind its port a meter says its own number; a gateway hands on none but the number that it
    // asked, and takes an answer under another number for no answer.
    let isDirect = gateway.units.only != nil
    let isForeign = frame.unit == meter.unit && meter.answeringUnit != meter.unit
    guard !meter.isSilent, gateway.reaches(meter), isDirect || !isForeign else {
      return promiseSilence(frame, request, at: instant)
    }
    onVisit?(instant)
    let start = said.count
    let unit = isForeign ? meter.answeringUnit : frame.unit
    ModbusTCP.appendHeader(transaction: frame.transaction, unit: unit, to: &said)
    meter.answer(request, at: instant, into: &said)
    ModbusTCP.closeFrame(from: start, in: &said)
  }

  private func promiseSilence(_ frame: ModbusTCPFrame, _ request: ModbusRequest, at instant: Instant) {
    var bytes: [UInt8] = []
    append(frame, request, .gatewayTargetSilent, to: &bytes)
    late.append(TimedBytes(at: instant + gateway.patience, bytes: bytes))
  }

  private func append(
    _ frame: ModbusTCPFrame, _ request: ModbusRequest, _ code: ModbusException, to bytes: inout [UInt8]
  ) {
    let start = bytes.count
    ModbusTCP.appendHeader(transaction: frame.transaction, unit: frame.unit, to: &bytes)
    bytes.append(request.function | ModbusPDU.exceptionBit)
    bytes.append(code.rawValue)
    ModbusTCP.closeFrame(from: start, in: &bytes)
  }
}
