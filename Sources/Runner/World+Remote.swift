// The head-end reads a smart meter over the WAN: registers, half-hours, daily snapshots.

internal import HeadEnd
internal import Line
internal import MeterModel
internal import Scenario
internal import Settlement
internal import Timeline
internal import Units

extension World {
  /// Asks for everything a row names, one service after the other.
  func readRemotely(_ order: RemoteRead) {
    let due = now
    whenFree { [unowned self] in
      guard let station = stations[order.meter], station.link != nil else {
        return refuse("'\(order.meter)' is on no WAN and cannot be read remotely")
      }
      var failed: String?
      for role in order.roles {
        if order.registers { failed = read(.register(role), station) ?? failed }
        if let stretch = order.halfHours, station.meter.profile.logs.halfHours(role) > 0 {
          let (from, through) = stretch.ends(at: due)
          failed = read(.halfHours(role, from: from, through: through), station) ?? failed
        }
        if let stretch = order.daily, station.meter.profile.logs.dailySnapshots(role) > 0 {
          let (from, through) = stretch.ends(at: due)
          failed = read(.dailySnapshots(role, from: from, through: through), station) ?? failed
        }
      }
      guard let failed, let last = evidence.failures.last else { return }
      events.append(
        CaseEvent(at: now, kind: .remoteReadFailed(serial: station.serial, why: failed), cause: last.cause))
    }
  }

  /// A smart meter's links, with what comes late taken for what it is.
  func connect(_ station: Station, stream: RandomStream) {
    let end = StationOnWAN(station, in: self)
    let link = WANStation(meter: end, world: self, stream: stream)
    link.whenLate { [unowned self, unowned station] in take($0, of: station) }
    station.link = link
    station.wanEnd = end
  }

  /// The reason if it failed.
  private func read(_ service: WANService, _ station: Station) -> String? {
    guard let link = station.link else { return nil }
    let asked = journal.append(
      .wanMessage, at: now, subject: station.subject, bytes: "request \(service.words)".utf8)
    switch link.read(service) {
    case .success(let reading):
      take(reading, of: station, because: asked)
      return nil
    case .failure(let failure):
      fail(station, "\(service.words): \(failure.words)", because: asked)
      return failure.words
    }
  }

  private func take(_ reading: WANReading, of station: Station, because asked: Cause = .none) {
    let answered = journal.append(
      .wanMessage, at: now, subject: station.subject, value: Int64(reading.entries.count), because: asked,
      bytes: "answer \(reading.service.words): \(reading.entries.count) entries".utf8)
    let role = reading.service.register
    guard let face = station.meter.profile.register(role) else { return }
    switch reading.service {
    case .register:
      for entry in reading.entries {
        believe(.line, entry.energy, of: role, at: station, readAt: reading.made, cause: entry.cause)
        let read = Read(
          serial: station.serial, register: role, value: entry.energy, resolution: face.resolution,
          at: reading.made, received: now, source: .remote, meterClock: entry.stamp)
        receive(read, of: station, because: journal.join([answered, entry.cause], at: now))
      }
    case .dailySnapshots:
      for entry in reading.entries {
        let read = Read(
          serial: station.serial, register: role, value: entry.energy, resolution: face.resolution,
          at: entry.stamp, received: now, source: .remote)
        receive(read, of: station, because: journal.join([answered, entry.cause], at: now))
      }
    case .halfHours:
      evidence.logs.append(
        LogRead(
          serial: station.serial, register: role, convention: .end, resolution: face.resolution, received: now,
          entries: reading.entries, cause: answered))
      believe(reading.entries, of: role, at: station)
    }
  }

  /// What logged half-hours say of cumulative export: their own sum against the truth between their ends.
  private func believe(_ entries: [LogRead.Entry], of role: RegisterRole, at station: Station) {
    guard role == .export, station === exportStation, let first = entries.first else { return }
    let opening = trueExport(at: first.stamp - HalfHour.length)
    var sum = WattHours.zero
    for entry in entries {
      sum = sum + entry.energy
      beliefs.add(
        Belief(
          layer: .meter, at: entry.stamp, truth: trueExport(at: entry.stamp), believed: opening + sum,
          tolerance: Beliefs.meterTolerance + WattHours(1), cause: entry.cause))
    }
  }

  /// A register somebody looked at.
  func see(_ value: WattHours, of station: Station, because cause: Cause) -> Cause {
    journal.append(
      .registerSeen, at: now, subject: station.subject, value: value.value, because: cause)
  }

  /// A half-hour of a log that somebody looked at.
  func seeLogged(_ entry: LogRead.Entry, of station: Station) -> Cause {
    journal.append(
      .loggedHalfHour, at: entry.stamp, subject: station.subject, value: entry.energy.value,
      because: trueCause(at: entry.stamp - HalfHour.length))
  }
}

extension WANService {
  var words: String {
    switch self {
    case .register(let role): "\(role.rawValue) register"
    case .halfHours(let role, let from, let through): "\(role.rawValue) half-hours \(from) … \(through)"
    case .dailySnapshots(let role, let from, let through): "\(role.rawValue) snapshots \(from) … \(through)"
    }
  }
}

extension WANReadFailure {
  var words: String {
    switch self {
    case .silence(let acknowledged): acknowledged ? "accepted, but no answer came" : "no answer"
    case .refused(let refusal): "refused: \(refusal.rawValue)"
    case .noRoute: "no route to the meter"
    case .undelivered: "the network could not reach the meter"
    }
  }
}
