// `bench-result`: what the latest read through a port brought, to the digit, or why it brought nothing.

internal import HeadEnd
internal import MeterModel
internal import Scenario
internal import Units

enum BenchResultChecker {
  static func judge(_ expected: ExpectedBenchResult, of story: LivedStory) -> Judgement {
    let wanted = words(of: expected)
    let results = story.world.evidence.benchResults
    guard let found = results.last(where: { $0.meter == expected.meter && $0.port == expected.port }) else {
      return .vacuous(expected: wanted, because: "nothing was read over \(expected.port.rawValue)")
    }
    if let failure = expected.failure {
      let got = found.failure.map { "\($0.kind.rawValue): \($0.detail)" } ?? "a reading"
      return .met(if: found.failure?.kind.rawValue == failure.rawValue, expected: wanted, got: got)
    }
    if let failure = found.failure {
      return .met(if: false, expected: wanted, got: "\(failure.kind.rawValue): \(failure.detail)")
    }
    let texts = expected.address.map { address in
      found.values.filter { $0.address == address }.map(\.text)
    }
    let isText = texts.map { $0.contains { $0 == expected.text } } ?? true
    let isRemark = expected.remark.map { remark in found.remarks.contains { $0.contains(remark) } } ?? true
    let got = [
      texts.map { $0.isEmpty ? "no such address" : $0.joined(separator: ", ") },
      expected.remark.map { _ in found.remarks.isEmpty ? "no remark" : found.remarks.joined(separator: "; ")
      },
    ].compactMap { $0 }
    return .met(if: isText && isRemark, expected: wanted, got: got.joined(separator: "; "))
  }

  private static func words(of expected: ExpectedBenchResult) -> String {
    let parts = [
      expected.address.map { "\($0) says \(expected.text ?? "")" }, expected.remark.map { "remarks '\($0)'" },
      expected.failure.map { "fails: \($0.rawValue)" },
    ].compactMap { $0 }
    return "\(expected.meter) over \(expected.port.rawValue): " + parts.joined(separator: ", ")
  }
}
