// Changes of speed at our own doors, in real time, on pseudo-terminals.

import CHost
import Foundation
import HostIO
import Line
import Testing
import Units

@Suite(.serialized) struct SerialTuneTests {
  @Test("tuning waits for the wire time of what was written and for the head's own delay, then sets the port")
  func waits() throws {
    let far = try FarEnd()
    let options = SerialDoor.Options(baudChangeDelay: .milliseconds(80))
    let door = SerialDoor(try TerminalPort(far.path, SerialSettings.usual.at(300)), options: options)
    defer { door.close() }
    let start = door.now
    // 6 characters of 10 bits at 300 baud: 200 ms.
    door.write([0x06, 0x30, 0x35, 0x30, 0x0D, 0x0A])
    #expect(far.baud == 300)
    #expect(door.tune(to: .usual))
    #expect(door.now - start >= .milliseconds(280))
    #expect(far.baud == 9600)
    #expect(door.settings == .usual)
    #expect(far.receive(6).count == 6)
  }

  @Test("what arrives while the door waits to change is not lost")
  func keepsWhatComes() throws {
    let far = try FarEnd()
    let door = SerialDoor(try TerminalPort(far.path, SerialSettings.usual.at(1200)))
    defer { door.close() }
    door.write([1, 2, 3, 4])
    far.send([9, 8, 7])
    #expect(door.tune(to: .usual))
    #expect(door.wait(for: 3, first: door.now + .seconds(2), between: .milliseconds(500)) == [9, 8, 7])
  }

  @Test("seven data bits are refused on a pseudo-terminal, and nothing changes")
  func sevenBits() throws {
    let far = try FarEnd()
    let door = try SerialDoor(opening: far.path, .sevenEven(300))
    defer { door.close() }
    #expect(door.settings == SerialSettings.sevenEven(300).onWire)
    #expect(!door.tune(to: .sevenEven(9600)))
    #expect(far.baud == 300)
    #expect(door.settings == SerialSettings.sevenEven(300).onWire)
    #expect(door.lost == nil)
  }

  @Test("a device that went cannot be tuned, and the door says what was lost")
  func lost() throws {
    let far = try FarEnd()
    let door = SerialDoor(try TerminalPort(far.path, .usual))
    defer { door.close() }
    far.hangUp()
    #expect(!door.tune(to: SerialSettings.usual.at(300)))
    #expect(door.lost?.code == .lineLost)
    #expect(door.trouble == door.lost?.description)
  }

  @Test("a pseudo-terminal has no modem lines, and a door does without")
  func modemLines() throws {
    let far = try FarEnd()
    let port = try TerminalPort(far.path, .usual)
    defer { port.close() }
    #expect(try port.setModemLines(dtr: true, rts: false) == false)
    #expect(port.modemLines == nil)
  }
}
