// What happens in the life of a contract and is told wrongly, late or twice, or not at all (LE). The event
// itself takes place; what the settlement party hears of it is at fault.

internal import Scenario
internal import Settlement
public import Units

/// One fault of a life event, its parameters set.
protocol LifeFault: Sendable {
  static var declaration: FaultDeclaration { get }
  init(_ values: FaultValues)
  /// What is told of an exchange of meters; nil where nobody tells.
  func tell(_ exchange: MeterExchange) -> MeterExchange?
  /// What is told in the place of one event.
  func tell(_ event: CaseEvent) -> [CaseEvent]
  /// What is told as it begins.
  func news(at instant: Instant) -> [CaseEvent]
  /// What flows while it lasts, where that is the fault.
  var flow: Power? { get }
}

extension LifeFault {
  func tell(_ exchange: MeterExchange) -> MeterExchange? { exchange }
  func tell(_ event: CaseEvent) -> [CaseEvent] { [event] }
  func news(at instant: Instant) -> [CaseEvent] { [] }
  var flow: Power? { nil }
}

/// All faults of life events, in the catalogue's order. Ids are stable: never renamed, never reused.
public enum LifeFaults {
  static let table: [any LifeFault.Type] = [
    ExchangeToldBadly.self, ExchangeUntold.self, RegistrationMisdated.self, SwitchInsideADay.self,
    FeedInStillPaid.self, HouseVacant.self,
  ]

  public static let all: [FaultDeclaration] = table.map { $0.declaration }

  static func make(_ setting: FaultSetting) throws(FaultRefusal) -> any LifeFault {
    guard let type = table.first(where: { $0.declaration.id == setting.id }) else {
      throw FaultRefusal(id: setting.id, message: "no fault of a life event")
    }
    return type.init(try type.declaration.resolve(setting))
  }
}

/// The life faults of a story, at work, in the catalogue's order whatever began first.
struct LifeAtFault {
  /// `meter` is nil where it is on the agreement or the site.
  private var active: [(id: String, meter: String?, fault: any LifeFault)] = []

  mutating func begin(_ setting: FaultSetting, on meter: String?) throws(FaultRefusal) -> any LifeFault {
    guard !active.contains(where: { $0.id == setting.id && $0.meter == meter }) else {
      throw FaultRefusal(id: setting.id, message: "it is present already; end it before it begins anew")
    }
    let fault = try LifeFaults.make(setting)
    active.append((setting.id, meter, fault))
    active.sort { ($0.id, $0.meter ?? "") < ($1.id, $1.meter ?? "") }
    return fault
  }

  mutating func end(_ id: String, on meter: String?) {
    active.removeAll { $0.id == id && $0.meter == meter }
  }

  func tell(_ exchange: MeterExchange) -> MeterExchange? {
    var told: MeterExchange? = exchange
    for one in active where one.meter ?? exchange.meter == exchange.meter {
      told = told.flatMap { one.fault.tell($0) }
    }
    return told
  }

  func tell(_ event: CaseEvent) -> [CaseEvent] {
    active.reduce([event]) { told, one in told.flatMap { one.fault.tell($0) } }
  }
}
