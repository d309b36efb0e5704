// pyserial, a client by other hands, on our live lines: 7E1 on a pseudo-terminal set again and again, the
// change of speed with and without opening the port anew, and RFC 2217.
// Only where scripts/setup has installed it.

import Foundation
import HostIO
import Line
import Testing
import Units

extension LiveServerTests {
  @Suite(.serialized) struct PySerialTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    private static let python = root.appendingPathComponent(".build-venv/bin/python").path
    private static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: python) }

    /// Prints what each session read, in hexadecimal digits, a line each.
    private static let script = """
      import serial, sys, time
      def session(open_port, ways):
          port = open_port(300)
          for anew in ways:
              port.write(b'/?!\\r\\n')
              identification = port.read(8)
              port.write(b'\\x06050\\r\\n')
              if anew:
                  port.close()
                  time.sleep(0.2)
                  port = open_port(9600)
              else:
                  time.sleep(0.25)
                  port.baudrate = 9600
              print((identification + port.read(int(sys.argv[2]))).hex(), flush=True)
              # Time for the line to see what was set.
              time.sleep(0.1)
              port.baudrate = 300
          port.close()
      seven = dict(bytesize=7, parity='E', timeout=4)
      if '://' in sys.argv[1]:
          session(lambda baud: serial.serial_for_url(sys.argv[1], baud, **seven), [False, False])
      else:
          for _ in range(2):
              session(lambda baud: serial.Serial(sys.argv[1], baud, **seven), [False, True])
              time.sleep(0.1)
      """

    /// What a run of the script printed.
    private func run(_ place: String) throws -> (lines: [String], errors: String) {
      let run = Process()
      run.executableURL = URL(fileURLWithPath: Self.python)
      run.arguments = ["-W", "ignore", "-c", Self.script, place, "\(ModeCMeter.readout.count)"]
      let (output, errors) = (Pipe(), Pipe())
      (run.standardOutput, run.standardError) = (output, errors)
      try run.run()
      let watchdog = DispatchWorkItem { run.terminate() }
      DispatchQueue.global().asyncAfter(deadline: .now() + 60, execute: watchdog)
      let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      let trouble = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      run.waitUntilExit()
      watchdog.cancel()
      return (text.split(separator: "\n").map(String.init), trouble)
    }

    private var whole: String {
      (ModeCMeter.identification + ModeCMeter.readout).map { byte in
        let digits = String(byte, radix: 16)
        return digits.count == 1 ? "0" + digits : digits
      }.joined()
    }

    @Test("pyserial reads 7E1 over a pseudo-terminal, session after session", .enabled(if: isInstalled))
    func pseudoTerminal() throws {
      _ = try serving({ server in
        try server.servePty(link: nil, settings: .sevenEven(300), farSide: ModeCMeter())
      }) { path, _ in
        let (lines, errors) = try run(path)
        #expect(lines == [whole, whole, whole, whole], "\(errors)")
      }
    }

    @Test("pyserial reads over RFC 2217 and changes the speed of the far port", .enabled(if: isInstalled))
    func rfc2217() throws {
      _ = try serving({ server in
        try server.serveLine(
          HostPort(host: "127.0.0.1", port: 0), form: .rfc2217, settings: .sevenEven(300), isPaced: true,
          farSide: ModeCMeter())
      }) { address, notices in
        let (lines, errors) = try run("rfc2217://127.0.0.1:\(address.port)")
        #expect(lines == [whole, whole], "\(errors)")
        #expect(notices.all.allSatisfy { !$0.contains("garbage") })
      }
    }
  }
}
