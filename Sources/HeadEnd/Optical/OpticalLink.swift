// The reader's UART at an optical head: 7E1 by the port or in software, and the head's echo. What it hands on
// are 7-bit codes; a character with a wrong parity bit is handed on as 0, as a UART with parity checking
// does, and no message has a 0 in it.

internal import Line
internal import Units
internal import Wire

/// Characters to and from an optical head.
final class OpticalLink {
  let door: any Door
  private(set) var baud = 300
  /// Whether the head throws back what is sent; nil until the first answer tells.
  private(set) var echoes: Bool?
  /// Whether parity is done here, in bit 7.
  private(set) var isSoftware = false
  /// Whether the meter sends parity in bit 7; nil until its identification tells.
  private(set) var checksParity: Bool?
  /// Whether parity is put into bit 7 of what is sent.
  var addsParity = false

  private let options: OpticalOptions
  /// What should come back of the last message, and what of it has.
  private var awaited: ArraySlice<UInt8> = []
  private var held: [UInt8] = []
  /// The last raw bytes, from which parity is judged.
  private var recent: [UInt8] = []
  private static let recentBytes = 128

  init(_ door: any Door, _ options: OpticalOptions) {
    (self.door, self.options) = (door, options)
    switch options.echo {
    case .auto: echoes = nil
    case .none: echoes = false
    case .strip: echoes = true
    }
  }

  var now: Instant { door.now }

  /// 10 bits a character.
  func time(of characters: Int) -> TimeSpan {
    TimeSpan(microseconds: (Int64(characters) * 10_000_000 + Int64(baud) - 1) / Int64(max(baud, 1)))
  }

  /// Sets the UART: 7E1 where it can and may, else 8N1 with parity in bit 7; `binary`: 8N1 for HDLC and IrDA.
  /// The last message has left then.
  func stand(at baud: Int, binary: Bool = false) {
    self.baud = baud
    let seven = try? SerialSettings(baud: baud, dataBits: 7, parity: .even)
    let eight = try? SerialSettings(baud: baud, dataBits: 8, parity: .none)
    if binary {
      if let eight { _ = door.tune(to: eight) }
      return
    }
    if options.parity == .auto, let seven, door.tune(to: seven) {
      isSoftware = false
      return
    }
    isSoftware = true
    if let eight { _ = door.tune(to: eight) }
    // A stream without a UART carries 7-bit characters, unless somebody behind it stands 8N1.
    if options.parity == .none || door.settings == nil, checksParity == nil { addsParity = false }
    if options.parity != .none, door.settings != nil { addsParity = true }
    if options.parity == .software { addsParity = true }
  }

  func send(_ bytes: [UInt8]) {
    awaited = echoes == false ? [] : bytes[...]
    held = []
    door.write(isSoftware && addsParity ? SoftwareParity.adding(to: bytes) : bytes)
  }

  /// Drops what has come.
  func flush() {
    door.flush()
    (awaited, held) = ([], [])
  }

  /// Codes that came until an instant, at least one; none: silence.
  func receive(until patience: Instant) -> [UInt8] {
    while true {
      let raw = door.wait(until: patience)
      guard !raw.isEmpty else { return [] }
      let codes = withoutEcho(raw)
      if !codes.isEmpty { return codes }
    }
  }

  /// Waits until nothing has come for a span; no longer than `limit` in all. Returns how much came.
  @discardableResult
  func rest(_ span: TimeSpan, limit: TimeSpan = .seconds(60)) -> Int {
    let end = now + limit
    var count = 0
    while true {
      let raw = door.wait(until: min(now + span, end))
      if raw.isEmpty { return count }
      count += withoutEcho(raw).count
      if now >= end { return count }
    }
  }

  /// Waits for the end of the echo, where there is one: a UART that changes its speed before garbles it. No
  /// longer than the wire time of what was sent and the slowest head (our assumption: 100 ms).
  func awaitEcho() -> [UInt8] {
    guard echoes == true else { return [] }
    let end = now + time(of: awaited.count) + .milliseconds(100)
    var codes: [UInt8] = []
    while !awaited.isEmpty, now < end {
      let raw = door.wait(until: end)
      if raw.isEmpty { break }
      codes += withoutEcho(raw)
    }
    return codes
  }

  /// The identification has come whole in the last so many characters: tells whether it bore parity.
  func learnParity(from count: Int) {
    guard isSoftware, checksParity == nil, options.parity != .none else { return }
    checksParity = SoftwareParity.isUsed(in: recent.suffix(count))
  }

  private func withoutEcho(_ raw: [UInt8]) -> [UInt8] {
    recent = Array((recent + raw).suffix(Self.recentBytes))
    guard !awaited.isEmpty else { return raw.map(code) }
    for (index, byte) in raw.enumerated() {
      guard let first = awaited.first, byte & 0x7F == first else {
        // Not what was sent: an answer, or a head that lost some of its echo.
        let data = (echoes == true ? [] : held) + raw[index...]
        if echoes == nil { echoes = false }
        (awaited, held) = ([], [])
        return data.map(code)
      }
      held.append(byte)
      awaited = awaited.dropFirst()
      guard awaited.isEmpty else { continue }
      echoes = true
      held = []
      return raw[(index + 1)...].map(code)
    }
    return []
  }

  private func code(_ byte: UInt8) -> UInt8 {
    isSoftware && options.parity != .none && checksParity ?? false
      ? SoftwareParity.checked(byte) : byte & 0x7F
  }
}
