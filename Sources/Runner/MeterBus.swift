// The meters' end of an RS-485 line: many units, one pair of wires ("MODBUS over Serial Line" V1.02). A frame
// ends with a silence of t3.5; what is damaged, addressed to nobody here or broadcast is met with silence. A
// read is answered without allocating, as long as the caller has let go of the answer before.

public import Line
public import MeterModel
public import Units
internal import Wire

/// Modbus meters on one serial line.
public final class MeterBus: FarSide {
  /// The times of a line, which a meter must know to frame.
  public struct Timing: Hashable, Sendable {
    /// Above zero.
    public var baud: Int
    /// All bits of a character: 10 for 8N1, 11 for 8E1. 0 for a line whose characters take no time.
    public var bitsPerCharacter: Int
    /// The silence that ends a frame: t3.5 by the standard. Longer where a USB adapter cuts frames in pieces;
    /// answers then wait as long.
    public var silence: TimeSpan

    /// `silence` is the standard's where nothing is said.
    public init(baud: Int, bitsPerCharacter: Int = 10, silence: TimeSpan? = nil) {
      self.baud = max(baud, 1)
      self.bitsPerCharacter = bitsPerCharacter
      self.silence = silence ?? ModbusRTU.frameSilence(baud: baud)
    }

    /// Of a line that is set so.
    init(_ settings: SerialSettings) {
      self.init(baud: settings.baud, bitsPerCharacter: settings.bitsPerCharacter)
    }

    /// How long so many characters take, computed from the whole and rounded up once.
    func time(ofCharacters count: Int) -> TimeSpan {
      TimeSpan(
        microseconds: (Int64(count * bitsPerCharacter) * 1_000_000 + Int64(baud) - 1) / Int64(baud))
    }
  }

  /// Called before registers are read or written, so that the world can bring the meters up to that instant.
  public var onVisit: ((Instant) -> Void)?
  public private(set) var timing: Timing
  /// Whether it hears nothing while its answer is on the wire. False where the wire itself sees to that: on a
  /// serial device, whose other end may also be a program that a whole answer reaches at once.
  public var isDeafWhileSpeaking = true

  private let units: ModbusUnits
  /// How the line was set, and how the meters that hear here stand; nil where nobody's UART is looked at.
  private var standing: (asSet: SerialSettings, now: SerialSettings)?
  /// Whether it stands as most of its meters do, and of which version of them.
  private var follows: Int?
  private var decoder = ModbusRTURequestDecoder()
  /// The end of the last byte heard.
  private var heardAt: Instant?
  /// A whole frame, waiting for the silence that makes it one.
  private var pending: (unit: UInt8, request: ModbusRequest, beganAt: Instant)?
  /// More bytes came where silence should have been: whatever stands there is no frame.
  private var isSpoiled = false
  /// While it answers, the bus hears nothing.
  private var speaksUntil: Instant?
  private var answer: [UInt8] = []

  /// Meters whose UARTs all stand as the line does, whatever they say.
  public convenience init(_ meters: [ModbusAnswering], timing: Timing) {
    self.init(ModbusUnits(meters), timing: timing)
  }

  /// Meters on a line that was set so. It goes on at another speed when most of them do; the others are deaf
  /// there, as on any line whose speed is not theirs.
  public convenience init(following meters: [ModbusAnswering], settings: SerialSettings) {
    self.init(ModbusUnits(meters), timing: Timing(settings))
    standing = (settings, settings)
    follows = -1
  }

  /// Those of the units whose UARTs stand so, on a line that was set as `asSet`.
  convenience init(_ units: ModbusUnits, standing now: SerialSettings, asSet: SerialSettings) {
    self.init(units, timing: Timing(now))
    standing = (asSet, now)
  }

  private init(_ units: ModbusUnits, timing: Timing) {
    (self.units, self.timing) = (units, timing)
    answer.reserveCapacity(ModbusLimits.rtuBytes)
  }

  /// How its meters' UARTs stand; nil: as the line was set.
  public var settings: SerialSettings? {
    guard standing != nil else { return nil }
    follow()
    return standing.flatMap { $0.now == $0.asSet ? nil : $0.now }
  }

