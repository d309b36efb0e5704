// The ports of a make of meter in words.

internal import MeterModel
internal import Scenario
internal import Units
internal import Wire

extension ProfileText {
  static func ports(_ profile: Profile) -> [String] {
    (profile.optical.map(optical) ?? []) + (profile.dlms.map(dlms) ?? [])
      + (profile.irda.map { [irda($0)] } ?? []) + (profile.pulse.map { [pulse($0)] } ?? [])
  }

  private static func optical(_ port: OpticalPort) -> [String] {
    let escapes = port.escapes.map { "\\" + $0 }.joined()
    var rows = [
      "  iec62056-21: mode \(port.mode.rawValue.uppercased()), /\(port.flag)…\(escapes)\(port.text), "
        + (port.mode == .d ? "pushes at \(port.topBaud) baud" : "up to \(port.topBaud) baud")
    ]
    if let programming = port.programming {
      rows.append(
        "    programming: \(programming.commands.sorted().joined(separator: " ")), "
          + "\(programming.passwords.count) passwords")
    }
    for profile in port.profiles { rows.append("    profile: \(profile.address)") }
    for list in port.lists {
      rows.append("    list \(list.option):")
      rows += list.lines.map { "      " + columns([$0.address, values($0)], widths: [18]) }
    }
    return rows
  }

  private static func values(_ line: OpticalLine) -> String {
    line.values.map { value in
      value.form == .text ? value.shows.words : "\(value.shows.words) \(value.form.picture)"
    }.joined(separator: ", ")
  }

  private static func dlms(_ port: DLMSPort) -> [String] {
    var rows = ["  dlms: \(port.flagCode), " + places(port)]
    for client in port.clients {
      rows.append("    client \(client.address): \(client.mechanism.name), \(client.rights.rawValue)")
    }
    for one in port.registers {
      rows.append(
        "    "
          + columns(
            ["\(one.name)", one.width.rawValue, "×10^\(one.scaler)", one.quantity.rawValue],
            widths: [18, 8, 8]))
    }
    for one in port.profiles {
      rows.append("    " + columns(["\(one.name)", "a row each \(one.period / 60) min"], widths: [18]))
    }
    return rows
  }

  private static func places(_ port: DLMSPort) -> String {
    let hdlc = port.hdlc.map { "HDLC at \($0.baud) baud, logical device \($0.logicalAddress)" }
    let wrapper = port.wrapper.map { "TCP wrapper, wPort \($0.port)" }
    return [hdlc, wrapper].compactMap { $0 }.joined(separator: "; ")
  }

  private static func irda(_ port: IrDAPort) -> String {
    "  irda: the stream of an \(port.form.rawValue.uppercased()), \(port.baud) baud, every \(port.every)"
  }

  private static func pulse(_ port: PulsePort) -> String {
    let constant = port.constant
    let ratio =
      constant.denominator == 1 ? "\(constant.numerator)" : "\(constant.numerator)/\(constant.denominator)"
    return
      "  pulse: \(port.kind.rawValue), \(ratio) imp/kWh, \(port.width) each, follows \(port.follows.rawValue)"
  }
}

extension OpticalQuantity {
  /// As people say it.
  fileprivate var words: String {
    switch self {
    case .energy(let role, let rate): rate == 0 ? role.rawValue : "\(role.rawValue), rate \(rate)"
    case .historical(let role, _, let back): "\(role.rawValue), \(back) back"
    case .resetStamp(let back, let pattern): "time of reset \(back) back, \(pattern.text)"
    case .energySum: "import + export"
    case .energyNet: "import − export"
    case .reverseEnergy: "what ran backwards"
    case .reverseEvents: "how often it ran backwards"
    case .power(let direction): "power, \(direction.rawValue)"
    case .serial: "serial number"
    case .clock(let pattern): "clock, \(pattern.text)"
    case .errors: "errors"
    case .status: "status"
    case .powerFails: "power failures"
    case .text(let text): "'\(text)'"
    }
  }
}
