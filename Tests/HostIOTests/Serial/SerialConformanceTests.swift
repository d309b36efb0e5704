// One suite over both backends of a serial port. libserialport cannot open a pseudo-terminal, so its row runs
// in a child process with a preloaded library that helps it over that (AdapterOnPtyTests starts it).

import CHost
import Foundation
import HostIO
import Line
import Testing

/// Set in the child process that has the preloaded library.
let isAdapterChild = ProcessInfo.processInfo.environment["BACKSPIN_TEST_PTY_AS_ADAPTER"] != nil

enum Backend: String, CaseIterable, Sendable {
  case termios, libserialport

  /// What this process can open a pseudo-terminal with.
  static var here: [Backend] { [isAdapterChild ? .libserialport : .termios] }

  func open(_ path: String, _ settings: SerialSettings = .usual) throws(HostError) -> any SerialPort {
    switch self {
    case .termios: try TerminalPort(path, settings)
    case .libserialport: try AdapterPort(path, settings)
    }
  }
}

@Suite(.serialized) struct SerialConformanceTests {
  @Test("every byte value goes through unchanged, both ways", arguments: Backend.here)
  func transparent(_ backend: Backend) throws {
    let far = try FarEnd()
    let port = try backend.open(far.path)
    #expect(port.backend == backend.rawValue)
    let all = (0...255).map { UInt8($0) }
    #expect(try port.write(all[...]) == 256)
    #expect(far.receive(256) == all)
    far.send(all)
    #expect(try receive(256, from: port) == all)
  }

  @Test("reading when nothing has come gives nothing, at once", arguments: Backend.here)
  func nothing(_ backend: Backend) throws {
    let far = try FarEnd()
    let port = try backend.open(far.path)
    var bytes: [UInt8] = [1, 2]
    let none = try port.read(into: &bytes)
    #expect(none == 0)
    #expect(bytes == [1, 2])
  }

  @Test("bytes are appended to what was there", arguments: Backend.here)
  func appended(_ backend: Backend) throws {
    let far = try FarEnd()
    let port = try backend.open(far.path)
    far.send([7, 8, 9])
    _ = try receive(0, from: port, waitingFor: 3)
    var bytes: [UInt8] = [1]
    let three = try port.read(into: &bytes)
    #expect(three == 3)
    #expect(bytes == [1, 7, 8, 9])
  }

  @Test("input that nobody read can be dropped", arguments: Backend.here)
  func discarded(_ backend: Backend) throws {
    let far = try FarEnd()
    let port = try backend.open(far.path)
    far.send([1, 2, 3])
    _ = try receive(0, from: port, waitingFor: 3)
    try port.discardInput()
    far.send([4])
    #expect(try receive(1, from: port) == [4])
  }

  @Test("the speed is set on the line, also one without a constant of its own", arguments: Backend.here)
  func speed(_ backend: Backend) throws {
    let far = try FarEnd()
    for baud in [300, 2400, 9600, 19200, 115_200, 12_345] {
      let port = try backend.open(far.path, try SerialSettings(baud: baud))
      #expect(far.baud == baud)
      port.close()
    }
  }

  @Test("a pseudo-terminal refuses 7 data bits", arguments: Backend.here)
  func sevenBits(_ backend: Backend) throws {
    let far = try FarEnd()
    expectCode(.unsupportedSetting, mentions: "7E1") {
      _ = try backend.open(far.path, try SerialSettings(baud: 300, dataBits: 7, parity: .even))
    }
  }

  @Test("a hang-up is told, by reading and by writing", arguments: Backend.here)
  func hangUp(_ backend: Backend) throws {
    let far = try FarEnd()
    let port = try backend.open(far.path)
    far.hangUp()
    expectCode(.lineLost, mentions: far.path) {
      var bytes: [UInt8] = []
      _ = try port.read(into: &bytes)
    }
    expectCode(.lineLost, mentions: far.path) { _ = try port.write([1]) }
    expectCode(.lineLost, mentions: far.path) { try port.discardInput() }
    port.close()
    port.close()
  }

  @Test("a device that another program holds is refused", arguments: Backend.here)
  func busy(_ backend: Backend) throws {
    let far = try FarEnd()
    let port = try backend.open(far.path)
    expectCode(.deviceBusy, mentions: far.path) { _ = try backend.open(far.path) }
    port.close()
    _ = try backend.open(far.path)
  }

  @Test("no permission names the group to join", arguments: Backend.here)
  func permission(_ backend: Backend) throws {
    let far = try FarEnd()
    chost_force_error(chost_call_open, EACCES, 1)
    expectCode(.noPermission, mentions: "usermod -aG") { _ = try backend.open(far.path) }
  }

  @Test("a device that is not there is refused by name", arguments: Backend.here)
  func absent(_ backend: Backend) {
    expectCode(.noSuchDevice, mentions: "/dev/pts/no-such") { _ = try backend.open("/dev/pts/no-such") }
  }
}

/// Reads `count` bytes, waiting at most 5 s; or waits until `waitingFor` bytes could be read, and reads none.
private func receive(_ count: Int, from port: any SerialPort, waitingFor: Int = 0) throws -> [UInt8] {
  var bytes: [UInt8] = []
  let end = deadline()
  while chost_pending(port.descriptor) < waitingFor, chost_monotonic() < end { sched_yield() }
  while bytes.count < count, chost_wait(port.descriptor, chost_wait_read, end) > 0 {
    _ = try port.read(into: &bytes)
  }
  return bytes
}

/// Expects a host error with this code, whose one line mentions a word.
func expectCode(
  _ code: HostError.Code, mentions word: String, sourceLocation: SourceLocation = #_sourceLocation,
  _ work: () throws -> Void
) {
  do {
    try work()
    Issue.record("nothing was refused", sourceLocation: sourceLocation)
  } catch let error as HostError {
    #expect(error.code == code, sourceLocation: sourceLocation)
    #expect(error.description.contains(word), "\(error)", sourceLocation: sourceLocation)
    #expect(error.description.hasPrefix(code.rawValue + ": "), sourceLocation: sourceLocation)
    #expect(!error.description.contains("\n"), sourceLocation: sourceLocation)
  } catch {
    Issue.record(error, sourceLocation: sourceLocation)
  }
}
