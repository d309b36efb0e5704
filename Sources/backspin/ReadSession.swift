// A meter that is read once or again and again: the place is opened, the protocol that the meter answers is
// found out once and kept.

internal import HeadEnd
internal import HostIO
internal import Line
internal import MeterModel
internal import Units
internal import Wire

/// A read that can be repeated.
final class ReadSession {
  /// What was read, and by what.
  struct Outcome {
    var reading: MeterReading
    var spoken: MeterProtocol
  }

  private let command: ReadCommand
  private let profile: Profile?
  private let witness: ReadCommand.Witness
  private var candidates: [MeterProtocol]
  /// The place as it was opened last.
  private(set) var bench: ReadBench?
  /// The protocol by which the meter was understood; from then on no other is tried.
  private(set) var answered: MeterProtocol?

  /// `spoken` nil is to be found out: on a serial line 62056-21 first, over TCP the wrapper.
  init(
    _ command: ReadCommand, _ spoken: MeterProtocol?, _ profile: Profile?,
    _ witness: @escaping ReadCommand.Witness
  ) {
    (self.command, self.profile, self.witness) = (command, profile, witness)
    candidates = spoken.map { [$0] } ?? (command.tcp == nil ? [.optical, .dlms] : [.dlms, .optical])
  }

  /// What was asked for, looked at before anything is opened. Throws `Failure`.
  func check() throws {
    _ = try command.what.span()
    _ = try command.what.numbers()
    for one in candidates {
      let dialogue = try command.dialogue(one, profile)
      _ = try command.settings(one, profile)
      if one == .dlms || one == .dlmsHDLC { try dialogue.check(isStream: command.tcp != nil) }
    }
  }

  /// One read. Throws `DialogueFailure` of the last protocol that was tried, `HostError` for a place that
  /// cannot be had or was lost, `Failure` for what was asked for.
  func read() throws -> Outcome {
    if let answered, let bench { return try read(answered, over: bench) }
    for (index, one) in candidates.enumerated() {
      bench = nil
      let opened = try open(one)
      bench = opened
      do {
        return try read(one, over: opened)
      } catch let failure as DialogueFailure {
        guard failure.isUnheard, index + 1 < candidates.count else { throw failure }
      }
    }
    throw Failure("no protocol is left to try")
  }

  /// One read, and between which instants the meter can have taken the value of an address.
  func look(at address: String?) throws -> (MeterReading, (from: Instant, through: Instant)) {
    watched = address
    isLooking = true
    defer { isLooking = false }
    let reading = try read().reading
    guard let looking else { throw Failure("no place was opened") }
    return (reading, looking.look)
  }

  private var watched: String?
  private var isLooking = false
  private var looking: LookDoor?

  private func read(_ spoken: MeterProtocol, over bench: ReadBench) throws -> Outcome {
    let progress = ReadProgress("reading \(bench.name) by \(spoken.rawValue)")
    defer { progress.end() }
    do {
      var door = progress.watch(bench.door)
      if isLooking {
        let looking = LookDoor(door, address: spoken == .optical ? watched : nil)
        (self.looking, door) = (looking, looking)
      }
      let watched = ReadBench(bench, through: door)
      let reading = try command.dialogue(spoken, profile).read(over: watched)
      if let lost = bench.lost { throw lost }
      answered = spoken
      return Outcome(reading: reading, spoken: spoken)
    } catch let failure as DialogueFailure {
      if let lost = bench.lost { throw lost }
      // Whoever says something wrong is there all the same.
      if !failure.isUnheard { answered = spoken }
      throw failure
    }
  }

  private func open(_ spoken: MeterProtocol) throws -> ReadBench {
    let tongue: TraceTongue =
      switch spoken {
      case .modbus: command.tcp == nil ? .modbusRTU : .modbusTCP
      case .optical: .modeC
      case .irda: .irda
      case .dlms: command.tcp == nil ? .hdlc : .wrapper
      case .dlmsHDLC: .hdlc
      case .pulse: .pulse
      }
    let witness = witness
    return try ReadBench(
      serial: command.serial, tcp: command.tcp, settings: try command.settings(spoken, profile),
      delay: try command.optical.delay()
    ) { witness($0, $1, tongue) }
  }
}
