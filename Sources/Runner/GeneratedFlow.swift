// What a meter beside the generators measures: their exact flow, as it goes forwards through it. A meter of
// one phase has all of it on its one path (our assumption: it is fitted where that is so).

internal import MeterModel
internal import Truth
internal import Units

/// The flow of the generators in a stretch of a story.
struct GeneratedFlow {
  private var segments: [FlowSegment] = []
  private var onOnePhase: [FlowSegment] = []

  /// Takes what the site wrote down since the last time.
  mutating func take(from site: Site) {
    site.takeGeneration(into: &segments)
    onOnePhase.removeAll(keepingCapacity: true)
    for one in segments {
      onOnePhase.append(FlowSegment(endMilliseconds: one.endMilliseconds, l1: one.l1 + one.l2 + one.l3))
    }
  }

  /// As it goes through a meter.
  func through(_ profile: Profile) -> [FlowSegment] { profile.phases == 1 ? onOnePhase : segments }
}
