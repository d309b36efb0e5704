// The meter's end of a dialogue by IEC 62056-21:2002, clauses 6.4 and 6.5 with the flow diagrams of annex A:
// request, identification, acknowledgement, readout or programming mode, one step for each message heard. It
// waits for nothing: it says when it wants to be woken. Characters are of 7 bits here; parity is the UART's.

public import Units

/// One meter's side of the dialogue.
public final class ModeCStation {
  /// Where it is in the dialogue.
  enum Phase: Hashable {
    /// Until zeros have come: a battery meter saves its power.
    case asleep
    case idle
    /// Has identified itself and awaits an acknowledgement.
    case identified
    /// Has listed, and would list again for a NAK.
    case listed
    /// Programming mode, at an access level.
    case programming(level: Int)
    /// HDLC has the line.
    case handedOver
  }

  /// Something to do at an instant.
  enum Deed: Hashable {
    case say([UInt8])
    case stand(ModeCUART)
    /// A push is due (mode D).
    case push
  }

  public let manners: ModeCManners
  public let source: any ModeCSource
  /// Faults of its messages.
  public var defects = ModeCDefects.none
  /// How its UART stands, for what it hears and for what it says next.
  public internal(set) var uart = ModeCUART.idle
  /// Its world's time at an instant of the line, where the two differ; nil where they are one.
  public var worldTime: ((Instant) -> Instant)?

  var decoder = ModeCRequestDecoder()
  var phase = Phase.idle
  var deeds: [(at: Instant, deed: Deed)] = []
  /// When its patience in this phase ends.
  var patience: Instant?
  /// When a message that began is given up.
  var gapEnds: Instant?
  /// The last message said, for a repeat; how often it was said.
  var last: [UInt8] = []
  var timesSaid = 0
  /// Blocks of an answer that still wait for ACK.
  var blocks: [[UInt8]] = []
  var wrongPasswords = 0
  var lockedUntil: Instant?
  var zeros = 0

  /// A station that stands idle from `start` on; a mode D meter pushes first after one period.
  public init(manners: ModeCManners, source: any ModeCSource, at start: Instant) {
    (self.manners, self.source) = (manners, source)
    phase = manners.sleeps ? .asleep : .idle
    guard manners.mode == .d else { return }
    uart = ModeCUART(baud: manners.topBaud)
    if let period = manners.pushes { deeds.append((start + period, .push)) }
  }

  /// Whether HDLC has the line (mode E): what is heard goes to it, and `resume` ends that.
  public var isHandedOver: Bool { phase == .handedOver }

  /// Whether it is in the middle of a dialogue.
  public var isBusy: Bool { phase != .idle && phase != .asleep }

  /// Characters heard, the last of them complete at `instant`.
  public func hear(_ bytes: ArraySlice<UInt8>, at instant: Instant) {
    guard manners.mode != .d, phase != .handedOver else { return }
    guard wakeUp(bytes) else { return }
    for byte in bytes {
      if let request = decoder.take(byte) { take(request, at: instant) }
    }
    gapEnds = decoder.isIdle ? nil : instant + manners.characterGap
  }

  /// When it has something to do though nothing is heard.
  public var wakes: Instant? { [deeds.first?.at, patience, gapEnds].compactMap { $0 }.min() }

  /// Appends what is said by `instant`. A change of speed and what is said after it never come in one call.
  public func speak(at instant: Instant, into answers: inout [(at: Instant, bytes: [UInt8])]) {
    if let end = gapEnds, end <= instant {
      gapEnds = nil
      if let request = decoder.silence() { take(request, at: instant) }
    }
    while let first = deeds.first, first.at <= instant {
      deeds.removeFirst()
      switch first.deed {
      case .say(let bytes): answers.append((first.at, bytes))
      case .push: push(at: first.at, into: &answers)
      case .stand(let uart):
        guard self.uart != uart else { continue }
        self.uart = uart
        return
      }
    }
    if let end = patience, end <= instant {
      patience = nil
      giveUp(at: instant)
    }
  }

  /// Says a mode D message now, as for a push of its button.
  public func pushNow(at instant: Instant) { plan(.push, at: instant) }

  /// HDLC is done with the line: idle again at 300 baud.
  public func resume(at instant: Instant) {
    guard phase == .handedOver else { return }
    goIdle(at: instant)
  }

  /// Its reader has gone: idle again at 300 baud at once, with nothing left to say.
  public func abandon(at instant: Instant) {
    guard manners.mode != .d else { return }
    dropPlans()
    deeds.removeAll()
    decoder = ModeCRequestDecoder()
    gapEnds = nil
    goIdle(at: instant)
    deeds.removeAll()
    uart = .idle
  }

  /// Refuses every password until an instant, as after too many wrong ones.
  public func lock(until instant: Instant) { lockedUntil = instant }

  /// The time that the meter's values are of.
  func world(_ instant: Instant) -> Instant { worldTime?(instant) ?? instant }
}

// Planning.
extension ModeCStation {
  func plan(_ deed: Deed, at instant: Instant) {
    let place = deeds.firstIndex { instant < $0.at } ?? deeds.count
    deeds.insert((instant, deed), at: place)
  }

  /// Says a message after the reaction time; returns when its last character has left.
  @discardableResult
  func reply(_ bytes: [UInt8], at instant: Instant, baud: Int? = nil) -> Instant {
    (last, timesSaid) = (bytes, 1)
    return say(bytes, at: instant + manners.reaction, baud: baud)
  }

  @discardableResult
  func say(_ bytes: [UInt8], at instant: Instant, baud: Int? = nil) -> Instant {
    let spoiled = defects.spoil(bytes)
    plan(.say(spoiled), at: instant)
    return instant + Self.time(of: spoiled.count, at: baud ?? uart.baud)
  }

  /// Whether it has something to say that it has not begun.
  var isAboutToSpeak: Bool {
    deeds.contains { if case .say = $0.deed { true } else { false } }
  }

  /// Sends no more of what it had planned: a reader has begun anew.
  func dropPlans() {
    deeds.removeAll {
      if case .push = $0.deed { false } else { true }
    }
    (blocks, patience) = ([], nil)
  }

  /// Back to where a session begins.
  func goIdle(at instant: Instant) {
    phase = manners.sleeps ? .asleep : .idle
    (blocks, last, timesSaid, zeros) = ([], [], 0, 0)
    (patience, decoder.awaitsOption) = (nil, false)
    plan(.stand(.idle), at: instant)
  }

  /// 10 bits a character, in 7E1 as in 8N1; rounded up.
  static func time(of characters: Int, at baud: Int) -> TimeSpan {
    let bits = Int64(characters) * 10_000_000
    return TimeSpan(microseconds: (bits + Int64(max(baud, 1)) - 1) / Int64(max(baud, 1)))
  }

  /// Whether it is awake, counting zeros: annex B wants 2.1 s to 2.3 s of them, 63 characters or more at 300
  /// baud; our assumption: 60 do.
  private func wakeUp(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard phase == .asleep else { return true }
    for byte in bytes {
      if byte == 0 { zeros += 1 } else if zeros < Self.zerosToWake { zeros = 0 }
    }
    guard zeros >= Self.zerosToWake else { return false }
    phase = .idle
    return true
  }

  static let zerosToWake = 60
}
