// What must hold between a meter's ports and the rest of it.

internal import MeterModel
internal import Units

extension Profile {
  static let portRules: [Rule] = [
    Rule(
      code: "BS-PRF-20", key: "optical", message: "the optical port lists a register that the meter has not",
      help: "add the register, or take its line away"
    ) { profile in
      profile.optical?.roles.contains { profile.register($0) == nil } ?? false
    },
    Rule(
      code: "BS-PRF-21", key: "optical",
      message: "the optical port answers with half-hours that the meter does not log",
      help: "add `logs: {half-hours: …}` for each column's register"
    ) { profile in
      profile.optical?.loggedRoles.contains { profile.logs.halfHours($0) == 0 } ?? false
    },
    Rule(
      code: "BS-PRF-22", key: "irda",
      message: "a flow-insensitive stream and a meter that counts both directions as import go together",
      help: "write `flow: absolute` with `flow-insensitive: true`, or neither"
    ) { profile in profile.irda.map { $0.isFlowInsensitive != (profile.flow == .absolute) } ?? false },
    Rule(
      code: "BS-PRF-23", key: "optical",
      message: "an optical port of mode e hands over to a DLMS port, and there is none",
      help: "add `dlms:` with `hdlc:`, or write `mode: c`"
    ) { $0.optical?.mode == .e && $0.dlms?.hdlc == nil },
  ]
}

extension OpticalPort {
  /// The registers that its lists show.
  fileprivate var roles: [RegisterRole] {
    lists.flatMap(\.lines).flatMap(\.values).compactMap { value in
      switch value.shows {
      case .energy(let role, _), .historical(let role, _, _): role
      default: nil
      }
    }
  }

  /// The registers whose half-hours its profiles answer with.
  fileprivate var loggedRoles: [RegisterRole] {
    profiles.flatMap { profile -> [RegisterRole] in
      if case .halfHours(let columns) = profile.content { columns.map(\.role) } else { [] }
    }
  }
}
