internal import ArgumentParser
internal import HeadEnd
internal import HostIO
internal import Line
internal import MeterModel
internal import Runner
internal import Scenario
internal import Units

/// `backspin read`: read a real meter, or one of ours.
struct ReadCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "read",
    abstract: "Read a meter over a serial adapter, an optical head, a pty or TCP, by whatever it speaks.",
    discussion: """
      Modbus is read by a profile; the other protocols tell by themselves what they show. Without \
      --protocol it is the profile's port, or what answers: on a serial line 62056-21 in all its modes, a \
      push, an infra-red stream, then DLMS; over TCP the DLMS wrapper, then 62056-21.

      Exit codes: 0 everything was read · 1 the meter answers, but not everything · 2 wrong use · 7 no \
      device, or no meter that answers.
      """)

  /// The words of `--protocol`.
  static let words = ["auto"] + MeterProtocol.allCases.map(\.rawValue)

  @Option(
    name: .customLong("profile"),
    help: "The make of meter (`backspin profiles` lists them); needed for Modbus alone.")
  var make: String?
  @Option(
    name: .customLong("protocol"),
    help: ArgumentHelp("One of \(words.joined(separator: ", ")).", valueName: "name"))
  var tongue: String?
  @Option(help: ArgumentHelp("A serial device, a pty, or rfc2217://host:port.", valueName: "device"))
  var serial: String?
  @Option(help: ArgumentHelp("A meter or gateway.", valueName: "host:port")) var tcp: String?
  @Option(
    help: ArgumentHelp(
      "Modbus over TCP: tcp, or rtu as behind a serial server (default: tcp).", valueName: "tcp|rtu"))
  var framing: String?
  @Option(help: "Its Modbus unit, 1 to 247 (default: as it is shipped).") var unit: UInt8?
  @Option(help: "Speed in baud (default: as the protocol or the make of meter has it).") var baud: Int?
  @Option(help: ArgumentHelp("Modbus: how long to wait for an answer.", valueName: "time"))
  var patience = "500ms"
  @Flag(help: "Modbus: every point of the map, not only energies and power.") var all = false
  @Option(help: "62056-21 and DLMS: the password.") var password: String?
  @OptionGroup(title: "What to read") var what: ReadWhat
  @OptionGroup(title: "Optical head") var optical: ReadOptical
  @OptionGroup(title: "DLMS") var dlms: ReadDLMS
  @OptionGroup(title: "Pulses") var pulses: ReadPulses
  @Option(help: ArgumentHelp("Read again and again, this long apart.", valueName: "time")) var watch: String?
  @Flag(help: "Print JSON.") var json = false
  @Flag(help: "Print CSV.") var csv = false
  @OptionGroup var shelves: Shelves

  func validate() throws {
    guard (serial == nil) != (tcp == nil) else {
      throw ValidationError("one of --serial and --tcp is wanted")
    }
    if let tongue, !Self.words.contains(tongue) {
      throw ValidationError("--protocol: '\(tongue)' is none of \(Self.words.joined(separator: ", "))")
    }
    if let framing, !["tcp", "rtu"].contains(framing) {
      throw ValidationError("--framing must be tcp or rtu")
    }
    if framing != nil, tcp == nil { throw ValidationError("--framing goes with --tcp") }
    if let unit, !(1...247).contains(unit) { throw ValidationError("--unit must be 1 to 247") }
    if baud != nil, serial == nil { throw ValidationError("--baud is the speed of a --serial line") }
    if json, csv { throw ValidationError("--json and --csv: choose one") }
  }

  func run() throws { try read() }

  /// What is put between the reader and the line: it gets the door, how the line stands (nil for TCP) and
  /// what is spoken, and gives the door to read at.
  typealias Witness = (any Door, SerialSettings?, TraceTongue) -> any Door

  func read(_ witness: @escaping Witness = { door, _, _ in door }) throws {
    do {
      let profile = try make.map { try shelves.library.profile(named: $0) }
      let pause = try watch.map { try quantity($0, of: "--watch", TimeSpan.init(parsing:)) }
      if let pause, pause < .seconds(1) || pause > .days(1) { throw Failure("--watch is 1 s to 1 day") }
      let spoken = try spoken(by: profile)
      if spoken == .modbus { return try ReadModbus(self, profile).run(every: pause, witness) }
      try readOn(spoken, profile, every: pause, witness)
    } catch let error as HostError {
      throw Failure("\(error)", error.code == .badAddress ? Outcomes.invalid : Outcomes.hardware)
    } catch let error as SerialSettingsError {
      throw Failure("\(error)")
    } catch let error as Diagnostic {
      throw Failure("\(error)")
    }
  }

  /// What is to be spoken; nil is to be found out.
  func spoken(by profile: Profile?) throws -> MeterProtocol? {
    if let named = tongue.flatMap(MeterProtocol.init(rawValue:)) { return named }
    guard let profile else { return nil }
    guard let first = profile.protocols(asStream: tcp != nil).first else {
      let twin = profile.twin.map { "; did you mean its electronic twin, \($0)?" } ?? ""
      throw Failure("\(profile.name) has no Modbus port\(twin)")
    }
    return first
  }

  private func readOn(
    _ spoken: MeterProtocol?, _ profile: Profile?, every pause: TimeSpan?, _ witness: @escaping Witness
  ) throws {
    let session = ReadSession(self, spoken, profile, witness)
    try session.check()
    guard let pause else {
      do {
        let outcome = try session.read()
        return try show(outcome.reading, as: outcome.spoken)
      } catch let failure as DialogueFailure {
        let code = failure.isUnheard ? Outcomes.hardware : Outcomes.unmet
        throw Failure("\(session.bench?.name ?? ""): \(failure.words)", code)
      }
    }
    var due: Instant?
    while true {
      do {
        let outcome = try session.read()
        try show(outcome.reading, as: outcome.spoken)
      } catch let failure as DialogueFailure {
        Terminal.error("\(session.bench.map { "\($0.door.now): " } ?? "")\(failure.words)")
      }
      guard let bench = session.bench else { return }
      due = try Self.rest(at: bench, until: max((due ?? bench.door.now) + pause, bench.door.now))
    }
  }

  /// Nothing is wanted meanwhile: whatever comes is somebody else's.
  static func rest(at bench: ReadBench, until due: Instant) throws -> Instant {
    while bench.lost == nil, bench.door.now < due { _ = bench.door.wait(until: due) }
    if let lost = bench.lost { throw lost }
    return due
  }

  /// How the line stands before a word is said.
  func settings(_ spoken: MeterProtocol, _ profile: Profile?) throws -> SerialSettings {
    let usual = profile.flatMap { MeterPorts.settings(spoken, of: $0) }
    switch spoken {
    case .optical: return try SerialSettings(baud: baud ?? 300, dataBits: 7, parity: .even)
    case .dlms where dlms.modeE, .dlmsHDLC where dlms.modeE:
      return try SerialSettings(baud: 300, dataBits: 7, parity: .even)
    case .dlms, .dlmsHDLC, .modbus: return try SerialSettings(baud: baud ?? usual?.baud ?? 9600)
    case .irda: return try SerialSettings(baud: baud ?? usual?.baud ?? 2400)
    case .pulse: return try SerialSettings(baud: baud ?? 300)
    }
  }

  func dialogue(_ spoken: MeterProtocol, _ profile: Profile?) throws -> ReadDialogue {
    let constant = pulses.constant.map { PulseConstant($0) } ?? profile?.pulse?.constant
    if spoken == .pulse, constant == nil {
      throw Failure("pulses want --constant, or a --profile with a pulse output")
    }
    let span = try quantity(pulses.span, of: "--for", TimeSpan.init(parsing:))
    var options = try optical.options(
      password: password, baud: spoken == .optical ? baud : nil, like: profile?.optical)
    if spoken == .irda, let baud { options.listeningBauds = [baud] }
    return ReadDialogue(
      spoken: spoken, what: what, optical: options, dlms: dlms, password: password,
      pulses: constant.map { ($0, span) })
  }

  private func show(_ reading: MeterReading, as spoken: MeterProtocol) throws {
    let text = ReadText(reading: reading, spoken: spoken.rawValue)
    if json {
      Terminal.print(watch == nil ? text.json.pretty : text.json.compact + "\n")
    } else {
      for row in csv ? text.csv : text.table { Terminal.line(row) }
      for remark in reading.remarks { Terminal.error("  " + remark) }
    }
    guard !reading.values.isEmpty || !reading.profile.isEmpty || what.loadProfile else {
      throw Failure("the meter answers, but shows nothing", Outcomes.unmet)
    }
  }
}

extension DialogueFailure {
  /// For people.
  var words: String { "\(detail) (\(kind.rawValue))" }

  /// Whether nobody is there who could be understood.
  var isUnheard: Bool { kind == .silence || kind == .unreadable || kind == .port }
}
