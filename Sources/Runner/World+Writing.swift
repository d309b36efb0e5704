// A commissioning tool writes a setting over the line: function 16, by the reader's own patience and retries
// (V1.1b3 section 6.12). It writes at the door itself: the reader's library only reads.

internal import HeadEnd
internal import Line
internal import MeterModel
internal import Scenario
internal import Timeline
internal import Units
internal import Wire

extension World {
  func write(_ order: SettingWrite, because command: Cause) {
    queue.add { [unowned self] in
      guard let station = stations[order.meter], let line = station.line, let unit = station.unit else {
        return refuse("'\(order.meter)' is on no line and cannot be written to")
      }
      guard case .accumulation(let mode) = order.setting,
        let setting = station.answering?.map.settings.first(where: { $0.meaning == .measurementMode }),
        setting.number.registers == 1, setting.functions.contains(16)
      else { return refuse("\(station.meter.profile.name) has no such setting in one register") }
      let write = RegisterWrite(unit: unit, address: setting.address, value: UInt16(mode))
      line.trace.beginDialogue(because: command)
      for attempt in 0...line.rules.retries {
        if attempt > 0 { clock.run(until: now + line.rules.retryPause) }
        if write.isTaken(by: line) { return }
      }
      fail(station, "the setting was not taken", because: line.trace.latest)
    }
  }
}

/// One value for one holding register.
private struct RegisterWrite {
  var unit: UInt8
  var address: UInt16
  var value: UInt16

  /// The meter says back which registers it has set, and nothing else is an answer.
  func isTaken(by line: LineStation) -> Bool {
    let echo = [16, high(address), low(address), 0, 1]
    let request = frame(echo + [2, high(value), low(value)], line.framing)
    let wanted = frame(echo, line.framing)
    line.path.flush()
    line.path.write(request)
    let answer = line.path.wait(
      for: wanted.count, first: line.path.now + line.rules.firstByte, between: line.rules.betweenBytes)
    return answer == wanted
  }

  private func frame(_ pdu: [UInt8], _ framing: Framing) -> [UInt8] {
    switch framing {
    case .rtu: return ModbusRTU.encode(pdu: pdu, unit: unit)
    case .tcp:
      var frame: [UInt8] = []
      // A transaction of its own: the reader's are small numbers.
      ModbusTCP.appendHeader(transaction: 0xFFFF, unit: unit, to: &frame)
      frame += pdu
      ModbusTCP.closeFrame(from: 0, in: &frame)
      return frame
    }
  }

  private func high(_ word: UInt16) -> UInt8 { UInt8(word >> 8) }
  private func low(_ word: UInt16) -> UInt8 { UInt8(truncatingIfNeeded: word) }
}
