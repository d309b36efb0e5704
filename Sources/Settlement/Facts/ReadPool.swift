// Reads that may count, sorted into registers and by instant. First pass over register reads: each read is
// looked at alone (whose, which register, photo, future), then beside those of the same instant (R-READ-06,
// -08, -10 … -12).

internal import Units

/// One register of one meter.
struct RegisterKey: Hashable {
  var serial: String
  var role: RegisterRole
}

struct ReadPool {
  /// By register, sorted by instant; one read per instant.
  private(set) var reads: [RegisterKey: [Read]] = [:]
  /// Reads of meters nobody knows yet: an exchange may still be told.
  private var parked: [Read] = []
  private var repeats: [RegisterKey: Tally] = [:]
  private var late: [RegisterKey: Tally] = [:]

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
    let known = parked.filter { book[$0.serial] != nil }
    parked.removeAll { book[$0.serial] != nil }
    for read in known + fresh {
      guard let meter = book[read.serial] else {
        parked.append(read)
        log.note(
          .readSerialUnknown, .read10, at: read.received, read.serial, severity: .query, reads: [read.cause],
          "a read of \(read.value) on \(read.at) is of meter \(read.serial), which is no meter of this "
            + "agreement; "
            + "it counts only if an exchange is reported")
        continue
      }
      if let refusal = Refusal(read, meter, policy) {
        log.note(
          refusal.code, refusal.rule, at: read.received, read.serial, severity: .query, reads: [read.cause],
          "the \(read.source.rawValue) read of \(read.value) on \(read.at) is refused: \(refusal.why)")
      } else if meter.registers[read.register] != nil {
        place(read, &log)
      }
    }
    tell(&log)
  }

  /// Puts a read among those of its register; of two for one instant one stays (R-READ-11). Reads mostly come
  /// in order, so the place is looked for from the end.
  private mutating func place(_ read: Read, _ log: inout DecisionLog) {
    let key = RegisterKey(serial: read.serial, role: read.register)
    let after = reads[key]?.lastIndex { $0.at <= read.at }
    if let after, let same = reads[key]?[after], same.at == read.at {
      let kept = merge(same, read, key, &log)
      reads[key]?[after] = kept
      return
    }
    let spot = after.map { $0 + 1 } ?? 0
    if let next = reads[key]?.dropFirst(spot).first, next.received < read.received {
      late[key, default: Tally()].add(read)
    }
    reads[key, default: []].insert(read, at: spot)
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

/// Why one read, looked at alone, is refused.
private struct Refusal {
  var code: ReasonCode
  var rule: Rule
  var why: String

  init?(_ read: Read, _ meter: MeterDetails, _ policy: Policy) {
    let checks = [Self.register, Self.photo, Self.future, Self.range]
    for check in checks {
      if let found = check(read, meter, policy) {
        self = found
        return
      }
    }
    return nil
  }

  private init(_ code: ReasonCode, _ rule: Rule, _ why: String) {
    (self.code, self.rule, self.why) = (code, rule, why)
  }

  /// By meter first, then by register: a generation meter may itself show 2.8.0 (R-READ-08).
  private static func register(_ read: Read, _ meter: MeterDetails, _ policy: Policy) -> Refusal? {
    if meter.uses == [.generation] {
      guard read.source == .customer || read.register != .generation else { return nil }
      return Refusal(
        .readWrongRegister, .read08,
        "meter \(meter.serial) counts what is generated, not what is exported")
    }
    if read.register == .generation {
      return Refusal(.readWrongRegister, .read08, "a generation reading is not an export reading")
    }
    if meter.registers[read.register] == nil {
      return Refusal(
        .readWrongRegister, .read08, "meter \(meter.serial) has no \(read.register.rawValue) register")
    }
    return nil
  }

  /// What the photo shows must be what was said (R-READ-06).
  private static func photo(_ read: Read, _ meter: MeterDetails, _ policy: Policy) -> Refusal? {
    guard let photo = read.photo else {
      guard policy.reading.customerNeedsPhoto.value, read.source == .customer, read.register == .export else {
        return nil
      }
      return Refusal(
        .readPhotoMissing, .read06, "it came without a photo of serial number and export register")
    }
    if photo.serial != read.serial {
      return Refusal(.readPhotoMismatch, .read06, "the photo shows meter \(photo.serial)")
    }
    if photo.register != read.register {
      return Refusal(
        .readWrongRegister, .read06,
        "the photo shows the \(photo.register.rawValue) register, not "
          + "\(read.register.rawValue)")
    }
    let step = max(read.resolution, WattHours(1)).value
    if floorDivide(photo.value.value, step) != floorDivide(read.value.value, step) {
      return Refusal(.readPhotoMismatch, .read06, "the photo shows \(photo.value)")
    }
    return nil
  }

  private static func future(_ read: Read, _ meter: MeterDetails, _ policy: Policy) -> Refusal? {
    let tolerance = policy.reading.futureTolerance.value
    guard read.at > read.received + tolerance else { return nil }
    return Refusal(
      .readFuture, .read12, "it came on \(read.received), more than \(tolerance) before its own time")
  }

  /// What the register cannot show is no value of it.
  private static func range(_ read: Read, _ meter: MeterDetails, _ policy: Policy) -> Refusal? {
    guard let register = meter.registers[read.register] else { return nil }
    // A total may be import minus export, and so below zero; a petawatt-hour is no reading of anything.
    guard read.register != .total else {
      let most: Int64 = 1_000_000_000_000_000
      return (-most...most).contains(read.value.value)
        ? nil : Refusal(.valOverCapacity, .val02, "no register shows so much")
    }
    if read.value < .zero { return Refusal(.readNegative, .val01, "a register does not show less than zero") }
    guard read.value >= register.modulus else { return nil }
    return Refusal(.valOverCapacity, .val02, "the register begins again at \(register.modulus)")
  }
}
