// The order of what happens: by instant, then as it is written. Faults that begin at one instant, with
// nothing else between them, begin in the catalogue's order: which of their rows stands first in the file
// means nothing.

internal import Units

extension [Command] {
  /// In the order in which they take effect.
  var inOrder: [Command] {
    // Swift's sort is stable in practice but not by promise: row and occurrence break ties.
    var ordered = sorted { ($0.at, $0.row, $0.occurrence) < ($1.at, $1.row, $1.occurrence) }
    var first = ordered.startIndex
    while first < ordered.endIndex {
      var end = first + 1
      if ordered[first].faultPlace != nil {
        while end < ordered.endIndex, ordered[end].at == ordered[first].at, ordered[end].faultPlace != nil {
          end += 1
        }
        ordered[first..<end].sort { left, right in
          guard let (one, other) = left.faultPlace.flatMap({ one in right.faultPlace.map { (one, $0) } }),
            one != other
          else { return (left.row, left.occurrence) < (right.row, right.occurrence) }
          return one < other
        }
      }
      first = end
    }
    return ordered
  }
}

extension Command {
  /// Where a fault stands in the catalogue, then what it is on; nil for what is no fault.
  fileprivate var faultPlace: (group: Int, id: String, target: String)? {
    guard case .fault(let order) = action else { return nil }
    let group = FaultGroup(of: order.setting.id).flatMap { FaultGroup.allCases.firstIndex(of: $0) }
    return (group ?? FaultGroup.allCases.count, order.setting.id, order.target.name)
  }
}
