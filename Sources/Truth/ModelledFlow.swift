// Generation, storage and load brought together at the boundary: a segment a second while anything but the
// load moves, and one from edge to edge of the load while it does not. Seconds are those of UTC, so a block
// that begins or ends inside one gives a part of the same segment: without storage the flow is the
// same in one block or in many, from any beginning.

internal import Timeline
internal import Units

/// The flow of a modelled installation; moves forward only.
struct ModelledFlow {
  private(set) var account = Site.Account()

  private var generation: SiteGeneration
  private var home: Household
  private var control: ExportControl
  private var stores: [StorageControl]
  private var diverter: DiverterControl?
  private var edge = 0
  private var load: (l1: Int64, l2: Int64, l3: Int64) = (0, 0, 0)
  /// mW at the boundary in the stretch before, but for the diverter.
  private var boundary: Int64 = 0

  /// Energies of the block under way, in mW·ms.
  private var block = (generated: Int64(0), consumed: Int64(0), standby: Int64(0), brown: Int64(0))
  private var net = (imported: Int64(0), exported: Int64(0))
  private var storedAtStart: Int64
  /// Stores that the site itself states.
  private let ownStores: Int
  private var faults: [(id: String, trouble: any SiteTrouble)] = []
  private var disturbance = Disturbance()
  private var inrush = Inrush()
  /// Whether what the generators make is written down by phase, for a meter beside them; and what was.
  var keepsGeneration = false
  private var generated: [FlowSegment] = []

  init(_ installation: Installation, supply: SiteDescription.Supply, stream: RandomStream) {
    generation = SiteGeneration(installation, stream: stream)
    home = Household(
      installation.load, supply: supply, weather: installation.weather, stream: stream.stream("household"))
    control = ExportControl(installation, stream: stream)
    stores = installation.storage.map(StorageControl.init)
    diverter = installation.load.diverter.map(DiverterControl.init)
    storedAtStart = stores.reduce(0) { $0 + $1.store.held }
    ownStores = stores.count
  }

  // MARK: Faults

  /// Whether the site is without its supply.
  var isCutOff: Bool { disturbance.isCutOff }

  /// A switch at the boundary is open.
  private var isIsolated = false

  /// The switch opens, or closes: what was off waits for a healthy network.
  mutating func isolate(_ isOpen: Bool, at now: Instant) {
    isIsolated = isOpen
    if !isOpen { control.disconnect(until: now.milliseconds + Self.reconnection) }
  }

  // MARK: Voltage

  var keepsVoltage: Bool {
    get { control.keepsVoltage }
    set { control.keepsVoltage = newValue }
  }

  mutating func setVoltage(_ volts: Double, from: Int64, until: Int64) {
    control.setVoltage(volts, from: from, until: until)
  }

  mutating func takeVoltage(into segments: inout [VoltageSegment]) { control.takeVoltage(into: &segments) }

  /// Puts a fault in; one of the same id that holds already is taken out.
  mutating func begin(_ trouble: any SiteTrouble, id: String) {
    faults.removeAll { $0.id == id }
    faults.append((id, trouble))
    disturb()
  }

  /// Takes a fault out. False if it did not hold.
  mutating func end(_ id: String, at now: Instant) -> Bool {
    guard let index = faults.firstIndex(where: { $0.id == id }) else { return false }
    let before = disturbance
    faults.remove(at: index)
    disturb()
    // Loss of mains: generation waits for a healthy network; loads do not.
    if before.isCurtailed, !disturbance.isCurtailed {
      control.disconnect(until: now.milliseconds + Self.reconnection)
    }
    if before.isCutOff, !disturbance.isCutOff {
      inrush = Inrush(before.inrush.milliwatts, from: now.milliseconds, for: before.inrush.milliseconds)
    }
    return true
  }

  private mutating func disturb() {
    let before = disturbance
    disturbance = Disturbance()
    for fault in faults { fault.trouble.add(to: &disturbance) }
    generation.take(disturbance)
    control.take(disturbance)
    load.l1 += disturbance.load.l1 - before.load.l1
    load.l2 += disturbance.load.l2 - before.load.l2
    load.l3 += disturbance.load.l3 - before.load.l3
    guard before.stores != disturbance.stores else { return }
    // What a store holds goes with it; the account keeps it as stored.
    for store in stores[ownStores...] { storedAtStart -= store.store.held }
    stores.removeSubrange(ownStores...)
    stores += disturbance.stores.map(StorageControl.init)
    for store in stores[ownStores...] { storedAtStart += store.store.held }
  }

