// The site brought to life: asked for its flow up to an instant, it appends the segments since the last
// answer.
//
// Deterministic: the flow depends on the description, the stream and the instants only, never on how it is
// asked for (in one block or in many). A prescribed flow is whole numbers throughout. A modelled one is
// computed in floating point and cut to mW before it leaves, so it is the same on every machine with the same
// libc: its sine, exponential and power functions are the only part that may differ in the last bit
// elsewhere.

public import Timeline
public import Units

/// What flows at the boundary of a described site. It belongs to one world, and moves forward only.
public final class Site {
  /// What a modelled site made, used and kept since it began: to the last mW·ms,
  /// generated + imported = consumed + exported + stored + lost.
  public struct Account: Hashable, Sendable {
    public var generated = SummedEnergy()
    /// What loads used, with what generators drew.
    public var consumed = SummedEnergy()
    /// What stores hold more (or less) than at the beginning.
    public var stored = SummedEnergy()
    /// What stores lost: conversion, electronics, journeys.
    public var lost = SummedEnergy()
    /// Over all phases, by the sign of their sum in each instant.
    public var imported = SummedEnergy()
    public var exported = SummedEnergy()
    /// The part of the export that a store had bought from the grid.
    public var exportedBought = SummedEnergy()

    public init() {}
  }

  public let description: SiteDescription
  /// End of the flow given out so far, on a whole millisecond.
  public private(set) var now: Instant
  /// Where the flow was first asked for though nobody said what it is; 0 W stands in its place, and whoever
  /// runs the story must refuse it. It stays nil when `init` was told how far the story goes.
  public private(set) var uncoveredAt: Instant?

  /// One of the two: a flow that somebody stated, or one that is computed.
  private var stated: PrescribedCursor?
  var modelled: ModelledFlow?
  /// What generators are stated to make, where the boundary is stated.
  private var made: PrescribedCursor?
  private var madeFlow: [FlowSegment] = []
  /// Whether what the generators make is written down beside the flow: whoever sets it takes it
  /// (`takeGeneration`).
  public var keepsGeneration = false {
    didSet { modelled?.keepsGeneration = keepsGeneration }
  }
  /// A switch at the boundary is open: nothing flows either way, loads are dark, and generators stop, for
  /// they must not keep an island alive (G98, loss of mains; an inverter with backup sockets is not
  /// modelled). Closed again, loads are back at once and generation a minute later.
  public var isDisconnected = false {
    didSet { if isDisconnected != oldValue { modelled?.isolate(isDisconnected, at: now) } }
  }
  /// Whether the voltage is written down beside the flow: whoever sets it takes it (`takeVoltage`).
  public var keepsVoltage = false {
    didSet { modelled?.keepsVoltage = keepsVoltage }
  }
  private var voltage = NetworkVoltage()
  /// Up to which ms a voltage was told; nil: never.
  private var toldVoltage: Int64?

  /// Begins at an instant (cut to its millisecond). With `until`, refuses a prescribed flow that does not
  /// reach so far. Random draws come from `stream` by name and by what they are about.
  public init(
    _ description: SiteDescription, from: Instant, until: Instant? = nil, stream: RandomStream
  ) throws(SiteFault) {
    try description.validate()
    self.description = description
    now = Instant(milliseconds: from.milliseconds)
    switch description.boundary {
    case .prescribed(let flow):
      let cursor = PrescribedCursor(flow, from: now.milliseconds)
      if let until, let gap = cursor.firstUncovered(from: now, until: until) { throw .notCovered(gap) }
      stated = cursor
      made = description.generated.map { PrescribedCursor($0, from: now.milliseconds) }
      if let until, let gap = made?.firstUncovered(from: now, until: until) { throw .notCovered(gap) }
    case .modelled(let installation):
      modelled = ModelledFlow(installation, supply: description.supply, stream: stream)
    }
  }

  /// Appends the signed boundary flow of [`now`, `to`): import positive, export negative. Storage is the
  /// caller's, to be emptied and used again. `to` is cut to its millisecond; nothing is appended when it is
  /// not later than `now`.
  public func flow(until to: Instant, into segments: inout [FlowSegment]) {
    let (start, end) = (now.milliseconds, to.milliseconds)
    guard end > start else { return }
    modelled?.append(from: start, until: end, into: &segments)
    if stated != nil { appendStated(from: start, until: end, into: &segments) }
    now = Instant(milliseconds: end)
  }

