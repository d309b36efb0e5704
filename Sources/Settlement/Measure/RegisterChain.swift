// The believed history of one register: accepted reads with an unwrapped count, and reads that wait for more.
// One wrong read between two right ones is refused, and nothing is reset for it (RG-11, RG-12); a register
// that goes on from a new base begins a new stretch, and what lies between is held (RG-04).

internal import Units

/// A read that is believed.
struct CountedRead: Hashable {
  var read: Read
  /// Wh since the first read of the chain; goes on through rollovers, falls with a dial that runs back.
  var count: Int64
  /// What happened since the read before; nil for the first.
  var movement: Movement?
  /// Why the energy since the read before is not payable, if so.
  var hold: ReasonCode?
}

struct RegisterChain {
  let key: RegisterKey
  var limits: RegisterLimits
  private(set) var accepted: [CountedRead] = []
  /// Reads after the last accepted one that nobody can believe yet, and the code under which they wait.
  private(set) var waiting: (code: ReasonCode, reads: [Read])?
  /// Number of accepted reads that stay as they are.
  private var settled = 0
  private let terms: Policy.Reading

  init(key: RegisterKey, limits: RegisterLimits, terms: Policy.Reading) {
    (self.key, self.limits, self.terms) = (key, limits, terms)
  }

  /// The accepted read nearest to an instant.
  func nearest(to instant: Instant) -> CountedRead? {
    var (low, high) = (0, accepted.count)
    while low < high {
      let middle = (low + high) / 2
      if accepted[middle].read.at < instant { low = middle + 1 } else { high = middle }
    }
    let around = accepted[max(low - 1, 0)..<min(low + 1, accepted.count)]
    return around.min { ($0.read.at - instant).magnitude < ($1.read.at - instant).magnitude }
  }

  /// Marks the energy that ends with an accepted read as not payable.
  mutating func hold(_ index: Int, _ code: ReasonCode) {
    if accepted[index].hold == nil { accepted[index].hold = code }
  }

  /// Keeps what is accepted so far for good. Export registers are judged afresh each time: what was billed is
  /// protected by the difference that is issued, not by what is believed.
  mutating func settle(through count: Int) { settled = max(settled, min(count, accepted.count)) }

  /// Judges afresh all reads after those that are kept. `reads` are sorted by instant.
  mutating func judge(_ reads: [Read], _ log: inout DecisionLog) {
    accepted.removeSubrange(settled...)
    waiting = nil
    let start = accepted.last?.read.at
    let queue = start.map { start in reads.filter { $0.at > start } } ?? reads
    var next = 0
    while next < queue.count {
      guard let last = accepted.last else {
        accepted.append(CountedRead(read: queue[next], count: 0))
        next += 1
        continue
      }
      let movement = Movement(from: last.read, to: queue[next], limits)
      if movement.change != nil {
        accept(queue[next], movement, &log)
        next += 1
      } else if let resumed = resolve(queue, next, movement, &log) {
        next = resumed
      } else {
        wait(Array(queue[next...]), movement, &log)
        return
      }
    }
  }

  private mutating func accept(
    _ read: Read, _ movement: Movement, hold: ReasonCode? = nil, _ log: inout DecisionLog
  ) {
    guard let last = accepted.last else { return }
    // A read below the last one within its own step leaves the position where it was.
    var kept = read
    if movement == .advance(0), read.value < last.read.value { kept.value = last.read.value }
    accepted.append(
      CountedRead(read: kept, count: last.count + (movement.change ?? 0), movement: movement, hold: hold))
    guard case .rollover(let energy) = movement else { return }
    log.note(
      .readRollover, .read09, at: read.received, key.serial, reads: [last.read.cause, read.cause],
      "the \(key.role.rawValue) register went from \(last.read.value) to \(read.value) between "
        + "\(last.read.at) and \(read.at): it passed \(WattHours(limits.modulus)) and began again, an "
        + "advance of "
        + "\(WattHours(energy))")
  }

  /// Finds what an unbelievable read at `next` is. Nil: too little is known yet. Otherwise where to go on.
  private mutating func resolve(
    _ queue: [Read], _ next: Int, _ movement: Movement, _ log: inout DecisionLog
  ) -> Int? {
    guard let last = accepted.last else { return nil }
    let run = consistentRun(queue, from: next)
    let back = queue[(next + 1)...].prefix(terms.lookAhead.value).firstIndex {
      Movement(from: last.read, to: $0, limits).change != nil
    }
    let goesOn =
      run.count >= terms.restartReads.value && run.advances
      && (movement.isRise || startsLow(queue[next], since: last))
    if let back, back - next <= terms.glitchReads.value, !(goesOn && back > next + 1) {
      for read in queue[next..<back] { refuse(read, knownBy: queue[back], &log) }
      return back
    }
    if dropSpike(before: queue, next, &log) { return next }
    if goesOn {
      restart(queue[next], knownBy: queue[run.shown], movement, &log)
      return next + 1
    }
    guard let back else { return nil }
    for read in queue[next..<back] { refuse(read, knownBy: queue[back], &log) }
    holdThrough(queue[back], movement, &log)
    return back + 1
  }

  /// Reads from `next` on that follow from one another, and whether they move at all.
  private func consistentRun(_ queue: [Read], from next: Int) -> (count: Int, advances: Bool, shown: Int) {
    var end = next
    while end + 1 < queue.count, Movement(from: queue[end], to: queue[end + 1], limits).change != nil {
      end += 1
    }
    // The first read by which both is seen: enough reads, and the register has moved.
    let enough = next + terms.restartReads.value - 1
    let shown = (next...end).first { $0 >= enough && queue[$0].value > queue[next].value } ?? end
    return (end - next + 1, queue[end].value > queue[next].value, shown)
  }

