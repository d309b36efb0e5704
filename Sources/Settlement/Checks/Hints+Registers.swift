// Hints that registers and other meters give: R-UNIT, R-FRAC, R-DRIFT, R-STAT.

internal import Units

extension Ledger {
  private var hints: Policy.Validation.Hints { policy.validation.hints }

  /// Factors that a slip of units, or of current transformers, makes.
  private static let slips: [(text: String, numerator: Int128, denominator: Int128)] = [
    ("twice", 2, 1), ("half", 1, 2), ("10 times", 10, 1), ("a tenth of", 1, 10), ("1000 times", 1000, 1),
    ("a thousandth of", 1, 1000),
  ]

  /// R-UNIT: half-hours and the register that counted them differ by a round factor over a day or more.
  func findUnits() -> [HintFinding] {
    let least = HalfHour.length * Int64(hints.unitHalfHours.value)
    var found: [HintFinding] = []
    for chain in exportChains {
      guard var open = chain.accepted.first else { continue }
      for close in chain.accepted.dropFirst() {
        let span = close.read.at - open.read.at
        guard span >= least || close.hold != nil else { continue }
        let start = open
        open = close
        guard close.hold == nil, span <= .days(100),
          let sum = exports.energy(from: start.read.at, to: close.read.at),
          let slip = slip(Int128(sum), Int128(close.count - start.count))
        else { continue }
        found.append(
          HintFinding(
            from: start.read.at, to: close.read.at, at: max(close.read.received, lastArrival(close.read.at)),
            subject: chain.key.serial, reads: [start.read.cause, close.read.cause],
            text:
              "between \(start.read.at) and \(close.read.at) the half-hours add up to \(WattHours(sum)), \(slip) "
              + "the \(WattHours(close.count - start.count)) of the register"))
      }
    }
    return found
  }

  /// Whether one sum is a round factor of another, within the tolerance.
  private func slip(_ sum: Int128, _ advance: Int128) -> String? {
    guard sum > 0, advance > 0 else { return nil }
    let tolerance = Int128(hints.unitTolerance.value)
    return Self.slips.first { one in
      let (left, right) = (sum * one.denominator, advance * one.numerator)
      return (left - right).magnitude * 1000 <= (right * tolerance).magnitude
    }?.text
  }

  /// When the first log came that reaches to an instant.
  private func lastArrival(_ instant: Instant) -> Instant {
    let logs = one.logs.filter { log in
      log.register == .export && log.received <= validation.through
        && log.entries.contains { $0.stamp >= instant }
    }
    return logs.map(\.received).min() ?? instant
  }

  // MARK: Generation

  /// Pairs of generation and export, joined to quarters of a year.
  private func quarters(at now: Instant) -> [GenerationPair] {
    var joined: [GenerationPair] = []
    var open: GenerationPair?
    for pair in generationPairs(at: now).sorted(by: { ($0.serial, $0.from) < ($1.serial, $1.from) }) {
      if let last = open, last.serial == pair.serial, last.to == pair.from {
        open?.to = pair.to
        open?.generated += pair.generated
        open?.exported += pair.exported
        open?.at = max(last.at, pair.at)
        open?.causes = Array(last.causes.prefix(1)) + pair.causes.suffix(1)
      } else {
        open = pair
      }
      if let whole = open, whole.to - whole.from >= .days(90) {
        joined.append(whole)
        open = nil
      }
    }
    return joined
  }

  /// R-FRAC: export is hardly any, or nearly all, of what is generated in a quarter.
  func findFractions(at now: Instant) -> [HintFinding] {
    quarters(at: now).compactMap { one in
      guard one.generated > 0, one.to - one.from <= .days(200) else { return nil }
      let part = Int128(one.exported) * 1000
      let (low, high) = (Int128(hints.fractionLeast.value), Int128(hints.fractionMost.value))
      guard part < Int128(one.generated) * low || part > Int128(one.generated) * high else { return nil }
      let percent = Phrase.percent(perMille: Int(clamping: part / Int128(one.generated)))
      return HintFinding(
        from: one.from, to: one.to, at: one.at, subject: one.serial, reads: one.causes,
        text:
          "\(percent) of the \(WattHours(one.generated)) generated between \(one.from) and \(one.to) were exported"
      )
    }
  }

  /// R-DRIFT: what is generated, set beside an ordinary year, changes from one quarter to the next.
  func findDrifts(at now: Instant) -> [HintFinding] {
    guard agreement.installation.technology == .solarPV else { return [] }
    let all = quarters(at: now)
    return zip(all, all.dropFirst()).compactMap { one, next in
      guard one.serial == next.serial, one.to == next.from, let old = yield(one), let new = yield(next),
        old > 0
      else {
        return nil
      }
      let change = (new - old) * 1000 / old
      guard change.magnitude > UInt128(hints.driftLimit.value) else { return nil }
      let way = change > 0 ? "more" : "less"
      return HintFinding(
        from: next.from, to: next.to, at: next.at, subject: next.serial, reads: next.causes,
        text: "what was generated between \(next.from) and \(next.to) is "
          + "\(Phrase.percent(perMille: Int(clamping: change.magnitude))) \(way) than the quarter before "
          + "lets expect in an ordinary year")
    }
  }

  /// Generation as a whole ordinary year would give it, in Wh.
  private func yield(_ pair: GenerationPair) -> Int128? {
    let share = ClearSky.share(from: LondonClock.date(at: pair.from), to: LondonClock.date(at: pair.to))
    return share > 0 ? Int128(pair.generated) * 1_000_000 / Int128(share) : nil
  }

  // MARK: Status

  /// R-STAT: the meter says itself that something is wrong.
  func findStatus() -> [HintFinding] {
    known(.meterStatus).map { event in
      HintFinding(
        from: event.at, to: .distantFuture, at: event.received, subject: event.facts.text(.serial),
        reads: [event.cause],
        text: "the meter reports '\(event.facts.text(.status) ?? "a flag")' on \(event.at)")
    }
  }
}
