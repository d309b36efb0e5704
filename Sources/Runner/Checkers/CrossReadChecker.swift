// `cross-read`: what the latest reads of one register through several ports say, held against one another.

internal import MeterModel
internal import Scenario
internal import Units

enum CrossReadChecker {
  static func judge(_ expected: ExpectedCrossRead, of story: LivedStory) -> Judgement {
    let names = expected.ports.map(\.rawValue).joined(separator: ", ")
    let relation = expected.differ == .zero ? "agree" : "differ by \(expected.differ) from the first"
    let margin = expected.within == .zero ? "" : " ± \(expected.within)"
    let wanted = "\(expected.role.rawValue) of \(expected.meter) over \(names): \(relation)\(margin)"
    let found = expected.ports.map { port in
      story.world.evidence.benchReads.last {
        $0.meter == expected.meter && $0.port == port && $0.role == expected.role
      }
    }
    if let missing = zip(expected.ports, found).first(where: { $0.1 == nil })?.0 {
      return .vacuous(expected: wanted, because: "nothing was read over \(missing.rawValue)")
    }
    let values = found.compactMap { $0?.value }
    let got = zip(expected.ports, values).map { "\($0.rawValue) \($1)" }.joined(separator: ", ")
    guard let first = values.first else { return .vacuous(expected: wanted, because: "nothing was read") }
    let isMet = values.dropFirst().allSatisfy {
      ($0 - first - expected.differ).magnitude <= expected.within
    }
    return .met(if: isMet, expected: wanted, got: got)
  }
}
