// The measuring element of a meter that is not ideal: from the flow as it is to the flow as the meter
// measures it. Each power becomes a whole number of mW again (halves away from zero), so all that counts,
// nets, flashes and shows the flow works on as with an ideal meter, which never comes here at all.
//
// The order of the steps is fixed, whatever the order in which faults came: wiring, interference, starting,
// the load curve, the product of all gains, then creep.

internal import Units

/// Everything that stands between flow and count. What is zero or one does nothing.
struct Element: Sendable {
  /// Wiring errors of the phases.
  var wiring = PhaseErrors()
  /// Constant factors: gain, ratio of all transformers, gear train, magnet.
  var gain = Gain()
  /// The load-dependent part of the error curve: ppm, and Itr at nominal voltage in mW.
  var load: (ppm: Int64, transition: Int64) = (0, 1)
  /// Below this many mW nothing is counted.
  var starting: Int64 = 0
  /// What is counted forwards while nothing flows, or nothing that the meter would count.
  var creep: Int64 = 0
  /// ME-07: an appliance that is misread.
  var interference: Interference?
  /// ME-18: a second current path.
  var neutralPath: NeutralPath?
  /// The disc's torques; nil for a static meter or an ideal disc.
  var torque: Torque?
  /// ME-21: at and below this many mW at the disc it stands; `Int64.max`: always.
  var stuck: Int64 = -1
  /// The backstop; nil where the flow mode says it all.
  var ratchet: Ratchet?
  /// Temperature and age.
  var climate = Climate()
  /// MF-05: each `period` ms the meter is dead for `dead` ms.
  var watchdog: (period: Int64, dead: Int64) = (0, 0)

  var isPlain: Bool {
    wiring.isNone && gain.isOne && load.ppm == 0 && starting == 0 && creep == 0 && interference == nil
      && neutralPath == nil && torque == nil && stuck < 0 && ratchet == nil && climate.isNone
      && watchdog.period == 0
  }
}

extension Element {
  /// One appliance whose switched current the meter misreads: the part of the load between two powers.
  struct Interference: Sendable {
    /// mW of load below which it is off.
    var from: Int64
    /// mW that it draws.
    var width: Int64
    /// ppm by which its part is misread.
    var error: Int64
  }

  /// A meter that measures line and neutral and counts the larger.
  struct NeutralPath: Sendable {
    /// mW that return another way.
    var difference: Int64
    /// Per cent of difference from which the larger is counted.
    var trip: Int64
  }

  /// Cuts: edges at which what the element does changes while the flow stays.
  private static let day: Int64 = 86_400_000
}

/// An element at work: the parts of `Element` made ready once for a block, and what a disc remembers.
struct ElementAtWork: Sendable {
  private let element: Element
  private let mixing: PhaseMixing
  private let phases: Int
  /// Of the latest day.
  private var ratio: (numerator: Int64, denominator: Int64)
  private var day = Int64.min
  /// How far the disc has turned back since it last stood furthest forward, in mW·ms.
  private(set) var turnedBack: Int64 = 0

  init(_ element: Element, signs: PhaseSigns, phases: Int, turnedBack: Int64 = 0) {
    (self.element, self.phases, self.turnedBack) = (element, phases, turnedBack)
    mixing = PhaseMixing(element.wiring, signs: signs)
    ratio = element.gain.ratio
  }

  /// Writes the flow as measured over `seen`.
  mutating func see(_ segments: [FlowSegment], from start: Int64, into seen: inout [FlowSegment]) {
    seen.removeAll(keepingCapacity: true)
    var time = start
    for segment in segments {
      while time < segment.endMilliseconds {
        let edge = nextEdge(after: time, within: segment.endMilliseconds)
        take(segment, from: time, to: edge, into: &seen)
        time = edge
      }
    }
  }

  /// Power as measured now, without what time does to it: backstop and watchdog.
  mutating func power(_ segment: FlowSegment) -> (l1: Int64, l2: Int64, l3: Int64) {
    warm(to: segment.endMilliseconds - 1)
    return measured(segment)
  }

  private func nextEdge(after time: Int64, within end: Int64) -> Int64 {
    var edge = end
    if !element.climate.isNone { edge = min(edge, (floorDivide(time, Climate.day) + 1) * Climate.day) }
    let (period, dead) = element.watchdog
    if period > 0 {
      let into = floorModulo(time, period)
      edge = min(edge, time - into + (into < dead ? dead : period))
    }
    return edge
  }

