// What an optical port lists: lines of an address and values. A number is written as a picture of itself:
// `000000.000*kWh` has six digits before the point, three behind it, and its unit; `#####0.0*kWh` leads with
// blanks; `0*kWh` takes as many digits as it needs.

public import MeterModel
internal import Units

extension Node {
  func opticalLists() throws -> [OpticalList] {
    var lists: [OpticalList] = []
    for node in try list("the lists") {
      var fields = try Fields(node, of: "a list")
      let optionNode = fields.optional("option")
      let option = try optionNode?.text("the option") ?? "0"
      let lines = try fields.required("lines").list("the lines").map { try OpticalLine($0) }
      try fields.finish()
      guard ["0", "6", "7", "8", "9"].contains(option), !lists.contains(where: { $0.option == option }) else {
        throw (optionNode ?? node).diagnostic(
          "BS-PRF-69", "'\(option)' is no option of a list, or stands twice",
          help: "`0` asks for the usual list, `6` to `9` for a maker's own")
      }
      lists.append(OpticalList(option: option, lines: lines))
    }
    guard lists.contains(where: { $0.option == "0" }) else {
      throw diagnostic("BS-PRF-70", "the list of option 0 is missing: every reader asks for it")
    }
    return lists
  }

  /// An address as it stands before a bracket.
  func opticalAddress() throws -> String {
    let text = try text("an address")
    guard (1...16).contains(text.utf8.count), text.isPrintable, !text.contains(where: { "()/!".contains($0) })
    else {
      throw diagnostic("BS-PRF-71", "an address has 1 to 16 printable characters, none of them ( ) / !")
    }
    return text
  }

  func clockPattern() throws -> OpticalClockPattern {
    let text = try text("a pattern of a time stamp")
    guard (1...32).contains(text.utf8.count), text.isPrintable,
      !text.contains(where: { "()*/!".contains($0) })
    else {
      throw diagnostic("BS-PRF-72", "'\(text)' is no pattern of a time stamp", help: "such as YYMMDDhhmm")
    }
    return OpticalClockPattern(text)
  }

  /// `000000.000*kWh`.
  func numberForm() throws -> OpticalNumberForm {
    let text = try text("the picture of a number")
    if let form = OpticalNumberForm(picture: text) { return form }
    throw diagnostic(
      "BS-PRF-73", "'\(text)' is no picture of a number",
      help: "at most 12 digits, 6 behind the point, and a unit: 000000.000*kWh, #####0.0*kWh, 00000000")
  }
}

extension OpticalNumberForm {
  /// Powers of ten of what units stand for; a number without a unit is in kWh or kW by convention.
  private static let powers = ["kwh": 3, "wh": 0, "mwh": 6, "kw": 3, "w": 0, "kvarh": 3, "": 3]

  /// Nil where a text is no picture. `0` before the point is as many digits as it takes.
  init?(picture: String) {
    let halves = picture.split(separator: "*", maxSplits: 1, omittingEmptySubsequences: false)
    let unit = halves.count > 1 ? String(halves[1]) : ""
    let parts = halves[0].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let decimals = parts.count > 1 ? parts[1].count : 0
    let blanks = parts[0].prefix { $0 == "#" }.count
    let zeros = parts[0].dropFirst(blanks)
    let digits = blanks + zeros.count
    // The digit before the point is always written: of zero there would be nothing but the point.
    guard !zeros.isEmpty, zeros.allSatisfy({ $0 == "0" }), (1...12).contains(digits),
      (0...6).contains(decimals),
      parts.count == 1 || decimals > 0, parts.dropFirst().allSatisfy({ $0.allSatisfy { $0 == "0" } }),
      unit.utf8.count <= 16, unit.isPrintable, !unit.contains(where: { "()/!*".contains($0) }),
      halves.count == 1 || !unit.isEmpty
    else { return nil }
    self.init(
      digits: digits == 1 ? 0 : digits, decimals: decimals, unit: unit,
      power: Self.powers[unit.lowercased()] ?? 0, isBlankPadded: blanks > 0)
  }

  /// The picture that this form is written as.
  public var picture: String {
    let before =
      isBlankPadded && digits > 0
      ? String(repeating: "#", count: digits - 1) + "0" : String(repeating: "0", count: max(digits, 1))
    let after = decimals > 0 ? "." + String(repeating: "0", count: decimals) : ""
    return before + after + (unit.isEmpty ? "" : "*" + unit)
  }
}

extension OpticalLine {
  fileprivate init(_ node: Node) throws {
    var fields = try Fields(node, of: "a line of a list")
    let address = try fields.required("address").opticalAddress()
    if let values = fields.optional("values") {
      let values = try values.list("the values").map { node in
        var fields = try Fields(node, of: "a value")
        let value = try OpticalValue(&fields)
        try fields.finish()
        return value
      }
      try fields.finish()
      self.init(address, values)
    } else {
      let value = try OpticalValue(&fields)
      try fields.finish()
      self.init(address, [value])
    }
  }
}

extension OpticalValue {
  /// The words of `shows:` that need no more.
  private static let plain: [String: OpticalQuantity] = [
    "sum": .energySum, "net": .energyNet, "reverse": .reverseEnergy, "reverse-events": .reverseEvents,
    "power-import": .power(.import), "power-export": .power(.export), "power-net": .power(.net),
    "serial": .serial, "errors": .errors, "status": .status, "power-fails": .powerFails,
  ]

  private static var words: [String] { RegisterRole.allCases.map(\.rawValue) + plain.keys.sorted() }

  fileprivate init(_ fields: inout Fields) throws {
    let form = try fields.optional("number")?.numberForm() ?? .text
    let back = try fields.optional("back")?.whole("how many resets back", in: 1...99)
    let rate = Int(try fields.optional("rate")?.whole("the rate", in: 0...8) ?? 0)
    let kinds = [
      fields.optional("shows"), fields.optional("clock"), fields.optional("reset-stamp"),
      fields.optional("text"),
    ]
    guard kinds.compactMap(\.self).count == 1 else {
      throw fields.node.diagnostic(
        "BS-PRF-74", "a value shows one thing",
        help: "write one of `shows`, `clock`, `reset-stamp` and `text`")
    }
    if let shows = kinds[0] {
      self.init(try Self.quantity(shows, rate: rate, back: back.map(Int.init)), form)
    } else if let clock = kinds[1] {
      self.init(.clock(try clock.clockPattern()), form)
    } else if let stamp = kinds[2] {
      self.init(.resetStamp(back: Int(back ?? 1), try stamp.clockPattern()), form)
    } else {
      self.init(.text(try kinds[3]?.valueText() ?? ""), form)
    }
  }

  private static func quantity(_ node: Node, rate: Int, back: Int?) throws -> OpticalQuantity {
    let word = try node.word(among: words, "thing that a meter shows")
    if let quantity = plain[word] { return quantity }
    let role = RegisterRole(rawValue: word) ?? .import
    return back.map { .historical(role, rate: rate, back: $0) } ?? .energy(role, rate: rate)
  }
}

extension Node {
  /// What may stand in a bracket.
  fileprivate func valueText() throws -> String {
    let text = try text("the text of a value")
    guard text.utf8.count <= 128, text.isPrintable, !text.contains(where: { "()/!".contains($0) }) else {
      throw diagnostic("BS-PRF-75", "a value has at most 128 printable characters, none of them ( ) / !")
    }
    return text
  }
}
