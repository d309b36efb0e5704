// What a customer owes the licensee beside the bill: the cost of an access visit, of an export MPAN, a sum
// that somebody instructs to recover. Families of rules state charges afresh at each instant, as they do
// treatments; whoever pays takes them off what is due, never below zero: the rest is carried (R-ONB-09,
// R-ACC-03, R-WHLD-01).

internal import Units

/// One charge, owed from an instant on.
struct Charge: Hashable {
  /// When it became due: the arrival of the news that it rests on.
  var at: Instant
  /// Above zero.
  var amount: Pence
  var code: ReasonCode
  var rule: Rule
  /// A sentence for the customer.
  var text: String
  var causes: [Cause] = []
}

extension Charge {
  /// Stated again of the same thing.
  func isSame(_ other: Charge) -> Bool { at == other.at && amount == other.amount && code == other.code }
}
