// Facts as declared data: what an event tells and what an agreement states beside its tariff are named values
// of a declared kind. One table declares them; the scenario language, the JSON for other cores, the store and
// the printed schema all read that table, so that a new fact is one row.

public import Units

/// The name of a fact, as files write it: small letters and dashes.
public struct FactKey: Hashable, Sendable, Comparable, CustomStringConvertible {
  public let name: String

  public init(_ name: String) { self.name = name }

  public var description: String { name }
  public static func < (left: FactKey, right: FactKey) -> Bool { left.name < right.name }
}

/// What a fact may be.
public enum FactKind: Hashable, Sendable {
  case text
  /// One of a closed set of words.
  case word([String])
  case flag
  case whole(ClosedRange<Int64>)
  case date
  case instant
  case span
  case energy
  case power
  case money
  case rate
  /// A part of a whole in parts per thousand; written with %.
  case perMille
  /// One version or more of a tariff.
  case tariff
  /// A meter with its registers and abilities.
  case meter
  /// Values of some registers.
  case registers
}

/// The value of a fact.
public enum FactValue: Hashable, Sendable {
  case text(String)
  case flag(Bool)
  case whole(Int64)
  case date(CivilDate)
  case instant(Instant)
  case span(TimeSpan)
  case energy(WattHours)
  case power(Power)
  case money(Pence)
  case rate(UnitRate)
  case perMille(Int)
  case tariff([TariffTerms])
  case meter(MeterDetails)
  case registers([RegisterRole: WattHours])
}

/// One fact that may be told.
public struct FactDeclaration: Hashable, Sendable {
  public var key: FactKey
  public var kind: FactKind
  public var isNeeded: Bool
  /// One sentence; with the unit where it has one.
  public var meaning: String

  public init(_ key: FactKey, _ kind: FactKind, needed: Bool = false, _ meaning: String) {
    (self.key, self.kind, self.isNeeded, self.meaning) = (key, kind, needed, meaning)
  }
}

/// Some facts by name.
public struct Facts: Hashable, Sendable, ExpressibleByDictionaryLiteral {
  public var values: [FactKey: FactValue]

  public init(_ values: [FactKey: FactValue] = [:]) { self.values = values }
  public init(dictionaryLiteral pairs: (FactKey, FactValue)...) {
    values = [FactKey: FactValue](pairs) { _, last in last }
  }

  public subscript(key: FactKey) -> FactValue? {
    get { values[key] }
    set { values[key] = newValue }
  }

  /// These facts, with those of a later telling in their place.
  public func updated(by later: Facts) -> Facts {
    Facts(values.merging(later.values) { _, new in new })
  }

  public func text(_ key: FactKey) -> String? { if case .text(let one)? = values[key] { one } else { nil } }
  public func flag(_ key: FactKey) -> Bool? { if case .flag(let one)? = values[key] { one } else { nil } }
  public func whole(_ key: FactKey) -> Int64? { if case .whole(let one)? = values[key] { one } else { nil } }
  public func date(_ key: FactKey) -> CivilDate? {
    if case .date(let one)? = values[key] { one } else { nil }
  }
  public func instant(_ key: FactKey) -> Instant? {
    if case .instant(let one)? = values[key] { one } else { nil }
  }
  public func span(_ key: FactKey) -> TimeSpan? { if case .span(let one)? = values[key] { one } else { nil } }
  public func energy(_ key: FactKey) -> WattHours? {
    if case .energy(let one)? = values[key] { one } else { nil }
  }
  public func power(_ key: FactKey) -> Power? { if case .power(let one)? = values[key] { one } else { nil } }
  public func money(_ key: FactKey) -> Pence? { if case .money(let one)? = values[key] { one } else { nil } }
  public func rate(_ key: FactKey) -> UnitRate? { if case .rate(let one)? = values[key] { one } else { nil } }
  public func perMille(_ key: FactKey) -> Int? {
    if case .perMille(let one)? = values[key] { one } else { nil }
  }
  public func tariff(_ key: FactKey) -> [TariffTerms] {
    if case .tariff(let one)? = values[key] { one } else { [] }
  }
  public func meter(_ key: FactKey) -> MeterDetails? {
    if case .meter(let one)? = values[key] { one } else { nil }
  }
  public func registers(_ key: FactKey) -> [RegisterRole: WattHours] {
    if case .registers(let one)? = values[key] { one } else { [:] }
  }
}

/// Facts that an agreement may state beside its tariff, under one heading of the file.
public struct FactGroup: Hashable, Sendable {
  /// The heading: `application`, `plan`, `payee` …
  public var name: String
  public var meaning: String
  public var facts: [FactDeclaration]

  public init(_ name: String, _ meaning: String, _ facts: [FactDeclaration]) {
    (self.name, self.meaning, self.facts) = (name, meaning, facts)
  }

  /// All headings. A key stands under one of them only.
  public static let all: [FactGroup] = [application, plan, payee, supply]
}

extension FactKey {
  // Keys that several events share.
  public static let serial = FactKey("serial")
  public static let why = FactKey("why")
  public static let to = FactKey("to")
  public static let by = FactKey("by")
  public static let on = FactKey("on")
  public static let from = FactKey("from")
  public static let until = FactKey("until")
  public static let what = FactKey("what")
  public static let channel = FactKey("channel")
  public static let amount = FactKey("amount")
  public static let value = FactKey("value")
  public static let person = FactKey("person")
  public static let source = FactKey("source")
  public static let purpose = FactKey("purpose")
  public static let about = FactKey("about")
  public static let supplier = FactKey("supplier")
  public static let licensee = FactKey("licensee")
  public static let old = FactKey("old")
  public static let new = FactKey("new")
  public static let final = FactKey("final")
  public static let initial = FactKey("initial")
}
