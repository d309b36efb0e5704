// The head-end reads a smart meter over the WAN: registers, half-hours, daily snapshots. Each value it takes
// home has two causes: the message that brought it, and what the meter showed.

internal import HeadEnd
internal import Line
internal import MeterModel
internal import Scenario
internal import Timeline
internal import Units

extension World {
  /// Asks for everything a row names, one service after the other.
  func readRemotely(_ order: RemoteRead, because command: Cause) {
    let due = now
    queue.add { [unowned self] in
      guard let station = stations[order.meter], let wan = station.wan else {
        return refuse("'\(order.meter)' is on no WAN and cannot be read remotely")
      }
      let failuresBefore = evidence.failures.count
      defer { tellOfFailure(of: station, since: failuresBefore) }
      guard !order.checksMPAN || holdsItsMPAN(station, over: wan, due: due, because: command) else { return }
      for role in order.roles {
        for service in order.services(of: role, due: due, logs: station.meter.profile.logs) {
          read(service, of: station, over: wan, due: due, because: command)
        }
      }
    }
  }

  /// Asks a meter which export MPAN it holds (DUIS 6.2.7). Requests name a device, not an MPAN, and whoever
  /// keeps the list of which is whose may be wrong: a head-end that checks takes nothing of a meter that
  /// says another, or none.
  private func holdsItsMPAN(
    _ station: Station, over wan: WANStation, due: Instant, because command: Cause
  ) -> Bool {
    let service = WANService.order(.readExportMPAN)
    let asked = journal.append(
      .wanMessage, at: now, subject: station.subject, because: command,
      bytes: "asks for \(service.words)".utf8)
    switch wan.read(service, as: .exportSupplier, due: due, because: asked) {
    case .success(let reading):
      take(reading, of: station, because: asked)
      let said = reading.said.joined()
      let wanted = "export MPAN " + String((station.mpan ?? "none").filter { $0 != " " }.suffix(13))
      guard said != wanted else { return true }
      fail(station, "it says \(said), not \(wanted): nothing is taken of it", because: asked)
    case .failure(let failure): fail(station, "\(service.words): \(failure.words)", because: asked)
    }
    return false
  }

  private func read(
    _ service: WANService, of station: Station, over wan: WANStation, due: Instant, because command: Cause
  ) {
    let asked = journal.append(
      .wanMessage, at: now, subject: station.subject, because: command,
      bytes: "asks for \(service.words)".utf8)
    switch wan.read(service, due: due, because: asked) {
    case .success(let reading): take(reading, of: station, because: asked)
    case .failure(let failure): fail(station, "\(service.words): \(failure.words)", because: asked)
    }
  }

  /// Tells a smart meter to do something, or asks it what it has beside registers and logs.
  func orderRemotely(_ order: RemoteOrder, because command: Cause) {
    let due = now
    queue.add { [unowned self] in
      guard let station = stations[order.meter], let wan = station.wan else {
        return refuse("'\(order.meter)' is on no WAN and cannot be told anything remotely")
      }
      flow(to: now)
      let service = WANService.order(order.order)
      let asked = journal.append(
        .wanMessage, at: now, subject: station.subject, because: command,
        bytes: "\(order.sender.rawValue) asks: \(service.words)".utf8)
      switch wan.read(service, as: order.sender, due: due, because: asked) {
      case .success(let reading):
        take(reading, of: station, because: asked)
        evidence.answers.append(RemoteAnswer(meter: station.name, at: now, words: reading.words))
      case .failure(let failure):
        fail(station, "\(service.words): \(failure.words)", because: asked)
        evidence.answers.append(RemoteAnswer(meter: station.name, at: now, words: failure.words))
      }
    }
  }

  /// What becomes of a SMETS1 installation (`smets1`).
  func become(_ state: SMETS1State, _ meter: String) {
    guard let wan = stations[meter]?.wan else { return refuse("'\(meter)' is on no WAN") }
    guard wan.become(state) else {
      return refuse("'\(meter)' cannot become \(state.rawValue): it is no SMETS1 meter, or stands otherwise")
    }
  }

