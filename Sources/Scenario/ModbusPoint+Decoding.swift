// One row of a register map: `points:`, `reads-zero:` and `settings:` of a profile's Modbus part.

internal import MeterModel

/// The documents of a map, by the short words that its rows use.
struct ModbusSources {
  private var byWord: [String: String] = [:]

  init(_ node: Node) throws {
    let fields = try Fields(node, of: "the sources")
    guard case .map(let entries) = fields.node.content else { return }
    for entry in entries { byWord[entry.key] = try entry.value.text("a document and its edition") }
  }

  func source(_ node: Node) throws -> String {
    let word = try node.text("a word of `sources:`")
    if let source = byWord[word] { return source }
    let near = Spelling.nearest(to: word, among: byWord.keys).map { "did you mean '\($0)'?" }
    throw node.diagnostic("BS-PRF-49", "no source is called '\(word)'", help: near ?? "add it to `sources:`")
  }
}

/// What every row says of its place and its form.
private struct ModbusForm {
  var functions: Set<UInt8>
  var address: UInt16
  var number: ModbusNumber
  var order: WordOrder
  var source: String

  init(_ fields: inout Fields, sources: ModbusSources) throws {
    functions = try fields.required("functions").functions()
    address = try fields.required("address").address("the address")
    number = try fields.required("type").word("type of number")
    source = try sources.source(fields.required("source"))
    if number.registers == 1 {
      if let order = fields.optional("order") {
        throw order.diagnostic("BS-PRF-50", "a value of one register has no word order", help: "remove it")
      }
      order = .mostSignificantFirst
    } else {
      order = try fields.required("order").word("word order")
    }
  }
}

extension ModbusPoint {
  init(_ node: Node, sources: ModbusSources) throws {
    var fields = try Fields(node, of: "a point")
    let form = try ModbusForm(&fields, sources: sources)
    let alone = try fields.optional("alone")?.flag("alone") ?? false
    if let constant = fields.optional("constant") {
      let name = try fields.required("name").text("a name")
      let value = try constant.whole("the constant", in: 0...Int64(UInt32.max))
      try fields.finish()
      self.init(
        name: name, shows: .constant(value), functions: form.functions, address: form.address,
        number: form.number, order: form.order, alone: alone, source: form.source)
      return
    }
    let quantity = try fields.required("quantity").modbusQuantity()
    let unitNode = try fields.required("unit")
    let unit: ModbusUnit = try unitNode.word("unit of a register")
    guard quantity.kind.units.contains(unit) else {
      let known = quantity.kind.units.map(\.rawValue).joined(separator: " or ")
      throw unitNode.diagnostic("BS-PRF-51", "\(quantity.name) is in \(known), not in \(unit.rawValue)")
    }
    let scale = try fields.required("scale").powerOfTen()
    let sign = try Self.sign(of: quantity, &fields)
    try fields.finish()
    self.init(
      name: quantity.name, shows: .quantity(quantity), functions: form.functions, address: form.address,
      number: form.number, order: form.order, unit: unit, scale: scale, sign: sign, alone: alone,
      source: form.source)
  }

  /// A register that the meter has and the emulation does not work out.
  init(readingZero node: Node, sources: ModbusSources) throws {
    var fields = try Fields(node, of: "a register that reads 0")
    let form = try ModbusForm(&fields, sources: sources)
    let name = try fields.required("name").text("a name")
    try fields.finish()
    self.init(
      name: name, shows: .zero, functions: form.functions, address: form.address, number: form.number,
      order: form.order, source: form.source)
  }

  private static func sign(of quantity: ModbusQuantity, _ fields: inout Fields) throws -> Sign {
    if quantity.kind.isDirected {
      return try fields.required("positive").word("direction that is positive")
    }
    guard let needless = fields.optional("positive") else { return .import }
    throw needless.diagnostic("BS-PRF-52", "\(quantity.name) has no direction", help: "remove `positive:`")
  }
}

