internal import ArgumentParser
internal import HostIO
internal import Line
internal import Units

/// `backspin record`: keep a dialogue with a meter.
struct RecordCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record",
    abstract: "Keep a timed, two-way trace of a dialogue with a meter: of a read, or of your own reader.",
    discussion: """
      Without --listen it makes the read that `backspin read` with the same options makes, and keeps it. With \
      --listen it stands between your own reader and the meter: give --serial or --tcp of the meter, and --line \
      and --protocol where they are not 9600 8N1 and unknown; it ends with its input or a signal. Each \
      chunk is on disk before the next one comes. docs/bench.md tells the form of the file.

      Exit codes: those of `backspin read` · 2 the file exists · 7 it cannot be written, or the port was lost.
      """)

  @Option(help: ArgumentHelp("The trace, a new file.", valueName: "file")) var out: String
  @Option(
    help: ArgumentHelp("Serve your own reader here: a new link, or a TCP port.", valueName: "link|host:port"))
  var listen: String?
  @Argument(
    parsing: .allUnrecognized,
    help: ArgumentHelp(
      "The options of `backspin read`; with --listen those of the meter's line.", valueName: "options"))
  var options: [String] = []

  func run() throws {
    guard let listen else { return try recordRead() }
    try RecordingDesk(try Self.parsed(ProxyOptions.self, options), listen: listen, out: out).serve()
  }

  /// The options of another command, or one line of what is wrong with them.
  private static func parsed<Options: ParsableArguments>(_ type: Options.Type, _ words: [String]) throws
    -> Options
  {
    do { return try Options.parse(words) } catch { throw Failure(Options.message(for: error)) }
  }

  /// Options as a trace may tell them: a file that is given away holds no keys and passwords.
  private static func shown(_ words: [String]) -> String {
    let secrets = ["--password", "--key-encryption", "--key-authentication"]
    var (shown, isSecret) = ([String](), false)
    for word in words {
      if isSecret { shown.append("…") }
      let name = secrets.first { word.hasPrefix($0 + "=") }
      if !isSecret { shown.append(name.map { $0 + "=…" } ?? word) }
      isSecret = !isSecret && secrets.contains(word)
    }
    return shown.joined(separator: " ")
  }

  private func recordRead() throws {
    let read = try Self.parsed(ReadCommand.self, options)
    var keeper: TraceKeeper?
    var failure: Failure?
    defer { if let keeper { Terminal.error("\(keeper.events) events are in \(out)") } }
    // The file is made when the line is open: a read that cannot begin leaves none.
    try read.read { door, line, tongue in
      do {
        // Where nobody understood the first protocol, the trace begins anew with the next.
        let made = try keeper?.emptied() ?? TraceKeeper(out, place: Self.shown(options))
        keeper = made
        let origin = door.now
        made.begin(origin, line: line, tongue)
        return RecordingDoor(door, origin: origin) { made.keep($0) }
      } catch {
        failure = error as? Failure
        return SilentDoor(door.now)
      }
    }
    if let failure { throw failure }
    try keeper?.check()
  }
}

/// Where a proxy finds the meter.
struct ProxyOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The meter's serial device or pty.", valueName: "device")) var serial: String?
  @Option(help: ArgumentHelp("The meter or gateway.", valueName: "host:port")) var tcp: String?
  @Option(help: ArgumentHelp("How the meter's line stands: 300 7E1.", valueName: "settings")) var line =
    "9600 8N1"
  @Option(
    help: ArgumentHelp(
      "What is spoken; iec62056-21 lets the speed follow the dialogue. docs/bench.md lists them.",
      valueName: "protocol"))
  var `protocol` = TraceTongue.unknown.rawValue

  func validate() throws {
    guard (serial == nil) != (tcp == nil) else {
      throw ValidationError("one of --serial and --tcp is wanted: where the meter is")
    }
    guard SerialSettings(parsing: line) != nil else {
      throw ValidationError("--line '\(line)' is no setting of a serial line: write 300 7E1")
    }
    guard TraceTongue(rawValue: `protocol`) != nil else {
      let known = TraceTongue.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--protocol '\(`protocol`)' is none of \(known)")
    }
  }
}

/// A door behind which nobody is: for a read that has failed before it began.
private final class SilentDoor: Door {
  private(set) var now: Instant
  init(_ now: Instant) { self.now = now }
  func write(_ bytes: [UInt8]) {}
  func wait(until patience: Instant) -> [UInt8] {
    now = max(now, patience)
    return []
  }
  func flush() {}
}
