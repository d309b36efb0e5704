// What changes in a story beside faults: the flow, a setting, the meter itself.

internal import HeadEnd
internal import Line
internal import MeterModel
internal import Scenario
internal import Settlement
internal import Timeline
internal import Truth
internal import Units
internal import Wire

extension World {
  func override(_ power: PhasePower, until: Instant) {
    flow(to: now)
    stated.add(power, from: now, until: until)
  }

  /// Writes a setting over the line (FC 16 to holding register 0xF920), as a commissioning tool does.
  func write(_ order: SettingWrite) {
    guard case .accumulation(let mode) = order.setting, let station = stations[order.meter],
      let line = station.line, let unit = station.unit
    else { return refuse("'\(order.meter)' is on no line and cannot be written to") }
    whenFree { [unowned self] in
      flow(to: now)
      line.beginDialogue()
      line.path.flush()
      let request = ModbusRequest.writeRegisters(
        address: SettingRegister.accumulation, values: [UInt16(mode)])
      guard let bytes = Self.frame(request, unit: unit, framing: line.framing) else {
        return refuse("the setting does not fit a frame")
      }
      line.path.write(bytes)
      let patience = now + line.rules.firstByte
      let answer = line.path.wait(
        for: line.framing == .tcp ? 12 : 8, first: patience, between: line.rules.betweenBytes)
      // Function 16 comes back as it went; with its high bit set it is a refusal.
      let place = line.framing == .tcp ? 7 : 1
      guard answer.count > place, answer[place] == 16 else {
        return fail(station, "the setting was not taken", because: line.lastAnswer)
      }
    }
  }

  private static func frame(_ request: ModbusRequest, unit: UInt8, framing: Framing) -> [UInt8]? {
    guard let pdu = try? ModbusPDU.encode(request) else { return nil }
    switch framing {
    case .rtu: return ModbusRTU.encode(pdu: pdu, unit: unit)
    case .tcp: return try? ModbusTCP.encode(transaction: 0xFFFF, unit: unit, pdu: pdu)
    }
  }

  private enum SettingRegister {
    /// Eastron SDM120 and SDM230: what the total adds up.
    static let accumulation: UInt16 = 0xF920
  }

  /// Takes a meter away and puts another in its place; settlement hears of it as the story says.
  func exchange(_ exchange: MeterExchange) {
    flow(to: now)
    guard let old = stations[exchange.meter] else { return refuse("no meter '\(exchange.meter)'") }
    // The units of a bus are fixed while it lives.
    guard old.line == nil else {
      return refuse("'\(exchange.meter)' is on a line: exchange a meter that is read over the WAN or by its display")
    }
    let new = makeStation(exchange.new, at: now, stream: stream.stream(exchange.new.serial))
    order.removeAll { $0 === old }
    retired.append(old)
    stations[exchange.meter] = nil
    if exportStation === old { exportStation = nil }
    if importStation === old { importStation = nil }
    add(new, uses: exchange.new.uses)
    if exchange.new.profile.remote { connect(new, stream: stream.stream(new.serial)) }
    events.append(
      CaseEvent(
        at: now, received: exchange.received,
        kind: .meterExchanged(
          old: old.serial, final: exchange.readsTaken ? old.shownRegisters : [:],
          new: MeterDetails(exchange.new), initial: exchange.readsTaken ? new.shownRegisters : [:])))
  }
}
