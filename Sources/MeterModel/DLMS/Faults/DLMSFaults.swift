// What can go wrong between a meter's registers and its DLMS answers. Ids are those of the catalogue of
// faults: never renamed, never reused. They act on one port's answers, so they begin at a `DLMSAnswering`.

public import Units
internal import Wire

/// A fault of DLMS answers, its parameters set.
protocol DLMSFault: Sendable {
  static var declaration: FaultDeclaration { get }
  init(_ values: FaultValues)
  /// Why DLMS answers cannot have it so though another port's can; nil if they can.
  static func objection(_ values: FaultValues) -> String?
  /// What it does to the server as it begins.
  func strike(_ server: COSEMServer)
  /// What is undone as it ends.
  func lift(_ server: COSEMServer)
}

extension DLMSFault {
  static func objection(_ values: FaultValues) -> String? { nil }
  func strike(_ server: COSEMServer) {}
  func lift(_ server: COSEMServer) {}
}

/// The faults of DLMS answers.
public enum DLMSFaults {
  static let table: [any DLMSFault.Type] = [
    ScalerWrong.self, GapsHidden.self, CounterFaulty.self, NamesConfused.self, BlockLost.self,
  ]

  public static let all: [FaultDeclaration] = table.map { $0.declaration }

  /// The kinds of meter whose answers can have a fault; nil for an id that is no fault of answers.
  public static func kinds(_ id: String) -> [Profile.Kind]? {
    all.contains { $0.id == id } ? [.electronic, .smets1, .smets2] : nil
  }
}

/// Those that are present, by id.
struct DLMSPresentFaults {
  private var present: [String: any DLMSFault] = [:]

  var hidesGaps: GapsHidden? { fault() }

  func scaler(_ right: Int8) -> Int8 {
    let wrong: ScalerWrong? = fault()
    return wrong?.scaler(right) ?? right
  }

  /// The register that is shown under the name of another; nil where none is.
  func confused(_ asked: DLMSRegister) -> DLMSRegister? {
    let confusion: NamesConfused? = fault()
    return confusion == nil ? asked : confusion?.shown(for: asked)
  }

  private func fault<Fault: DLMSFault>() -> Fault? { present[Fault.declaration.id] as? Fault }

  mutating func begin(_ setting: FaultSetting, at server: COSEMServer) throws(FaultRefusal) {
    guard let type = DLMSFaults.table.first(where: { $0.declaration.id == setting.id }) else {
      throw FaultRefusal(id: setting.id, parameter: nil, message: "no fault of DLMS answers has this id")
    }
    let values = try type.declaration.resolve(setting)
    if let objection = type.objection(values) {
      throw FaultRefusal(id: setting.id, parameter: nil, message: objection)
    }
    let fault = type.init(values)
    present[setting.id]?.lift(server)
    present[setting.id] = fault
    fault.strike(server)
  }

  mutating func end(_ id: String, at server: COSEMServer) -> Bool {
    guard let fault = present.removeValue(forKey: id) else { return false }
    fault.lift(server)
    return true
  }
}

extension DLMSAnswering {
  /// Puts a fault of `DLMSFaults` into the answers. One that is present already is replaced.
  public func begin(_ setting: FaultSetting) throws(FaultRefusal) {
    try device.faults.begin(setting, at: server)
  }

  /// Takes a fault away. False if it was not present.
  @discardableResult
  public func end(_ faultID: String) -> Bool { device.faults.end(faultID, at: server) }
}