extension ModbusSetting {
  init(_ node: Node, sources: ModbusSources) throws {
    var fields = try Fields(node, of: "a setting")
    let form = try ModbusForm(&fields, sources: sources)
    let name = try fields.required("setting").text("the name of a setting")
    let meaning: Meaning = try fields.optional("means")?.word("meaning of a setting") ?? .other
    let codes = try Self.codes(&fields, for: meaning)
    let initial = try fields.optional("initial")?.whole("the value as shipped", in: 0...Int64(UInt32.max))
    let acts: Acts = try fields.optional("acts")?.word("time at which a setting acts") ?? .atOnce
    let allowed = try Self.allowed(&fields)
    try fields.finish()
    if let initial, !allowed.contains(initial) {
      throw node.diagnostic("BS-PRF-53", "'\(name)' is shipped as \(initial), which it does not allow")
    }
    self.init(
      name: name, meaning: meaning, functions: form.functions, address: form.address, number: form.number,
      order: form.order, allowed: allowed, initial: initial ?? 0, codes: codes, acts: acts,
      source: form.source)
  }

  private static func allowed(_ fields: inout Fields) throws -> Allowed {
    let values = fields.optional("values")
    let range = fields.optional("range")
    if values != nil, let range {
      throw range.diagnostic("BS-PRF-54", "either `values:` or `range:`, not both", help: "remove one")
    }
    if let values {
      return .values(try values.list("the values").map { try $0.whole("a value", in: 0...Int64(UInt32.max)) })
    }
    guard let range else { return .any }
    let ends = try range.list("the range").map {
      try $0.whole("an end of the range", in: 0...Int64(UInt32.max))
    }
    guard ends.count == 2, ends[0] <= ends[1] else {
      throw range.diagnostic("BS-PRF-55", "a range is two numbers, the lower first", help: "write `[1, 247]`")
    }
    return .range(ends[0]...ends[1])
  }

  /// Which number stands for which speed or format: for the meanings that have codes, and only there.
  private static func codes(_ fields: inout Fields, for meaning: Meaning) throws -> [Int64: Int] {
    guard [.baud, .frame, .unitAndBaud, .energyFormat].contains(meaning) else { return [:] }
    let range: ClosedRange<Int64> = meaning == .energyFormat ? 0...3 : 300...115_200
    let node = try fields.required("codes")
    guard case .map(let entries) = node.content else {
      throw node.diagnostic("BS-PRF-56", "the codes must be a map", help: "write `{0: 2400, 1: 4800}`")
    }
    var codes: [Int64: Int] = [:]
    for entry in entries {
      guard let code = Int64(entry.key), codes[code] == nil else {
        throw node.diagnostic("BS-PRF-57", "'\(entry.key)' is no number of its own for a speed")
      }
      codes[code] =
        meaning == .frame
        ? try entry.value.frame().rawValue : Int(try entry.value.whole("the speed", in: range))
    }
    return codes
  }
}

extension Node {
  /// `8N1`, `8E1`, `8O1` or `8N2`.
  func frame() throws -> ModbusFrame {
    let word = try text("the frame of a character")
    guard let frame = ModbusFrame(word: word) else {
      let known = ModbusFrame.allCases.map(\.word).joined(separator: ", ")
      throw diagnostic("BS-SCN-12", "'\(word)' is no frame of a character", help: "one of: \(known)")
    }
    return frame
  }

  fileprivate func modbusQuantity() throws -> ModbusQuantity {
    try modbusQuantity(named: try text("a quantity"))
  }

  func modbusQuantity(named name: String) throws -> ModbusQuantity {
    if let quantity = ModbusQuantity(named: name) { return quantity }
    let near = Spelling.nearest(to: name, among: ModbusQuantity.all.map(\.name))
    throw diagnostic(
      "BS-PRF-58", "no quantity is called '\(name)'",
      help: near.map { "did you mean '\($0)'?" } ?? "what the emulation has not stands under `reads-zero:`")
  }

  /// The exponent of a scale of 1, 10, 0.1 and so on.
  fileprivate func powerOfTen() throws -> Int { try powerOfTen(of: try text("a scale")) }

  func powerOfTen(of text: String) throws -> Int {
    let powers = (-9...9).map { power in
      power >= 0
        ? "1" + String(repeating: "0", count: power) : "0." + String(repeating: "0", count: -power - 1) + "1"
    }
    guard let index = powers.firstIndex(of: text) else {
      throw diagnostic("BS-PRF-59", "a scale is a power of ten (1, 0.1, 0.001, 10), not '\(text)'")
    }
    return index - 9
  }
}
