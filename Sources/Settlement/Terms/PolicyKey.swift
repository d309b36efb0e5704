// The policy values as a table: name in the file, what may stand there, which rules read it. One row is all
// that a new value needs beside its property: the reader of policy files, `backspin rules` and the printed
// schema read the table.

public import Units

/// One value of a policy file.
public struct PolicyKey: Sendable {
  /// What may stand in a file.
  public enum Form: Hashable, Sendable {
    case flag
    case whole(ClosedRange<Int64>)
    /// One of a closed set.
    case word([String])
    /// A list of words of a closed set, each once.
    case words([String])
    case text
    /// Free words, each once.
    case names
    /// From nothing to a day.
    case span
    case energy
    case power
    case money
    /// Written with %.
    case perMille
  }

  /// A value as the table sees it.
  public enum Value: Hashable, Sendable {
    case flag(Bool)
    case whole(Int64)
    case word(String)
    case words([String])
    case span(TimeSpan)
    case energy(WattHours)
    case power(Power)
    case money(Pence)
    case perMille(Int)
  }

  /// `section.key`, as `payment.cadence`; no section for the values at the top of the file.
  public let name: String
  public let form: Form
  public let rules: [Rule]
  public let get: @Sendable (Policy) -> Stated<Value>
  /// False if the value is not of the form; then the policy is as it was.
  public let set: @Sendable (inout Policy, Stated<Value>) -> Bool

  private init<Kept>(
    _ name: String, _ path: Path<Kept>, _ form: Form, _ rules: [Rule],
    show: @escaping @Sendable (Kept) -> Value, read: @escaping @Sendable (Value) -> Kept?
  ) {
    (self.name, self.form, self.rules) = (name, form, rules)
    get = { policy in Stated(show(policy[keyPath: path].value), policy[keyPath: path].origin) }
    set = { policy, stated in
      guard let value = read(stated.value) else { return false }
      policy[keyPath: path] = Stated(value, stated.origin)
      return true
    }
  }

  public typealias Path<Kept: Hashable & Sendable> = any WritableKeyPath<Policy, Stated<Kept>> & Sendable

  public init(_ name: String, _ path: Path<Bool>, _ rules: [Rule]) {
    self.init(name, path, .flag, rules, show: { .flag($0) }) {
      if case .flag(let one) = $0 { one } else { nil }
    }
  }

  public init(_ name: String, _ path: Path<Int>, _ range: ClosedRange<Int64>, _ rules: [Rule]) {
    self.init(name, path, .whole(range), rules, show: { .whole(Int64($0)) }) {
      if case .whole(let one) = $0, range.contains(one) { Int(one) } else { nil }
    }
  }

  public init(perMille name: String, _ path: Path<Int>, _ rules: [Rule]) {
    self.init(name, path, .perMille, rules, show: { .perMille($0) }) {
      if case .perMille(let one) = $0 { one } else { nil }
    }
  }

  /// Kept in whole per cent.
  public init(percent name: String, _ path: Path<Int>, _ rules: [Rule]) {
    self.init(name, path, .perMille, rules, show: { .perMille($0 * 10) }) {
      if case .perMille(let one) = $0, one % 10 == 0, one <= 1000 { one / 10 } else { nil }
    }
  }

  public init<Word: RawRepresentable & CaseIterable & Hashable & Sendable>(
    _ name: String, _ path: Path<Word>, _ rules: [Rule]
  ) where Word.RawValue == String {
    self.init(name, path, .word(Word.allCases.map(\.rawValue)), rules, show: { .word($0.rawValue) }) {
      if case .word(let one) = $0 { Word(rawValue: one) } else { nil }
    }
  }

  public init<Word: RawRepresentable & CaseIterable & Hashable & Sendable>(
    _ name: String, _ path: Path<[Word]>, among some: [Word] = Array(Word.allCases), _ rules: [Rule]
  ) where Word.RawValue == String {
    self.init(name, path, .words(some.map(\.rawValue)), rules, show: { .words($0.map(\.rawValue)) }) {
      guard case .words(let all) = $0 else { return nil }
      let words = all.compactMap(Word.init(rawValue:))
      return words.count == all.count && words.allSatisfy(some.contains) ? words : nil
    }
  }

  public init(_ name: String, _ path: Path<String>, _ rules: [Rule]) {
    self.init(name, path, .text, rules, show: { .word($0) }) {
      if case .word(let one) = $0 { one } else { nil }
    }
  }

  public init(_ name: String, _ path: Path<[String]>, _ rules: [Rule]) {
    self.init(name, path, .names, rules, show: { .words($0) }) {
      if case .words(let all) = $0 { all } else { nil }
    }
  }

  public init(_ name: String, _ path: Path<TimeSpan>, _ rules: [Rule]) {
    self.init(name, path, .span, rules, show: { .span($0) }) {
      if case .span(let one) = $0 { one } else { nil }
    }
  }

  public init(_ name: String, _ path: Path<WattHours>, _ rules: [Rule]) {
    self.init(name, path, .energy, rules, show: { .energy($0) }) {
      if case .energy(let one) = $0 { one } else { nil }
    }
  }

  public init(_ name: String, _ path: Path<Power>, _ rules: [Rule]) {
    self.init(name, path, .power, rules, show: { .power($0) }) {
      if case .power(let one) = $0 { one } else { nil }
    }
  }

  public init(_ name: String, _ path: Path<Pence>, _ rules: [Rule]) {
    self.init(name, path, .money, rules, show: { .money($0) }) {
      if case .money(let one) = $0 { one } else { nil }
    }
  }

  /// The sections of a policy file, in the order in which a reader meets them.
  public static let sections: [(name: String, keys: [PolicyKey])] = [
    ("reading", readingKeys), ("validation", validationKeys), ("eligibility", eligibilityKeys),
    ("onboarding", onboardingKeys), ("tariffs", tariffsKeys), ("estimation", estimationKeys),
    ("withholding", withholdingKeys), ("changes", changesKeys), ("endings", endingsKeys),
    ("payment", paymentKeys), ("vat", vatKeys), ("switching", switchingKeys), ("conduct", conductKeys),
  ]

  /// All values that a policy file may hold.
  public static let all: [PolicyKey] = sections.flatMap(\.keys)
}

extension PolicyKey.Value: CustomStringConvertible {
  public var description: String {
    switch self {
    case .flag(let one): one ? "yes" : "no"
    case .whole(let one): "\(one)"
    case .word(let one): one
    case .words(let all): all.joined(separator: ", ")
    case .span(let one): "\(one)"
    case .energy(let one): "\(one)"
    case .power(let one): "\(one)"
    case .money(let one): "\(one)"
    case .perMille(let one): Phrase.percent(perMille: one)
    }
  }
}
