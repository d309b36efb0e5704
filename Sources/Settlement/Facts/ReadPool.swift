// Reads that may count, sorted into registers and by instant. First pass over register reads: each read is
// looked at alone (whose, which register, photo, future), then beside those of the same instant (R-READ-06,
// -08, -10 … -12). What is told of a read later – withdrawn, corrected, not proven – is applied to all of its
// register again.

internal import Units

/// One register of one meter.
struct RegisterKey: Hashable {
  var serial: String
  var role: RegisterRole
}

struct ReadPool {
  /// By register, sorted by instant; one read per instant.
  private(set) var reads: [RegisterKey: [Read]] = [:]
  /// All that passed the checks of single reads, in order of arrival.
  private var passed: [RegisterKey: [Read]] = [:]
  /// What is told of reads, in order of arrival.
  private(set) var changes: [ReadChange] = []
  /// By which channel a customer's readings come, from when on; the policy's own before the first.
  var procedures: [(from: Instant, channels: [String])] = []
  /// Reads of meters nobody knows yet: an exchange may still be told.
  private var parked: [Read] = []
  /// Readings that came by another way than was agreed; the customer is told.
  private(set) var misrouted: [(read: Read, refusal: ReadRefusal)] = []
  private var repeats: [RegisterKey: Tally] = [:]
  private var late: [RegisterKey: Tally] = [:]
  private var sameMoment = TimeSpan.zero
  private var fuse = EnergyBound(power: .zero, allowance: 0)

  private struct Tally {
    var count = 0
    var received = Instant.epoch
    var causes: [Cause] = []

    mutating func add(_ read: Read) {
      count += 1
      received = max(received, read.received)
      if causes.count < 8 { causes.append(read.cause) }
    }
  }

  /// Takes reads in, in order of arrival. Those refused are gone, with a decision each.
  mutating func take(_ fresh: [Read], book: MeterBook, policy: Policy, log: inout DecisionLog) {
    sameMoment = policy.reading.sameMoment.value
    let known = parked.filter { book[$0.serial] != nil }
    parked.removeAll { book[$0.serial] != nil }
    for read in known + fresh {
      guard let meter = book[read.serial] else {
        parked.append(read)
        log.note(
          .readSerialUnknown, .read10, at: read.received, read.serial, severity: .query, reads: [read.cause],
          "a read of \(read.value) on \(read.at) is of meter \(read.serial), which is no meter of this "
            + "agreement; it counts only if an exchange is reported")
        continue
      }
      let channels = procedures.last { $0.from <= read.received }?.channels ?? policy.reading.procedure.value
      if let refusal = ReadRefusal(read, meter, policy, channels: channels) {
        if refusal.code == .readWrongProcedure {
          misrouted.append((read, refusal))
          continue
        }
        log.note(
          refusal.code, refusal.rule, at: read.received, read.serial, severity: .query, reads: [read.cause],
          "the \(read.source.rawValue) read of \(read.value) on \(read.at) is refused: \(refusal.why)")
      } else if meter.registers[read.register] != nil {
        fuse = .fuse(phases: meter.phases, policy)
        passed[RegisterKey(serial: read.serial, role: read.register), default: []].append(read)
        place(read, &log)
      }
    }
    tell(&log)
  }

  /// Applies what is told of reads by now; registers about which there is news are sorted anew.
  mutating func apply(_ told: [ReadChange]) {
    guard told != changes else { return }
    let before = Set(changes)
    let after = Set(told)
    changes = told
    var quiet = DecisionLog()
    for change in before.symmetricDifference(after) {
      let key = RegisterKey(serial: change.serial, role: change.register)
      reads[key] = nil
      for read in passed[key] ?? [] { place(read, &quiet) }
      (repeats[key], late[key]) = (nil, nil)
    }
  }

  /// The reads of a register as they were known at an instant.
  func reads(of key: RegisterKey, asOf instant: Instant) -> [Read] {
    var then = ReadPool()
    then.changes = changes.filter { $0.received <= instant }
    (then.sameMoment, then.fuse) = (sameMoment, fuse)
    var quiet = DecisionLog()
    for read in passed[key] ?? [] where read.received <= instant { then.place(read, &quiet) }
    return then.reads[key] ?? []
  }

  /// Every read of a register that passed, whatever became of it, in order of arrival.
  func all(of key: RegisterKey) -> [Read] { passed[key] ?? [] }

