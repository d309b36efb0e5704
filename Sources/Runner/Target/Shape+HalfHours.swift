// What became of each half-hour, of spans of time, and which limits a case came near to.

internal import Scenario
internal import Settlement
internal import Units

/// A half-hour as it is sent: flat.
private struct FlatHalfHour: Sendable {
  enum State: String, Sendable, CaseIterable {
    case open, paid, provisional, held, forfeited
    case inAdvance = "in-advance"
  }

  var start = Instant.epoch
  var energy: WattHours?
  var quality = Quality.missing
  var resolution = WattHours(1)
  var state = State.open
  var reason: ReasonCode?
  var rate: UnitRate?
  var statement: Int?
  var cause = Cause.none

  static let shape = Shape<FlatHalfHour>.object(
    "halfHour", "a half-hour", blank: FlatHalfHour(),
    [
      .needed("start", \.start, .instant),
      .nullable("wh", \.energy, .lineEnergy, "Null where it is missing."),
      .needed("quality", \.quality, .word("quality")),
      .optional("resolutionWh", \.resolution, .wattHours, "The step of the source."),
      .needed("state", \.state, .word("state")),
      .nullable("reason", \.reason, .word("reason code"), "Why it is held or forfeited."),
      .nullable("rate", \.rate, .rate, "The price applied in p/kWh, where one was."),
      .nullable("statement", \.statement, .int(0...Int64(Int32.max)), "Index of the statement that paid it."),
      .optional("cause", \.cause, .cause),
    ])

  init() {}

  init(_ one: SettledHalfHour) {
    (start, quality, resolution) = (one.halfHour.start, one.quality, one.resolution)
    (energy, rate, cause) = (one.quality == .missing ? nil : one.energy, one.rate, one.cause)
    statement = one.statement < 0 ? nil : Int(one.statement)
    (state, reason) = (State(rawValue: one.state.word) ?? .open, one.state.reason)
  }

  func settled(_ node: Node) throws -> SettledHalfHour {
    guard HalfHour(containing: start).start == start else {
      throw node.diagnostic("BS-TGT-02", "\(start) does not start a half-hour")
    }
    guard (state == .held || state == .forfeited) == (reason != nil) else {
      throw node.diagnostic("BS-TGT-02", "a half-hour that is held or forfeited has a reason, and no other")
    }
    let state: SettledHalfHour.State =
      switch self.state {
      case .open: .open
      case .paid: .paid
      case .provisional: .provisional
      case .inAdvance: .inAdvance
      case .held: reason.map { .held($0) } ?? .open
      case .forfeited: reason.map { .forfeited($0) } ?? .open
      }
    return SettledHalfHour(
      halfHour: HalfHour(containing: start), energy: energy ?? .zero, quality: quality,
      resolution: resolution,
      state: state, rate: rate, statement: statement.map { Int32($0) } ?? -1, cause: cause)
  }
}

extension Shape where Value == SettledHalfHour {
  static let settledHalfHour = Shape.by(
    FlatHalfHour.shape, write: { FlatHalfHour($0) }, read: { try $0.settled($1) })
}

extension Shape where Value == Treatment.Effect {
  /// One of `forfeit`, `hold`, `{reduce: perMille}`, `{payer: name}`, `{vat: perMille}`.
  static let effect = Shape(
    SchemaPart([
      (
        "oneOf",
        .list([
          .object([("enum", .list([.text("forfeit"), .text("hold")]))]),
          .object([
            ("type", .text("object")),
            (
              "properties",
              .object([
                ("reduce", .object([("description", .text("parts per thousand of the rate"))])),
                ("payer", .object([("description", .text("who pays instead"))])),
                ("vat", .object([("description", .text("parts per thousand"))])),
              ])
            ), ("additionalProperties", .flag(false)),
          ]),
        ])
      )
    ]),
    write: { effect in
      switch effect {
      case .forfeit: .text("forfeit")
      case .hold: .text("hold")
      case .reduce(let part): .object([("reduce", .whole(Int64(part)))])
      case .payer(let name): .object([("payer", .text(name))])
      case .vat(let part): .object([("vat", .whole(Int64(part)))])
      }
    },
    read: { node in
      if case .scalar(let word) = node.content {
        if word == "forfeit" { return .forfeit }
        if word == "hold" { return .hold }
      }
      var fields = try Fields(node, of: "an effect")
      let parts = Shape<Int>.int(0...1_000_000)
      let (reduce, payer, vat) = (
        fields.optional("reduce"), fields.optional("payer"), fields.optional("vat")
      )
      try fields.finish()
      switch (reduce, payer, vat) {
      case (let part?, nil, nil): return .reduce(perMille: try parts.read(part))
      case (nil, let name?, nil): return .payer(try name.quoted("a name"))
      case (nil, nil, let part?): return .vat(perMille: try parts.read(part))
      default: throw node.diagnostic("BS-TGT-02", "one effect is wanted here")
      }
    })
}

extension Shape where Value == Treatment {
  static let treatment = Shape.object(
    "treatment", "a treatment", blank: Treatment(.hold, from: .epoch, .payOK, .pay09),
    [
      .needed("effect", \.effect, .effect), .needed("from", \.from, .instant),
      .optional("to", \.to, .end, "Exclusive; null where nothing ends it yet."),
      .needed("reason", \.reason, .word("reason code")), .needed("rule", \.rule, .word("rule")),
      .optional("causes", \.causes, .list(.cause)),
    ])
}

extension Shape where Value == BoundaryTouch {
  static let touch = Shape.object(
    "touch", "a limit met", blank: BoundaryTouch(Boundary("", .pay09, ""), excess: 0),
    [.needed("boundary", \.boundary, .text), .needed("side", \.side, .word("side"))])
}
