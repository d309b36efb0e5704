// What can go wrong with data between the meter's log and the settlement party (DH, and clocks as files tell
// them). The meter's log is right, and stays so.

public import MeterModel
internal import Scenario
public import Units

/// One fault of data, its parameters set.
protocol DataFault: Sendable {
  static var declaration: FaultDeclaration { get }
  init(_ values: FaultValues)
  /// What it does to the file of a batch of half-hours, and to how it is read.
  func spoil(_ sheet: inout FeedSheet, of source: FeedSource)
  /// Where an older version of a batch is sent again: how long after the newer one.
  var sendsOldAgain: TimeSpan? { get }
}

extension DataFault {
  func spoil(_ sheet: inout FeedSheet, of source: FeedSource) {}
  var sendsOldAgain: TimeSpan? { nil }
}

/// Where the half-hours of a file come from.
struct FeedSource {
  /// The half-hours of the import register that the meter logged, by the end of each.
  let imported: (Instant) -> WattHours
}

/// All faults of data, in the catalogue's order. Ids are stable: never renamed, never reused.
public enum DataFaults {
  static let table: [any DataFault.Type] = [
    ClockChangeInRows.self, EndsReadAsStarts.self, ZerosLeftOut.self, BinaryFractions.self,
    LocalStampsAcrossClockChange.self, WrongColumn.self, SlotsTruncated.self, DatesMixedUp.self,
    OldVersionSentAgain.self, MidnightInWrongDay.self,
  ]

  public static let all: [FaultDeclaration] = table.map { $0.declaration }

  /// The kinds of meter whose data can have a fault; nil for an id that is no fault of data.
  public static func kinds(_ id: String) -> [Profile.Kind]? {
    all.contains { $0.id == id } ? [.electronic, .smets1, .smets2] : nil
  }

  static func make(_ setting: FaultSetting) throws(FaultRefusal) -> any DataFault {
    guard let type = table.first(where: { $0.declaration.id == setting.id }) else {
      throw FaultRefusal(id: setting.id, message: "no fault of data")
    }
    return type.init(try type.declaration.resolve(setting))
  }
}

/// The faults of one meter's feed, at work, in the catalogue's order whatever began first.
struct FeedFaults {
  private(set) var active: [(id: String, fault: any DataFault)] = []

  var isIdle: Bool { active.isEmpty }

  mutating func begin(_ setting: FaultSetting) throws(FaultRefusal) {
    guard !active.contains(where: { $0.id == setting.id }) else {
      throw FaultRefusal(id: setting.id, message: "it is present already; end it before it begins anew")
    }
    active.append((setting.id, try DataFaults.make(setting)))
    active.sort { $0.id < $1.id }
  }

  mutating func end(_ id: String) { active.removeAll { $0.id == id } }
}
