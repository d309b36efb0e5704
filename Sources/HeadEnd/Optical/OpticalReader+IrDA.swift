// Values of the one-way infra-red messages. Their addresses are those that the same maker's optical ports
// use; what has no OBIS code is called by its name in the handbook.

internal import Units
internal import Wire

extension OpticalReader {
  func reading(of message: IrDAMessage) -> MeterReading {
    switch message {
    case .a100c(let message): reading(of: message)
    case .a1100(let message): reading(of: message)
    }
  }

  /// BCD energies bear no unit: Wh, as public decoders of the message take them. What a build of the meter
  /// keeps in a register its definition tells, whose meaning is the maker's.
  private func reading(of message: A100CMessage) -> MeterReading {
    var values = [
      Self.text("C.1.0", message.product), Self.text("0.2.0", message.firmware),
      Self.text("0.0.0", message.utilitySerial), Self.count("C.1.1", UInt64(message.makerSerial)),
      Self.count("0.2.1", UInt64(message.configuration)),
      Self.count("definition", UInt64(message.definition)),
    ]
    for (number, rate) in [(1, message.rate1), (2, message.rate2)] {
      values += [
        Self.energy("1.8.\(number)", rate.imported), Self.energy("2.8.\(number)", rate.exported),
        Self.energy("reverse.\(number)", rate.reverse),
      ]
    }
    values += [
      Self.text("96.5.0", Self.hexadecimal(message.status)),
      Self.text("F.F", Self.hexadecimal(message.errors)),
      Self.count("anti-creep-hours", UInt64(message.antiCreepHours), unit: "h"),
      Self.count("96.8.1", UInt64(message.rate1Hours), unit: "h"),
      Self.count("96.8.2", UInt64(message.rate2Hours), unit: "h"),
      Self.count("96.8.0", UInt64(message.powerUpHours), unit: "h"),
      Self.count("96.7.0", UInt64(message.powerFails)), Self.count("96.52.0", UInt64(message.watchdogs)),
      Self.count("96.53.0", UInt64(message.reverseEvents)),
    ]
    remark("an A100C's one-way message")
    remark("2.8.x is a field that the maker reserves: export in import/export builds alone")
    remark("1.8.x is import, or import and reverse together in a build that does not mind the direction")
    return MeterReading(identity: message.product, values: values, remarks: remarks)
  }

  /// Digits and unit stand in one text: the unit begins at the first letter behind the digits.
  private func reading(of message: A1100Message) -> MeterReading {
    remark("an A1100's one-way message")
    let values = message.sets.flatMap { set in
      set.values.enumerated().map { index, value in
        let digits = value.text.prefix { $0.isNumber || $0 == "." }
        let unit = value.text.dropFirst(digits.count)
        let isNumber = ["kWh", "Wh", "Hrs"].contains(String(unit))
        return MeterValue(
          address: set.address, index: index, text: isNumber ? String(digits) : value.text,
          number: Self.number(isNumber ? String(digits) : value.text), unit: isNumber ? String(unit) : "",
          protection: .checked)
      }
    }
    let product = message.sets.first { $0.address == "96.1.1" }?.values.first?.text
    return MeterReading(identity: product ?? "A1100", values: values, remarks: remarks)
  }

  private static func energy(_ address: String, _ value: UInt64) -> MeterValue {
    count(address, value, width: 10, unit: "Wh", isAssumed: true)
  }

  private static func count(
    _ address: String, _ value: UInt64, width: Int = 1, unit: String = "", isAssumed: Bool = false
  ) -> MeterValue {
    let digits = String(value)
    let text = String(repeating: "0", count: max(width - digits.count, 0)) + digits
    return MeterValue(
      address: address, text: text, number: number(text), unit: unit, unitIsAssumed: isAssumed,
      protection: .checked)
  }

  private static func text(_ address: String, _ text: String) -> MeterValue {
    MeterValue(address: address, text: text, number: nil, protection: .checked)
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
  }
}
