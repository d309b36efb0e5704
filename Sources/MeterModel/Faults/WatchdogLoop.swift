// MF-05. The processor hangs, the watchdog resets it, and it hangs again. For some seconds of each round
// nothing is measured, and what stood below 1 Wh in volatile memory is gone.

internal import Units

/// Rounds of measuring and of being dead.
struct WatchdogLoop: MeterFault {
  static let declaration = FaultDeclaration(
    id: "MF-05", title: "Watchdog reset loop", layer: .memory,
    symptoms: "everything too low by the share of time that the meter is dead",
    parameters: [
      .init(
        name: "period", meaning: "from one reset to the next",
        kind: .whole(unit: "s", range: 10...3600, default: 60)),
      .init(
        name: "dead", meaning: "how long nothing is measured after each",
        kind: .whole(unit: "s", range: 1...10, default: 6)),
    ],
    caughtBy: ["R-VAL-10"], detectors: [.low, .status],
    leaves: .miscounted.noting())
  static let kinds: [Profile.Kind] = [.electronic, .smets1, .smets2, .modbus]

  private let period: Int64
  private let dead: Int64

  init(_ values: FaultValues) {
    period = values.whole("period") * 1000
    dead = min(values.whole("dead") * 1000, period)
  }

  func strike(_ meter: Meter) { meter.note(.watchdog, at: meter.ownReading) }

  func bend(_ measuring: inout Measuring) {
    measuring.element.watchdog = (period, dead)
    measuring.memory.resets = period
  }
}
