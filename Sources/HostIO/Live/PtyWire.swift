// What a pseudo-terminal lacks of a serial line: time and speed. Characters take their time in both
// directions, each from an absolute instant; a client at another speed is heard, and hears, as on a real
// line.

internal import Line
internal import Units

/// The wire between a client and a meter. Values only: it reads no clock and no descriptor.
struct PtyWire {
  /// A character that the client may read from `at` on.
  struct Character: Hashable {
    var at: Instant
    var byte: UInt8
  }

  let settings: SerialSettings
  /// Without pacing bytes take no time; then a wrong speed still garbles them.
  let isPaced: Bool
  private var client: SerialSettings?
  private var heardUntil = Instant.epoch
  private var saidUntil = Instant.epoch
  private(set) var outgoing: [Character] = []
  private var first = 0

  init(_ settings: SerialSettings, isPaced: Bool) {
    (self.settings, self.isPaced) = (settings, isPaced)
    client = settings
  }

  /// The client has set this speed in Bd; 0 hangs the line up. Its format is taken to be the meter's, since a
  /// pseudo-terminal does not tell.
  mutating func setClientSpeed(_ baud: Int) {
    if client?.baud == baud { return }
    client = try? SerialSettings(
      baud: baud, dataBits: settings.dataBits, parity: settings.parity, stopBits: settings.stopBits)
  }

  var hasRightSpeed: Bool { client?.baud == settings.baud }

  /// Bytes that the client wrote at an instant → what the meter hears, and when its last character is
  /// complete.
  mutating func hears(_ bytes: ArraySlice<UInt8>, at now: Instant) -> (bytes: [UInt8], at: Instant) {
    guard let client else { return ([], now) }
    let start = isPaced ? max(now, heardUntil) : now
    heardUntil = start + (isPaced ? client.time(ofCharacters: bytes.count) : .zero)
    if hasRightSpeed { return (Array(bytes), heardUntil) }
    let heard = MismatchedSettings.heard(Array(bytes), sentAs: client, by: settings)
    return (heard.map(\.byte), isPaced ? start + (heard.last?.after ?? .zero) : now)
  }

  /// Puts an answer of the meter on the wire.
  mutating func say(_ answer: TimedBytes) {
    let start = isPaced ? max(answer.at, saidUntil) : answer.at
    saidUntil = start + (isPaced ? settings.time(ofCharacters: answer.bytes.count) : .zero)
    guard let client else { return }
    if hasRightSpeed {
      for (index, byte) in answer.bytes.enumerated() {
        let after = isPaced ? settings.time(ofCharacters: index + 1) : .zero
        outgoing.append(Character(at: start + after, byte: byte))
      }
    } else {
      for one in MismatchedSettings.heard(answer.bytes, sentAs: settings, by: client) {
        outgoing.append(Character(at: isPaced ? start + one.after : start, byte: one.byte))
      }
    }
  }

  /// When the next character is complete.
  var due: Instant? { first < outgoing.count ? outgoing[first].at : nil }

  /// Takes the characters that are complete by an instant.
  mutating func take(by now: Instant, each: (Character) -> Void) {
    while first < outgoing.count, outgoing[first].at <= now {
      each(outgoing[first])
      first += 1
    }
    if first == outgoing.count {
      outgoing.removeAll(keepingCapacity: true)
      first = 0
    }
  }
}