  /// A register that began again from zero shows no more than can have flowed since the last good read.
  private func startsLow(_ read: Read, since last: CountedRead) -> Bool {
    read.value.value <= limits.forward.most(in: read.at - last.read.at)
  }

  /// If the last accepted read was itself the wrong one: high, though possible, and the register is below it
  /// now.
  private mutating func dropSpike(before queue: [Read], _ next: Int, _ log: inout DecisionLog) -> Bool {
    guard accepted.count > settled, accepted.count >= 2, let spike = accepted.last, spike.hold == nil else {
      return false
    }
    let before = accepted[accepted.count - 2]
    guard case .advance = spike.movement, queue[next].value < spike.read.value,
      Movement(from: before.read, to: queue[next], limits).change != nil
    else { return false }
    let after = queue.dropFirst(next + 1).first
    let goesOn = after.map { Movement(from: queue[next], to: $0, limits).change != nil } ?? false
    // The meter's own word is enough against a person's (R-READ-11).
    let isOutweighed = queue[next].source == .remote && spike.read.source == .customer
    guard goesOn || isOutweighed else { return false }
    accepted.removeLast()
    let evidence = [spike.read, queue[next]] + (isOutweighed ? [] : [after].compactMap { $0 })
    log.note(
      .valQueried, .read07, at: evidence.map(\.received).max() ?? queue[next].received, key.serial,
      reads: [before.read.cause, spike.read.cause, queue[next].cause],
      "the \(key.role.rawValue) read of \(spike.read.value) on \(spike.read.at) is refused: the reads "
        + "before and "
        + "after it, \(before.read.value) and \(queue[next].value), follow from each other; nothing is reset")
    return true
  }

  /// A wrong read is known for one when a later read goes on from before it.
  private func refuse(_ read: Read, knownBy later: Read, _ log: inout DecisionLog) {
    guard let last = accepted.last else { return }
    let movement = Movement(from: last.read, to: read, limits)
    let what =
      movement.isRise
      ? "it is \(limits.explain(read, since: last.read))"
      : "it is below \(last.read.value) of \(last.read.at), and no rollover"
    log.note(
      movement.code, movement.isRise ? .val02 : .read09, at: max(read.received, later.received), key.serial,
      severity: .query, reads: [last.read.cause, read.cause, later.cause],
      "the \(key.role.rawValue) read of \(read.value) on \(read.at) is refused: \(what); later reads go on "
        + "from before, so this one read was wrong and nothing is reset")
  }

  private mutating func restart(
    _ read: Read, knownBy later: Read, _ movement: Movement, _ log: inout DecisionLog
  ) {
    guard let last = accepted.last else { return }
    let code: ReasonCode = movement.isRise ? .valOverCapacity : .readRestart
    accepted.append(CountedRead(read: read, count: last.count, movement: nil, hold: code))
    log.note(
      code, movement.isRise ? .val02 : .read09, at: later.received, key.serial, severity: .query,
      reads: [last.read.cause, read.cause, later.cause],
      "the \(key.role.rawValue) register went from \(last.read.value) on \(last.read.at) to \(read.value) on "
        + "\(read.at) and counts on from there; no exchange is reported. What flowed between these two "
        + "reads is "
        + "held; what came after is counted")
  }

  private mutating func holdThrough(_ read: Read, _ movement: Movement, _ log: inout DecisionLog) {
    guard let last = accepted.last else { return }
    accept(read, Movement(from: last.read, to: read, limits), hold: movement.code, &log)
  }

  private mutating func wait(_ reads: [Read], _ movement: Movement, _ log: inout DecisionLog) {
    guard let last = accepted.last, let read = reads.first else { return }
    waiting = (movement.code, reads)
    let what =
      movement.isRise
      ? limits.explain(read, since: last.read)
      : "below \(last.read.value) of \(last.read.at), and no rollover"
    log.note(
      movement.code, movement.isRise ? .val02 : .read09, at: read.received, key.serial, severity: .query,
      reads: [last.read.cause, read.cause],
      "the \(key.role.rawValue) read of \(read.value) on \(read.at) is \(what); it waits for further reads "
        + "and "
        + "nothing after \(last.read.at) is paid on this register")
  }
}

extension Movement {
  var isRise: Bool {
    switch self {
    case .tooHigh, .advance, .rollover: true
    case .tooLow, .fall: false
    }
  }

  /// The code under which an unbelievable read is refused or waits.
  var code: ReasonCode { isRise ? .valOverCapacity : .readNegative }
}

extension RegisterLimits {
  func explain(_ read: Read, since last: Read) -> String {
    let rise = read.value.value - last.value.value
    let most = forward.most(in: read.at - last.at)
    return
      "\(WattHours(rise)) above \(last.value) of \(last.at), where at most \(WattHours(most)) can have flowed"
  }
}

extension RegisterChain: CustomStringConvertible {
  /// One line per accepted read, for people.
  var description: String {
    accepted.map { one in
      let hold = one.hold.map { "  \($0.rawValue)" } ?? ""
      return "\(one.read.at)  \(one.read.value)  \(WattHours(one.count))\(hold)"
    }.joined(separator: "\n")
  }
}
