// Our reader of optical ports. What is guarded by a block check is a number only after the check held;
// anything doubtful is asked for again, and a dialogue that cannot be repaired is a failure.
// Only waiting moves time.

public import Line
public import Units
public import Wire

/// Reads one meter through an optical head by IEC 62056-21.
public final class OpticalReader {
  public let options: OpticalOptions
  let link: OpticalLink
  var decoder = ModeCAnswerDecoder()
  /// Codes that came behind the last message.
  var left: ArraySlice<UInt8> = []
  var remarks: [String] = []
  var identification: ModeCIdentification?
  /// The meter will not hear a request before: it may still wait for a repeat of the last session.
  var quietUntil: Instant?
  /// Only noise came after a change of speed: the meter may not keep what it proposes.
  var doubtsSpeed = false
  /// A command that changes the meter has been sent: it must not be sent again unasked.
  var hasWritten = false

  public init(door: any Door, options: OpticalOptions = OpticalOptions()) {
    self.options = options
    link = OpticalLink(door, options)
  }

  /// The whole list of the meter, in whatever mode it has; a push or a one-way message where nobody answers.
  public func readout() throws(DialogueFailure) -> MeterReading {
    begin()
    if options.mode == .d { return try listen() }
    do { return try attempts { () throws(DialogueFailure) in try self.readoutOnce() } } catch {
      // A push at another speed is noise to who asks at 300 baud.
      let isNobody = error.kind == .silence || error.kind == .unreadable
      guard options.mode == .auto, isNobody, identification == nil else { throw error }
      do { return try listen() } catch let second {
        throw second.kind == .silence ? error : second
      }
    }
  }

  /// Single registers in programming mode, each by `R1`, or by another read command (`R2`, `R5`, `R6`).
  public func read(_ addresses: [String], command: UInt8 = 1) throws(DialogueFailure) -> MeterReading {
    begin()
    return try attempts { () throws(DialogueFailure) in
      try self.registersOnce(addresses, command: command)
    }
  }

  /// A load profile between two instants, both inclusive; nil: no bound.
  public func readProfile(
    _ address: String = "P.01", from: Instant? = nil, through: Instant? = nil, command: UInt8 = 5
  ) throws(DialogueFailure) -> MeterReading {
    begin()
    return try attempts { () throws(DialogueFailure) in
      try self.profileOnce(address, from: from, through: through, command: command)
    }
  }

  /// Writes a text to an address by `W1`.
  public func write(_ value: String, to address: String) throws(DialogueFailure) {
    begin()
    _ = try attempts { () throws(DialogueFailure) -> MeterReading in
      try self.writeOnce(value, to: address)
    }
  }

  /// Signs on for mode E and leaves the UART at 8N1 and the agreed speed, which it returns: HDLC may begin.
  public func signOnModeE() throws(DialogueFailure) -> Int {
    begin()
    var failure = DialogueFailure(.silence, "nobody answered", at: link.now)
    for _ in 0..<max(options.tries, 1) {
      do { return try modeEOnce() } catch {
        failure = error
        guard error.kind.isWorthAnotherTry else { throw error }
        recover()
      }
    }
    throw failure
  }

  private func begin() {
    (remarks, identification) = ([], nil)
    (doubtsSpeed, hasWritten) = (false, false)
  }

  /// Runs a session until it succeeds, or fails in a way that another will not mend.
  private func attempts(
    _ session: () throws(DialogueFailure) -> MeterReading
  ) throws(DialogueFailure) -> MeterReading {
    var failure = DialogueFailure(.silence, "nobody answered", at: link.now)
    for _ in 0..<max(options.tries, 1) {
      do {
        var reading = try session()
        reading.remarks = remarks
        return reading
      } catch {
        failure = error
        guard identification != nil else { throw error }
        guard error.kind.isWorthAnotherTry, !hasWritten else {
          // The meter may be in the middle of a session: it shall not stay there until its patience ends.
          signOff()
          throw error
        }
        remark("signed on again: \(error.detail)")
        recover()
      }
    }
    throw failure
  }

  /// Leaves whatever the meter is in: sign-off at the present speed, then quiet.
  func recover() {
    link.send(ModeCText.signOff)
    link.rest(link.time(of: ModeCText.signOff.count) + options.answerWait)
    quietUntil = nil
  }

  func remark(_ text: String) {
    if !remarks.contains(text) { remarks.append(text) }
  }

  func failure(_ kind: DialogueFailure.Kind, _ detail: String) -> DialogueFailure {
    DialogueFailure(kind, detail, at: link.door)
  }

  /// The rest between an answer and the next message.
  var reaction: TimeSpan {
    options.reaction ?? .milliseconds(identification?.isQuick ?? false ? 20 : 200)
  }
}

extension DialogueFailure.Kind {
  /// Whether a new session may mend it: what the line did, not what the meter said.
  var isWorthAnotherTry: Bool {
    switch self {
    case .silence, .unreadable, .checksum, .incomplete, .unexpected: true
    case .refused, .authentication, .security, .absent, .port: false
    }
  }
}
