// The faults of a path, by their ids from the catalogue.

public import Units

extension VirtualPath {
  /// Arms a fault from now on; frames that are under way keep what has befallen them. Refuses an unknown id,
  /// a wrong parameter, and a fault that is present already (for the same unit). `instant` is when it began,
  /// for a path that was made later; nil for now.
  public func begin(_ setting: FaultSetting, at instant: Instant? = nil) throws(FaultRefusal) {
    try faults.begin(setting, at: instant ?? now)
    for index in listeners.indices { seeHowItStands(index) }
  }

  /// Ends a fault: that of one unit, or of all where none is given. False if it was not present.
  @discardableResult
  public func end(_ id: String, unit: Int64? = nil) -> Bool {
    defer { for index in listeners.indices { seeHowItStands(index) } }
    return faults.end(id, unit: unit)
  }

  /// What a system would say of a port that has vanished (CL-08); nil while it is there.
  public var trouble: String? { faults.trouble(at: now) }

  /// How many frames a fault has changed since the line was made: none means that it had no effect.
  public func effects(of id: String) -> Int { faults.effects(of: id) }

  /// Ids of the faults that are present, once for each unit they are set for.
  public var presentFaults: [String] { faults.present }
}
