// A pulse counter at a door: a serial line whose receive pin the S0 contact pulls, or a TCP stream of the
// same. Any byte is one pulse, whatever it is: a closed contact makes 00 of itself at 300 baud, a shorter one
// something else, and readers in the field (vzlogger) look at none of them.

public import Line
public import Units

/// Counts the pulses that come in at a door.
public final class PulseReader {
  public private(set) var counter: PulseCounter
  /// Times that several pulses were handed over together, so that the instants of all but the last are
  /// reckoned, not seen.
  public private(set) var clusters = 0
  private let door: any Door

  public init(door: any Door, constant: PulseCounter.Constant, debounce: TimeSpan = .milliseconds(30)) {
    self.door = door
    counter = PulseCounter(constant: constant, debounce: debounce)
  }

  /// Counts until an instant, or until so many pulses were counted since the reader was made.
  public func count(until end: Instant, pulses wanted: Int64 = .max) {
    while counter.count < wanted, door.now < end {
      let bytes = door.wait(until: end)
      if bytes.isEmpty { break }
      take(bytes.count, at: door.now)
    }
  }

  /// Bytes handed over at once came one after another, each a character's time before the next. Where there
  /// are no characters (TCP) nothing tells bounces from pulses that the network held back: all but one are
  /// then too close, unless nothing is debounced.
  private func take(_ count: Int, at now: Instant) {
    if count > 1 { clusters += 1 }
    let character = door.settings?.time(ofCharacters: 1) ?? .zero
    for index in 0..<count {
      let back = Int64(count - 1 - index) * character.microseconds
      let at = now - TimeSpan(microseconds: back)
      counter.take(at: max(at, counter.last ?? at))
    }
  }

  /// What was counted, as values: `pulses`, the energy in whole Wh under the address that the caller gives it
  /// (`1.8.0` where the output is known to follow import), and power in W to three decimals.
  public func reading(address: String = "pulse") -> MeterReading {
    let count = "\(counter.count)"
    let energy = "\(counter.advance.value)"
    var values = [
      MeterValue(
        address: "pulses", text: count, number: DecimalText(mantissa: Int128(counter.count), decimals: 0),
        protection: .unprotected),
      MeterValue(
        address: address, text: energy,
        number: DecimalText(mantissa: Int128(counter.advance.value), decimals: 0), unit: "Wh",
        protection: .unprotected),
    ]
    if let power = counter.power(at: door.now) {
      let number = DecimalText(mantissa: Int128(power.milliwatts), decimals: 3)
      values.append(
        MeterValue(
          address: "power", text: "\(number)", number: number, unit: "W", protection: .unprotected))
    }
    return MeterReading(identity: "", values: values, remarks: remarks)
  }

  /// What a person must know of a number that came from pulses.
  private var remarks: [String] {
    var remarks = ["pulses do not say which way energy went: import and export look alike"]
    let (parts, over) = counter.remainder
    if parts > 0 { remarks.append("\(parts)/\(over) Wh more than the whole Wh is kept for the next read") }
    if counter.bounces > 0 {
      remarks.append("\(counter.bounces) pulses were too close: bounces, not counted")
    }
    if clusters > 0 {
      remarks.append(
        "\(clusters) times pulses were handed over together: their instants are reckoned, not seen")
    }
    return remarks
  }
}
