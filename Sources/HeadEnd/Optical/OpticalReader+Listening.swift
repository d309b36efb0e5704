// Listening where nobody answers: a mode D push (IEC 62056-21:2002, clause 6.4.4), or the one-way infra-red
// message of an A100C or A1100. Which of them it is, the stream tells: all three are looked for at once, in
// 8N1, parity in software.

internal import Line
internal import Units
internal import Wire

extension OpticalReader {
  /// The next message of whoever speaks by itself.
  public func listen() throws(DialogueFailure) -> MeterReading {
    var failure = failure(.silence, "nobody answered and nobody spoke")
    for baud in options.listeningBauds {
      link.stand(at: baud, binary: true)
      link.flush()
      do { return try heardAt(baud) } catch {
        guard error.kind != .port else { throw error }
        if error.kind != .silence || failure.kind == .silence { failure = error }
      }
    }
    throw failure
  }

  private func heardAt(_ baud: Int) throws(DialogueFailure) -> MeterReading {
    var ears = Ears(parity: options.parity)
    let end = link.now + options.listening
    // A message that has begun by then is heard to its end.
    var patience = end
    var fault: DialogueFailure?
    var count = 0
    while true {
      let raw = link.door.wait(until: patience)
      guard !raw.isEmpty else {
        if let trouble = link.door.trouble { throw failure(.port, trouble) }
        break
      }
      count += raw.count
      for byte in raw {
        switch ears.take(byte) {
        case nil: break
        case .push(let push):
          if let reading = reading(of: push, parity: ears.checksParity, &fault) { return reading }
        case .irda(let message): return reading(of: message)
        case .fault(let detail): fault = failure(.checksum, detail)
        }
      }
      guard link.now < end || ears.isAmidst && link.now < end + Self.longestPush else { break }
      patience = max(end, link.now + options.characterGap)
    }
    if let fault { throw fault }
    throw count == 0
      ? failure(.silence, "nobody answered and nobody spoke")
      : failure(.unreadable, "\(count) characters came at \(baud) baud that are no message")
  }

  /// Our assumption: no push takes longer.
  private static let longestPush = TimeSpan.seconds(60)

  private func reading(of push: ModeCPush, parity: Bool?, _ fault: inout DialogueFailure?) -> MeterReading? {
    do {
      let block = try ModeCDataBlock(parsing: push.block)
      identification = push.identification
      remark("the meter pushed its list: nothing but parity guards it")
      if parity == false { remark("the meter sends no parity") }
      return MeterReading(
        identity: "/" + push.identification.raw, values: values(of: block, .unprotected), remarks: remarks)
    } catch {
      fault = failure(of: error, in: "push")
      return nil
    }
  }
}

/// All decoders of one-way streams at once.
struct Ears {
  enum Heard {
    case push(ModeCPush)
    case irda(IrDAMessage)
    case fault(String)
  }

  private var push = ModeCPushDecoder()
  private var bytes = IrDADecoder()
  private var nibbles = IrDANibbleDecoder()
  private let parity: OpticalOptions.Parity
  /// The characters of the identification line, from which parity is told.
  private var line: [UInt8]?
  private(set) var checksParity: Bool?

  init(parity: OpticalOptions.Parity) { self.parity = parity }

  /// Whether a message has begun and is not over.
  var isAmidst: Bool { !push.isIdle || !bytes.isIdle || !nibbles.isIdle }

  mutating func take(_ raw: UInt8) -> Heard? {
    if let event = bytes.take(raw) ?? nibbles.take(raw) {
      switch event {
      case .message(let message): return .irda(message)
      case .check(let expected, let received):
        return .fault("a message came whose check is \(received), not \(expected)")
      }
    }
    let code = raw & 0x7F
    if code == UInt8(ascii: "/"), push.isIdle { line = [] }
    line?.append(raw)
    if code == ModeCText.lf, let whole = line {
      if checksParity == nil { checksParity = SoftwareParity.isUsed(in: whole) ?? true }
      line = nil
    }
    let checks = parity != .none && checksParity ?? false
    switch push.take(checks ? SoftwareParity.checked(raw) : code) {
    case .message(let message):
      return .push(message)
    case .refused, nil: return nil
    }
  }
}
