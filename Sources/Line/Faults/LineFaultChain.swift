// The armed faults of one line, applied in the catalogue's order whatever the order of their beginning.

internal import Timeline
internal import Units

/// A chain of fault stages. With none armed, a frame does not come near it.
struct LineFaultChain {
  private struct Armed {
    let id: String
    let place: Int
    let unit: Int64
    var fault: any LineFault
  }

  private var armed: [Armed] = []
  private var changed: [String: Int] = [:]
  private let stream: RandomStream
  private let carriesCharacters: Bool

  init(stream: RandomStream, carriesCharacters: Bool) {
    (self.stream, self.carriesCharacters) = (stream, carriesCharacters)
  }

  var isIdle: Bool { armed.isEmpty }

  /// Ids of armed faults, once for each setting.
  var present: [String] { armed.map(\.id) }

  /// Frames that a fault changed since the line was made.
  func effects(of id: String) -> Int { changed[id] ?? 0 }

  /// `instant` is when it began; nil where nobody knows.
  mutating func begin(_ setting: FaultSetting, at instant: Instant?) throws(FaultRefusal) {
    let possible = LineFaults.table.filter { carriesCharacters || !$0.needsCharacters }
    guard let type = possible.first(where: { $0.declaration.id == setting.id }),
      let place = LineFaults.table.firstIndex(where: { $0.declaration.id == setting.id })
    else { throw LineFaults.unknown(setting.id, among: possible.map { $0.declaration }) }
    let values = try type.declaration.resolve(setting)
    let hasUnit = type.declaration.parameters.contains(SharedParameter.unit)
    let unit = hasUnit ? values.whole(SharedParameter.unit.name) : SharedParameter.everyUnit
    guard !armed.contains(where: { $0.id == setting.id && $0.unit == unit }) else {
      throw FaultRefusal(id: setting.id, message: "it is present already; end it before it begins anew")
    }
    let draws = stream.stream(setting.id).stream("unit \(unit)")
    var fault = type.init(values, stream: draws)
    if let instant { fault.begin(at: instant) }
    armed.append(Armed(id: setting.id, place: place, unit: unit, fault: fault))
    armed.sort { ($0.place, $0.unit) < ($1.place, $1.unit) }
  }

  /// Ends a fault: that of one address, or of all where none is given. False if it was not present.
  mutating func end(_ id: String, unit: Int64?) -> Bool {
    let before = armed.count
    armed.removeAll { $0.id == id && (unit == nil || $0.unit == unit) }
    return armed.count < before
  }

  /// How a far side's UART really stands that is meant to stand so.
  func uart(_ settings: SerialSettings) -> SerialSettings {
    armed.reduce(settings) { $1.fault.uart($0) }
  }

  /// Why nothing can come at an instant; nil while the port is there.
  func trouble(at instant: Instant) -> String? {
    armed.lazy.compactMap { $0.fault.trouble(at: instant) }.first
  }

  /// Whether any of it throws back what the reader sends.
  var reflects: Bool { armed.contains { type(of: $0.fault).isReflection } }

  /// Only what is thrown back of a request.
  mutating func reflect(_ burst: Burst) {
    for index in armed.indices where type(of: armed[index].fault).isReflection {
      if armed[index].fault.disturb(burst) { changed[armed[index].id, default: 0] += 1 }
    }
  }

  mutating func pass(_ burst: Burst) {
    for index in armed.indices where armed[index].fault.disturb(burst) {
      changed[armed[index].id, default: 0] += 1
    }
  }
}
