// CL-08: the port vanishes: somebody pulls the USB plug, a pseudo-terminal is hung up, an adapter resets.
// While it is gone nothing goes either way, and whoever reads through a system gets an error and must open
// the port again. A live line is really hung up for that time (see `loss`); on a virtual one its door says
// that there is trouble. Where it befalls one station of a bus, only that one is not to be heard.

internal import Timeline
public import Units

/// Nothing goes through, either way.
struct LostPort: LineFault {
  static let declaration = FaultDeclaration(
    id: "CL-08", title: "Port vanishes", layer: .line,
    symptoms: "silence in mid answer, input and output errors, a session that must begin anew",
    parameters: [
      .init(
        name: "gone", meaning: "how long, from its beginning; 0 for as long as the fault lasts",
        kind: .whole(unit: "s", range: 0...3600, default: 0)),
      SharedParameter.unit,
    ],
    caughtBy: ["R-READ-01", "R-VAL-08"], detectors: [.gap])
  static let needsCharacters = false

  fileprivate let gone: TimeSpan
  fileprivate let unit: Int64
  private var since: Instant?

  init(_ values: FaultValues) { (gone, unit) = (.seconds(values.whole("gone")), values.whole("unit")) }

  init(_ values: FaultValues, stream: RandomStream) { self.init(values) }

  mutating func begin(at instant: Instant) { since = instant }

  mutating func disturb(_ frame: Burst) -> Bool {
    guard SharedParameter.covers(unit, frame) else { return false }
    if since == nil { since = frame.start }
    guard isGone(at: frame.start) else { return false }
    frame.silence()
    return true
  }

  func trouble(at instant: Instant) -> String? {
    unit == SharedParameter.everyUnit && isGone(at: instant) ? "Input/output error" : nil
  }

  private func isGone(at instant: Instant) -> Bool {
    gone == .zero || since.map { instant < $0 + gone } ?? true
  }
}

extension LineFaults {
  /// How long a fault takes the port away from every station (zero: as long as it lasts); nil for one that
  /// does not, or has a wrong parameter. Who serves a real line takes it away for that time.
  public static func loss(_ setting: FaultSetting) -> TimeSpan? {
    guard setting.id == LostPort.declaration.id, let values = try? LostPort.declaration.resolve(setting)
    else { return nil }
    let fault = LostPort(values)
    return fault.unit == SharedParameter.everyUnit ? fault.gone : nil
  }
}
