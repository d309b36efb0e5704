// Import beside export, interval by interval. Two mistakes show only there: registers that are swapped, as
// behind a meter with line and load reversed (R-VAL-11), and an import meter that adds export to import
// (R-BACK-05).

internal import Units

/// What both registers say of one interval.
struct FlowPair: Hashable {
  var from: Instant
  var to: Instant
  var imported: Int64
  var exported: Int64
  var cause: Cause
}

extension Ledger {
  /// Half-hours of both registers where there are any, else advances of the import register with export
  /// between.
  private func pairs(_ table: HalfHourTable, _ chains: [RegisterChain]) -> [FlowPair] {
    var pairs: [FlowPair] = []
    let known = exports.isBlank || table.isBlank ? 0..<0 : exports.reach
    for row in known where exports.isActual(row) && table.isActual(row) {
      let halfHour = exports.halfHour(row)
      pairs.append(
        FlowPair(
          from: halfHour.start, to: halfHour.end, imported: table.energy(row), exported: exports.energy(row),
          cause: table.cause(row)))
    }
    if !pairs.isEmpty { return pairs }
    for chain in chains {
      for (open, close) in zip(chain.accepted, chain.accepted.dropFirst()) {
        guard close.hold == nil, close.count >= open.count,
          let export = exported(from: open.read.at, to: close.read.at)
        else { continue }
        pairs.append(
          FlowPair(
            from: open.read.at, to: close.read.at, imported: close.count - open.count,
            exported: export.energy, cause: close.read.cause))
      }
    }
    return pairs
  }

  /// Looks at the export meter's own two registers, and at the home's import beside the export.
  func compareRegisters(at: Instant) {
    let installed = installationPlan
    if installed.isEverSolarAlone {
      checkSwapped(
        pairs(ownImports, ownImportChains).filter { installed.part(at: $0.from).isSolarAlone }, at: at)
    }
    checkAbsolute(pairs(imports, importChains), at: at)
  }

  /// Import when the sun is high and none by night, export by night and less when the sun is high. The
  /// intervals are walked in windows that end when there is enough to go by, so that it does not matter how
  /// often anybody looks; the last window tells how it is now.
  private func checkSwapped(_ pairs: [FlowPair], at: Instant) {
    let evidence = policy.validation.evidence.value.value
    swapped = false
    var window = SwapWindow()
    for pair in pairs.sorted(by: { ($0.from, $0.to) < ($1.from, $1.to) }) {
      if Darkness.covers(pair.from, pair.to) {
        window.addDark(pair)
      } else if isNoon(pair) {
        window.addNoon(pair)
      }
      guard window.isEnough(evidence) else { continue }
      let looksSwapped = window.looksSwapped(darkPart: policy.validation.swapDarkPart.value)
      if looksSwapped, !swapped, isNews("swapped \(pair.to)") { tell(window, at) }
      swapped = looksSwapped
      window = SwapWindow()
    }
  }

  private func tell(_ window: SwapWindow, _ at: Instant) {
    log.note(
      .valRegistersSwapped, .val11, at: at, subject, reads: window.causes,
      "in darkness the export register counted \(WattHours(window.dark.exported)) and the import register "
        + "\(WattHours(window.dark.imported)), around noon \(WattHours(window.noon.exported)) and "
        + "\(WattHours(window.noon.imported)): import and export look swapped")
  }

  /// Wholly in the hours of UTC of one day in which the sun is high.
  private func isNoon(_ pair: FlowPair) -> Bool {
    let day = floorDivide(pair.from.seconds, 86_400)
    let midnight = Instant(seconds: day * 86_400)
    let (from, until) = (policy.validation.noonFrom.value, policy.validation.noonUntil.value)
    return pair.from >= midnight + from && pair.to <= midnight + until
  }

