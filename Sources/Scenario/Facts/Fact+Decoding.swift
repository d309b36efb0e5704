// Facts by their declarations: what an event tells and what an agreement states are read by the kind that the
// settlement core declares for each. A new fact needs no code here.

internal import Settlement
internal import Units

/// What a fact may need to know of its surroundings.
struct FactContext {
  /// Where profiles of meters come from.
  var library: Library
  /// Files named beside the story: prices.
  var files: FileLoader
  /// When a tariff that states no start of its own begins.
  var start: Instant
  /// Serial numbers of the story's meters by their names.
  var serials: [String: String] = [:]
}

extension Facts {
  /// Reads those of the declared facts that are there; the caller finishes the fields.
  init(_ fields: inout Fields, _ declared: [FactDeclaration], in context: FactContext) throws {
    self.init()
    for fact in declared {
      let node =
        try fact.isNeeded ? fields.required(fact.key.name) : fields.optional(fact.key.name)
      guard let node else { continue }
      self[fact.key] = try node.fact(fact, in: context)
    }
  }
}

extension FactKey {
  /// Where the name of a meter of the story may stand for its serial number.
  fileprivate static let ofMeters: Set<FactKey> = [.serial, .old]
}

extension Node {
  /// The value of one declared fact.
  func fact(_ fact: FactDeclaration, in context: FactContext) throws -> FactValue {
    let what = "'\(fact.key)'"
    switch fact.kind {
    case .text:
      let text = try sentence(what)
      let isOfMeter = FactKey.ofMeters.contains(fact.key)
      return .text(isOfMeter ? context.serials[text] ?? text : text)
    case .word(let known): return .text(try word(among: known, "word for \(what)"))
    case .flag: return .flag(try flag(what))
    case .whole(let range): return .whole(try whole(what, in: range))
    case .date: return .date(try quantity(what))
    case .instant: return .instant(try quantity(what))
    case .span: return .span(try duration(what, orZero: true))
    case .energy: return .energy(try quantity(what))
    case .power: return .power(try quantity(what))
    case .money: return .money(try quantity(what))
    case .rate: return .rate(try quantity(what))
    case .perMille: return .perMille(try share(what))
    case .tariff: return .tariff(try TariffTerms.versions(self, from: context.start, files: context.files))
    case .meter: return .meter(try MeterDetails(told: self, library: context.library))
    case .registers: return .registers(try registers(what))
    }
  }

  /// `5 %`, `0.1 %`: in parts per thousand.
  func share(_ what: String) throws -> Int {
    let text = try text(what)
    let number = text.hasSuffix("%") ? try? DecimalText(parsing: text.dropLast().trimmed) : nil
    guard let whole = number?.whole(timesTenTo: 1), (0...10_000).contains(whole) else {
      throw diagnostic(
        "BS-SCN-13", "\(what) cannot be '\(text)': it is a part in steps of 0.1 %", help: "as `5 %`")
    }
    return Int(whole)
  }

  /// `{export: 1234 kWh, import: …}`.
  private func registers(_ what: String) throws -> [RegisterRole: WattHours] {
    var fields = try Fields(self, of: what)
    var values: [RegisterRole: WattHours] = [:]
    for role in RegisterRole.allCases {
      values[role] = try fields.optional(role.rawValue)?.quantity("the \(role.rawValue) register")
    }
    try fields.finish()
    return values
  }
}