  /// Stands as most of its meters do, or of equals as the first.
  private func follow() {
    guard let before = follows, before != units.version else { return }
    follows = units.version
    var counts: [SerialSettings: Int] = [:]
    for one in units.all { if let uart = try? SerialSettings(one.line) { counts[uart, default: 0] += 1 } }
    let most = counts.values.max()
    for one in units.all {
      guard let uart = try? SerialSettings(one.line), counts[uart] == most else { continue }
      if uart != standing?.now { timing = Timing(uart) }
      standing?.now = uart
      return
    }
  }

  /// Whether a meter hears what is said here.
  private func hears(_ meter: ModbusAnswering) -> Bool { standing.map { $0.now.suits(meter.line) } ?? true }

  public func hear(_ bytes: ArraySlice<UInt8>, at instant: Instant) {
    guard !bytes.isEmpty else { return }
    let began = instant - timing.time(ofCharacters: bytes.count)
    if isDeafWhileSpeaking, let speaksUntil, instant <= speaksUntil { return }
    if let heardAt, began - heardAt >= timing.silence { endFrame() }
    // A frame that stands complete is spoiled by any byte before its silence.
    if pending != nil { isSpoiled = true }
    for byte in bytes {
      guard let event = decoder.take(byte) else { continue }
      take(event, beganAt: began)
    }
    if pending != nil, !decoder.isIdle { isSpoiled = true }
    heardAt = instant
  }

  public var wakes: Instant? {
    guard let heardAt, pending != nil || isSpoiled || !decoder.isIdle else { return nil }
    return heardAt + timing.silence
  }

  public func speak(at instant: Instant, into answers: inout [TimedBytes]) {
    guard let heardAt, instant >= heardAt + timing.silence else { return }
    if let event = decoder.silence() { take(event, beganAt: heardAt) }
    if !isSpoiled, let pending { say(pending.request, to: pending.unit, pending.beganAt, heardAt, &answers) }
    forget()
  }

  private func take(_ event: ModbusRTURequestDecoder.Event, beganAt began: Instant) {
    switch event {
    case .request(let unit, let request):
      if pending != nil { isSpoiled = true }
      pending = (unit, request, began)
    case .refused:
      // Bad checksums, broken and endless frames: silence.
      isSpoiled = true
    }
  }

  /// A silence passed that nobody woke us for.
  private func endFrame() {
    _ = decoder.silence()
    forget()
  }

  private func forget() {
    pending = nil
    isSpoiled = false
    heardAt = nil
  }

  /// Unit 0 is all units: those whose make does so carry a write out, and nobody answers ("MODBUS over Serial
  /// Line" V1.02, section 2.1).
  private func broadcast(_ request: ModbusRequest, at instant: Instant) {
    onVisit?(instant)
    for meter in units.all where !meter.isSilent && hears(meter) { meter.obey(request, at: instant) }
  }

  private func say(
    _ request: ModbusRequest, to unit: UInt8, _ began: Instant, _ heardAt: Instant,
    _ answers: inout [TimedBytes]
  ) {
    // A function above 127 is another unit's exception, not a request.
    guard request.function & ModbusPDU.exceptionBit == 0 else { return }
    guard unit != 0 else { return broadcast(request, at: heardAt + timing.silence) }
    guard let meter = units.answering(to: unit), !meter.isSilent, hears(meter) else { return }
    let gap = meter.map.minimumGap
    if isDeafWhileSpeaking || gap > .zero, let last = meter.lastAnswerEnd, began - last < gap { return }
    onVisit?(heardAt + timing.silence)
    answer.removeAll(keepingCapacity: true)
    answer.append(unit == meter.unit ? meter.answeringUnit : unit)
    meter.answer(request, at: heardAt + timing.silence, into: &answer)
    ModbusRTU.appendChecksum(to: &answer)
    let start = heardAt + max(timing.silence, meter.map.turnaround)
    let end = start + timing.time(ofCharacters: answer.count)
    meter.lastAnswerEnd = end
    speaksUntil = end
    answers.append(TimedBytes(at: start, bytes: answer))
  }
}
