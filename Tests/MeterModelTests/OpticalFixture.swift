// Meters with optical ports that the tests of this module share.

import MeterModel
import Units
import Wire

enum OpticalFixture {
  static let lines: [OpticalLine] = [
    OpticalLine("F.F", .errors, OpticalNumberForm(digits: 8)), OpticalLine("0.0.0", .serial),
    OpticalLine("0.9.1", .clock(OpticalClockPattern("hh:mm:ss"))),
    OpticalLine("0.9.2", .clock(OpticalClockPattern("YY-MM-DD"))),
    OpticalLine("1.8.0", .energy(.import, rate: 0), .kilowattHours(7, 3)),
    OpticalLine("1.8.1", .energy(.import, rate: 1), .kilowattHours(7, 3)),
    OpticalLine("1.8.2", .energy(.import, rate: 2), .kilowattHours(7, 3)),
    OpticalLine("1-0:2.8.0*255", .energy(.export, rate: 0), OpticalNumberForm(digits: 9, unit: "Wh")),
    OpticalLine("1.8.0*01", .historical(.import, rate: 0, back: 1), .kilowattHours(5, 1)),
    OpticalLine("15.8.0", .energySum, .kilowattHours(6, 1)),
    OpticalLine("16.8.0", .energyNet, .kilowattHours(6, 1)),
    OpticalLine("16.7.0", .power(.net), .kilowattHours(2, 3, unit: "kW")),
    OpticalLine("C.53.0", .reverseEvents, OpticalNumberForm(digits: 3)),
  ]

  static func port(_ change: (inout OpticalPort) -> Void = { _ in }) -> OpticalPort {
    var port = OpticalPort(
      mode: .c, flag: "ELS", text: "BENCH", topBaud: 9600, lists: [OpticalList(lines: lines)],
      programming: OpticalProgramming(
        passwords: [.init("00000000")], commands: ["R1", "R5", "R6", "W1"],
        writables: [
          .init("0.9.1", target: .clock(.init("hhmmss"))), .init("C.90", target: .note(longest: 8)),
          .init("0.1.0", target: .reset),
        ]),
      profiles: [
        OpticalProfile(
          content: .halfHours([
            .init("1.8.0", .import, form: .kilowattHours(2, 3)),
            .init("2.8.0", .export, form: .kilowattHours(2, 3)),
          ]), rowsPerBlock: 2),
        OpticalProfile(address: "P.98", content: .events),
      ])
    change(&port)
    return port
  }

  static func profile(_ port: OpticalPort? = port(), irda: IrDAPort? = nil, flow: FlowMode = .bidirectional)
    -> Profile
  {
    Profile(
      name: "optical", title: "Optical", kind: .electronic, flow: flow,
      registers: flow == .bidirectional
        ? [Fixture.importWattHours, Fixture.exportWattHours] : [Fixture.importWattHours],
      logs: LogCapacity(exportHalfHours: 100, importHalfHours: 100, importDailySnapshots: 3),
      clock: ClockFace(), optical: port, irda: irda)
  }
}

extension OpticalAnswering {
  /// The lines of a readout.
  func lines(_ option: Character = "0", at instant: Instant) -> [String] {
    let bytes = readout(option: option.asciiValue ?? 0, at: instant) ?? []
    return String(decoding: bytes, as: UTF8.self).split(separator: "\r\n").map(String.init)
  }

  /// The text of an answer; `ACK`, or the error in angle brackets.
  func say(_ name: StaticString, _ data: String, level: Int = 1, at instant: Instant) -> String {
    switch answer(ModeCCommand(name, data), level: level, at: instant) {
    case .acknowledge: "ACK"
    case .error(let text): "<\(text)>"
    case .blocks(let blocks): blocks.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "|")
    }
  }
}