  private func appendStated(from start: Int64, until end: Int64, into segments: inout [FlowSegment]) {
    let first = segments.count
    if let gap = stated?.append(from: start, until: end, into: &segments) {
      uncoveredAt = uncoveredAt ?? Instant(milliseconds: gap)
    }
    if keepsGeneration, let gap = made?.append(from: start, until: end, into: &madeFlow) {
      uncoveredAt = uncoveredAt ?? Instant(milliseconds: gap)
    }
    if keepsVoltage { voltage.append(from: start, until: end) }
    guard isDisconnected else { return }
    segments.removeSubrange(first...)
    segments.append(FlowSegment(endMilliseconds: end, l1: 0))
  }

  /// From `now` until an instant the network's own voltage is this, V, with nothing flowing; a later
  /// statement wins where two overlap. At a modelled site generation leaves the network where that is too
  /// much (G98); a stated flow flows on.
  public func setVoltage(_ volts: Double, until end: Instant) {
    voltage.state(volts, from: now.milliseconds, until: end.milliseconds)
    modelled?.setVoltage(volts, from: now.milliseconds, until: end.milliseconds)
  }

  /// Moves the voltage of what flowed since the last call into an emptied array. It is empty where nobody
  /// ever said what the voltage is; where somebody did, it is nominal whenever nobody does.
  public func takeVoltage(into segments: inout [VoltageSegment]) {
    segments.removeAll(keepingCapacity: true)
    modelled?.takeVoltage(into: &segments)
    if stated != nil { voltage.take(into: &segments) }
    guard let told = segments.last?.endMilliseconds ?? toldVoltage else { return }
    if told < now.milliseconds {
      segments.append(
        VoltageSegment(
          endMilliseconds: now.milliseconds, millivolts: VoltageSegment.nominalMillivolts))
    }
    toldVoltage = now.milliseconds
  }

  /// Moves what the generators made since the last call into an emptied array: their exact flow by phase,
  /// positive as they make, negative as they draw.
  public func takeGeneration(into segments: inout [FlowSegment]) {
    segments.removeAll(keepingCapacity: true)
    modelled?.takeGeneration(into: &segments)
    segments.append(contentsOf: madeFlow)
    madeFlow.removeAll(keepingCapacity: true)
  }

  /// What was generated and consumed so far; nil for a prescribed flow, of which nobody said it.
  public var account: Account? { modelled?.account }
}

/// A place in a prescribed flow.
struct PrescribedCursor {
  private let flow: PrescribedFlow
  private let first: Int64
  private var next: Int

  init(_ flow: PrescribedFlow, from start: Int64) {
    self.flow = flow
    first = flow.from.milliseconds
    var (low, high) = (0, flow.segments.count)
    while low < high {
      let middle = (low + high) / 2
      if flow.segments[middle].endMilliseconds <= start { low = middle + 1 } else { high = middle }
    }
    next = low
  }

  func firstUncovered(from start: Instant, until end: Instant) -> Instant? {
    if flow.before == nil, start < flow.from { return start }
    if flow.after == nil, end > flow.to { return max(start, flow.to) }
    return nil
  }

  /// Appends [start, end) and returns where it was not covered, if it was not.
  mutating func append(
    from start: Int64, until end: Int64, into segments: inout [FlowSegment]
  ) -> Int64? {
    var at = start
    var gap: Int64?
    if at < first {
      let stop = min(end, first)
      if flow.before == nil { gap = at }
      segments.append(FlowSegment(power: flow.before ?? .zero, endMilliseconds: stop))
      at = stop
    }
    while at < end, next < flow.segments.count {
      var segment = flow.segments[next]
      if segment.endMilliseconds > end { segment.endMilliseconds = end } else { next += 1 }
      segments.append(segment)
      at = segment.endMilliseconds
    }
    if at < end {
      if flow.after == nil { gap = gap ?? at }
      segments.append(FlowSegment(power: flow.after ?? .zero, endMilliseconds: end))
    }
    return gap
  }
}
