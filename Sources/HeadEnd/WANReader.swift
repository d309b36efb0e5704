// A head-end's reader on the WAN: asks, waits with patience, asks again, puts cut answers together, and knows
// an answer by its request's id: a copy is dropped, a late one is handed on as what it is, never as
// another's.

public import Line
public import Units

/// How patient a WAN reader is, and in which part it asks.
public struct WANRules: Hashable, Sendable {
  public var role: WANRole
  /// How long it waits for an answer, from its request.
  public var patience: TimeSpan
  /// Requests after the first.
  public var retries: Int
  /// Pause before a retry.
  public var pause: TimeSpan

  /// The times are our assumption.
  public init(
    role: WANRole, patience: TimeSpan = .seconds(60), retries: Int = 2, pause: TimeSpan = .seconds(30)
  ) {
    (self.role, self.patience, self.retries, self.pause) = (role, patience, retries, pause)
  }
}

/// What a WAN read gave.
public struct WANReading: Hashable, Sendable {
  public var service: WANService
  /// Oldest first.
  public var entries: [LogRead.Entry]
  /// What the meter said to an order.
  public var said: [String] = []
  /// Entries that the meter had and that never came, after all retries.
  public var missing: Int
  /// When the meter answered, true time (the last piece of it), and when the head-end had it.
  public var made: Instant
  public var received: Instant
  /// All requests that were sent for it.
  public var requestIDs: [UInt64]

  public var isWhole: Bool { missing == 0 }
}

/// Why a WAN read gave nothing.
public enum WANReadFailure: Error, Hashable, Sendable {
  /// No answer within patience, after all tries. `acknowledged` when the network had accepted at least one.
  case silence(acknowledged: Bool)
  case refused(WANRefusal)
  case noRoute
  /// The network gave up trying to reach the meter.
  case undelivered
}

/// Reads one meter over its WAN link. One read at a time; `receiver` of the link is its own.
public final class WANReader {
  public let rules: WANRules
  /// Called with a reading whose read had been given up: the first whole or cut answer to it. It must not
  /// wait.
  public var onLate: ((WANReading) -> Void)?
  /// Answers to requests that were answered before, or to none of ours.
  public private(set) var dropped = 0

  private var filling = GapFilling()
  private let link: WANLink
  private var dialogue: UInt64 = 0
  private var sequence: UInt64 = 0
  private var current: Job?
  /// Requests of reads that were given up.
  private var abandoned: [UInt64: Job] = [:]

  /// One read with all its requests.
  private final class Job {
    let service: WANService
    var ids: [UInt64] = []
    /// What the latest request asked for: the service, or what is left of it.
    var asking: WANService
    var acknowledged = false
    var entries: [LogRead.Entry] = []
    var said: [String] = []
    var missing = 0
    /// When the meter gave the latest piece, and when that came.
    var made: Instant?
    var received: Instant?
    var ending: Result<Void, WANReadFailure>?
    /// A cut answer came to the latest request.
    var wasCut = false

    init(_ service: WANService) { (self.service, asking) = (service, service) }
  }

  public init(link: WANLink, rules: WANRules) {
    (self.link, self.rules) = (link, rules)
    link.receiver = { [weak self] in self?.receive($0) }
  }

  /// Names what the requests from now on are about: their ids, and so the draws of the link, are of this
  /// number. A number is used once.
  public func beginDialogue(_ number: UInt64) {
    (dialogue, sequence) = (number, 0)
  }

  /// Asks and waits: entries, or why there are none. Cut answers use up retries for the rest of their window.
  public func read(_ service: WANService) -> Result<WANReading, WANReadFailure> {
    precondition(current == nil, "a WAN read began while another waits on the same link")
    let job = Job(service)
    current = job
    defer { current = nil }
    for attempt in 0...max(rules.retries, 0) {
      if attempt > 0 { wait(until: link.now + rules.pause, for: job, stopsWhenCut: false) }
      if job.ending != nil { break }
      ask(job)
      wait(until: link.now + rules.patience, for: job, stopsWhenCut: true)
      if job.ending != nil { break }
    }
    return whole(conclude(job), job)
  }