  /// ms until generation is back after the supply: G98 asks for 20 s at least (60 s is our assumption).
  private static let reconnection: Int64 = 60_000

  mutating func append(from start: Int64, until end: Int64, into segments: inout [FlowSegment]) {
    let first = segments.count
    var at = start
    while at < end {
      let second = floorDivide(at, 1000)
      if !home.window.contains(second) {
        home.prepare(for: second)
        let (start, more) = (home.startLoad, disturbance.load)
        (edge, load) = (0, (start.l1 + more.l1, start.l2 + more.l2, start.l3 + more.l3))
      }
      let minute = floorDivide(second, 60)
      generation.prepare(minute: minute)
      let stop = min(end, (minute + 1) * 60_000)
      if disturbance.isCutOff || isIsolated {
        _ = takeEdges(upTo: floorDivide(stop - 1, 1000))
        boundary = 0
        if keepsGeneration { note((0, 0, 0), until: stop) }
        // Without a supply there is no voltage; behind an open switch the network has one all the same.
        if !disturbance.isCutOff { control.look(at: at, until: stop, exported: 0) }
        add(FlowSegment(endMilliseconds: stop, l1: 0), from: at, after: first, to: &segments)
      } else if hasMemory || inrush.holds(at: at) {
        appendEverything(from: at, until: stop, after: first, into: &segments)
      } else if generation.isIdle {
        appendLoad(from: at, until: stop, after: first, into: &segments)
      } else {
        appendSun(from: at, until: stop, after: first, into: &segments)
      }
      at = stop
      settle()
    }
  }

  // MARK: Beside the generators

  /// Moves what the generators made, less what they drew, into an emptied array: positive as they make.
  mutating func takeGeneration(into segments: inout [FlowSegment]) {
    segments.append(contentsOf: generated)
    generated.removeAll(keepingCapacity: true)
  }

  private mutating func note(_ made: (Int64, Int64, Int64), until end: Int64) {
    let segment = FlowSegment(endMilliseconds: end, l1: made.0, l2: made.1, l3: made.2)
    let last = generated.count - 1
    if last >= 0, generated[last].l1 == segment.l1, generated[last].l2 == segment.l2,
      generated[last].l3 == segment.l3
    {
      generated[last].endMilliseconds = end
    } else {
      generated.append(segment)
    }
  }

  /// Whether each second depends on the one before.
  private var hasMemory: Bool {
    !stores.isEmpty || generation.mayDraw || control.hasMemory || diverter != nil
  }

  /// Nothing is generated or stored: from edge to edge of the load.
  private mutating func appendLoad(
    from start: Int64, until stop: Int64, after first: Int, into segments: inout [FlowSegment]
  ) {
    if keepsGeneration { note((0, 0, 0), until: stop) }
    var at = start
    while at < stop {
      let next = takeEdges(upTo: floorDivide(at, 1000))
      let end = min(stop, next == .max ? stop : next * 1000)
      block.consumed += (load.l1 + load.l2 + load.l3) * (end - at)
      add(
        FlowSegment(endMilliseconds: end, l1: load.l1, l2: load.l2, l3: load.l3), from: at, after: first,
        to: &segments)
      at = end
    }
  }

  /// Generation and load alone: second by second, on straight lines between knots, taken at the middle of
  /// each second.
  private mutating func appendSun(
    from start: Int64, until stop: Int64, after first: Int, into segments: inout [FlowSegment]
  ) {
    let knots = generation.made
    let steps = PhaseKnots.seconds
    let keepsGeneration = keepsGeneration
    var at = start
    var nextEdge = Int64.min
    while at < stop {
      let second = floorDivide(at, 1000)
      let place = floorModulo(second, 60)
      let line = knots.stretch(Int(place / steps))
      let knotEnd = min(stop, (second - place % steps + steps) * 1000)
      var step = place % steps
      while at < knotEnd {
        let now = floorDivide(at, 1000)
        if nextEdge <= now { nextEdge = takeEdges(upTo: now) }
        var made = line.power(step)
        let used = load.l1 + load.l2 + load.l3
        let held = control.heldBack(at: at, made: made.0 + made.1 + made.2, used: used, given: 0)
        if held > 0 { Self.hold(back: held, of: &made) }
        let end = min(knotEnd, (now + 1) * 1000)
        if keepsGeneration { note(made, until: end) }
        block.generated += (made.0 + made.1 + made.2) * (end - at)
        block.consumed += used * (end - at)
        add(
          FlowSegment(
            endMilliseconds: end, l1: load.l1 - made.0, l2: load.l2 - made.1, l3: load.l3 - made.2),
          from: at, after: first, to: &segments)
        at = end
        step += 1
      }
    }
  }

