// A meter's side of a Modbus dialogue: request in, answer out, exactly as the standard's state diagrams say
// (V1.1b3, figures 13, 14, 16 and 22) and as the make of meter departs from them. It frames nothing and waits
// for nothing. A read is answered into a buffer that the caller keeps, and allocates nothing.

public import Units
public import Wire

/// Answers requests to one meter.
public final class ModbusAnswering {
  public let meter: any RegisterSource
  public let map: ModbusMap
  /// The number it is called by. Writing the unit setting changes it.
  public internal(set) var unit: UInt8 { didSet { rename() } }
  /// How its UART stands: as shipped, as a fitter set it (`fit`), or as somebody wrote since. Its `unit`
  /// means nothing.
  public internal(set) var line: ModbusMap.Line {
    didSet {
      guard line != oldValue else { return }
      namings += 1
      onRelined?()
    }
  }
  /// Called when its UART stands otherwise from now on.
  public var onRelined: (() -> Void)?
  /// The unit number that stands in its answers: its own, but for a fault.
  public private(set) var answeringUnit: UInt8
  private var keepsAnswers = false
  /// Grows whenever the numbers it answers to, or how its UART stands, may have changed.
  public private(set) var namings = 0
  /// When it was switched on: its running time counts from there.
  public let poweredSince: Instant
  /// A meter that is there and says nothing (CL-09): no answer on a serial line, exception 0B behind a
  /// gateway.
  public var isSilent = false
  /// When its last answer had left the line; kept by the line, for the gap that the meter wants between
  /// polls.
  public var lastAnswerEnd: Instant?

  /// Its world's time at an instant of the line, where the two differ: a live line keeps the wall's time, the
  /// world behind it may run faster or by hand. Nil where they are one.
  public var worldTime: ((Instant) -> Instant)?

  /// Called with the world's time before it answers or obeys: so that its meter can be brought up to then.
  public var onVisit: ((Instant) -> Void)?

  var settingValues: [Int64]
  /// What was written to each coil.
  var coils: [Bool]
  /// What was written and acts when the meter is next switched on, by number of the setting.
  var pending: [Int: Int64] = [:]
  var flaws = ModbusFlaws()

  /// - Parameter unit: its number on the line; nil for the one it is shipped with.
  public init(
    meter: any RegisterSource, map: ModbusMap, unit: UInt8? = nil, poweredSince: Instant = .epoch
  ) {
    (self.meter, self.map, self.poweredSince) = (meter, map, poweredSince)
    self.unit = unit ?? map.line.unit
    line = map.line
    answeringUnit = self.unit
    coils = map.coils.map(\.initial)
    settingValues = map.settings.map { $0.code(of: map.line) ?? $0.initial }
  }

  /// A fitter sets it, at its own keys, to how a line stands; its settings show that where they have a number
  /// for it.
  public func fit(baud: Int, parity: ModbusMap.Line.Parity, stopBits: Int) {
    line = ModbusMap.Line(unit: line.unit, baud: baud, parity: parity, stopBits: stopBits)
    for (number, setting) in map.settings.enumerated() {
      settingValues[number] = setting.code(of: line) ?? settingValues[number]
    }
  }

  /// Appends the PDU that answers a request. Every request has one, if only an exception.
  public func answer(_ request: ModbusRequest, at instant: Instant, into pdu: inout [UInt8]) {
    let instant = worldTime?(instant) ?? instant
    onVisit?(instant)
    if keepsAnswers {
      answerFromCache(request, at: instant, into: &pdu)
    } else {
      answerNow(request, at: instant, into: &pdu)
    }
  }

  /// A request to all units of a line: a write is carried out where the make does so, and nobody answers.
  public func obey(_ request: ModbusRequest, at instant: Instant) {
    guard map.services.broadcast == .acts, request.isWrite else { return }
    let instant = worldTime?(instant) ?? instant
    onVisit?(instant)
    var nobodyHears: [UInt8] = []
    answerNow(request, at: instant, into: &nobodyHears)
  }

  /// Works out anew what depends on its number and on the fault of its answers.
  func rename() {
    namings += 1
    answeringUnit = flaws.wrongUnit?.shownUnit ?? unit
    keepsAnswers = flaws.wrongUnit?.keepsAnswers ?? false
  }

  /// As `answer(_:at:into:)`, for those who want a value.
  public func answer(_ request: ModbusRequest, at instant: Instant) -> ModbusAnswer {
    var pdu: [UInt8] = []
    answer(request, at: instant, into: &pdu)
    return ModbusAnswer(unit: answeringUnit, pdu: pdu)
  }

  func answerNow(_ request: ModbusRequest, at instant: Instant, into pdu: inout [UInt8]) {
    let start = pdu.count
    var refusal: ModbusException?
    switch request {
    case _ where flaws.exceptions?.strikes(meter.stream, at: instant) ?? false:
      refusal = flaws.exceptions?.code
    case .readRegisters(let function, let address, let count):
      let address = flaws.address?.address(address) ?? address
      refusal = read(function, address, count, at: instant, into: &pdu)
    case .writeRegister(let address, let value):
      refusal = write(6, address, [value], into: &pdu)
    case .writeRegisters(let address, let values):
      refusal = write(16, address, values, into: &pdu)
    case .malformed(let function):
      refusal = map.functions.contains(function) ? .illegalDataValue : .illegalFunction
    case .unknown: refusal = .illegalFunction
    case .readBits, .writeBit, .writeBits, .maskWrite, .readWrite, .diagnose, .reportServerID,
      .readIdentification:
      refusal = answerRarer(request, at: instant, into: &pdu)
    }
    guard let refusal else { return }
    pdu.removeSubrange(start...)
    pdu.append(request.function | ModbusPDU.exceptionBit)
    pdu.append(refusal.rawValue)
  }
}

/// An answer as it goes to the framing: who says he answers, and what.
public struct ModbusAnswer: Hashable, Sendable {
  public var unit: UInt8
  public var pdu: [UInt8]

  public init(unit: UInt8, pdu: [UInt8]) { (self.unit, self.pdu) = (unit, pdu) }
}
