// What becomes of energy, apart from how much it was: paid, provisional, held, forfeited or awaited; at which
// price, by whom, with which VAT, and why. Verdicts are numbered, so that a column of half-hours holds a
// number each and a change of verdict shows as a change of number.

internal import Units

/// At what price, by whom and with which VAT: lines of the same sale add up,
/// differences are taken sale by sale.
struct Sale: Hashable {
  var tariff = ""
  /// What is paid for a kWh; nil where there is no price, or each half-hour has its own.
  var rate: UnitRate?
  var isOwn = false
  var payer: String
  var vat = 0
}

struct Verdict: Hashable {
  enum Kind: UInt8 { case payable, provisional, held, forfeited, awaited }

  var kind: Kind
  var sale: Sale
  /// Parts per thousand of the price that are paid; `sale.rate` is already that part.
  var part = 1000
  /// The price before it was reduced.
  var full: UnitRate?
  var reason: ReasonCode
  var rule: Rule
  var flags: LineFlags = []
  /// Evidence beside the reads.
  var causes: [Cause] = []
  /// A rule of the agreement holds it, and will say itself when it is released.
  var byTreatment = false

  var isMoney: Bool { kind == .payable || kind == .provisional }

  /// What energy under this verdict is worth; `own` is the price of the half-hour.
  func worth(_ energy: Int64, own: Int64 = 0) -> NanoPence {
    WattHours(energy) * price(own)
  }

  /// What it would be worth if nothing were held, forfeited or reduced; nil without a price.
  func fullWorth(_ energy: Int64, own: Int64 = 0) -> NanoPence? {
    if sale.isOwn { return WattHours(energy) * UnitRate(microPencePerKilowattHour: own) }
    return full.map { WattHours(energy) * $0 }
  }

  func price(_ own: Int64) -> UnitRate {
    guard sale.isOwn else { return sale.rate ?? .zero }
    return UnitRate(microPencePerKilowattHour: own).part(part)
  }

  var lineKind: StatementLine.Kind {
    switch kind {
    case .payable: .paid
    case .provisional: .provisional
    case .held: .held
    case .forfeited: .forfeited
    case .awaited: .awaited
    }
  }
}

extension UnitRate {
  /// So many parts per thousand of a rate, to the nearest millionth of a penny, half up (our assumption: what
  /// a reduced rate is rounded to, no source says).
  func part(_ perMille: Int) -> UnitRate {
    guard perMille != 1000 else { return self }
    let product = Int128(microPencePerKilowattHour) * Int128(perMille)
    return UnitRate(microPencePerKilowattHour: Int64(clamping: floorDivide(product + 500, 1000)))
  }
}

/// Verdicts by number. A number, once given, keeps its meaning through all settlements of a case.
struct VerdictBook {
  /// Nothing to say: before the start, after the settlement, forfeited without a value.
  static let nothing: UInt32 = 0
  /// Paid, held or forfeited with a piece that covers it.
  static let covered: UInt32 = 1

  private var numbers: [Verdict: UInt32] = [:]
  private var verdicts: [Verdict] = []
  /// Whether a number moves money.
  private(set) var money: [Bool] = [false, false]

  mutating func number(of verdict: Verdict) -> UInt32 {
    if let known = numbers[verdict] { return known }
    let number = UInt32(verdicts.count + 2)
    verdicts.append(verdict)
    money.append(verdict.isMoney)
    numbers[verdict] = number
    return number
  }

  /// Nil for `nothing` and `covered`.
  subscript(number: UInt32) -> Verdict? { number < 2 ? nil : verdicts[Int(number) - 2] }

  func isMoney(_ number: UInt32) -> Bool { money[Int(number)] }
}
