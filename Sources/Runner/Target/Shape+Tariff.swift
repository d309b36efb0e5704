// Versions of a tariff: one of `flat`, `timeOfUse` and `halfHourly`.

internal import Scenario
internal import Units

extension Shape where Value == TariffTerms.Window {
  static let window = Shape.object(
    "window", "a window", blank: TariffTerms.Window(fromMinute: 0, toMinute: 0, rate: .zero),
    [
      .needed(
        "fromMinute", \.fromMinute, .int(0...1440), "Minute of the London day; the window may pass midnight."),
      .needed("toMinute", \.toMinute, .int(0...1440), "Exclusive."),
      .needed("rate", \.rate, .rate, "p/kWh"),
    ])
}

extension Shape where Value == TariffTerms.Price {
  static let price = Shape.object(
    "price", "a price", blank: TariffTerms.Price(from: .epoch, to: nil, rate: .zero),
    [
      .needed("from", \.from, .instant),
      .nullable("to", \.to, .instant, "Exclusive; null until further notice."),
      .needed("rate", \.rate, .rate, "p/kWh"),
    ])
}

extension Shape where Value == TariffTerms {
  static let tariff = Shape.object(
    "tariff", "a tariff", blank: TariffTerms(name: "", from: .epoch, shape: .halfHourly([])),
    [
      .needed("name", \.name, .text),
      .needed("from", \.from, .instant, "In force from here until the next version."),
      .needed("seg", \.isSEG, .flag, "A tariff under the SEG: its rates are above zero."),
      .needed("is", \.shape, .tariffShape, "One of flat, timeOfUse, halfHourly."),
    ])
}

extension Shape where Value == TariffTerms.Shape {
  private struct Windows: Sendable {
    var windows: [TariffTerms.Window] = []
    var otherwise = UnitRate.zero
  }

  private static let windows = Shape<Windows>.object(
    "windows", "windows", blank: Windows(),
    [
      .needed("windows", \.windows, .list(.window)),
      .needed("otherwise", \.otherwise, .rate, "p/kWh outside all windows"),
    ])

  private static let parts: [(key: String, schema: SchemaPart)] = [
    ("flat", Shape<UnitRate>.rate.schema.saying("p/kWh")), ("timeOfUse", windows.schema),
    (
      "halfHourly",
      Shape<[TariffTerms.Price]>.list(.price).schema.saying("Each stretch of UTC its own price.")
    ),
  ]

  static let tariffShape = Shape(
    SchemaPart(
      [
        ("type", .text("object")), ("properties", .object(parts.map { ($0.key, $0.schema.text) })),
        ("minProperties", .whole(1)), ("maxProperties", .whole(1)), ("additionalProperties", .flag(false)),
      ], parts.reduce(into: [:]) { $0.merge($1.schema.definitions) { first, _ in first } }),
    write: { shape in
      switch shape {
      case .flat(let rate): .object([("flat", Shape<UnitRate>.rate.write(rate))])
      case .timeOfUse(let all, let otherwise):
        .object([("timeOfUse", windows.write(Windows(windows: all, otherwise: otherwise)))])
      case .halfHourly(let prices):
        .object([("halfHourly", Shape<[TariffTerms.Price]>.list(.price).write(prices))])
      }
    },
    read: { node in
      var fields = try Fields(node, of: "what a kWh is worth")
      guard fields.keys.count == 1 else {
        throw node.diagnostic("BS-TGT-02", "one of flat, timeOfUse and halfHourly is wanted here")
      }
      if let flat = fields.optional("flat") { return .flat(try Shape<UnitRate>.rate.read(flat)) }
      if let part = fields.optional("timeOfUse") {
        let read = try windows.read(part)
        return .timeOfUse(read.windows, otherwise: read.otherwise)
      }
      let prices = fields.optional("halfHourly")
      try fields.finish()
      return .halfHourly(try Shape<[TariffTerms.Price]>.list(.price).read(prices ?? node))
    })
}
