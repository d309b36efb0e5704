// The treatments of a case as one row of stretches without gaps: for each instant, what becomes of energy
// that flowed then. Forfeit goes before hold, hold before reduce; of one effect the one stated first counts.

internal import Units

/// What rules say of one stretch of time.
struct Handling: Hashable {
  /// Why, by which rule, on which evidence.
  struct Ground: Hashable {
    var reason: ReasonCode
    var rule: Rule
    var causes: [Cause]
  }

  var forfeit: Ground?
  var hold: Ground?
  /// Parts per thousand of the rate.
  var part = 1000
  var reduction: Ground?
  /// Parts per thousand of the energy that are paid while the rest is withheld (R-WHLD-01), and why.
  var paidPart = 1000
  var withholding: Ground?
  /// Who pays in place of the licensee.
  var payer: String?
  var vat = 0
  /// What names another payer or VAT.
  private var other: Ground?

  static let plain = Handling()

  /// The weightiest of the grounds.
  var ground: Ground? { forfeit ?? hold ?? withholding ?? reduction ?? other }

  mutating func take(_ one: Treatment) {
    let ground = Ground(reason: one.reason, rule: one.rule, causes: one.causes)
    switch one.effect {
    case .forfeit: forfeit = forfeit ?? ground
    case .hold: hold = hold ?? ground
    case .reduce(let perMille) where one.keepsRest:
      guard withholding == nil else { return }
      (paidPart, withholding) = (min(max(perMille, 0), 1000), ground)
    case .reduce(let perMille):
      guard reduction == nil else { return }
      (part, reduction) = (min(max(perMille, 0), 1000), ground)
    case .payer(let name):
      guard payer == nil else { return }
      (payer, other) = (name, ground)
    case .vat(let perMille):
      guard vat == 0 else { return }
      (vat, other) = (max(perMille, 0), other ?? ground)
    }
  }
}

extension Handling {
  /// Whether an energy is paid in part and withheld in part.
  var isShared: Bool { withholding != nil && forfeit == nil && hold == nil }

  /// An energy as what is paid of it, cut to whole Wh, and what is withheld: both at the whole price, so that
  /// the rest is paid as it is when the withholding is lifted (R-WHLD-04).
  func shares(of energy: Int64?) -> [(energy: Int64?, handling: Handling)] {
    guard isShared else { return [(energy, self)] }
    var (paid, kept) = (self, self)
    (paid.withholding, kept.withholding, kept.hold) = (nil, nil, withholding)
    guard let energy else { return [(nil, kept)] }
    let part = Int64(clamping: Int128(energy) * Int128(paidPart) / 1000)
    let shares: [(energy: Int64?, handling: Handling)] = [(part, paid), (energy - part, kept)]
    return energy == 0 ? [shares[0]] : shares.filter { $0.energy != 0 }
  }
}

extension Treatment {
  /// A withholding in part keeps the rest for later; any other reduction is one of the price.
  fileprivate var keepsRest: Bool { rule == .whld01 }
}

/// All stretches, in order; neighbours differ.
struct TreatmentPlan {
  /// Where each stretch begins; the first at the beginning of time.
  private(set) var starts: [Instant] = [Instant(microseconds: .min)]
  private(set) var handlings: [Handling] = [.plain]

  init(_ treatments: Treatments) {
    for edge in Set(treatments.all.flatMap { [$0.from, $0.to] }).sorted() where edge < .distantFuture {
      var handling = Handling.plain
      for one in treatments.all where one.from <= edge && edge < one.to { handling.take(one) }
      if handling != handlings[handlings.count - 1] {
        starts.append(edge)
        handlings.append(handling)
      }
    }
  }

  /// The stretch in which an instant lies.
  func index(at instant: Instant) -> Int {
    var (low, high) = (0, starts.count)
    while low + 1 < high {
      let middle = (low + high) / 2
      if starts[middle] <= instant { low = middle } else { high = middle }
    }
    return low
  }

  /// Whether a stretch reaches to an instant at least.
  func isWithin(_ stretch: Int, _ end: Instant) -> Bool {
    stretch + 1 == starts.count || starts[stretch + 1] >= end
  }

  func handling(at instant: Instant) -> Handling { handlings[index(at: instant)] }

  /// Where handling changes strictly inside a span.
  func edges(_ from: Instant, _ to: Instant) -> [Instant] {
    starts.count == 1 ? [] : starts.filter { $0 > from && $0 < to }
  }

  /// The rule that draws an edge.
  func rule(at edge: Instant) -> Rule? {
    let after = index(at: edge)
    return handlings[after].ground?.rule ?? (after > 0 ? handlings[after - 1].ground?.rule : nil)
  }

  /// What draws an edge, and on which evidence.
  func causes(at edge: Instant) -> [Cause] {
    let after = index(at: edge)
    return (handlings[after].ground?.causes ?? [])
      + (after > 0 ? handlings[after - 1].ground?.causes ?? [] : [])
  }

  /// A span without what is forfeited of it.
  func spared(_ from: Instant, _ to: Instant) -> [Range<Instant>] {
    guard from < to else { return [] }
    let cuts = [from] + edges(from, to) + [to]
    var kept: [Range<Instant>] = []
    for (low, high) in zip(cuts, cuts.dropFirst()) where handling(at: low).forfeit == nil {
      if let last = kept.last, last.upperBound == low {
        kept[kept.count - 1] = last.lowerBound..<high
      } else {
        kept.append(low..<high)
      }
    }
    return kept
  }
}