  /// An attempt to bring a SMETS1 installation into the DCC: for a while nobody reads it; then it is
  /// enrolled, or stands as it stood, or is given up.
  func migrate(_ meter: String, taking span: TimeSpan, because command: Cause) {
    guard let station = stations[meter], let wan = station.wan else {
      return refuse("'\(meter)' is on no WAN")
    }
    // Enrolled by now, or given up: an attempt that comes too late changes nothing.
    guard wan.become(.migrating) else {
      return tell("not migrated: it is \(wan.stateWords)", of: station, because: command)
    }
    schedule(at: now + span) { [unowned self] in
      guard let words = wan.concludeMigration() else { return }
      flow(to: now)
      if wan.isEnrolled { station.meter.enrol() }
      tell(words, of: station, because: command)
    }
  }

  /// What became of an attempt stands beside the answers of the meter.
  private func tell(_ words: String, of station: Station, because command: Cause) {
    journal.append(.wanMessage, at: now, subject: station.subject, because: command, bytes: words.utf8)
    evidence.answers.append(RemoteAnswer(meter: station.name, at: now, words: words))
  }

  /// The customer presses the button of an armed switch.
  func pressButton(of meter: String) {
    flow(to: now)
    stations[meter]?.meter.pressButton()
  }

  /// A reading has arrived, in time or late.
  func take(_ reading: WANReading, of station: Station, because asked: Cause) {
    let answered = journal.append(
      .wanMessage, at: now, subject: station.subject, value: Int64(reading.entries.count), because: asked,
      bytes: "brings \(reading.service.words): \(reading.words)".utf8)
    guard let role = reading.service.register, let face = station.meter.profile.register(role) else { return }
    let serial = station.wan?.strangeSerial(role) ?? station.serial
    switch reading.service {
    case .order: break
    case .register, .dailySnapshots:
      for entry in reading.entries {
        // A snapshot is of the midnight that it is stamped with, and was kept by the meter; a register is of
        // when the meter answered.
        let isSnapshot = reading.service.isSnapshots
        believe(
          isSnapshot ? .meter : .line, entry.energy, of: role, at: station,
          readAt: isSnapshot ? entry.stamp : reading.made, step: face.resolution,
          cause: isSnapshot ? entry.cause : answered)
        let read = Read(
          serial: serial, register: role, value: entry.energy, resolution: face.resolution,
          at: isSnapshot ? entry.stamp : reading.made, received: now, source: .remote,
          meterClock: isSnapshot ? nil : entry.stamp)
        receive(read, of: station, because: answered, and: entry.cause)
      }
    case .halfHours:
      let entries = reading.entries.map { entry in
        var entry = entry
        entry.cause = journal.append(
          .halfHour, at: entry.stamp, subject: station.subject, value: entry.energy.value,
          because: answered, and: entry.cause)
        return entry
      }
      deliver(
        LogRead(
          serial: serial, register: role, convention: .end, resolution: face.resolution,
          received: now, entries: entries, cause: answered), of: station)
      believe(entries, of: role, at: station)
    }
  }

  /// What logged half-hours say of cumulative export: their own sum against the truth between their ends.
  /// After a stamp that is missing or doubled the sum begins anew: a gap is no wrong belief.
  func believe(_ entries: [LogRead.Entry], of role: RegisterRole, at station: Station) {
    guard role == exportView.role, station === exportView.station else { return }
    var sum = WattHours.zero
    var end: Instant?
    for entry in entries {
      let start = entry.stamp - HalfHour.length
      if start != end { sum = truth(at: max(start, station.since)).export }
      (sum, end) = (sum + entry.energy, entry.stamp)
      beliefs.add(
        Belief(
          layer: .meter, at: entry.stamp, truth: truth(at: entry.stamp).export, believed: sum,
          tolerance: Beliefs.meterTolerance + WattHours(1), cause: entry.cause))
    }
  }

  /// A half-hour of a log that somebody looked at.
  func seeLogged(_ entry: LogRead.Entry, of station: Station) -> Cause {
    journal.append(
      .loggedHalfHour, at: entry.stamp, subject: station.subject, value: entry.energy.value,
      because: trueCause(at: entry.stamp - HalfHour.length))
  }

  /// What befell a message that was sent and answered is told by the read; what else, here.
  func see(_ sight: WANSight, of station: Station, because asked: Cause) {
    guard let words = sight.event.words else { return }
    journal.append(.wanMessage, at: now, subject: station.subject, because: asked, bytes: words.utf8)
  }
}
