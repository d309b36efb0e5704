// Somebody stands before the meter and reads it through its port: the dialogue runs over a virtual optical
// head or a pair of wires, byte by byte, in the world's time, and at the depths pty and tcp through the
// kernel too. What comes of it goes the way of a visit's reads.

internal import HeadEnd
internal import Line
internal import MeterModel
internal import Scenario
internal import Settlement
internal import Timeline
internal import Units

extension World {
  /// Reads a meter through a port, when no other read is under way.
  func readAtBench(_ order: BenchRead, because command: Cause) {
    let due = now
    queue.add { [unowned self] in
      guard let station = stations[order.meter] else {
        return refuse("'\(order.meter)' is not there and cannot be read")
      }
      let failuresBefore = evidence.failures.count
      do {
        switch order.port {
        case .modbus: try readModbusAtBench(order, station, due: due, because: command)
        case .pulse: readPulses(order, station, because: command)
        case .optical, .dlms, .dlmsHDLC, .irda: try readAtHead(order, station, due: due, because: command)
        }
      } catch let trouble as CarrierError {
        carrierTrouble = carrierTrouble ?? trouble
      } catch {
        return refuse("'\(order.meter)' at the bench: \(error)")
      }
      if order.givesReads || order.givesHalfHours { tellOfFailure(of: station, since: failuresBefore) }
    }
  }

  private func readAtHead(
    _ order: BenchRead, _ station: Station, due: Instant, because command: Cause
  ) throws {
    let bench = try makeBench(order, station, due: due, because: command)
    let counters = "\(order.port.rawValue) \(order.client ?? 0)"
    bench.meterCounter = station.heardCounters[counters]
    defer {
      station.heardCounters[counters] = bench.meterCounter
      station.benchPath = nil
    }
    do {
      let reading = try bench.read(start: start)
      take(reading, saidAt: bench.saidAt ?? now, by: order, of: station, because: bench.latest)
    } catch let failure as DialogueFailure {
      take(failure, of: order, station, because: bench.latest)
    }
  }

  private func makeBench(
    _ order: BenchRead, _ station: Station, due: Instant, because command: Cause
  ) throws -> BenchDialogue {
    let ports = station.ports
    ports.onVisit = { [unowned self] _ in flow(to: now) }
    guard let settings = MeterPorts.settings(order.port, of: station.meter.profile),
      let far = ports.farSide(order.port, asStream: false, at: now)
    else { throw StoryError("\(station.meter.profile.name) has no \(order.port.rawValue) port") }
    let draws = stream.stream("bench").stream(station.serial).stream(order.port.rawValue)
    let head = OpticalHead(
      echo: order.head.echoes ? .full : .none, onlyEightBits: order.head.onlyEightBits)
    let path = SerialLine(head: head, settings: settings, farSide: far, world: self, stream: draws)
    path.beginDialogue(UInt64(bitPattern: due.microseconds))
    for fault in station.benchFaults { try path.begin(fault.setting, at: fault.since) }
    station.benchPath = path
    let bench = BenchDialogue(
      order: order, profile: station.meter.profile, door: try carrier.door(at: path), due: due)
    bench.latest = command
    path.onSight = { [unowned self, weak bench] sight in
      guard let bench else { return }
      see(sight, of: station, bench)
    }
    return bench
  }

  /// Each message in the journal: a request by the one before it, an answer by the request.
  private func see(_ sight: LineSight, of station: Station, _ bench: BenchDialogue) {
    let kind: EntryKind
    switch sight.place {
    case .requestSent: kind = .requestBytes
    case .answerArrived: kind = .answerBytes
    case .answerSent:
      if bench.meterSpeaks(at: now) { glance(for: now.wholeSecond) }
      return
    case .requestHeard: return
    }
    evidence.benchBytes += sight.bytes.count
    bench.latest = journal.append(
      kind, at: sight.at, subject: station.subject, value: Int64(sight.bytes.count), because: bench.latest,
      bytes: sight.bytes)
  }

  private func take(
    _ reading: MeterReading, saidAt: Instant, by order: BenchRead, of station: Station, because answer: Cause
  ) {
    evidence.benchResults.append(
      BenchResult(
        meter: station.name, port: order.port, at: now, values: reading.values, remarks: reading.remarks))
    let at = saidAt.wholeSecond
    let found = BenchValues(reading, of: station.meter.profile, over: order.port)
    for role in order.roles {
      guard let (value, step) = found.register(role) else {
        fail(station, "\(order.port.rawValue): no \(role.rawValue) register", because: answer)
        continue
      }
      let seen = see(value, of: station, because: trueCause(at: saidAt))
      note(
        BenchRecord(meter: station.name, port: order.port, role: role, value: value, at: at), step: step,
        order, of: station, because: answer, and: seen)
    }
    guard order.givesHalfHours else { return }
    for log in found.halfHours where order.roles.contains(log.role) {
      take(log, of: station, because: answer)
    }
  }

  /// Half-hours go to settlement as any that the meter logged itself, each with the message that brought it
  /// and what flowed in it.
  private func take(_ log: BenchValues.Log, of station: Station, because answer: Cause) {
    let entries = log.entries.map { entry in
      let logged = seeLogged(entry, of: station)
      var entry = entry
      entry.cause = journal.append(
        .halfHour, at: entry.stamp, subject: station.subject, value: entry.energy.value, because: answer,
        and: logged)
      return entry
    }
    deliver(
      LogRead(
        serial: station.serial, register: log.role, convention: .end, resolution: log.step, received: now,
        entries: entries, cause: answer), of: station)
    believe(entries, of: log.role, at: station)
  }

  /// A register that was read at the bench; settlement learns of it if the story wants so.
  func note(
    _ record: BenchRecord, step: WattHours, _ order: BenchRead, of station: Station, because first: Cause,
    and second: Cause
  ) {
    evidence.benchReads.append(record)
    guard order.givesReads else { return }
    let read = Read(
      serial: station.serial, register: record.role, value: record.value, resolution: step, at: record.at,
      received: now, source: .visit)
    receive(read, of: station, because: first, and: second)
  }

  /// A read that brought nothing.
  func take(_ failure: DialogueFailure, of order: BenchRead, _ station: Station, because cause: Cause) {
    evidence.benchResults.append(
      BenchResult(meter: station.name, port: order.port, at: now, failure: failure))
    fail(station, "\(order.port.rawValue): \(failure.detail)", because: cause)
  }
}
