// `first-divergence`: who parted from the truth first, and when.

internal import Scenario
internal import Units

enum DivergenceChecker {
  static func judge(_ expected: ExpectedDivergence, of story: LivedStory) -> Judgement {
    let when = expected.at.map { " at \($0)" + Self.margin(expected.within) } ?? ""
    let wanted = expected.layer == .none ? "no divergence" : "\(expected.layer.rawValue) first\(when)"
    let beliefs = story.world.beliefs
    // With no export, no meter that counts it and nobody who reads it, nobody could have parted from
    // anything.
    guard !beliefs.others.isEmpty || beliefs.export.isCounted || beliefs.hasExport else {
      return .vacuous(
        expected: wanted, because: "nobody had a belief of export to compare with the truth")
    }
    guard let found = beliefs.firstDivergence else {
      return .met(if: expected.layer == .none, expected: wanted, got: "no divergence")
    }
    let inTime = expected.at.map { (found.at - $0).magnitude <= expected.within } ?? true
    return .met(
      if: found.layer.rawValue == expected.layer.rawValue && inTime, expected: wanted,
      got: "\(found.layer.rawValue) at \(found.at): true export \(found.truth), believed \(found.believed)",
      why: ["it could know no better than ± \(found.tolerance)"])
  }

  private static func margin(_ within: TimeSpan) -> String { within == .zero ? "" : " ± \(within)" }
}
