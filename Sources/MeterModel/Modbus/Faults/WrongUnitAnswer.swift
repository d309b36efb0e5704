// PR-05. RTU answers carry no transaction number: who answered is told by the unit number alone, and a
// gateway may hide even that. Users report a unit that answers under another's number, two units with one
// number, and gateways that go on serving an old value when the meter behind them is gone.

public import Units
internal import Wire

/// The answer is not this meter's present one, in one of three ways.
struct WrongUnitAnswer {
  static let declaration = FaultDeclaration(
    id: "PR-05", title: "Wrong unit answers, or an old answer is served again", layer: .protocolAnswer,
    symptoms: "frames of another unit; another meter's values; values that repeat and then jump",
    parameters: [
      .init(
        name: "kind",
        meaning: "number: its answers bear another unit's number; impostor: it answers requests to another "
          + "unit too, under that number; stale: a gateway serves its last answer again",
        kind: .choice(["number", "impostor", "stale"], default: "number")),
      .init(
        name: "unit", meaning: "the other unit's number",
        kind: .whole(unit: "unit", range: 1...247, default: 2)),
      .init(
        name: "age", meaning: "stale: how long an answer is served again",
        kind: .whole(unit: "s", range: 0...3600, default: 900)),
    ],
    caughtBy: ["R-READ-10", "R-VAL-12"], detectors: [.stuck, .identity])

  enum Kind { case number, impostor, stale }

  let kind: Kind
  let unit: UInt8
  let age: TimeSpan
  private var kept: [ModbusRequest: (at: Instant, pdu: [UInt8])] = [:]

  init(_ setting: FaultSetting) throws(FaultRefusal) {
    let values = try Self.declaration.resolve(setting)
    switch values.choice("kind") {
    case "impostor": kind = .impostor
    case "stale": kind = .stale
    default: kind = .number
    }
    unit = UInt8(clamping: values.whole("unit"))
    age = .seconds(values.whole("age"))
  }

  /// The number that the answers bear instead of the meter's own.
  var shownUnit: UInt8? { kind == .number ? unit : nil }
  var keepsAnswers: Bool { kind == .stale }

  /// An answer to the same request that is young enough to be served again.
  func answer(to request: ModbusRequest, at instant: Instant) -> [UInt8]? {
    guard let old = kept[request], instant - old.at < age else { return nil }
    return old.pdu
  }

  mutating func keep(_ pdu: [UInt8], to request: ModbusRequest, at instant: Instant) {
    kept[request] = (instant, pdu)
  }
}

/// The faults that this folder knows: they act on answers, so they begin at a `ModbusAnswering`, not at a
/// `Meter`.
public enum ModbusFaults {
  public static let all: [FaultDeclaration] = [WrongUnitAnswer.declaration]

  /// The kinds of meter whose answers can have a fault; nil for an id that is no fault of answers.
  public static func kinds(_ id: String) -> [Profile.Kind]? {
    all.contains { $0.id == id } ? [.modbus] : nil
  }
}

extension ModbusAnswering {
  /// Puts a fault of `ModbusFaults` into the answers. One that is present already is replaced.
  public func begin(_ setting: FaultSetting) throws(FaultRefusal) {
    wrongUnit = try WrongUnitAnswer(setting)
    rename()
  }

  /// Takes a fault away. False if it was not present.
  @discardableResult
  public func end(_ faultID: String) -> Bool {
    guard faultID == WrongUnitAnswer.declaration.id, wrongUnit != nil else { return false }
    wrongUnit = nil
    rename()
    return true
  }

  /// Another unit's number to which it answers as well; nil when it behaves.
  public var impostorUnit: UInt8? { wrongUnit?.kind == .impostor ? wrongUnit?.unit : nil }

  /// Serves an old answer where the fault has one. Writes go through and are never kept.
  func answerFromCache(_ request: ModbusRequest, at instant: Instant, into pdu: inout [UInt8]) {
    if let old = wrongUnit?.answer(to: request, at: instant) {
      pdu.append(contentsOf: old)
      return
    }
    let start = pdu.count
    answerNow(request, at: instant, into: &pdu)
    if case .readRegisters = request { wrongUnit?.keep(Array(pdu[start...]), to: request, at: instant) }
  }
}
