internal import Timeline
internal import Units

final class ModelledFlow {
  var account = Site.Account()
  init(_ i: Installation, supply: SiteDescription.Supply, from: Int64, stream: RandomStream) {}
  func append(from: Int64, until: Int64, into: inout [FlowSegment]) {}
}
