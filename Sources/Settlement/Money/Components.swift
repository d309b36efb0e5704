// Where the pieces billed before and the pieces proposed now differ: equal ones cancel, what is left and
// overlaps in time belongs together, for nobody can say which part of it became which.

internal import Units

/// A stretch of time in which pieces came, went or changed.
struct Component {
  var from: Instant
  var to: Instant
  var billed: [Piece] = []
  var proposed: [Piece] = []
}

extension Component {
  /// The stretches in which two positions differ in pieces, in order of time. `joins` tells how far a
  /// half-hour that was billed reaches over an instant, so that it binds what it straddles.
  static func all(
    _ billed: [Piece], _ proposed: [Piece], joins: (Instant) -> Range<Instant>?
  ) -> [Component] {
    let (old, new) = cancelled(billed, proposed)
    let all = (old.map { ($0, true) } + new.map { ($0, false) }).sorted {
      ($0.0.from, $0.0.to) < ($1.0.from, $1.0.to)
    }
    var components: [Component] = []
    for (piece, isBilled) in all {
      var last = components.count - 1
      if last < 0 || piece.from >= reach(components[last].to, joins) {
        let from = joins(piece.from)?.lowerBound ?? piece.from
        components.append(Component(from: from, to: piece.to))
        last += 1
      }
      components[last].to = max(components[last].to, piece.to)
      if isBilled { components[last].billed.append(piece) } else { components[last].proposed.append(piece) }
    }
    for index in components.indices {
      components[index].to = reach(components[index].to, joins)
    }
    return components
  }

  private static func reach(_ end: Instant, _ joins: (Instant) -> Range<Instant>?) -> Instant {
    joins(end)?.upperBound ?? end
  }

  /// Both lists without what stands in both; held and awaited pieces move no money and stay out.
  private static func cancelled(_ billed: [Piece], _ proposed: [Piece]) -> ([Piece], [Piece]) {
    let old = billed.filter(\.verdict.isMoney)
    var isGone = Array(repeating: false, count: old.count)
    var new: [Piece] = []
    var next = 0
    for piece in proposed where piece.verdict.isMoney {
      // Both are in order of time: what was passed cannot match any more.
      while next < old.count, old[next].from < piece.from { next += 1 }
      var match = next
      while match < old.count, old[match].from == piece.from, isGone[match] || !old[match].bills(like: piece)
      {
        match += 1
      }
      if match < old.count, old[match].from == piece.from { isGone[match] = true } else { new.append(piece) }
    }
    return (zip(old, isGone).filter { !$0.1 }.map(\.0), new)
  }
}