  /// Puts a read among those of its register; of two for one instant one stays (R-READ-11). Reads mostly come
  /// in order, so the place is looked for from the end.
  private mutating func place(_ fresh: Read, _ log: inout DecisionLog) {
    guard let read = changes.isEmpty ? fresh : ReadChange.apply(changes, to: fresh) else { return }
    let key = RegisterKey(serial: read.serial, role: read.register)
    let after = reads[key]?.lastIndex { $0.at <= read.at }
    if let after, let same = reads[key]?[after], same.at == read.at {
      let kept = merge(same, read, key, &log)
      reads[key]?[after] = kept
      return
    }
    if !settleMoment(read, key, after, &log) { return }
    let spot = reads[key]?.lastIndex { $0.at <= read.at }.map { $0 + 1 } ?? 0
    if let next = reads[key]?.dropFirst(spot).first, next.received < read.received {
      late[key, default: Tally()].add(read)
    }
    reads[key, default: []].insert(read, at: spot)
  }

  /// Two people's readings a few seconds apart are of one moment: where they cannot both be right, one goes.
  /// False if it is the new one.
  private mutating func settleMoment(
    _ read: Read, _ key: RegisterKey, _ after: Int?, _ log: inout DecisionLog
  ) -> Bool {
    let list = reads[key] ?? []
    for index in [after, after.map { $0 + 1 } ?? 0].compactMap({ $0 }) where list.indices.contains(index) {
      let other = list[index]
      let apart = (other.at - read.at).magnitude
      guard apart <= sameMoment, other.source.trust != read.source.trust else { continue }
      let step = max(other.resolution, read.resolution, WattHours(1)).value
      guard (other.value - read.value).magnitude.value > step + fuse.most(in: apart) else { continue }
      let (kept, gone) = read.source.trust > other.source.trust ? (read, other) : (other, read)
      log.note(
        .readConflict, .read11, at: read.received, key.serial, severity: .query,
        reads: [other.cause, read.cause],
        "two values for the \(key.role.rawValue) register within \(apart) of each other, on \(kept.at) and on "
          + "\(gone.at): \(kept.value) is used, because the word of \(kept.source.rawValue) beats that of "
          + "\(gone.source.rawValue); \(gone.value) is queried")
      if gone == read { return false }
      reads[key]?.remove(at: index)
      return true
    }
    return true
  }

  private mutating func merge(_ old: Read, _ new: Read, _ key: RegisterKey, _ log: inout DecisionLog) -> Read
  {
    let step = max(old.resolution, new.resolution, WattHours(1)).value
    if floorDivide(old.value.value, step) == floorDivide(new.value.value, step) {
      repeats[key, default: Tally()].add(new)
      return new.resolution < old.resolution ? new : old
    }
    let newWins = new.source.trust > old.source.trust
    let (kept, other) = newWins ? (new, old) : (old, new)
    let why =
      newWins || old.source.trust > new.source.trust ? "a remote value beats a person's" : "it came first"
    log.note(
      .readConflict, .read11, at: new.received, key.serial, severity: .query, reads: [old.cause, new.cause],
      "two values for the \(key.role.rawValue) register on \(new.at): \(kept.value) is used, because \(why); "
        + "\(other.value) is queried")
    return kept
  }

  /// One decision for all repeats, and one for all late reads, of a register.
  private mutating func tell(_ log: inout DecisionLog) {
    for (key, tally) in repeats.sorted(by: { $0.key < $1.key }) {
      log.note(
        .readDuplicate, .read11, at: tally.received, key.serial, reads: tally.causes,
        "\(Phrase.count(tally.count, "read")) of the \(key.role.rawValue) register repeat a value already "
          + "known for the same instant and count once")
    }
    for (key, tally) in late.sorted(by: { $0.key < $1.key }) {
      log.note(
        .readOutOfOrder, .read12, at: tally.received, key.serial, reads: tally.causes,
        "\(Phrase.count(tally.count, "read")) of the \(key.role.rawValue) register came after a later one "
          + "and are sorted in by their own instant; nothing already paid is paid again")
    }
    (repeats, late) = ([:], [:])
  }
}

extension RegisterKey: Comparable {
  static func < (left: RegisterKey, right: RegisterKey) -> Bool {
    (left.serial, left.role.rawValue) < (right.serial, right.role.rawValue)
  }
}

extension ReadSource {
  /// Whose word counts more for one instant (R-READ-11).
  var trust: Int {
    switch self {
    case .remote: 2
    case .visit: 1
    case .customer: 0
    }
  }
}