  /// Import that rises with export, by a good part of it and closely, is an import meter that counts both
  /// ways. Honest import falls when the sun shines.
  private func checkAbsolute(_ pairs: [FlowPair], at: Instant) {
    let sunny = pairs.filter { $0.exported > 0 }
    let evidence = policy.validation.evidence.value.value
    guard sunny.count >= policy.validation.leastPairs.value,
      sunny.reduce(0, { $0 + $1.exported }) >= evidence, let fit = Regression(sunny), isAbsolute(fit),
      isNews("absolute")
    else { return }
    let serial = book.meters.first { $0.uses.contains(.import) }?.serial ?? subject
    log.note(
      .impCountsExportAsImport, .back05, at: at, serial, severity: .query,
      reads: sunny.prefix(8).map(\.cause),
      "over \(sunny.count) intervals the import register gains \(fit.slopePercent) Wh more for each 100 Wh "
        + "exported; "
        + "import falls when the sun shines, so this meter adds export to import and the customer is "
        + "charged for it"
    )
  }
}

extension Ledger {
  private func isAbsolute(_ fit: Regression) -> Bool {
    fit.rises(
      slope: policy.validation.absoluteSlope.value, correlation: policy.validation.absoluteCorrelation.value)
  }
}

/// What both registers counted in darkness and around noon, until there is enough to go by.
private struct SwapWindow {
  private(set) var dark: (imported: Int64, exported: Int64) = (0, 0)
  private(set) var noon: (imported: Int64, exported: Int64) = (0, 0)
  private(set) var causes: [Cause] = []

  mutating func addDark(_ pair: FlowPair) {
    dark = (dark.imported + pair.imported, dark.exported + pair.exported)
    note(pair.cause)
  }

  mutating func addNoon(_ pair: FlowPair) {
    noon = (noon.imported + pair.imported, noon.exported + pair.exported)
    note(pair.cause)
  }

  private mutating func note(_ cause: Cause) {
    if causes.count < 8, causes.last != cause { causes.append(cause) }
  }

  func isEnough(_ evidence: Int64) -> Bool {
    max(dark.imported, dark.exported) >= evidence && max(noon.imported, noon.exported) >= evidence
  }

  /// By night nearly nothing goes in (so many parts per thousand of what goes out are allowed for), and at
  /// noon more goes in than out.
  func looksSwapped(darkPart: Int) -> Bool {
    Int128(dark.imported) * 1000 <= Int128(dark.exported) * Int128(darkPart) && noon.imported > noon.exported
  }
}

/// Least squares of import on export in whole numbers, over mean powers, so that long intervals weigh like
/// short ones.
struct Regression {
  private let covariance: Int128
  private let exportVariance: Int128
  private let importVariance: Int128

  init?(_ pairs: [FlowPair]) {
    var (n, x, y, xx, yy, xy): (Int128, Int128, Int128, Int128, Int128, Int128) = (0, 0, 0, 0, 0, 0)
    for pair in pairs {
      guard let export = Phrase.meanPower(pair.exported, over: pair.to - pair.from),
        let taken = Phrase.meanPower(pair.imported, over: pair.to - pair.from)
      else { continue }
      let (a, b) = (Int128(export.milliwatts / 1000), Int128(taken.milliwatts / 1000))
      (n, x, y) = (n + 1, x + a, y + b)
      (xx, yy, xy) = (xx + a * a, yy + b * b, xy + a * b)
    }
    covariance = n * xy - x * y
    exportVariance = n * xx - x * x
    importVariance = n * yy - y * y
    guard exportVariance > 0, importVariance > 0 else { return nil }
  }

  /// Whether slope and correlation are at least so many parts per thousand.
  func rises(slope: Int, correlation: Int) -> Bool {
    guard covariance > 0, covariance * 1000 >= exportVariance * Int128(slope) else { return false }
    // Scaled down together, so that the squares fit.
    var (c, v, w) = (covariance, exportVariance, importVariance)
    while max(c, v, w) > 1 << 52 { (c, v, w) = (c >> 1, v >> 1, w >> 1) }
    // No correlation is over 1.
    let least = Int128(min(correlation, 1001))
    return c * c * 1_000_000 >= v * w * least * least
  }

  /// 100 × slope.
  var slopePercent: Int128 { covariance * 100 / exportVariance }
}
