// The answer of a unit-rate service: `{results: [{value_exc_vat, value_inc_vat, valid_from, valid_to, …}]}`,
// in p/kWh and UTC, newest first, a page at a time.

internal import Units

extension RateFile {
  mutating func readJSON(_ text: String, file: String) throws -> [Row] {
    do {
      return try rows(try JSONReader.read(text, file: file, as: "JSON of unit rates", code: "BS-IMP-40"))
    } catch var wrong as Diagnostic {
      wrong.shorten()
      throw wrong
    } catch var wrong as Diagnostics {
      for index in wrong.list.indices { wrong.list[index].shorten() }
      throw wrong
    }
  }

  private mutating func rows(_ root: Node) throws -> [Row] {
    var results = root
    if case .map = root.content {
      var fields = try Fields(root, of: "an answer of unit rates")
      guard let found = fields.optional("results") else {
        throw root.diagnostic(
          "BS-IMP-40", "there are no `results` here",
          help: "{results: [{value_exc_vat, valid_from, valid_to}]}")
      }
      results = found
      if let next = fields.optional("next"), !next.isNull {
        notes.append(ImportNote(.morePages, "the answer goes on in a next page, which is not in this file"))
      }
    }
    guard case .list(let items) = results.content, !items.isEmpty else {
      throw results.diagnostic("BS-IMP-40", "a list of prices is wanted here, with at least one")
    }
    mapping.add("rates", "\(items.count) prices, JSON")
    mapping.add("price", "value_exc_vat, p/kWh", "the shape of the file")
    mapping.add("zone", "as the stamps say", "the stamps")
    var collector = Collector()
    var rows: [Row] = []
    for item in items {
      if let row = try collector.attempt({ try Self.row(item) }) { rows.append(row) }
    }
    try collector.finish()
    return rows
  }

  private static func row(_ item: Node) throws -> Row {
    var fields = try Fields(item, of: "a price")
    let value = try need("value_exc_vat", &fields)
    let rate = try self.rate(value)
    if let other = fields.optional("value_inc_vat"), !other.isNull {
      let withTax = try self.rate(other)
      guard withTax == rate else {
        throw other.diagnostic(
          "BS-IMP-46", "\(withTax) with VAT is not \(rate) without: export carries no VAT (R-RATE-03)",
          help: "this is an import product; get the rates of the export product")
      }
    }
    let from = try instant(try need("valid_from", &fields))
    var to: Instant?
    if let node = fields.optional("valid_to"), !node.isNull { to = try instant(node) }
    let whole = item.diagnostic("", "")
    return Row(
      price: TariffTerms.Price(from: from, to: to, rate: rate), at: value.at, excerpt: whole.excerpt)
  }

  private static func need(_ key: String, _ fields: inout Fields) throws -> Node {
    if let node = fields.optional(key), !node.isNull { return node }
    throw fields.node.diagnostic("BS-IMP-40", "this price has no `\(key)`")
  }

  private static func rate(_ node: Node) throws -> UnitRate {
    let text = try node.text("a price")
    guard let number = try? DecimalText(parsing: text, exponent: true) else {
      throw node.diagnostic("BS-IMP-43", "'\(text)' is no price")
    }
    guard let whole = number.whole(timesTenTo: 6).flatMap(Int64.init(exactly:)) else {
      throw node.diagnostic(
        "BS-IMP-43", "'\(text)' p/kWh is finer than 0.000001 p/kWh, or too large", help: "write six decimals")
    }
    return UnitRate(microPencePerKilowattHour: whole)
  }

  private static func instant(_ node: Node) throws -> Instant {
    let text = try node.text("a time")
    do {
      return try Instant(parsing: text)
    } catch {
      throw node.diagnostic("BS-IMP-11", "'\(text)' is no instant: \(error.message)")
    }
  }
}

extension Diagnostic {
  /// A whole answer in one line is no excerpt.
  fileprivate mutating func shorten() {
    if let line = excerpt, line.count > 400 { excerpt = nil }
  }
}
