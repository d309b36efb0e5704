// What a pseudo-terminal or a socket lacks of a serial line: time, speed and parity. Characters take their
// time in both directions, each from an absolute instant; a client that stands otherwise than the meter is
// heard, and hears, as on a real line. Either may change how it stands in mid dialogue (IEC 62056-21:2002,
// 6.3).

internal import Line
internal import Units

/// The wire between a client and a meter. Values only: it reads no clock and no descriptor.
struct PtyWire {
  /// A character that the client may read from `at` on.
  struct Character: Hashable {
    var at: Instant
    var byte: UInt8
  }

  /// What is known of the client's UART.
  private enum Client {
    /// A terminal tells its speed in Bd and nothing else, and raw TCP not even that (nil: the meter's). Its
    /// format is the meter's, and parity is in bit 7 when its bytes show that it is.
    case guessed(baud: Int?, hasParityInBit7: Bool)
    /// It says how it stands (RFC 2217).
    case told(SerialSettings)
  }

  /// An answer on the wire: what may have to be sampled anew when the client changes how it stands.
  private struct Run {
    var start: Instant
    /// As `uart.onWire` reads them.
    var bytes: [UInt8]
    /// How the meter's UART stood.
    var uart: SerialSettings
  }

  /// How the meter's UART stands.
  private(set) var settings: SerialSettings
  /// Without pacing bytes take no time; then a wrong speed still garbles them.
  let isPaced: Bool
  private var client: Client
  private var heardUntil = Instant.epoch
  private var saidUntil = Instant.epoch
  private var runs: [Run] = []
  private(set) var outgoing: [Character] = []
  private var first = 0

  /// A terminal whose client stands as the meter does until it says otherwise.
  init(_ settings: SerialSettings, isPaced: Bool) {
    (self.settings, self.isPaced) = (settings, isPaced)
    client = .guessed(baud: settings.baud, hasParityInBit7: false)
  }

  /// A socket: `client` is how a client says that it stands, nil for one that cannot say.
  init(_ settings: SerialSettings, client: SerialSettings?, isPaced: Bool) {
    (self.settings, self.isPaced) = (settings, isPaced)
    self.client = client.map(Client.told) ?? .guessed(baud: nil, hasParityInBit7: false)
  }

  /// How the client's UART stands; nil for one that was hung up with speed 0.
  var clientSettings: SerialSettings? { clientSettings(facing: settings) }

  private func clientSettings(facing uart: SerialSettings) -> SerialSettings? {
    switch client {
    case .guessed(let baud, let hasParityInBit7):
      let baud = baud ?? uart.baud
      guard SerialSettings.bauds.contains(baud) else { return nil }
      return (hasParityInBit7 ? uart.onWire : uart).at(baud)
    case .told(let settings): return settings
    }
  }

  /// The meter's UART stands so from now on.
  mutating func setMeter(_ wanted: SerialSettings) { settings = wanted }

  /// The terminal's client has set this speed in Bd; 0 hangs the line up.
  mutating func setClientSpeed(_ baud: Int, at now: Instant) {
    guard case .guessed(let old?, let parity) = client, old != baud else { return }
    client = .guessed(baud: baud, hasParityInBit7: parity)
    sampleAnew(at: now)
  }

  /// The client says that it stands so.
  mutating func setClient(_ wanted: SerialSettings, at now: Instant) {
    guard case .told(let old) = client, old != wanted else { return }
    client = .told(wanted)
    sampleAnew(at: now)
  }

  /// Whether the client is heard as it speaks.
  var hasRightSpeed: Bool { clientSettings?.baud == settings.baud }

  // MARK: To the meter

