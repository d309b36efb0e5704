internal import ArgumentParser
internal import Foundation
internal import Line
internal import Units

/// `backspin trace FILE`: what a recording holds, and as a capture for Wireshark.
struct TraceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace", abstract: "Say what a trace holds, or make a capture file for Wireshark of it.",
    discussion: """
      Modbus TCP and the DLMS wrapper become TCP streams on their ports, which Wireshark dissects by itself. \
      Serial Modbus and HDLC become exported PDUs that name their dissector (mbrtu, dlms); what has no \
      dissector becomes plain data.
      """)

  @Argument(help: ArgumentHelp("A trace (`backspin record`).", valueName: "file")) var trace: String
  @Option(help: ArgumentHelp("Write a pcapng file here.", valueName: "file")) var pcapng: String?

  func run() throws {
    let trace = try TraceKeeper.read(trace)
    if trace.isCut { Terminal.error("\(self.trace): its end was cut off; the last event is left out") }
    if let pcapng { return try RunFolder.write(Data(trace.capture), to: pcapng) }
    func row(_ key: String, _ value: String) { Terminal.line(columns([key, value], widths: [12])) }
    row("origin", "\(trace.origin)")
    row("line", trace.line.map { "\($0)" } ?? "a stream")
    row("protocol", trace.tongue.rawValue)
    for mark in trace.marks { row(mark.key, mark.value) }
    row("length", "\(trace.length)")
    row("events", "\(trace.events.count)")
    row("reader", "\(trace.count(.request)) bytes")
    row("meter", "\(trace.count(.answer)) bytes")
  }
}
