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
    case .startLog: .startLog
    }
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
    return .smets1(state, meter: meter.name)
  }
}
