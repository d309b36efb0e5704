// What a UART hears when it is set differently from the one that speaks: wrong speed, 7E1 against 8N1. The
// sender's bits are laid out in time and sampled as a receiver does: on a falling edge it waits half a bit to
// be sure of the start bit, then samples each bit in its middle. All times are whole numbers of 1/(2 × both
// speeds) s.

public import Units

/// A pure function from what was sent to what is heard.
public enum MismatchedSettings {
  /// A character as the receiver's tty hands it on.
  public struct Heard: Hashable, Sendable {
    /// A character with a wrong parity bit, or without a stop bit, is handed on as 0 where parity is checked,
    /// else as its bits were sampled (termios(3): INPCK without IGNPAR and PARMRK).
    public var byte: UInt8
    /// The parity bit was wrong, or the stop bit was no stop bit.
    public var isFlawed: Bool
    /// When its stop bit was sampled, counted from the first start bit of all.
    public var after: TimeSpan
  }

  /// What is heard of bytes that are sent without a pause on an idle line. Empty where nothing is heard.
  /// `isInverted`: every level is the other one, also that of the idle line.
  public static func heard(
    _ bytes: [UInt8], sentAs sender: SerialSettings, by receiver: SerialSettings, isInverted: Bool = false
  ) -> [Heard] {
    let wave = Wave(bytes, sentAs: sender, unitsPerBit: Int64(2 * receiver.baud), isInverted: isInverted)
    let bit = Int64(2 * sender.baud)
    var heard: [Heard] = []
    var from: Int64 = 0
    while let edge = wave.fallingEdge(from: from) {
      guard !wave.level(at: edge + bit / 2) else {
        from = edge + bit / 2
        continue
      }
      var one = sample(wave, after: edge, bit: bit, receiver)
      let stop = edge + bit / 2 + Int64(1 + receiver.dataBits + (receiver.parity == .none ? 0 : 1)) * bit
      one.after = TimeSpan(microseconds: microseconds(stop, sender, receiver))
      heard.append(one)
      from = stop
    }
    return heard
  }

  private static func sample(
    _ wave: Wave, after edge: Int64, bit: Int64, _ receiver: SerialSettings
  ) -> Heard {
    var at = edge + bit / 2
    var byte: UInt8 = 0
    var ones = 0
    for place in 0..<receiver.dataBits {
      at += bit
      guard wave.level(at: at) else { continue }
      byte |= 1 << UInt8(place)
      ones += 1
    }
    var isFlawed = false
    if receiver.parity != .none {
      at += bit
      if wave.level(at: at) { ones += 1 }
      isFlawed = ones % 2 != (receiver.parity == .even ? 0 : 1)
    }
    if !wave.level(at: at + bit) { isFlawed = true }
    let handedOn = isFlawed && receiver.parity != .none ? 0 : byte
    return Heard(byte: handedOn, isFlawed: isFlawed, after: .zero)
  }

  /// From units of 1/(2 × both speeds) s, rounded up. 128 bits: 260 characters between the extremes need
  /// them.
  private static func microseconds(
    _ units: Int64, _ sender: SerialSettings, _ receiver: SerialSettings
  ) -> Int64 {
    let perSecond = 2 * Int128(sender.baud) * Int128(receiver.baud)
    return Int64((Int128(units) * 1_000_000 + perSecond - 1) / perSecond)
  }
}

/// The level of a line in time: true is idle or a one, where nothing is inverted.
private struct Wave {
  let levels: [Bool]
  let unitsPerBit: Int64
  private let idle: Bool

  init(_ bytes: [UInt8], sentAs sender: SerialSettings, unitsPerBit: Int64, isInverted: Bool) {
    self.unitsPerBit = unitsPerBit
    idle = !isInverted
    var levels: [Bool] = []
    levels.reserveCapacity(bytes.count * sender.bitsPerCharacter)
    for byte in bytes {
      levels.append(false)
      let data = (0..<sender.dataBits).map { byte >> UInt8($0) & 1 == 1 }
      levels += data
      if sender.parity != .none {
        let isOdd = data.count(where: { $0 }) % 2 == 1
        levels.append(isOdd == (sender.parity == .even))
      }
      levels += repeatElement(true, count: sender.stopBits)
    }
    self.levels = isInverted ? levels.map { !$0 } : levels
  }

  func level(at units: Int64) -> Bool {
    let index = Int(units / unitsPerBit)
    return index < levels.count ? levels[index] : idle
  }

  /// The first change from one to zero at or after an instant.
  func fallingEdge(from units: Int64) -> Int64? {
    var index = Int((units + unitsPerBit - 1) / unitsPerBit)
    while index < levels.count {
      if !levels[index], index == 0 ? idle : levels[index - 1] { return Int64(index) * unitsPerBit }
      index += 1
    }
    return nil
  }
}
