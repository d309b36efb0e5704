import Foundation
import HeadEnd
import Testing

/// What became of a dialogue, counted over every byte of it.
///
/// All bytes with BACKSPIN_SWEEP=full, which prints the table of docs/disturbed-bytes.md;
/// else each so-manieth.
@Suite("One disturbed byte")
struct ByteSweepTests {
  struct Tally: Hashable {
    var right = 0
    var failed = 0
    /// Other values than undisturbed, and nobody was told.
    var silent = 0
    /// Of the silent ones, those marked unprotected.
    var marked = 0
  }

  static let isFull = ProcessInfo.processInfo.environment["BACKSPIN_SWEEP"] == "full"
  /// Runs of one dialogue where not every byte is disturbed.
  static let runs = 250

  static func sweep(_ dialogue: SweptDialogue, from calm: SweptRun) -> (
    tallies: [String: Tally], wrong: [String]
  ) {
    let mishaps = ByteMishap.all(bits: dialogue.bits)
    var tallies: [String: Tally] = [:]
    var wrong: [String] = []
    let cases = DisturbedFarSide.Direction.allCases.flatMap { direction in
      (0..<calm.passed[direction, default: 0]).flatMap { index in mishaps.map { (direction, index, $0) } }
    }
    let stride = isFull ? 1 : max(1, cases.count / runs) | 1
    for (number, (direction, index, mishap)) in cases.enumerated() where number % stride == 0 {
      // Parity follows a flipped bit, so that the character is sound and only a block check can tell.
      let run = dialogue.run(mishap.disturbance(of: index, direction))
      var tally = tallies[mishap.row, default: Tally()]
      switch run.outcome {
      case calm.outcome: tally.right += 1
      case .failed: tally.failed += 1
      case .values(let values, let isUnprotected):
        tally.silent += 1
        if isUnprotected { tally.marked += 1 }
        wrong.append("\(direction) \(index) \(mishap): \(values)")
      }
      tallies[mishap.row] = tally
    }
    return (tallies, wrong)
  }

  @Test(
    "gives the right values or a typed failure; where nothing guards them they are marked so",
    arguments: SweptDialogue.all)
  func oneByte(dialogue: SweptDialogue) {
    let calm = dialogue.run { [.init(bytes: $2)] }
    guard case .values(let values, let isUnprotected) = calm.outcome else {
      Issue.record("undisturbed: \(calm.outcome)")
      return
    }
    #expect(values.count >= 2)
    #expect(isUnprotected == !dialogue.isProtected)
    let (tallies, wrong) = Self.sweep(dialogue, from: calm)
    let all = tallies.values.reduce(into: Tally()) {
      ($0.right, $0.failed) = ($0.right + $1.right, $0.failed + $1.failed)
      ($0.silent, $0.marked) = ($0.silent + $1.silent, $0.marked + $1.marked)
    }
    if dialogue.isProtected { #expect(all.silent == 0, "\(wrong.prefix(5))") }
    #expect(all.marked == all.silent, "\(wrong.prefix(5))")
    #expect(all.right > 0)
    guard Self.isFull else { return }
    let rows = ByteMishap.rows.compactMap { row in
      tallies[row].map { "| \(dialogue.name) | \(row) | \($0.right) | \($0.failed) | \($0.silent) |" }
    }
    print(
      (rows + ["| \(dialogue.name) | all | \(all.right) | \(all.failed) | \(all.silent) |"]).joined(
        separator: "\n"))
  }
}
