// What travels the WAN, in words for people: they stand in the journal and in failures.

internal import HeadEnd
internal import Line
internal import MeterModel
internal import Scenario
internal import Units

extension RemoteRead {
  /// What is asked for of one register, in order. Logs that the meter has not are not asked for.
  func services(of role: RegisterRole, due: Instant, logs: LogCapacity) -> [WANService] {
    var services: [WANService] = registers ? [.register(role)] : []
    if let (from, through) = halfHours?.ends(at: due), logs.halfHours(role) > 0 {
      services.append(.halfHours(role, from: from, through: through))
    }
    if let (from, through) = daily?.ends(at: due), logs.dailySnapshots(role) > 0 {
      services.append(.dailySnapshots(role, from: from, through: through))
    }
    return services
  }
}

extension WANService {
  var words: String {
    switch self {
    case .register(let role): "\(role.rawValue) register"
    case .halfHours(let role, let from, let through): "\(role.rawValue) half-hours \(from) … \(through)"
    case .dailySnapshots(let role, let from, let through): "\(role.rawValue) snapshots \(from) … \(through)"
    case .order(let order): order.words
    }
  }

  var isSnapshots: Bool {
    if case .dailySnapshots = self { return true }
    return false
  }
}

extension WANOrder {
  var words: String {
    switch self {
    case .setClock(_, let tolerance): "clock set within \(tolerance)"
    case .enableSupply: "supply enabled"
    case .disableSupply: "supply disabled"
    case .armSupply: "supply armed"
    case .readSupply: "state of the supply"
    case .readExportMPAN: "export MPAN"
    case .setExportMPAN(let mpan): "export MPAN \(mpan) written"
    case .readEvents: "event log"
    case .readSecurityLog: "security log"
    case .readPowerEvents: "power event log"
    case .readVoltage(let span): "voltage of the last \(span)"
    case .setVoltageLimits: "voltage limits written"
    case .setLoadLimit(let threshold, let period, _): "load limit \(threshold) for \(period) written"
    case .tariff(let order): order.words
    case .startLog: "half-hourly log begun"
    }
  }
}

extension WANReading {
  var words: String {
    if !said.isEmpty { return said.joined(separator: "; ") }
    if case .register = service, let entry = entries.first { return "\(entry.energy)" }
    let rows = entries.count == 1 ? "1 row" : "\(entries.count) rows"
    return missing == 0 ? rows : "\(rows), \(missing) more never came"
  }
}

extension WANRefusal {
  var words: String {
    switch self {
    case .roleNotAllowed: "this role may not"
    case .noSuchService: "no service reads it"
    case .noSuchRegister: "the meter has no such register or log"
    }
  }
}

extension WANReadFailure {
  var words: String {
    switch self {
    case .silence(let acknowledged): acknowledged ? "accepted, but no answer came" : "no answer"
    case .refused(let refusal): "refused: \(refusal.words)"
    case .noRoute: "no route to the meter"
    case .undelivered: "the network could not reach the meter"
    }
  }
}

extension WANSight.Event {
  /// Nil for what every read goes through.
  var words: String? {
    switch self {
    case .requestSent, .acknowledged, .meterAnswered, .answerArrived: nil
    case .lost: "a message is lost"
    case .doubled: "the answer is doubled"
    case .cut: "the end of the answer is lost"
    case .held: "the request waits until the meter can be reached"
    }
  }
}
