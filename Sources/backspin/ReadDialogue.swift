// One read of a meter over an open place, by each protocol but Modbus.

internal import HeadEnd
internal import Line
internal import MeterModel
internal import Units
internal import Wire

/// A read that can be made again and again.
struct ReadDialogue {
  let spoken: MeterProtocol
  let what: ReadWhat
  let optical: OpticalOptions
  let dlms: ReadDLMS
  let password: String?
  let pulses: (constant: PulseConstant, span: TimeSpan)?

  func read(over bench: ReadBench) throws -> MeterReading {
    switch spoken {
    case .optical: try readOptical(bench.door)
    case .irda: try OpticalReader(door: bench.door, options: optical).listen()
    case .dlms, .dlmsHDLC: try readDLMS(bench)
    case .pulse: readPulses(bench.door)
    case .modbus: throw Failure("Modbus is read by a profile")
    }
  }

  /// Whether a DLMS read can be made of the options. Throws `Failure`.
  func check(isStream: Bool) throws {
    _ = try dlms.session(password: password)
    _ = try what.codes()
    _ = try (what.object ?? "1-0:99.1.0*255").obis()
    if isStream, spoken == .dlms, !dlms.hdlc {
      _ = try dlms.wrapperRules()
    } else {
      _ = try dlms.hdlcRules(echo: optical.echo.rawValue)
    }
  }

  private func readOptical(_ door: any Door) throws -> MeterReading {
    let reader = OpticalReader(door: door, options: optical)
    var reading: MeterReading
    if let addresses = what.addresses {
      reading = try reader.read(addresses)
    } else if what.loadProfile {
      reading = MeterReading()
    } else {
      reading = try reader.readout()
    }
    guard what.loadProfile else { return reading }
    let (from, through) = try what.span()
    let profile = try reader.readProfile(what.object ?? "P.01", from: from, through: through)
    if reading.identity.isEmpty { reading.identity = profile.identity }
    reading.profile = profile.profile
    reading.remarks += profile.remarks
    return reading
  }

  private func readDLMS(_ bench: ReadBench) throws -> MeterReading {
    let settings = DLMSReader.Settings(session: try dlms.session(password: password))
    let reader = DLMSReader(channel: try channel(bench), settings: settings, counter: dlms.counter)
    defer { reader.release() }
    let name = try (what.object ?? "1-0:99.1.0*255").obis()
    if let numbers = try what.numbers() {
      var reading = try reader.read(registers: try what.codes() ?? [])
      guard let logical = LogicalName(name) else { throw Failure("--object: \(name) is no logical name") }
      reading.profile = try reader.profile(logical, entries: numbers.from, to: numbers.to)
      reading.remarks = reader.remarks
      return reading
    }
    let (from, through) = try what.span()
    let codes = try what.codes() ?? (what.loadProfile ? [] : nil)
    return try reader.read(
      registers: codes, profile: what.loadProfile ? name : nil, from: from, through: through)
  }

  private func channel(_ bench: ReadBench) throws -> any PDUChannel {
    guard spoken == .dlmsHDLC || dlms.hdlc || !bench.isStream else {
      return WrapperChannel(door: bench.door, rules: try dlms.wrapperRules())
    }
    let rules = try dlms.hdlcRules(echo: optical.echo.rawValue)
    guard dlms.modeE else { return HDLCChannel(door: bench.door, rules: rules) }
    let optical = optical
    return HDLCChannel(door: bench.door, rules: rules) { (door) throws(DialogueFailure) in
      _ = try OpticalReader(door: door, options: optical).signOnModeE()
    }
  }

  private func readPulses(_ door: any Door) -> MeterReading {
    let (constant, span) = pulses ?? (PulseConstant(1000), .minutes(1))
    let reader = PulseReader(
      door: door, constant: .init(constant.numerator, over: constant.denominator),
      debounce: door.settings == nil ? .zero : .milliseconds(30))
    reader.count(until: door.now + span)
    return reader.reading()
  }
}

extension String {
  fileprivate func obis() throws -> OBIS { try quantity(self, of: "--object", OBIS.init(parsing:)) }
}
