// The catalogue of what can go wrong at a site: how energy flows, before any meter sees it (EF). Ids are
// stable: never renamed, never reused. To add one: a file beside this one, its row here, what it does in
// `Site.begin`.

public import Units

/// All faults that a site can have, in the catalogue's order.
public enum SiteFaults {
  public static let all: [FaultDeclaration] = []

  /// The declaration of an id; nil for an id that is no fault of a site.
  public static func declaration(_ id: String) -> FaultDeclaration? { all.first { $0.id == id } }
}

extension Site {
  /// Puts a fault into the site, from what flows next on. Refuses an id that is none of `SiteFaults`.
  public func begin(_ setting: FaultSetting) throws(FaultRefusal) {
    guard let declaration = SiteFaults.declaration(setting.id) else {
      throw FaultRefusal(id: setting.id, message: "no fault of a site")
    }
    _ = try declaration.resolve(setting)
  }

  /// Takes it out again. False if it was not present.
  @discardableResult
  public func end(_ id: String) -> Bool { false }
}
