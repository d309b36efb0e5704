// Nobody exports more than is generated (R-VAL-10). Where a generation meter is read, each of its advances is
// set beside the export of the same time; a declared store may add what it gave, where that is told.

internal import Units

/// What a generation meter counted in a span, and what was exported in it.
struct GenerationPair: Hashable {
  var serial: String
  var from: Instant
  var to: Instant
  var generated: Int64
  var exported: Int64
  var at: Instant
  var causes: [Cause]
}

extension Ledger {
  func checkGeneration(at now: Instant) -> [ValidationFinding] {
    let tolerance = Int128(policy.validation.balanceTolerance.value)
    let floor = policy.validation.balanceFloor.value.value
    return generationPairs(at: now).compactMap { pair in
      guard let given = discharge(pair) else { return nil }
      let slack = Int64(clamping: Int128(pair.generated) * tolerance / 1000) + floor
      let most = pair.generated + given + slack
      touch(.balance, excess: pair.exported - most)
      guard pair.exported > most else { return nil }
      let store = given > 0 ? " and \(WattHours(given)) from storage" : ""
      return ValidationFinding(
        code: .valExportOverGeneration, rule: .val10, from: pair.from, to: pair.to, at: pair.at,
        subject: pair.serial, reads: pair.causes,
        text: "between \(pair.from) and \(pair.to) \(WattHours(pair.exported)) were exported, of "
          + "\(WattHours(pair.generated)) generated\(store); \(WattHours(slack)) over that would pass",
        holds: holds(.valExportOverGeneration))
    }
  }

  /// What a store gave in the span; nil where there is one and nobody tells.
  private func discharge(_ pair: GenerationPair) -> Int64? {
    guard installation(at: pair.to).hasStorage else { return 0 }
    let told = known(.storageDischarged).filter {
      guard let from = $0.facts.instant(.from), let to = $0.facts.instant(.until) else { return false }
      return from < pair.to && to > pair.from
    }
    guard !told.isEmpty else { return nil }
    return told.reduce(0) { $0 + ($1.facts.energy(.energy)?.value ?? 0) }
  }

  /// Advances of generation meters beside the export of the same time, where both are known.
  func generationPairs(at now: Instant) -> [GenerationPair] {
    var pairs: [GenerationPair] = []
    for meter in book.meters where meter.uses.contains(.generation) {
      pairs += generationAdvances(meter)
      pairs += generationDays(meter, at: now)
    }
    return pairs
  }

  private func generationAdvances(_ meter: MeterDetails) -> [GenerationPair] {
    let key = RegisterKey(serial: meter.serial, role: .generation)
    guard let register = meter.registers[.generation], let reads = pool.reads[key], reads.count > 1 else {
      return []
    }
    let limits = RegisterLimits(
      modulus: register.modulus.value, forward: .fall(installation(at: reads[0].at), policy), backward: nil,
      rolloverPercent: policy.reading.rolloverPercent.value,
      rolloverSpan: policy.reading.rolloverSpan.value)
    var chain = RegisterChain(key: key, limits: limits, terms: policy.reading)
    var quiet = DecisionLog()
    chain.judge(reads, &quiet)
    return zip(chain.accepted, chain.accepted.dropFirst()).compactMap { open, close in
      guard close.hold == nil, let export = exported(from: open.read.at, to: close.read.at)
      else { return nil }
      return GenerationPair(
        serial: meter.serial, from: open.read.at, to: close.read.at, generated: close.count - open.count,
        exported: export.energy, at: max(open.read.received, close.read.received),
        causes: [open.read.cause, close.read.cause])
    }
  }

  /// By settlement days, where the generation meter gives half-hours.
  private func generationDays(_ meter: MeterDetails, at now: Instant) -> [GenerationPair] {
    let logs = one.logs.filter {
      $0.serial == meter.serial && $0.register == .generation && $0.received <= now
    }
    guard !logs.isEmpty else { return [] }
    var table = HalfHourTable(from: one.from, to: now)
    var tally = AlignmentTally()
    for log in logs.sorted(by: { $0.received < $1.received }) {
      for entry in log.entries where entry.quality == .actual {
        let start = log.convention == .end ? entry.stamp - HalfHour.length : entry.stamp
        let halfHour = HalfHour(containing: start)
        guard halfHour.start == start, let index = table.index(of: halfHour) else { continue }
        let row = IncomingRow(
          energy: entry.energy, quality: .actual, resolution: log.resolution, meter: 0, cause: log.cause,
          refused: false)
        table.merge(row, at: index, sharesHalfHour: false, &tally)
      }
    }
    var days = DayTotals()
    days.update(table, from: one.from)
    return days.days.indices.compactMap { index in
      guard days.days[index].isComplete, let other = validation.days.index(of: days.date(index)),
        validation.days.days[other].isComplete
      else { return nil }
      let (from, to) = (days.start(index), days.end(index))
      let came = logs.filter { $0.entries.contains { $0.stamp > from && $0.stamp <= to } }.map(\.received)
        .min()
      return GenerationPair(
        serial: meter.serial, from: from, to: to, generated: days.days[index].energy,
        exported: validation.days.days[other].energy, at: max(came ?? to, arrival(from: from, to: to).at),
        causes: [])
    }
  }
}

extension Boundary {
  static let balance = Boundary(
    "validation.balance", .val10, "export at generation with its tolerance passes, one Wh more is queried")
}
