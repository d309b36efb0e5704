// The catalogue of what can go wrong at a site: how energy flows, before any meter sees it (EF). Ids are
// stable: never renamed, never reused. To add one: a file beside this one, and its row here.

public import Units

/// All faults that a site can have, in the catalogue's order.
public enum SiteFaults {
  static let kinds: [any SiteTrouble.Type] = [
    BoughtEnergyExported.self, ExportClipped.self, LimiterFailsOpen.self, SnowOnModules.self,
    DirtAndShade.self, GeneratorOutage.self, UndeclaredExtension.self, OverVoltageTrips.self,
    SecondGenerator.self, NeighbourOnSupply.self, SupplyInterrupted.self,
  ]

  public static let all: [FaultDeclaration] = kinds.map { $0.declaration }

  /// The declaration of an id; nil for an id that is no fault of a site.
  public static func declaration(_ id: String) -> FaultDeclaration? { all.first { $0.id == id } }

  /// The fault as somebody asked for it. Refuses an id that is none of these, and values out of range.
  static func make(_ setting: FaultSetting, at begin: Instant) throws(FaultRefusal) -> any SiteTrouble {
    guard let kind = kinds.first(where: { $0.declaration.id == setting.id }) else {
      throw FaultRefusal(id: setting.id, message: "no fault of a site")
    }
    return kind.init(try kind.declaration.resolve(setting), at: begin)
  }
}

/// One fault of a site while it holds.
protocol SiteTrouble: Sendable {
  static var declaration: FaultDeclaration { get }

  /// From values that its declaration has checked, and the instant at which it begins.
  init(_ values: FaultValues, at begin: Instant)

  /// Refuses a site that cannot have it.
  func check(_ installation: Installation) throws(FaultRefusal)

  /// Adds what it does to what others do: the sum is the same in any order.
  func add(to disturbance: inout Disturbance)
}

extension SiteTrouble {
  func check(_ installation: Installation) throws(FaultRefusal) {}
}

extension Site {
  /// Puts a fault into the site, from what flows next on; one that holds already begins anew. Refuses an id
  /// that is none of `SiteFaults`, and a site that cannot have it.
  public func begin(_ setting: FaultSetting) throws(FaultRefusal) {
    let trouble = try SiteFaults.make(setting, at: now)
    guard modelled != nil, case .modelled(let installation) = description.boundary else {
      throw FaultRefusal(
        id: setting.id,
        message: "the site states its flow, and a fault of the site needs one that is modelled")
    }
    try trouble.check(installation)
    modelled?.begin(trouble, id: setting.id)
  }

  /// Takes it out again. False if it was not present.
  @discardableResult
  public func end(_ id: String) -> Bool {
    modelled?.end(id, at: now) ?? false
  }
}
