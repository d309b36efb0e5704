// A row of counters of which most stand at zero for ever: 48 registers of which two are used. It is as long
// as the highest that ever counted, so that a log of rows stays small.

internal import Units

/// Counters from 0 on; those that never counted are zero.
struct Tally: Hashable {
  private var counts: [WattHours] = []

  subscript(place: Int) -> WattHours { counts.indices.contains(place) ? counts[place] : .zero }

  /// Counters from 0 up to the highest that ever counted.
  var used: Range<Int> { counts.indices }

  /// All together.
  var sum: WattHours { counts.reduce(.zero, +) }

  mutating func add(_ energy: WattHours, at place: Int) {
    guard energy != .zero, place >= 0 else { return }
    while counts.count <= place { counts.append(.zero) }
    counts[place] += energy
  }

  mutating func clear() { counts = [] }
}
