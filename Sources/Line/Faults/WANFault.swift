// A fault of the WAN between a head-end and a smart meter.

internal import Timeline
internal import Units

/// What becomes of a request that is about to reach the meter.
enum WANPassage: Hashable {
  case passes
  /// It waits until the fault ends.
  case waits
  /// The network answers in the meter's place, after so long.
  case fails(WANOutcome, after: TimeSpan)
}

/// One fault of a WAN link. It changes nothing by itself: the link asks it.
protocol WANFault: Sendable {
  static var declaration: FaultDeclaration { get }
  init(_ values: FaultValues)
  /// Asked when a request is accepted by the network. An outcome is the network's answer in place of an
  /// acknowledgement.
  var refusal: WANOutcome? { get }
  /// Asked when a request would reach the meter.
  var passage: WANPassage { get }
  /// What becomes of the rows of a meter's answer.
  func spoil(_ entries: [LogRead.Entry], of request: WANRequest, draws: RandomStream) -> [LogRead.Entry]
  /// Whether another meter answers.
  var mixUp: WANMixUpKind? { get }
}

extension WANFault {
  var refusal: WANOutcome? { nil }
  var passage: WANPassage { .passes }
  var mixUp: WANMixUpKind? { nil }
  func spoil(
    _ entries: [LogRead.Entry], of request: WANRequest, draws: RandomStream
  ) -> [LogRead.Entry] { entries }
}
