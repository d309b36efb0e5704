// `paid`: what came out in the end, against a stated amount or against what the story is entitled to.

internal import Scenario
internal import Settlement
internal import Units

enum PaidChecker {
  static func judgeEntitled(within: Pence, of story: LivedStory) -> Judgement {
    guard let entitled = story.money.entitled else {
      return .vacuous(
        expected: "paid equals entitled",
        because:
          "nobody can say what the story is entitled to: `entitled:` is not stated, and a price is missing, or the "
          + "site")
    }
    return judge(entitled, within: within, named: "entitled ", of: story)
  }

  static func judge(_ amount: Pence, within: Pence, of story: LivedStory) -> Judgement {
    judge(NanoPence(amount), within: within, named: "", of: story)
  }

  private static func judge(
    _ amount: NanoPence, within: Pence, named name: String, of story: LivedStory
  ) -> Judgement {
    let rounded = amount.roundedHalfUp
    let exact = NanoPence(rounded) == amount ? "" : ", exactly \(amount)"
    let wanted = "\(name)\(rounded)\(exact)" + (within == .zero ? "" : " ± \(within)")
    guard !story.outcome.statements.isEmpty else {
      return .vacuous(expected: wanted, because: "nobody settled: there is no statement")
    }
    let gap = NanoPence(story.money.paid) - amount
    // Money is paid in whole pence: without a margin, the nearest of them is meant.
    let isMet = gap.magnitude <= NanoPence(within) || within == .zero && story.money.paid == rounded
    let lines = story.outcome.statements.flatMap(\.lines)
    return .met(
      if: isMet, expected: wanted,
      got: "\(story.money.paid)" + (gap == .zero ? "" : ", a difference of \(gap)"),
      why: lines.prefix(6).map(StatementChecker.sentence) + DecisionChecker.heard(story))
  }
}
