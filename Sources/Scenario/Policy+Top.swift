// The values at the top of a policy file, which stand outside the table of policy values: for those who list
// all values.

public import Settlement

/// One value at the top of a policy file.
public struct PolicyTop: Sendable {
  public let name: String
  public let rules: [Rule]
  /// What may stand there, in words.
  public let form: String
  /// The value in words, and who says so.
  public let get: @Sendable (Policy) -> Stated<String>

  private init<Value>(
    _ name: String, _ rules: [Rule], _ form: String, _ path: any KeyPath<Policy, Stated<Value>> & Sendable,
    _ words: @escaping @Sendable (Value) -> String
  ) {
    (self.name, self.rules, self.form) = (name, rules, form)
    get = { Stated(words($0[keyPath: path].value), $0[keyPath: path].origin) }
  }

  /// All of them, in the order of a file.
  public static let all: [PolicyTop] = [
    PolicyTop(
      "half-hourly-meter", [.elig09], words(Policy.HalfHourlyDemand.self), \.halfHourlyMeter, \.rawValue),
    PolicyTop(
      "payable-basis", [.est03], "a list of registers and half-hours, best first", \.payableBasis
    ) { $0.map(\.rawValue).joined(separator: ", ") },
    PolicyTop("estimates", [.est01, .est02], words(Policy.Estimates.self), \.estimates, \.rawValue),
    PolicyTop("accept-logged-half-hours", [.met06], "true or false", \.acceptLoggedHalfHours) {
      $0 ? "yes" : "no"
    },
    PolicyTop(
      "payment-due", [.pay01, .pay03], "`60 calendar days`, `25 working days`", \.paymentDue, \.words),
    PolicyTop("rounding", [.pay09, .unit04], words(Policy.Rounding.self), \.rounding, \.rawValue),
  ]

  private static func words<Word: RawRepresentable & CaseIterable>(_ type: Word.Type) -> String
  where Word.RawValue == String {
    "one of: " + Word.allCases.map(\.rawValue).joined(separator: ", ")
  }
}

extension Policy.PaymentDue {
  fileprivate var words: String {
    switch self {
    case .calendarDays(let days): "\(days) calendar days"
    case .workingDays(let days): "\(days) working days"
    }
  }
}
