// Whoever stands between a reader and a meter must change speed with them, and no byte says "now". In IEC
// 62056-21 the dialogue does: the meter's identification proposes, the reader's acknowledgement chooses
// (6.3.2, 6.4.5), the sign-on and the break end it. So the speed is read off what passes.

internal import Units

/// The speed of an IEC 62056-21 line, followed by its bytes.
struct SpeedFollower {
  /// Speed characters of modes C and E.
  private static let modeC = [300, 600, 1200, 2400, 4800, 9600, 19_200]
  /// A to F of mode B: the same but the first.
  private static let modeB = Array(modeC.dropFirst())
  private static let signOn: [UInt8] = [0x2F, 0x3F]
  private static let breaks: [UInt8] = [0x01, 0x42, 0x30, 0x03, 0x71]
  private static let longestLine = 64

  private let start: SerialSettings
  private var asked: [UInt8] = []
  private var told: [UInt8] = []
  /// After the meter has repeated a mode E acknowledgement, the line has eight bits.
  private var binary: SerialSettings?

  init(_ start: SerialSettings) { self.start = start }

  /// What the reader says: how the line must stand before it is passed on, and after it has left.
  mutating func asks(_ bytes: [UInt8]) -> (before: SerialSettings?, after: SerialSettings?) {
    asked = Array((asked + bytes.map { $0 & 0x7F }).suffix(Self.longestLine))
    let ending = asked.drop { $0 == 0x00 || $0 == 0x7F }
    if ending.starts(with: Self.signOn) || bytes.map({ $0 & 0x7F }).starts(with: Self.signOn) {
      told = []
      if asked.last == 0x0A { asked = [] }
      return (start, nil)
    }
    if asked.suffix(Self.breaks.count) == Self.breaks[...] {
      asked = []
      return (nil, start)
    }
    // ACK V Z Y CR LF.
    let message = Array(asked.suffix(6))
    guard message.count == 6, message[0] == 0x06, message[4] == 0x0D, message[5] == 0x0A else {
      return (nil, nil)
    }
    asked = []
    let index = Int(message[2]) - 0x30
    guard Self.modeC.indices.contains(index) else { return (nil, nil) }
    let faster = start.at(Self.modeC[index])
    guard message[1] != 0x32 else {
      binary = try? SerialSettings(baud: faster.baud)
      told = []
      return (nil, nil)
    }
    return (nil, faster)
  }

  /// What the meter says: how the line stands after it.
  mutating func tells(_ bytes: [UInt8]) -> SerialSettings? {
    told = Array((told + bytes.map { $0 & 0x7F }).suffix(Self.longestLine))
    if let next = binary {
      guard told.count >= 6, told.suffix(2) == [0x0D, 0x0A] else { return nil }
      binary = nil
      return told.first == 0x06 ? next : nil
    }
    // `/`, the maker's three letters, Z: mode B changes without being asked.
    guard let slash = told.lastIndex(of: 0x2F), told.last == 0x0A, told.count > slash + 5 else { return nil }
    defer { told = [] }
    let index = Int(told[slash + 4]) - 0x41
    return Self.modeB.indices.contains(index) ? start.at(Self.modeB[index]) : nil
  }
}