  /// Bytes that the client wrote at an instant → what the meter hears, when the first of them starts on the
  /// wire, and when its last character is complete.
  mutating func hears(
    _ bytes: ArraySlice<UInt8>, at now: Instant
  ) -> (bytes: [UInt8], start: Instant, at: Instant) {
    learn(from: bytes)
    guard let client = clientSettings else { return ([], now, now) }
    let start = isPaced ? max(now, heardUntil) : now
    heardUntil = start + (isPaced ? client.time(ofCharacters: bytes.count) : .zero)
    let wave = client.wire(Array(bytes))
    if client.onWire == settings.onWire { return (settings.heard(wave), start, heardUntil) }
    let heard = MismatchedSettings.heard(wave, sentAs: client.onWire, by: settings)
    return (heard.map(\.byte), start, isPaced ? start + (heard.last?.after ?? .zero) : now)
  }

  /// A client that does parity itself sets bit 7 of every character with an odd number of ones; `/` and CR
  /// are such. One that has none there leaves parity to a UART.
  private mutating func learn(from bytes: ArraySlice<UInt8>) {
    guard case .guessed(let baud, _) = client, settings.hasParityInBit7 else { return }
    if bytes.contains(where: { $0 & 0x80 != 0 }) {
      client = .guessed(baud: baud, hasParityInBit7: true)
    } else if bytes.contains(where: { $0.nonzeroBitCount % 2 == 1 }) {
      client = .guessed(baud: baud, hasParityInBit7: false)
    }
  }

  // MARK: To the client

  /// Puts an answer of the meter on the wire, said by a UART that stands so (nil: as now).
  mutating func say(_ answer: TimedBytes, as uart: SerialSettings? = nil) {
    let pace = uart ?? settings
    let start = isPaced ? max(answer.at, saidUntil) : answer.at
    saidUntil = start + (isPaced ? pace.time(ofCharacters: answer.bytes.count) : .zero)
    let run = Run(start: start, bytes: pace.wire(answer.bytes), uart: pace)
    runs.append(run)
    put(run)
  }

  /// What the head throws back of the client's own characters, as they stand on its wire.
  mutating func reflect(_ echo: TimedBytes) {
    guard let pace = clientSettings?.onWire else { return }
    for (index, byte) in echo.bytes.enumerated() {
      outgoing.append(Character(at: echo.at + time(index + 1, pace), byte: byte))
    }
    sort()
  }

  private func time(_ count: Int, _ pace: SerialSettings) -> TimeSpan {
    isPaced ? pace.time(ofCharacters: count) : .zero
  }

  /// The characters that the client's UART makes of a run.
  private mutating func put(_ run: Run) {
    guard let client = clientSettings(facing: run.uart) else { return }
    if client.onWire == run.uart.onWire {
      for (index, byte) in client.heard(run.bytes).enumerated() {
        outgoing.append(Character(at: run.start + time(index + 1, run.uart), byte: byte))
      }
    } else {
      for one in MismatchedSettings.heard(run.bytes, sentAs: run.uart.onWire, by: client) {
        outgoing.append(Character(at: isPaced ? run.start + one.after : run.start, byte: one.byte))
      }
    }
  }

  /// What the client has heard stays; what is still on the wire is heard by its UART as it stands now. A
  /// character that is under way is lost.
  private mutating func sampleAnew(at now: Instant) {
    outgoing.removeAll { $0.at > now }
    for index in runs.indices {
      var run = runs[index]
      let begun = (0..<run.bytes.count).prefix { run.start + time($0, run.uart) < now }.count
      run.bytes.removeFirst(begun)
      run.start = run.start + time(begun, run.uart)
      runs[index] = run
      put(run)
    }
    sort()
  }

  private mutating func sort() {
    outgoing.removeFirst(first)
    first = 0
    let inOrder = outgoing.enumerated().sorted {
      ($0.element.at, $0.offset) < ($1.element.at, $1.offset)
    }
    outgoing = inOrder.map(\.element)
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
      let isPaced = isPaced
      runs.removeAll {
        $0.start + (isPaced ? $0.uart.time(ofCharacters: $0.bytes.count) : .zero) <= now
      }
    }
  }
}
