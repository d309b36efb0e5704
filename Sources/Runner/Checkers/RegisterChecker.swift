// `register`: what a register showed at an instant.

internal import Scenario
internal import Units

enum RegisterChecker {
  static func judge(_ expected: ExpectedRegister, of story: LivedStory) -> Judgement {
    let within = expected.within == .zero ? "" : " ± \(expected.within)"
    let wanted =
      "\(expected.role.rawValue) register of \(expected.meter) at \(expected.at): \(expected.value)\(within)"
    guard let shown = story.registers[expected] else {
      return .vacuous(
        expected: wanted, because: "'\(expected.meter)' has no \(expected.role.rawValue) register then")
    }
    return .met(
      if: (shown - expected.value).magnitude <= expected.within, expected: wanted, got: "\(shown)",
      why: ["a difference of \(shown - expected.value)"])
  }
}
