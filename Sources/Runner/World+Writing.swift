// A commissioning tool writes a setting over the line: function 16, or 6 where the make has no other, by the
// reader's own patience and retries (V1.1b3 sections 6.6 and 6.12). It writes at the door itself: the
// reader's library only reads. Beside it, who sets the reader's end of the line,
// and who switches a meter off and on.

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
      guard let station = stations[order.meter], let line = station.line,
        let unit = order.unit ?? station.unit, let map = station.answering?.map
      else {
        return refuse("'\(order.meter)' is on no line and cannot be written to")
      }
      guard let (setting, value) = order.place(in: map) else {
        return refuse("\(station.meter.profile.name) has no such setting")
      }
      let write = RegisterWrite(
        unit: unit, address: setting.address, values: setting.registers(of: value),
        isMany: setting.functions.contains(16))
      line.trace.beginDialogue(because: command)
      for attempt in 0...line.rules.retries {
        if attempt > 0 { clock.run(until: now + line.rules.retryPause) }
        if write.isTaken(by: line) { return }
      }
      fail(station, "the setting was not taken", because: line.trace.latest)
    }
  }

  /// The reader's end of a line stands otherwise from now on.
  func setLine(_ change: LineChange) {
    queue.add { [unowned self] in
      guard let line = lines[change.line] else { return refuse("no meter is on the line '\(change.line)'") }
      let before = line.settings
      let parity = change.parity.flatMap { SerialSettings.Parity(rawValue: $0.rawValue) } ?? before.parity
      do {
        line.stand(
          as: try SerialSettings(
            baud: change.baud ?? before.baud, dataBits: before.dataBits, parity: parity,
            stopBits: change.stopBits ?? before.stopBits))
      } catch {
        refuse("'\(change.line)': \(error)")
      }
    }
  }

  /// Its supply goes and is back at once: settings that wait for that act.
  func powerCycle(_ meter: String) {
    flow(to: now)
    guard let station = stations[meter] else { return refuse("there is no meter '\(meter)' now") }
    if station.meter.isPowered {
      station.meter.loseSupply()
      station.meter.restoreSupply()
    }
    station.answering?.powerUp()
  }
}

/// Values for holding registers that belong together.
private struct RegisterWrite {
  var unit: UInt8
  var address: UInt16
  var values: [UInt16]
  /// By function 16; by 6 otherwise, which takes one register.
  var isMany: Bool

  /// The meter says back what it has set, and nothing else is an answer.
  func isTaken(by line: LineStation) -> Bool {
    let place = [high(address), low(address)]
    let bytes = values.flatMap { [high($0), low($0)] }
    let echo = isMany ? [16] + place + [0, UInt8(values.count)] : [6] + place + bytes
    let request = frame(isMany ? echo + [UInt8(bytes.count)] + bytes : echo, line.framing)
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
