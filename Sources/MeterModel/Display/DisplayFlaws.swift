// What faults of the display make of it, worked out anew whenever somebody looks.

/// Everything that is wrong with a display now.
struct DisplayFlaws: Hashable {
  /// Dead segments by digit, from the left.
  var dead: [Int: UInt8] = [:]
  var isBlank = false
  /// From which thousandth of a turn the lowest drum carries the next.
  var carryFrom = DrumTrain.usualCarry
  /// A person takes, of two half-visible figures, the one that comes.
  var takesComing = false
  /// The higher drums move late, and a person takes the figure that is leaving.
  var drumsAreLate = false
  /// Misalignments of pointers in thousandths of a figure, the highest dial first.
  var offsets: [Int64] = []
  /// How long a page stands still once it is shown; nil shows the count as it is.
  var dwellSeconds: Int64?
}
