internal import ArgumentParser
internal import HostIO
internal import Runner

/// `backspin ports`: serial adapters on this machine.
struct PortsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ports", abstract: "List the serial adapters on this machine, with what they are.")

  @Flag(help: "Print JSON.") var json = false

  func run() throws {
    let ports: [SerialPortFacts]
    do { ports = try SerialPorts.list() } catch { throw Failure("\(error)", Outcomes.hardware) }
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
    ])
  }
}
