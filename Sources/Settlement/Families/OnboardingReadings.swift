// The reading that opens an account, and the data that show that it is credited (R-ONB-02, -05, -12; K-13,
// K-47).

internal import Units

/// Export reads and logs from the registration on, as far as they decide a step.
struct OpeningReadings {
  struct Candidate: Hashable {
    var at: Instant
    var received: Instant
    /// Why it opens nothing, if so.
    var refusal: ReasonCode?
    var cause: Cause
  }

  /// In order of arrival: those refused before the first good one, and those that were the first good one
  /// when they came.
  private(set) var candidates: [Candidate] = []
  /// Arrival of the first export data beside the opening reading.
  private(set) var data: Instant?

  /// When something of this arrived.
  var arrivals: [Instant] { candidates.map(\.received) + [data].compactMap { $0 } }

  /// The good reading that lies first.
  var first: Candidate? { candidates.filter { $0.refusal == nil }.min { $0.at < $1.at } }

  /// A reading that was refused while there is no good one.
  var refused: Candidate? { first == nil ? candidates.last : nil }

  func known(by: Instant) -> OpeningReadings {
    var known = OpeningReadings()
    known.candidates = candidates.filter { $0.received <= by }
    known.data = data.flatMap { $0 <= by ? $0 : nil }
    return known
  }
}

extension OpeningReadings {
  /// Looks through what arrived by now. `from` is the day of registration.
  init(_ ledger: Ledger, from: Instant, at now: Instant) {
    let terms = ledger.policy.onboarding
    let serials = Set(ledger.book.meters.filter { $0.uses.contains(.export) }.map(\.serial))
    let reads = ledger.one.reads.filter {
      $0.received <= now && $0.at >= from && $0.register == .export && serials.contains($0.serial)
    }.sorted { ($0.received, $0.at) < ($1.received, $1.at) }
    var best: Instant?
    for read in reads where best.map({ read.at < $0 }) ?? true {
      let refusal = Self.refusal(of: read, terms, registered: from, ledger)
      candidates.append(
        Candidate(at: read.at, received: read.received, refusal: refusal, cause: read.cause))
      if refusal == nil { best = read.at }
    }
    guard let best else { return }
    let nextRead = reads.first { $0.at > best }?.received
    let log = ledger.one.logs.filter { log in
      log.received <= now && log.register == .export && serials.contains(log.serial)
        && (log.entries.last.map { $0.stamp > from } ?? false)
    }.map(\.received).min()
    data = [nextRead, log].compactMap { $0 }.min()
  }

  /// A customer's reading needs its photo where the terms say so; what validation refused opens nothing.
  private static func refusal(
    of read: Read, _ terms: Policy.OnboardingTerms, registered: Instant, _ ledger: Ledger
  ) -> ReasonCode? {
    if terms.openingReading.value == .onRegistrationDay,
      LondonClock.date(at: read.at) != LondonClock.date(at: registered)
    {
      return .onbNotStarted
    }
    if read.source == .customer, read.photo == nil, terms.firstReadingPhoto.value { return .readPhotoMissing }
    let key = RegisterKey(serial: read.serial, role: .export)
    let counts = (ledger.pool.reads[key] ?? []).contains { $0.at == read.at && $0.value == read.value }
    return counts ? nil : .readPhotoMismatch
  }
}
