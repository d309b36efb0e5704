// The limits of readings and validation, as rows of the table of policy values.

internal import Units

extension PolicyKey {
  static let readingKeys: [PolicyKey] = [
    PolicyKey("reading.request-days", \.reading.requestDays, 0...366, [.read01, .read02, .read03]),
    PolicyKey("reading.failures-before-request", \.reading.failuresBeforeRequest, 1...1000, [.read01]),
    PolicyKey("reading.customer-needs-photo", \.reading.customerNeedsPhoto, [.read06]),
    PolicyKey("reading.future-tolerance", \.reading.futureTolerance, [.read12]),
    PolicyKey("reading.logged-tolerance", \.reading.loggedTolerance, [.met06]),
    PolicyKey("reading.glitch-reads", \.reading.glitchReads, 0...100, [.read09, .val02]),
    PolicyKey(percent: "reading.rollover-from", \.reading.rolloverPercent, [.read09, .back04]),
    PolicyKey("reading.fuse", \.reading.fuse, [.back04]),
    PolicyKey("reading.restart-reads", \.reading.restartReads, 2...100, [.read09, .val02]),
    PolicyKey("reading.look-ahead", \.reading.lookAhead, 1...1000, [.read09, .val02]),
    PolicyKey("reading.rollover-span", \.reading.rolloverSpan, [.back04]),
    PolicyKey("reading.grace-days", \.reading.graceDays, 0...366, [.read03]),
    PolicyKey("reading.withholds", \.reading.withholds, [.read03, .read04]),
    PolicyKey("reading.second-contact-restarts", \.reading.secondContactRestarts, [.read03]),
    PolicyKey("reading.frequency", \.reading.frequency, [.read05]),
    PolicyKey("reading.procedure", \.reading.procedure, [.read14]),
    PolicyKey("reading.same-moment", \.reading.sameMoment, [.read11]),
  ]

  static let validationKeys: [PolicyKey] =
    [
      PolicyKey(perMille: "validation.capacity-allowance", \.validation.capacityAllowance, [.val02]),
      PolicyKey("validation.night-limit", \.validation.nightLimit, [.val05]),
      PolicyKey("validation.zero-days", \.validation.zeroDays, 1...180, [.val06]),
      PolicyKey("validation.zero-minimum-capacity", \.validation.zeroMinimumCapacity, [.val06]),
      PolicyKey(perMille: "validation.sum-tolerance", \.validation.sumTolerance, [.val07]),
      PolicyKey("validation.sum-floor", \.validation.sumFloor, [.val07]),
      PolicyKey("validation.incomplete-day-holds", \.validation.incompleteDayHolds, [.val08]),
      PolicyKey("validation.clock-query", \.validation.clockQuery, [.val09]),
      PolicyKey("validation.clock-fail", \.validation.clockFail, [.val09]),
      PolicyKey("validation.evidence", \.validation.evidence, [.val11, .back05]),
      PolicyKey("validation.pair-tolerance", \.validation.pairTolerance, [.val11, .back05]),
      PolicyKey("validation.least-pairs", \.validation.leastPairs, 2...10_000, [.back05]),
      PolicyKey("validation.stuck-half-hours", \.validation.stuckHalfHours, 2...1000, [.val12]),
      PolicyKey(perMille: "validation.clipping-tolerance", \.validation.clippingTolerance, [.val12]),
      PolicyKey(
        "validation.queries-that-hold", \.validation.queriesThatHold,
        among: [
          .valNightExport, .valRegistersSwapped, .valStuck, .valSeason, .valHistoryHigh,
          .valExportOverGeneration, .valSumCheck,
        ], [.val03, .val04, .val05, .val07, .val10, .val11, .val12]),
      PolicyKey("validation.number-limit", \.validation.numberLimit, [.val01]),
      PolicyKey(perMille: "validation.swap-dark-part", \.validation.swapDarkPart, [.val11]),
      PolicyKey("validation.noon-from", \.validation.noonFrom, [.val11]),
      PolicyKey("validation.noon-until", \.validation.noonUntil, [.val11]),
      PolicyKey(perMille: "validation.absolute-slope", \.validation.absoluteSlope, [.back05]),
      PolicyKey(perMille: "validation.absolute-correlation", \.validation.absoluteCorrelation, [.back05]),
      PolicyKey("validation.stuck-step", \.validation.stuckStep, [.val12]),
      PolicyKey("validation.even-runners", \.validation.evenRunners, [.val12]),
      PolicyKey(perMille: "validation.history-factor", \.validation.historyFactor, [.val04]),
      PolicyKey("validation.history-least", \.validation.historyLeast, [.val04]),
      PolicyKey(perMille: "validation.balance-tolerance", \.validation.balanceTolerance, [.val10]),
      PolicyKey("validation.balance-floor", \.validation.balanceFloor, [.val10]),
    ] + seasonKeys + hintKeys
}
