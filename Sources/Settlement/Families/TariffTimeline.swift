// Versions of a tariff, each in force from its start until the next (R-TAR-07). Notices, renewals and new
// plans are put into it; the settlement prices with what comes out.

internal import Units

struct TariffTimeline: Hashable {
  struct Version: Hashable {
    var terms: TariffTerms
    /// Why it may not be applied, if so.
    var refused: ReasonCode?

    init(_ terms: TariffTerms, refused: ReasonCode? = nil) { (self.terms, self.refused) = (terms, refused) }

    func starting(at: Instant) -> Version {
      var moved = self
      moved.terms.from = at
      return moved
    }

    /// Whether energy is worth the same under both.
    func pricesLike(_ other: Version) -> Bool {
      terms.shape == other.terms.shape && refused == other.refused
    }
  }

  /// Sorted by start; no two start together.
  private(set) var versions: [Version] = []

  func index(at instant: Instant) -> Int? { versions.lastIndex { $0.terms.from <= instant } }

  func version(at instant: Instant) -> Version? { index(at: instant).map { versions[$0] } }

  /// What is in force up to an instant.
  func version(before instant: Instant) -> Version? { versions.last { $0.terms.from < instant } }

  /// Adds a version that holds until the next; it takes the place of one that starts with it.
  mutating func insert(_ version: Version) {
    versions.removeAll { $0.terms.from == version.terms.from }
    let spot = versions.firstIndex { $0.terms.from > version.terms.from } ?? versions.count
    versions.insert(version, at: spot)
  }

  /// All that holds from an instant on makes way for other versions, the first of which starts there.
  mutating func supersede(from: Instant, by others: [Version]) {
    versions.removeAll { $0.terms.from >= from }
    for (number, one) in others.enumerated() where number == 0 || one.terms.from > from {
      insert(number == 0 ? one.starting(at: from) : one)
    }
  }

  /// Other versions hold in a span; after it goes on what would have been in force without them.
  mutating func overlay(_ span: Range<Instant>, by others: [Version]) {
    guard let first = versions.first, let other = others.first else { return }
    let start = max(span.lowerBound, first.terms.from)
    guard start < span.upperBound else { return }
    if span.upperBound < .distantFuture, let after = version(at: span.upperBound) {
      insert(after.starting(at: span.upperBound))
    }
    versions.removeAll { $0.terms.from >= start && $0.terms.from < span.upperBound }
    insert(other.starting(at: start))
    for one in others.dropFirst() where one.terms.from > start && one.terms.from < span.upperBound {
      insert(one)
    }
  }

  /// The first instant before a limit at which energy has another price in the two.
  func firstDifference(from other: TariffTimeline, before limit: Instant) -> Instant? {
    let starts = Set(versions.map(\.terms.from) + other.versions.map(\.terms.from)).sorted()
    return starts.first { start in
      guard start < limit else { return false }
      switch (version(at: start), other.version(at: start)) {
      case (nil, nil): return false
      case (let one?, let two?): return !one.pricesLike(two)
      default: return true
      }
    }
  }

  /// Nothing that is in force from an instant on may be applied.
  mutating func refuse(from: Instant, _ code: ReasonCode) {
    for index in versions.indices where index == self.index(at: from) || versions[index].terms.from > from {
      versions[index].refused = versions[index].refused ?? code
    }
  }
}

extension TariffTerms.Shape {
  /// Rates by half-hour of the London day; nil where each half-hour has its own price.
  var byClock: [UnitRate]? {
    switch self {
    case .flat(let rate): Array(repeating: rate, count: 48)
    case .timeOfUse(let windows, let otherwise):
      (0..<48).map { slot in windows.first { $0.contains(minute: slot * 30) }?.rate ?? otherwise }
    case .halfHourly: nil
    }
  }

  /// Whether some half-hour of the day is worth less than before: one band up and one down is a decrease
  /// (R-TAR-09). Prices of single half-hours cannot be compared, and so count as one.
  func lowers(_ old: TariffTerms.Shape) -> Bool {
    guard let new = byClock, let old = old.byClock else { return true }
    return zip(new, old).contains { $0 < $1 }
  }

  /// For people: "4.1 p/kWh", "5 p/kWh to 30 p/kWh by the clock".
  var text: String {
    switch self {
    case .flat(let rate): "\(rate)"
    case .timeOfUse(let windows, let otherwise):
      "\(min(windows.map(\.rate).min() ?? otherwise, otherwise)) to "
        + "\(max(windows.map(\.rate).max() ?? otherwise, otherwise)) by the clock"
    case .halfHourly: "a price for each half-hour"
    }
  }
}
