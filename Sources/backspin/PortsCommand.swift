internal import ArgumentParser
internal import HostIO

/// `backspin ports`: serial adapters on this machine.
struct PortsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ports", abstract: "List the serial adapters on this machine, with what they are.")

  func run() throws {
    let ports = try SerialPorts.list()
    for port in ports { Terminal.line("\(port)") }
    if ports.isEmpty { Terminal.error("no serial adapter is plugged in") }
  }
}
