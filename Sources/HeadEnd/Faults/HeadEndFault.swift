// What a head-end does that it should not: it makes up what it does not have. The meter and the network are
// in good order.

internal import Line
public import Units

/// One fault of a head-end, its parameters set.
protocol HeadEndFault: Sendable {
  static var declaration: FaultDeclaration { get }
  init(_ values: FaultValues)
  /// What is put in the place of a half-hour that did not come. `known` is what the head-end last heard of
  /// the same half-hour of a day.
  func filling(known: WattHours?) -> WattHours
}

/// The faults of head-ends, in the catalogue's order. Ids are stable: never renamed, never reused.
public enum HeadEndFaults {
  static let table: [any HeadEndFault.Type] = [GapsFilledWithZeros.self, GapsFilledWithEstimates.self]

  public static let all: [FaultDeclaration] = table.map { $0.declaration }

  static func make(_ setting: FaultSetting) throws(FaultRefusal) -> any HeadEndFault {
    guard let type = table.first(where: { $0.declaration.id == setting.id }) else {
      throw FaultRefusal(id: setting.id, message: "no fault of a head-end")
    }
    return type.init(try type.declaration.resolve(setting))
  }
}

/// The faults of one reader, and what it has heard so far.
struct GapFilling {
  private var active: [(id: String, fault: any HeadEndFault)] = []
  /// By register and half-hour of the day, 0…47.
  private var heard: [RegisterRole: [Int: WattHours]] = [:]

  mutating func begin(_ setting: FaultSetting) throws(FaultRefusal) {
    guard !active.contains(where: { $0.id == setting.id }) else {
      throw FaultRefusal(id: setting.id, message: "it is present already; end it before it begins anew")
    }
    active.append((setting.id, try HeadEndFaults.make(setting)))
    // The first of the catalogue leaves no gap for the next.
    active.sort { $0.id < $1.id }
  }

  mutating func end(_ id: String) { active.removeAll { $0.id == id } }

  /// The entries of a window of half-hours with nothing missing; nil where nothing is made up.
  mutating func whole(_ entries: [LogRead.Entry], of service: WANService) -> [LogRead.Entry]? {
    guard case .halfHours(let role, let from, let through) = service else { return nil }
    for entry in entries { heard[role, default: [:]][Self.place(entry.stamp)] = entry.energy }
    guard let fault = active.first?.fault else { return nil }
    var byStamp: [Instant: LogRead.Entry] = [:]
    for entry in entries { byStamp[entry.stamp] = entry }
    var filled = entries
    var stamp = HalfHour(containing: from).start
    if stamp < from { stamp = stamp + HalfHour.length }
    while stamp <= through {
      if byStamp[stamp] == nil {
        filled.append(
          LogRead.Entry(stamp: stamp, energy: fault.filling(known: heard[role]?[Self.place(stamp)])))
      }
      stamp = stamp + HalfHour.length
    }
    return filled.count == entries.count ? nil : filled.sorted { $0.stamp < $1.stamp }
  }

  private static func place(_ stamp: Instant) -> Int { Int(floorModulo(stamp.seconds, 86_400) / 1800) }
}
