// The head-end polls a Modbus meter: attempts by the reader's own rules, one read at a time, and never a
// guess.

public import HeadEnd
internal import Line
internal import MeterModel
internal import Scenario
internal import Settlement
internal import Timeline
internal import Units

extension World {
  /// Polls the energy registers of a meter, when no other read is under way.
  func poll(_ poll: Poll, because command: Cause) {
    let due = now
    queue.add { [unowned self] in
      guard let station = stations[poll.meter], let line = station.line, let unit = poll.unit ?? station.unit
      else {
        return refuse("'\(poll.meter)' is on no line and cannot be polled")
      }
      let failuresBefore = evidence.failures.count
      for role in poll.roles {
        guard let energy = station.energies[role] else {
          fail(station, "\(station.meter.profile.name) has no \(role.rawValue) register", because: command)
          continue
        }
        let request = RegisterRequest(
          unit: unit, function: energy.point.functions.max() ?? 4, address: energy.point.address,
          count: UInt16(energy.point.number.registers))
        let result = line.read(request, due: due, because: command)
        take(result, as: energy, role, of: station, over: line, due: due, poll: poll)
      }
      if poll.givesReads { tellOfFailure(of: station, since: failuresBefore) }
    }
  }

  private func take(
    _ result: Result<[UInt16], ReadFailure>, as energy: ModbusEnergy, _ role: RegisterRole,
    of station: Station, over line: LineStation, due: Instant, poll: Poll
  ) {
    switch result {
    case .failure(let failure):
      fail(station, "\(role.rawValue) register: \(failure.words)", because: line.trace.latest)
    case .success(let registers):
      let answer = line.trace.answer(holding: registers)
      guard let (value, step) = energy.value(of: registers) else {
        return fail(station, "\(role.rawValue) register: it holds no number", because: answer)
      }
      // A head-end's stamps are whole seconds (our assumption); the value is of the moment before.
      let at = now.wholeSecond
      glance(for: at)
      let read = Read(
        serial: station.serial, register: role, value: value, resolution: step, at: at, source: .remote)
      if poll.givesReads { receive(read, of: station, because: answer) }
      // Half-hours are of import or export: nobody settles those of a total.
      guard poll.givesHalfHours, role == .export || role == .import else { return }
      if !poll.givesReads {
        believe(.reader, value, of: role, at: station, readAt: at, step: step, cause: answer)
      }
      log(read, due: due, of: station, because: answer)
    }
  }

  /// One event for a read that failed, in whatever part of it (R-READ-01).
  func tellOfFailure(of station: Station, since count: Int) {
    guard evidence.failures.count > count else { return }
    let failure = evidence.failures[count]
    events.append(
      .remoteReadFailed(serial: station.serial, why: failure.reason, at: now, cause: failure.cause))
  }

  private func log(_ read: Read, due: Instant, of station: Station, because answer: Cause) {
    let logger = station.logger ?? RegisterLogger(tolerance: loggedTolerance)
    station.logger = logger
    guard let made = logger.take(read, due: due, cause: answer) else { return }
    // A sub-meter keeps no time: who calls local time UTC is its logger (CK-04).
    let end = station.meter.told(made.end)
    let cause = journal.append(
      .loggedHalfHour, at: end, subject: station.subject, value: made.energy.value,
      because: made.opening, and: answer)
    evidence.logs.append(
      LogRead(
        serial: station.serial, register: read.register, convention: .end, resolution: read.resolution,
        received: read.received, derivedFromRegister: true,
        entries: [LogRead.Entry(stamp: end, energy: made.energy, cause: cause)], cause: cause))
  }
}

extension ReadFailure {
  /// For people.
  public var words: String {
    switch self {
    case .silence: "no answer"
    case .frame(let fault): "no valid frame (\(fault.rawValue))"
    case .exception(let code): "refused with exception \(code)"
    case .port(let word): "the port failed: \(word)"
    }
  }
}
