// Rows by which somebody tells a smart meter something: `remote-order`, `smets1`.

internal import Line
internal import MeterModel
internal import Units

extension TimelineRow {
  /// The words of `remote-order`, each with what it makes of the row's other keys.
  private enum OrderWord: String, CaseIterable {
    case setClock = "set-clock"
    case enableSupply = "enable-supply"
    case disableSupply = "disable-supply"
    case armSupply = "arm-supply"
    case readSupply = "read-supply"
    case readExportMPAN = "read-export-mpan"
    case setExportMPAN = "set-export-mpan"
    case readEvents = "read-events"
    case readSecurityLog = "read-security-log"
    case readPowerEvents = "read-power-events"
    case readVoltage = "read-voltage"
    case setVoltageLimits = "set-voltage-limits"
    case setLoadLimit = "set-load-limit"
    case startLog = "start-log"
  }

  private enum Sender: String, CaseIterable {
    case importSupplier = "import-supplier"
    case exportSupplier = "export-supplier"
    case distributor

    var role: WANRole {
      switch self {
      case .importSupplier: .importSupplier
      case .exportSupplier: .exportSupplier
      case .distributor: .distributor
      }
    }
  }

  /// 60 s is what published examples of the service request allow.
  private static let usualTolerance = TimeSpan.seconds(60)

  /// `remote-order: set-clock`, `on:` a meter, `by:` who sends it.
  mutating func remoteOrder(in cast: Cast) throws -> RemoteOrder {
    let words = OrderWord.allCases.map(\.rawValue) + TariffOrderWord.allCases.map(\.rawValue)
    let word = try subject.word(among: words, "order")
    let meter = try remoteMeter(try fields.required("on"), in: cast)
    let sender = try fields.optional("by")?.word("sender of an order", Sender.self) ?? .importSupplier
    let order =
      if let word = TariffOrderWord(rawValue: word) {
        WANOrder.tariff(try tariffOrder(word))
      } else {
        try order(try subject.word("order", OrderWord.self))
      }
    return RemoteOrder(meter: meter.name, order: order, sender: sender.role)
  }

  private mutating func order(_ word: OrderWord) throws -> WANOrder {
    switch word {
    case .setClock:
      .setClock(
        wanted: try fields.optional("wanted")?.quantity("the time that is wanted"),
        tolerance: try fields.optional("tolerance")?.duration("the tolerance") ?? Self.usualTolerance)
    case .enableSupply: .enableSupply
    case .disableSupply: .disableSupply
    case .armSupply: .armSupply
    case .readSupply: .readSupply
    case .readExportMPAN: .readExportMPAN
    // As written: a wrong one is what a story may be about.
    case .setExportMPAN: .setExportMPAN(try fields.required("mpan").text("the MPAN"))
    case .readEvents: .readEvents
    case .readSecurityLog: .readSecurityLog
    case .readPowerEvents: .readPowerEvents
    case .readVoltage:
      .readVoltage(last: try fields.optional("last")?.duration("the stretch") ?? .days(1))
    case .setVoltageLimits: .setVoltageLimits(try VoltageLimits(&fields))
    case .setLoadLimit: try loadLimit()
    case .startLog: .startLog
    }
  }

  /// What published examples of the object have, where a row does not say otherwise.
  private mutating func loadLimit() throws -> WANOrder {
    let node = try fields.required("threshold")
    let threshold: Power = try node.quantity("the threshold")
    guard threshold > .zero else {
      throw node.diagnostic("BS-SCN-10", "a load limit is above 0 W", help: "write 6900 W")
    }
    return .setLoadLimit(
      threshold: threshold, period: try fields.optional("period")?.duration("the period") ?? .seconds(300),
      restoration: try fields.optional("restoration")?.duration("the restoration period") ?? .seconds(30))
  }

  /// `smets1: dormant`, `on:` a meter.
  mutating func smets1(in cast: Cast) throws -> Command.Action {
    let state = try subject.word("state of a SMETS1 installation", SMETS1State.self)
    let node = try fields.required("on")
    let meter = try remoteMeter(node, in: cast)
    guard meter.profile.kind == .smets1 else {
      throw node.diagnostic(
        "BS-SCN-30", "\(meter.name) (\(meter.profile.name)) is no SMETS1 meter",
        help: "only a SMETS1 installation goes dumb or is enrolled")
    }
    guard state == .migrating else { return .smets1(state, meter: meter.name) }
    let takes = try fields.optional("takes")?.duration("the migration") ?? Self.usualMigration
    return .migration(meter: meter.name, takes: takes)
  }

  /// How long an attempt to bring a meter into the DCC takes (our assumption).
  private static let usualMigration = TimeSpan.hours(4)

  /// `voltage: 255 V`, from and to: what the network's own voltage is meanwhile.
  func networkVoltage(until end: Instant, in cast: Cast) throws -> Command.Action {
    guard cast.hasSite else {
      throw subject.diagnostic("BS-SCN-48", "nothing flows in a story without a site", help: "add `site:`")
    }
    return .voltage(try subject.millivolts("the voltage", in: 0...600), until: end)
  }
}
