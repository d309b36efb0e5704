internal import ArgumentParser
internal import HostIO
internal import Line
internal import Runner

/// `backspin ports`: serial adapters on this machine, and what one of them can do.
struct PortsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ports", abstract: "List the serial adapters on this machine, with what they are.",
    discussion: """
      With --check, bytes are sent and what comes back is timed: hold an optical head against a mirror or white paper, \
      or bridge the wires. Nothing that is sent means anything to a meter.
      """)

  @Option(help: ArgumentHelp("Check what a port can do: echo, latency, speeds, 7E1.", valueName: "device"))
  var check: String?

  @Option(help: ArgumentHelp("With --check, the speed at which the echo is timed, in Bd.", valueName: "baud"))
  var speed = 9600

  @Flag(help: "Print JSON.") var json = false

  func validate() throws {
    guard SerialSettings.bauds.contains(speed) else {
      throw ValidationError(
        "--speed is \(SerialSettings.bauds.lowerBound) to \(SerialSettings.bauds.upperBound) Bd")
    }
  }

  func run() throws {
    do {
      if let check { try PortsCheck.run(check, baud: speed, json: json) } else { try list() }
    } catch let error as HostError {
      throw Failure("\(error)", Outcomes.hardware)
    }
  }

  private func list() throws(HostError) {
    let ports = try SerialPorts.list()
    if json {
      Terminal.print(JSONText.object([("ports", .list(ports.map(Self.json)))]).pretty)
    } else {
      for port in ports { Terminal.line("\(port)") }
    }
    if ports.isEmpty { Terminal.error("no serial adapter is plugged in") }
  }

  private static func json(_ port: SerialPortFacts) -> JSONText {
    func number(_ value: UInt16?) -> JSONText { value.map { .whole(Int64($0)) } ?? .null }
    func text(_ value: String?) -> JSONText { value.map(JSONText.text) ?? .null }
    return .object([
      ("path", .text(port.path)), ("text", .text(port.text)), ("transport", .text(port.transport.rawValue)),
      ("usbVendor", number(port.usbVendor)), ("usbProduct", number(port.usbProduct)),
      ("usbManufacturer", text(port.usbManufacturer)), ("usbSerial", text(port.usbSerial)),
      ("bridge", text(port.bridge?.name)), ("seenOn", text(port.bridge?.seenOn)),
    ])
  }
}