  private mutating func take(
    _ segment: FlowSegment, from start: Int64, to end: Int64, into seen: inout [FlowSegment]
  ) {
    let (period, dead) = element.watchdog
    if period > 0, floorModulo(start, period) < dead {
      seen.append(FlowSegment(endMilliseconds: end, l1: 0))
      return
    }
    warm(to: start)
    let power = measured(segment)
    guard let ratchet = element.ratchet else {
      seen.append(FlowSegment(endMilliseconds: end, l1: power.l1, l2: power.l2, l3: power.l3))
      return
    }
    hold(power.l1, ratchet, from: start, to: end, into: &seen)
  }

  /// What the pawl lets pass: the travel that is left, then its slip.
  private mutating func hold(
    _ power: Int64, _ ratchet: Ratchet, from start: Int64, to end: Int64, into seen: inout [FlowSegment]
  ) {
    guard power < 0 else {
      turnedBack = max(turnedBack - power * (end - start), 0)
      seen.append(FlowSegment(endMilliseconds: end, l1: power))
      return
    }
    // Whole ms of free travel: the pawl catches at the first ms whose end lies beyond it.
    let free = min(max(ratchet.travel - turnedBack, 0) / -power, end - start)
    if free > 0 {
      turnedBack += -power * free
      seen.append(FlowSegment(endMilliseconds: start + free, l1: power))
    }
    guard start + free < end else { return }
    seen.append(FlowSegment(endMilliseconds: end, l1: scaleRounded(power, ratchet.slip, over: 100)))
  }

  /// Takes the day's temperature and age into the ratio.
  private mutating func warm(to time: Int64) {
    guard !element.climate.isNone else { return }
    let today = floorDivide(time, Climate.day)
    guard today != day else { return }
    day = today
    var gain = element.gain
    gain.add(ppm: element.climate.error(onDay: today))
    ratio = gain.ratio
  }

  private func measured(_ segment: FlowSegment) -> (l1: Int64, l2: Int64, l3: Int64) {
    let (l1, l2, l3) = (segment.l1, segment.l2, segment.l3)
    if phases == 1 { return (crept(one(mixing.power(0, l1, 0, 0))), 0, 0) }
    // A twin-element meter has two of everything.
    if phases == 2 {
      return (crept(one(mixing.power(0, l1, 0, 0))), crept(one(mixing.power(1, 0, l2, 0))), 0)
    }
    let each = (mixing.power(0, l1, l2, l3), mixing.power(1, l1, l2, l3), mixing.power(2, l1, l2, l3))
    // Several elements drive one disc.
    if element.torque != nil || element.ratchet != nil { return (crept(one(each.0 + each.1 + each.2)), 0, 0) }
    let seen = (one(each.0), one(each.1), one(each.2))
    guard element.creep > 0, (seen.0 + seen.1 + seen.2).magnitudeClamped < element.creep else { return seen }
    return (element.creep, 0, 0)
  }

  /// A meter that creeps counts so much forwards while less flows.
  private func crept(_ power: Int64) -> Int64 {
    power.magnitudeClamped < element.creep ? element.creep : power
  }

  /// What one path, or one disc, makes of a power.
  private func one(_ power: Int64) -> Int64 {
    var power = power
    if let path = element.neutralPath, path.difference * 100 >= max(power.magnitudeClamped, 1) * path.trip {
      power += power < 0 ? -path.difference : path.difference
    }
    if let appliance = element.interference {
      let part = min(max(power.magnitudeClamped - appliance.from, 0), appliance.width)
      let error = scaleRounded(part, appliance.error, over: Gain.million)
      power += power < 0 ? -error : error
    }
    if let torque = element.torque { power = torque.speed(power) }
    if element.stuck >= 0, power.magnitudeClamped <= element.stuck { power = 0 }
    if power.magnitudeClamped < element.starting { power = 0 }
    if element.load.ppm != 0 {
      // a / (I / Itr + 0.2), with I / Itr as power over power: the voltage cancels.
      let under = power.magnitudeClamped + element.load.transition / 5
      power += scaleRounded(
        scaleRounded(power, element.load.transition, over: max(under, 1)), element.load.ppm,
        over: Gain.million)
    }
    return scaleRounded(power, ratio.numerator, over: ratio.denominator)
  }
}

extension Int64 {
  /// The magnitude as a signed number; the least number of 64 bits has the greatest.
  @inline(__always) var magnitudeClamped: Int64 { self == .min ? .max : abs(self) }
}
