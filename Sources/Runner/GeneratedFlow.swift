// What a meter beside the generators measures. The site keeps an account of all that was generated, to the
// last mW·ms; between two instants of a story the power is the mean (our assumption: nobody looks at the
// power of a generation meter), in whole mW, so that the energy is exact.

internal import Truth
internal import Units

/// The flow of the generators, as it goes forwards through their meter.
struct GeneratedFlow {
  private var before = SummedEnergy()
  private(set) var segments: [FlowSegment] = []

  /// Takes what the account gained in a stretch of the story.
  mutating func take(_ account: Site.Account, from start: Instant, until end: Instant) {
    let gained = account.generated - before
    before = account.generated
    segments.removeAll(keepingCapacity: true)
    let length = end.milliseconds - start.milliseconds
    guard length > 0, let energy = Int64(exactly: gained.milliwattMilliseconds) else { return }
    // So many ms at one mW more make the sum exact.
    let (power, more) = (floorDivide(energy, length), floorModulo(energy, length))
    if more > 0 {
      segments.append(FlowSegment(endMilliseconds: start.milliseconds + more, l1: power + 1))
    }
    if more < length { segments.append(FlowSegment(endMilliseconds: end.milliseconds, l1: power)) }
  }
}
