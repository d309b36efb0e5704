// The catalogue of what can go wrong between a meter and its reader. Ids are stable: never renamed, never
// reused.

public import Units

/// All faults that this module knows, in the catalogue's order.
public enum LineFaults {
  static let table: [any LineFault.Type] = [
    BitErrors.self, LostBytes.self, LateReply.self, WrongSpeed.self, Echo.self, BusTrouble.self,
    WrongParity.self, LostPort.self, SilentMeter.self, NoiseBeforeData.self, GapInAnswer.self,
  ]

  static let wanTable: [any WANFault.Type] = [
    WANOutage.self, WANCatchUp.self, WANNoRoute.self, WANPartialDay.self, WANMixUp.self,
  ]

  /// Faults of serial lines and TCP streams (CL), then of the WAN (WN).
  public static let all: [FaultDeclaration] =
    table.map { $0.declaration } + wanTable.map { $0.declaration }

  /// The declaration of an id; nil for an id that is no fault of a line or of the WAN.
  public static func declaration(_ id: String) -> FaultDeclaration? { all.first { $0.id == id } }

  /// Whether it disturbs single characters of a serial line, so that a TCP stream cannot have it; false for
  /// an id that is no fault of a line.
  public static func needsCharacters(_ id: String) -> Bool {
    table.contains { $0.declaration.id == id && $0.needsCharacters }
  }

  /// Whether a setting could be begun: throws the same error as `begin`.
  public static func check(_ setting: FaultSetting) throws(FaultRefusal) {
    guard let declaration = declaration(setting.id) else { throw unknown(setting.id, among: all) }
    _ = try declaration.resolve(setting)
  }

  static func unknown(_ id: String, among known: [FaultDeclaration]) -> FaultRefusal {
    let names = known.map(\.id).joined(separator: ", ")
    return FaultRefusal(id: id, message: "no fault of this line; it can have \(names)")
  }
}