  /// With stores, draws of generators, ramps and trips: second by second, each after the one before.
  private mutating func appendEverything(
    from start: Int64, until stop: Int64, after first: Int, into segments: inout [FlowSegment]
  ) {
    let minuteOfDay = LondonClock.minuteOfDay(at: Instant(milliseconds: start))
    for index in stores.indices { stores[index].begin(minuteOfDay: minuteOfDay) }
    diverter?.begin(minuteOfDay: minuteOfDay)
    let (knots, draws) = (generation.made, generation.mayDraw ? generation.drawn : nil)
    let steps = PhaseKnots.seconds
    var at = start
    var nextEdge = Int64.min
    while at < stop {
      let second = floorDivide(at, 1000)
      let place = floorModulo(second, 60)
      let line = knots.stretch(Int(place / steps))
      let draw = draws?.stretch(Int(place / steps))
      let knotEnd = min(stop, (second - place % steps + steps) * 1000)
      var step = place % steps
      while at < knotEnd {
        let now = floorDivide(at, 1000)
        if nextEdge <= now { nextEdge = takeEdges(upTo: now) }
        let end = min(knotEnd, (now + 1) * 1000)
        let segment = everything(
          at: at, until: end, made: line.power(step), drawn: draw?.power(step) ?? (0, 0, 0))
        let more = diverter == nil ? 0 : divert(segment, from: at, after: first, to: &segments)
        if diverter == nil { add(segment, from: at, after: first, to: &segments) }
        control.look(at: at, until: end, exported: -boundary - more)
        at = end
        step += 1
      }
    }
  }

  /// Cuts a second where the diverter fires and pauses. Returns its mean power, mW.
  private mutating func divert(
    _ whole: FlowSegment, from start: Int64, after first: Int, to segments: inout [FlowSegment]
  ) -> Int64 {
    guard var diverter else { return 0 }
    var (at, sum) = (start, Int64(0))
    while at < whole.endMilliseconds {
      let end = min(diverter.end(after: at), whole.endMilliseconds)
      let drawn = diverter.fire(from: at, until: end, boundary: boundary)
      sum += drawn * (end - at)
      add(
        FlowSegment(endMilliseconds: end, l1: whole.l1 + drawn, l2: whole.l2, l3: whole.l3), from: at,
        after: first, to: &segments)
      at = end
    }
    block.consumed += sum
    self.diverter = diverter
    return sum / (whole.endMilliseconds - start)
  }

  /// One second or a part of it, with whatever may be at a site.
  @inline(__always)
  private mutating func everything(
    at: Int64, until end: Int64, made before: (Int64, Int64, Int64), drawn: (Int64, Int64, Int64)
  ) -> FlowSegment {
    var made = before
    let second = at - floorModulo(at, 1000)
    var used = (load.l1 + drawn.0 + inrush.power(at: second), load.l2 + drawn.1, load.l3 + drawn.2)
    let (madeSum, usedSum) = (made.0 + made.1 + made.2, used.0 + used.1 + used.2)
    block.consumed += usedSum * (end - at)
    let given = runStores(made: madeSum, used: usedSum, for: end - at, isNewSecond: at == second, on: &used)
    // What a diverter can take need not be held back.
    let wanted = diverter?.appetite(for: madeSum + given - usedSum) ?? 0
    let held = control.heldBack(at: at, made: madeSum, used: usedSum + wanted, given: given)
    if held > 0 { Self.hold(back: held, of: &made) }
    if keepsGeneration { note((made.0 - drawn.0, made.1 - drawn.1, made.2 - drawn.2), until: end) }
    block.generated += (made.0 + made.1 + made.2) * (end - at)
    let segment = FlowSegment(
      endMilliseconds: end, l1: used.0 - made.0, l2: used.1 - made.1, l3: used.2 - made.2)
    boundary = segment.l1 + segment.l2 + segment.l3
    return segment
  }

