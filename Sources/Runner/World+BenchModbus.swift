// A Modbus meter at the bench: an adapter on its two wires, RTU by its own settings. A meter that is on a
// line of the story is read over that line. At depth tcp the adapter hangs at a serial server, which hands
// the same frames on; libmodbus speaks no RTU over TCP, so our own reader reads there, by the same rules.

internal import HeadEnd
internal import Line
internal import MeterModel
internal import Scenario
internal import Timeline
internal import Units

extension World {
  func readModbusAtBench(
    _ order: BenchRead, _ station: Station, due: Instant, because command: Cause
  ) throws {
    guard let unit = station.unit else {
      throw StoryError("\(station.meter.profile.name) has no modbus port")
    }
    let line = try station.line ?? makeBenchLine(station)
    defer { station.benchPath = nil }
    var result = BenchResult(meter: station.name, port: .modbus, at: now)
    for role in order.roles {
      guard let energy = station.energies[role] else {
        result.failure = DialogueFailure(.absent, "no \(role.rawValue) register", at: now)
        fail(station, "modbus: no \(role.rawValue) register", because: command)
        continue
      }
      switch line.read(energy.request(unit: unit), due: due, because: command) {
      case .failure(let failure):
        result.failure = failure.inDialogue(at: now)
        fail(station, "modbus: \(role.rawValue) register: \(failure.words)", because: line.trace.latest)
      case .success(let registers):
        let answer = line.trace.answer(holding: registers)
        guard let (value, step) = energy.value(of: registers) else {
          result.failure = DialogueFailure(.unreadable, "the registers hold no number", at: now)
          fail(station, "modbus: \(role.rawValue) register: it holds no number", because: answer)
          continue
        }
        result.values.append(value.meterValue(role))
        let at = now.wholeSecond
        glance(for: at)
        note(
          BenchRecord(meter: station.name, port: .modbus, role: role, value: value, at: at), step: step,
          order,
          of: station, because: answer, and: .none)
      }
    }
    result.at = now
    evidence.benchResults.append(result)
  }

  /// Two wires from the meter alone to the adapter.
  private func makeBenchLine(_ station: Station) throws -> LineStation {
    guard let answering = station.answering else {
      throw StoryError("\(station.meter.profile.name) has no modbus port")
    }
    let rules = ReaderRules()
    let settings = try SerialSettings(answering.line)
    let units = ModbusUnits([answering])
    let trace = LineTrace(
      name: "\(station.name) at the bench", stations: [station], units: units,
      form: ModbusForm(framing: .rtu), flushes: rules.flushes, world: self)
    let bus = MeterBus(units, standing: settings, asSet: settings)
    bus.onVisit = { [unowned trace] in trace.visit(at: $0) }
    let draws = stream.stream("bench").stream(station.serial).stream(MeterProtocol.modbus.rawValue)
    let path = SerialLine(settings: settings, farSides: [bus], world: self, stream: draws)
    for fault in station.benchFaults { try path.begin(fault.setting, at: fault.since) }
    station.benchPath = path
    let reader: any RegisterReader =
      carrier.framing == .rtu
      ? try carrier.reader(at: path, framing: .rtu, rules: rules)
      : ModbusReader(door: try carrier.door(at: path), framing: .rtu, rules: rules)
    return LineStation(
      name: "\(station.name) at the bench", path: path, rules: rules, reader: reader, trace: trace,
      units: units, settings: settings, world: self)
  }
}

extension ModbusEnergy {
  fileprivate func request(unit: UInt8) -> RegisterRequest {
    RegisterRequest(
      unit: unit, function: point.functions.max() ?? 4, address: point.address,
      count: UInt16(point.number.registers))
  }
}

extension ReadFailure {
  /// As the readers of other ports call it.
  fileprivate func inDialogue(at instant: Instant) -> DialogueFailure {
    let kind: DialogueFailure.Kind =
      switch self {
      case .silence: .silence
      case .frame(.checksum): .checksum
      case .frame(.short): .incomplete
      case .frame(.wrongLength): .unreadable
      case .frame: .unexpected
      case .exception: .refused
      case .port: .port
      }
    return DialogueFailure(kind, words, at: instant)
  }
}

extension WattHours {
  fileprivate func meterValue(_ role: RegisterRole) -> MeterValue {
    MeterValue(
      address: role.rawValue, text: "\(value)", number: DecimalText(mantissa: Int128(value), decimals: 0),
      unit: "Wh", protection: .checked)
  }
}
