// Somebody stands before the meter and reads it through its port: the dialogue runs over a virtual optical
// head, byte by byte, in the world's time. What comes of it goes the way of a visit's reads.

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
        let bench = try makeBench(order, station, due: due, because: command)
        take(try bench.read(start: start), by: order, of: station, because: bench.latest)
      } catch let failure as DialogueFailure {
        fail(station, "\(order.port.rawValue): \(failure.detail)", because: command)
      } catch {
        return refuse("'\(order.meter)' at the bench: \(error)")
      }
      if order.givesReads { tellOfFailure(of: station, since: failuresBefore) }
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
    let bench = BenchDialogue(order: order, profile: station.meter.profile, door: path, due: due)
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
    case .requestHeard, .answerSent: return
    }
    evidence.benchBytes += sight.bytes.count
    bench.latest = journal.append(
      kind, at: sight.at, subject: station.subject, value: Int64(sight.bytes.count), because: bench.latest,
      bytes: sight.bytes)
  }

  private func take(
    _ reading: MeterReading, by order: BenchRead, of station: Station, because answer: Cause
  ) {
    let at = now.wholeSecond
    glance(for: at)
    let found = BenchValues(reading, of: station.meter.profile, over: order.port)
    for role in order.roles {
      guard let (value, step) = found.register(role) else {
        fail(station, "\(order.port.rawValue): no \(role.rawValue) register", because: answer)
        continue
      }
      evidence.benchReads.append(
        BenchRecord(meter: station.name, port: order.port, role: role, value: value, at: at))
      guard order.givesReads else { continue }
      let read = Read(
        serial: station.serial, register: role, value: value, resolution: step, at: at, source: .visit)
      receive(read, of: station, because: answer)
    }
    for (role, entries) in found.halfHours where order.roles.contains(role) {
      evidence.logs.append(
        LogRead(
          serial: station.serial, register: role, convention: .end, resolution: WattHours(1), received: now,
          entries: entries.map { LogRead.Entry(stamp: $0.end, energy: $0.energy, cause: answer) },
          cause: answer))
    }
  }
}
