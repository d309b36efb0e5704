// The head-end polls a Modbus meter: attempts by the reader's own rules, one read at a time, and never a guess.

public import HeadEnd
internal import Line
internal import MeterModel
internal import Scenario
internal import Units

extension World {
  /// Polls the energy registers of a meter, when no other read is under way.
  func poll(_ poll: Poll) {
    let due = now
    whenFree { [unowned self] in
      guard let station = stations[poll.meter], let line = station.line, let unit = station.unit,
        let map = station.meter.profile.modbus
      else { return refuse("'\(poll.meter)' is on no line and cannot be polled") }
      for role in poll.roles {
        guard let energy = ModbusEnergy(role, of: map) else {
          fail(station, "\(station.meter.profile.name) has no \(role.rawValue) register")
          continue
        }
        read(energy, role, of: station, over: line, unit: unit, due: due, poll: poll)
      }
    }
  }

  private func read(
    _ energy: ModbusEnergy, _ role: RegisterRole, of station: Station, over line: LineStation, unit: UInt8,
    due: Instant, poll: Poll
  ) {
    let request = RegisterRequest(
      unit: unit, function: energy.point.functions.max() ?? 4, address: energy.point.address,
      count: UInt16(energy.point.number.registers))
    asked = (station, role)
    let result = attempt(request, over: line)
    asked = nil
    switch result {
    case .failure(let failure):
      fail(station, failure.words, because: line.lastAnswer)
      if poll.givesHalfHours { station.logger?.miss(role) }
    case .success(let registers):
      guard let (value, step) = energy.value(of: registers) else {
        return fail(station, "the registers hold no number", because: line.lastAnswer)
      }
      if let said = said(line, registers.count), let (left, _) = energy.value(of: said) {
        believe(.line, left, of: role, at: station, step: step, cause: line.lastAnswer)
      }
      let read = Read(
        serial: station.serial, register: role, value: value, resolution: step, at: now, source: .remote)
      if poll.givesReads {
        receive(read, of: station, because: line.lastAnswer)
      }
      if poll.givesHalfHours { log(read, at: due, of: station, because: line.lastAnswer) }
    }
  }

  /// A request has reached a meter: it must count up to here, and what it shows is a cause of its answer.
  func visit(at instant: Instant) {
    flow(to: instant)
    guard let (station, role) = asked, let shown = station.meter.shown(role) else { return }
    lastSeen = see(shown, of: station, because: trueCause(at: instant))
  }

  /// One read with its retries.
  private func attempt(_ request: RegisterRequest, over line: LineStation) -> Result<[UInt16], ReadFailure> {
    line.beginDialogue()
    let poll = RegisterPoll(reader: line.reader, rules: line.rules, world: self)
    return poll.read(request) { line.count($0.outcome) }.outcome
  }

  /// The registers that left the meter, whatever the line made of them; nil where its frame is not of that size.
  private func said(_ line: LineStation, _ count: Int) -> [UInt16]? {
    // Unit, function and byte count, behind the MBAP header on TCP; the checksum on a serial line.
    let (head, tail) = line.framing == .tcp ? (9, 0) : (3, 2)
    guard line.lastSaid.count == head + 2 * count + tail else { return nil }
    return (0..<count).map {
      UInt16(line.lastSaid[head + 2 * $0]) << 8 | UInt16(line.lastSaid[head + 2 * $0 + 1])
    }
  }

  private func log(_ read: Read, at due: Instant, of station: Station, because cause: Cause) {
    let logger = station.logger ?? RegisterLogger(tolerance: loggedTolerance)
    station.logger = logger
    guard let entry = logger.take(read, due: due, cause: cause) else { return }
    evidence.logs.append(
      LogRead(
        serial: station.serial, register: read.register, convention: .end, resolution: read.resolution,
        received: now, derivedFromRegister: true, entries: [entry], cause: cause))
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
