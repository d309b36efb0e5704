// The network's own voltage as a story states it: for a while it is so many volts with nothing flowing. What
// passes is written down for the meters.

internal import Units

/// Stated voltages, and what is to be handed to meters.
struct NetworkVoltage {
  private struct Stretch {
    let from: Int64
    let until: Int64
    let volts: Double
  }

  private var stretches: [Stretch] = []
  private var passed: [VoltageSegment] = []
  /// Whether anybody ever stated one: meters are told of the nominal one too, then.
  private(set) var isStated = false

  /// Time moves forwards: what was stated before and ends no later is over.
  mutating func state(_ volts: Double, from: Int64, until: Int64) {
    stretches.removeAll { $0.until <= until }
    stretches.append(Stretch(from: from, until: until, volts: volts))
    isStated = true
  }

  /// The stated voltage at a ms; nil where none is.
  func volts(at time: Int64) -> Double? {
    stretches.last { $0.from <= time && time < $0.until }?.volts
  }

  /// Writes down a stretch of one voltage.
  mutating func write(_ volts: Double, until end: Int64) {
    let millivolts = Int64((min(max(volts, 0), 600) * 1000).rounded())
    if let last = passed.last, last.millivolts == millivolts {
      passed[passed.count - 1].endMilliseconds = end
    } else {
      passed.append(VoltageSegment(endMilliseconds: end, millivolts: millivolts))
    }
  }

  /// Writes down what is stated of [start, end), nominal where nothing is. Stretches that are over go.
  mutating func append(from start: Int64, until end: Int64) {
    guard isStated else { return }
    var at = start
    while at < end {
      let edges = stretches.flatMap { [$0.from, $0.until] }.filter { $0 > at }
      let stop = min(end, edges.min() ?? end)
      write(volts(at: at) ?? Double(VoltageSegment.nominalMillivolts) / 1000, until: stop)
      at = stop
    }
    stretches.removeAll { $0.until <= end }
  }

  mutating func take(into segments: inout [VoltageSegment]) {
    segments.append(contentsOf: passed)
    passed.removeAll(keepingCapacity: true)
  }
}