  /// What a head-end at fault makes of a read: half-hours that did not come are made up.
  private func whole(
    _ result: Result<WANReading, WANReadFailure>, _ job: Job
  ) -> Result<WANReading, WANReadFailure> {
    let reading = try? result.get()
    guard let entries = filling.whole(reading?.entries ?? [], of: job.service) else { return result }
    return .success(
      WANReading(
        service: job.service, entries: entries, missing: 0, made: reading?.made ?? link.now,
        received: link.now, requestIDs: job.ids))
  }

  /// Begins a fault of the head-end (`HeadEndFaults`).
  public func begin(_ setting: FaultSetting) throws(FaultRefusal) { try filling.begin(setting) }

  public func end(_ id: String) { filling.end(id) }

  private func ask(_ job: Job) {
    sequence += 1
    let id = dialogue << 16 | sequence
    job.ids.append(id)
    job.wasCut = false
    link.send(WANRequest(id: id, service: job.asking, role: rules.role))
  }

  private func wait(until patience: Instant, for job: Job, stopsWhenCut: Bool) {
    while job.ending == nil, !(stopsWhenCut && job.wasCut), link.step(towards: patience) {}
  }

  private func conclude(_ job: Job) -> Result<WANReading, WANReadFailure> {
    if case .failure(let failure)? = job.ending { return .failure(failure) }
    if let reading = reading(of: job) { return .success(reading) }
    for id in job.ids { abandoned[id] = job }
    return .failure(.silence(acknowledged: job.acknowledged))
  }

  private func reading(of job: Job) -> WANReading? {
    guard let made = job.made, let received = job.received else { return nil }
    return WANReading(
      service: job.service, entries: job.entries, said: job.said, missing: job.missing, made: made,
      received: received,
      requestIDs: job.ids)
  }

  // MARK: What arrives

  private func receive(_ message: WANMessage) {
    let id = message.requestID
    guard let job = current?.ids.contains(id) == true ? current : abandoned[id] else {
      if case .answer = message { dropped += 1 }
      return
    }
    switch message {
    case .acknowledgement: job.acknowledged = true
    case .answer(let answer) where job === current: take(answer, for: job)
    case .answer(let answer): takeLate(answer, for: job)
    }
  }

  private func take(_ answer: WANAnswer, for job: Job) {
    // Only the latest request asks for what is still missing; before the first piece all ask for the same.
    guard job.ending == nil, job.made == nil || answer.requestID == job.ids.last, !job.wasCut else {
      dropped += 1
      return
    }
    if !answer.outcome.entries.isEmpty || answer.outcome == .values([]) {
      (job.made, job.received) = (answer.made, link.now)
    }
    switch answer.outcome {
    case .done(let said):
      (job.made, job.received, job.said, job.ending) = (answer.made, link.now, said, .success(()))
    case .values(let entries):
      job.entries += entries
      (job.missing, job.ending) = (0, .success(()))
    case .partial(let entries, let total):
      job.entries += entries
      (job.missing, job.wasCut) = (total - entries.count, true)
      guard let last = entries.last, let rest = job.asking.remainder(after: last.stamp) else {
        job.ending = .success(())
        return
      }
      job.asking = rest
    case .refused(let refusal): job.ending = .failure(.refused(refusal))
    case .noRoute: job.ending = .failure(.noRoute)
    case .undelivered: job.ending = .failure(.undelivered)
    }
  }

  private func takeLate(_ answer: WANAnswer, for job: Job) {
    switch answer.outcome {
    case .done(let said): job.said = said
    case .values(let entries): (job.entries, job.missing) = (entries, 0)
    case .partial(let entries, let total): (job.entries, job.missing) = (entries, total - entries.count)
    case .refused, .noRoute, .undelivered:
      // Another request of the same read may still be answered.
      abandoned[answer.requestID] = nil
      return
    }
    for id in job.ids { abandoned[id] = nil }
    (job.made, job.received) = (answer.made, link.now)
    if let reading = reading(of: job) { onLate?(reading) }
  }
}
