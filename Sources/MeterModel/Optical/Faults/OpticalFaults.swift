// The faults of an optical port's answers. They act on the dialogue and its lists, so they begin at an
// `OpticalAnswering`, not at a `Meter`. PR-05 is declared with the Modbus answers; of its kinds, an optical
// port can have `impostor`: it answers to every device address.

public import Units
internal import Wire

/// The catalogue's faults of optical ports.
public enum OpticalFaults {
  /// Those that this folder declares.
  public static let all: [FaultDeclaration] = [RegisterConfusion.declaration, WrongDataBlock.declaration]

  /// The kinds of meter whose optical port can have a fault; nil for an id that is none of theirs.
  public static func kinds(_ id: String) -> [Profile.Kind]? {
    let known = all.contains { $0.id == id } || id == WrongUnitAnswer.declaration.id
    return known ? [.electronic, .smets1, .smets2] : nil
  }
}

extension OpticalAnswering {
  /// Puts a fault into the answers; one that is present already is replaced. A station must have been made.
  public func begin(_ setting: FaultSetting) throws(FaultRefusal) {
    switch setting.id {
    case RegisterConfusion.declaration.id:
      confusion = RegisterConfusion(try RegisterConfusion.declaration.resolve(setting))
    case WrongDataBlock.declaration.id:
      let values = try WrongDataBlock.declaration.resolve(setting)
      guard values.choice("kind") != DataNotWhole.lost else {
        throw FaultRefusal(
          id: setting.id, parameter: "kind", message: "only a DLMS answer is of blocks that can be lost so")
      }
      let fault = WrongDataBlock(values)
      if let station { fault.arm(&station.defects) }
    case WrongUnitAnswer.declaration.id:
      let values = try WrongUnitAnswer.declaration.resolve(setting)
      guard values.choice("kind") == "impostor" else {
        throw FaultRefusal(
          id: setting.id, parameter: "kind",
          message: "an optical port can only be an impostor: it answers to every device address")
      }
      station?.defects.answersEveryone = true
    default:
      let known = (OpticalFaults.all.map(\.id) + [WrongUnitAnswer.declaration.id]).joined(separator: ", ")
      throw FaultRefusal(id: setting.id, message: "no fault of an optical port; it can have \(known)")
    }
  }

  /// Takes a fault away. False if it was not present.
  @discardableResult
  public func end(_ faultID: String) -> Bool {
    switch faultID {
    case RegisterConfusion.declaration.id:
      defer { confusion = nil }
      return confusion != nil
    case WrongDataBlock.declaration.id:
      guard let station, station.defects.message != nil else { return false }
      WrongDataBlock.disarm(&station.defects)
      return true
    case WrongUnitAnswer.declaration.id:
      guard let station, station.defects.answersEveryone else { return false }
      station.defects.answersEveryone = false
      return true
    default: return false
    }
  }
}