  /// Lets each store do its step; what they take, and their electronics, are added to what is used. Returns
  /// what they give in all, mW (negative: take).
  private mutating func runStores(
    made: Int64, used: Int64, for milliseconds: Int64, isNewSecond: Bool,
    on phases: inout (Int64, Int64, Int64)
  ) -> Int64 {
    var given: Int64 = 0
    for index in stores.indices {
      let surplus = max(made + given - used, 0)
      let step = stores[index].step(
        boundary: boundary, surplus: surplus, for: milliseconds, isNewSecond: isNewSecond)
      given += step.power - step.standby
      block.standby += step.standby * milliseconds
      // Of what it gives, what the house does not need leaves the site.
      let leaving = min(made + given - used, step.power)
      if leaving > 0 { block.brown += stores[index].store.bought(of: leaving * milliseconds) }
      stores[index].connection.add(step.standby - step.power, to: &phases)
    }
    return given
  }

  /// Applies the edges up to a second and returns the second of the next.
  private mutating func takeEdges(upTo second: Int64) -> Int64 {
    while edge < home.edges.count, home.edges[edge].second <= second {
      let one = home.edges[edge]
      switch one.phase {
      case 0: load.l1 += one.milliwatts
      case 1: load.l2 += one.milliwatts
      default: load.l3 += one.milliwatts
      }
      edge += 1
    }
    return edge < home.edges.count ? home.edges[edge].second : .max
  }

  /// Curtails generation phase by phase, L1 first, never below nothing.
  private static func hold(back excess: Int64, of made: inout (Int64, Int64, Int64)) {
    var left = excess
    func take(_ one: inout Int64) {
      let part = min(left, one)
      one -= part
      left -= part
    }
    take(&made.0)
    take(&made.1)
    take(&made.2)
  }

  /// Appends a segment, or lengthens the last of this block if the power is the same.
  @inline(__always)
  private mutating func add(
    _ segment: FlowSegment, from start: Int64, after first: Int, to segments: inout [FlowSegment]
  ) {
    let energy = (segment.l1 + segment.l2 + segment.l3) * (segment.endMilliseconds - start)
    net.imported += max(energy, 0)
    net.exported += max(-energy, 0)
    let last = segments.count - 1
    if last >= first, segments[last].l1 == segment.l1, segments[last].l2 == segment.l2,
      segments[last].l3 == segment.l3
    {
      segments[last].endMilliseconds = segment.endMilliseconds
    } else {
      segments.append(segment)
    }
  }

  private mutating func settle() {
    account.generated.milliwattMilliseconds += Int128(block.generated)
    account.consumed.milliwattMilliseconds += Int128(block.consumed)
    account.imported.milliwattMilliseconds += Int128(net.imported)
    account.exported.milliwattMilliseconds += Int128(net.exported)
    (block.generated, block.consumed, net) = (0, 0, (0, 0))
    guard !stores.isEmpty else { return }
    account.lost.milliwattMilliseconds += Int128(block.standby)
    account.exportedBought.milliwattMilliseconds += Int128(block.brown)
    (block.standby, block.brown) = (0, 0)
    var stored = -Int128(storedAtStart)
    for index in stores.indices {
      stored += Int128(stores[index].store.held)
      account.lost.milliwattMilliseconds += Int128(stores[index].takeLosses())
    }
    account.stored.milliwattMilliseconds = stored
  }
}

/// What starts all at once when the supply is back, and falls to nothing.
private struct Inrush {
  private var milliwatts: Int64 = 0
  private var from: Int64 = 0
  private var milliseconds: Int64 = 0

  init() {}

  init(_ milliwatts: Int64, from: Int64, for milliseconds: Int64) {
    (self.milliwatts, self.from, self.milliseconds) = (milliwatts, from, milliseconds)
  }

  func holds(at: Int64) -> Bool { at - from < milliseconds }

  func power(at: Int64) -> Int64 {
    holds(at: at) ? milliwatts * (milliseconds - max(at - from, 0)) / milliseconds : 0
  }
}
