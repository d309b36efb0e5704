// The line of live meters, with its faults: they befall every connection alike, those that are open and those
// that will come.

public import Line
internal import Timeline
public import Units

/// What disturbs a live line. It lives on the thread that serves it.
public final class LiveLine {
  private let settings: SerialSettings?
  private let stream: RandomStream
  /// A connection that nobody uses: it knows which faults this line can have, also while no client is there.
  private let proof: FaultyFarSide
  private var settingsOfFaults: [(setting: FaultSetting, since: Instant?)] = []
  private var sides: [WeakSide] = []
  private var connections = 0
  private var roomBeforePruning = 64

  private struct WeakSide { weak var side: FaultyFarSide? }

  /// `settings` are those of the serial line; nil for TCP, where some faults cannot be.
  public init(settings: SerialSettings?, seed: UInt64) {
    self.settings = settings
    stream = RandomStream(seed: seed).stream("live")
    proof = FaultyFarSide(Nobody(), settings: settings, stream: stream)
  }

  /// Ids of the faults that are present, in order of their beginning; with `unit`, those that can befall it.
  public func faults(of unit: UInt8? = nil) -> [String] {
    var ids: [String] = []
    for (setting, _) in settingsOfFaults where !ids.contains(setting.id) {
      let only = setting.whole["unit"] ?? 0
      if only == 0 || unit == nil || only == unit.map(Int64.init) { ids.append(setting.id) }
    }
    return ids
  }

  /// A far side behind the faults of this line, for one connection.
  public func farSide(_ inner: any FarSide) -> any FarSide {
    connections += 1
    let side = FaultyFarSide(inner, settings: settings, stream: stream.stream("connection \(connections)"))
    // They were begun at the proof, so they can be begun here.
    for fault in settingsOfFaults { try? side.begin(fault.setting, at: fault.since) }
    if sides.count >= roomBeforePruning {
      sides.removeAll { $0.side == nil }
      roomBeforePruning = max(64, sides.count * 2)
    }
    sides.append(WeakSide(side: side))
    return side
  }

  /// Begins a fault on all connections, or throws and begins it nowhere. `instant` is the line's.
  public func begin(_ setting: FaultSetting, at instant: Instant? = nil) throws(FaultRefusal) {
    try proof.begin(setting)
    settingsOfFaults.append((setting, instant))
    for one in sides { try? one.side?.begin(setting, at: instant) }
  }

  /// Ends a fault: that of one unit, or of all where none is given. False if it was not present.
  public func end(_ id: String, unit: Int64? = nil) -> Bool {
    guard proof.end(id, unit: unit) else { return false }
    settingsOfFaults.removeAll {
      $0.setting.id == id && (unit == nil || $0.setting.whole["unit"] ?? 0 == unit)
    }
    for one in sides { one.side?.end(id, unit: unit) }
    return true
  }
}

/// A far side without a meter.
private final class Nobody: FarSide {
  func hear(_ bytes: ArraySlice<UInt8>, at: Instant) {}
  var wakes: Instant? { nil }
  func speak(at: Instant, into answers: inout [TimedBytes]) {}
}
