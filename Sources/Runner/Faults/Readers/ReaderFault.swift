// What can go wrong with a person who looks at a display and sends what they saw (HR). A fault of this kind
// never touches the meter: the same meter, read by somebody else, is right.

public import MeterModel
internal import Timeline
public import Units

/// What a person stands before, and what they have sent before.
struct DisplayVisit {
  /// The meter that they mean to read.
  let meter: Meter
  let face: DisplayFace
  /// The other meters of the house.
  let beside: [Meter]
  /// What they sent of this meter before, oldest first, as it was sent.
  let past: [Read]
  /// Which reading of this meter it is since the fault began, from 1.
  let ordinal: Int
  /// Draws of this fault on this meter; index them by `ordinal`.
  let draws: RandomStream
}

/// One fault of a person, its parameters set.
protocol ReaderFault: Sendable {
  static var declaration: FaultDeclaration { get }
  /// The kinds of meter at whose display it can happen.
  static var kinds: [Profile.Kind] { get }
  /// Why nobody can make this mistake among these meters; nil if somebody can.
  static func objection(among meters: [Meter]) -> String?
  init(_ values: FaultValues)
  /// What it makes of a reading that would have been right. The photograph, if there is one, is part of it.
  func spoil(_ read: inout Read, at visit: DisplayVisit)
}

extension ReaderFault {
  static var kinds: [Profile.Kind] { Profile.Kind.allCases }
  static func objection(among meters: [Meter]) -> String? { nil }
}

/// All faults of people who read meters, in the catalogue's order. Ids are stable: never renamed, never
/// reused.
public enum ReaderFaults {
  static let table: [any ReaderFault.Type] = [
    DigitsTransposed.self, DigitTooMany.self, DialMisread.self, WrongPageRead.self, WrongMeterRead.self,
    ReadingGuessed.self, ReadingMisdated.self, WrongPhotoSent.self, ReadingInflated.self,
  ]

  public static let all: [FaultDeclaration] = table.map { $0.declaration }

  /// The kinds of meter that a fault can happen at; nil for an id that is no fault of a person.
  public static func kinds(_ id: String) -> [Profile.Kind]? {
    table.first { $0.declaration.id == id }?.kinds
  }

  static func make(
    _ setting: FaultSetting, among meters: [Meter]
  ) throws(FaultRefusal) -> any ReaderFault {
    guard let type = table.first(where: { $0.declaration.id == setting.id }) else {
      throw FaultRefusal(id: setting.id, message: "no fault of a person who reads a meter")
    }
    if let reason = type.objection(among: meters) { throw FaultRefusal(id: setting.id, message: reason) }
    return type.init(try type.declaration.resolve(setting))
  }
}

/// The faults of the people of a story, at work.
struct ReadingPeople {
  private struct Active {
    let id: String
    /// Nil: whichever meter they read.
    let meter: String?
    let fault: any ReaderFault
    /// Readings since it began, by meter.
    var readings: [String: Int] = [:]
  }

  private var active: [Active] = []
  private var sent: [String: [Read]] = [:]

  /// `meters` are those of the house.
  mutating func begin(
    _ setting: FaultSetting, on meter: String?, among meters: [Meter]
  ) throws(FaultRefusal) {
    guard !active.contains(where: { $0.id == setting.id && $0.meter == meter }) else {
      throw FaultRefusal(id: setting.id, message: "it is present already; end it before it begins anew")
    }
    active.append(
      Active(id: setting.id, meter: meter, fault: try ReaderFaults.make(setting, among: meters)))
    // In the catalogue's order, whatever began first.
    active.sort { ($0.id, $0.meter ?? "") < ($1.id, $1.meter ?? "") }
  }

  mutating func end(_ id: String, on meter: String?) {
    active.removeAll { $0.id == id && $0.meter == meter }
  }

  /// What a person sends who should have sent `read`.
  mutating func send(
    _ read: inout Read, of station: Station, face: DisplayFace, beside: [Meter], draws: RandomStream
  ) {
    for index in active.indices where active[index].meter ?? station.name == station.name {
      active[index].readings[station.name, default: 0] += 1
      active[index].fault.spoil(
        &read,
        at: DisplayVisit(
          meter: station.meter, face: face, beside: beside, past: sent[station.name] ?? [],
          ordinal: active[index].readings[station.name] ?? 1,
          draws: draws.stream("reader").stream(active[index].id).stream(station.serial)))
    }
    sent[station.name, default: []].append(read)
  }
}
