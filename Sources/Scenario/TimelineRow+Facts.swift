// Rows that state what the settlement party learns, whoever measured it: readings, half-hours, events. They
// take effect when they arrive.

internal import Settlement
internal import Units

extension TimelineRow {
  /// What arrives.
  mutating func fact(_ times: GivenTimes, _ log: GivenLog?, in cast: Cast) throws -> Command.Action {
    switch key {
    case .event: return try event(times, in: cast)
    case .halfHours:
      guard let log else { throw subject.diagnostic("BS-SCN-29", "there are no half-hours here") }
      return try halfHours(log, times, in: cast)
    default: return try reading(times, in: cast)
    }
  }

  private mutating func reading(_ times: GivenTimes, in cast: Cast) throws -> Command.Action {
    let meter = try cast.known(subject)
    let role = try fields.optional("register")?.word("register") ?? meter.usualRole
    let value = try fields.required("value").statedValue()
    let serial = try fields.optional("serial")?.serial() ?? meter.details.serial
    let usual: ReadSource = meter.details.remote ? .remote : .customer
    let photo = try fields.optional("photo").flatMap { try Self.photo($0) }
    var read = Read(
      serial: serial, register: role, value: value,
      resolution: try fields.optional("resolution")?.step()
        ?? meter.details.registers[role]?.resolution ?? WattHours(1),
      at: times.at, received: times.received,
      source: try fields.optional("source")?.word("source of a read") ?? usual,
      meterClock: try fields.optional("clock")?.quantity("what the meter's clock said"))
    read.channel = try channel(of: read.source)
    read.photo = photo.map {
      Photo(serial: $0.serial ?? serial, register: $0.register ?? role, value: $0.value ?? value)
    }
    return .reading(meter: meter.name, read)
  }

  /// By which way a customer's reading came: nobody else's comes by one that was agreed (R-READ-14).
  private mutating func channel(of source: ReadSource) throws -> String? {
    guard let node = fields.optional("channel") else { return nil }
    guard source == .customer else {
      throw node.diagnostic(
        "BS-SCN-28", "only a customer's reading comes by a channel, and this one is '\(source.rawValue)'",
        help: "write `source: customer`, or leave `channel` out")
    }
    return try node.sentence("the channel")
  }

  private mutating func halfHours(
    _ log: GivenLog, _ times: GivenTimes, in cast: Cast
  ) throws -> Command.Action {
    let meter = try cast.known(subject)
    let role = try fields.optional("register")?.word("register") ?? meter.usualRole
    let serial = try fields.optional("serial")?.serial() ?? meter.details.serial
    return .halfHours(
      meter: meter.name,
      LogRead(
        serial: serial, register: role, convention: log.convention,
        resolution: log.resolution ?? meter.details.registers[role]?.resolution ?? WattHours(1),
        received: times.received, entries: log.entries))
  }

  /// Any declared event. An exchange of an emulated meter also happens in the world.
  private mutating func event(_ times: GivenTimes, in cast: Cast) throws -> Command.Action {
    let known = EventDeclaration.all
    let name = try subject.word(among: known.map(\.name.name), "event")
    guard let declared = known.first(where: { $0.name.name == name }) else {
      throw subject.diagnostic("BS-SCN-12", "'\(name)' is no event")
    }
    let facts = try Facts(&fields, declared.facts, in: cast.factContext(at: times.at))
    return .event(CaseEvent(declared.name, at: times.at, received: times.received, facts))
  }
}

extension Node {
  /// What somebody says a register shows; nonsense is for the rules to refuse.
  fileprivate func statedValue() throws -> WattHours {
    let value: WattHours = try quantity("the value")
    guard value.value.magnitude <= 999_999_999_999 else {
      throw diagnostic("BS-SCN-10", "nobody states more than 999999999 kWh either way, as \(value)")
    }
    return value
  }
}
