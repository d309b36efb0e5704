// How a make of meter looks from the front: what kind of face it has, and what its nameplate says. Only a
// picture and a person who reads it depend on this; what is measured does not.

/// The face of a make of meter, as data: the `face:` part of a profile, or what its kind usually has.
public struct FaceDesign: Hashable, Sendable {
  public enum Style: String, Hashable, Sendable, CaseIterable {
    /// A disc meter with a cyclometer: figures on drums.
    case drums
    /// A disc meter with pointer dials.
    case dials
    /// A static single-phase meter with an LCD.
    case crystal
    /// A small static meter with seven large digits.
    case largeDigits = "large-digits"
    /// A smart meter with keypad, pages and communications hub.
    case smart
    /// A static three-phase meter on a panel.
    case polyphase
    /// One module wide on a DIN rail.
    case railNarrow = "rail-narrow"
    /// Four modules wide on a DIN rail.
    case railWide = "rail-wide"

    /// Its figures stand without a supply: drums and dials.
    public var isMechanical: Bool { self == .drums || self == .dials }
  }

  public var style: Style
  /// Who made it, as the plate says; of a make nobody makes, an invented name.
  public var brand: String
  /// The maker's type.
  public var type: String
  /// Accuracy class: `2` and `1` of IEC 62053, `A`, `B` and `C` of the Measuring Instruments Directive.
  public var accuracy: String
  /// Basic and maximum current, as written on plates: `20-80 A`, `0.25-5(100) A`.
  public var current: String
  public var year: Int
  /// A last drum or dial of tenths, red, which is not read.
  public var hasTenth: Bool
  /// The page changes by itself (a display roll), or only when a key is pressed.
  public var rolls: Bool

  public init(
    style: Style, brand: String = "", type: String = "", accuracy: String = "", current: String = "",
    year: Int, hasTenth: Bool = false, rolls: Bool = false
  ) {
    (self.style, self.brand, self.type, self.accuracy) = (style, brand, type, accuracy)
    (self.current, self.year, self.hasTenth, self.rolls) = (current, year, hasTenth, rolls)
  }
}

extension FaceDesign {
  /// What a meter of this kind looks like where its profile says nothing. Names, types, classes and years are
  /// our assumption.
  public static func usual(_ kind: Profile.Kind, phases: Int) -> FaceDesign {
    switch (kind, phases) {
    case (.analogue, 1):
      FaceDesign(
        style: .drums, brand: "Thornbury & Vale", type: "TV-14", accuracy: "2", current: "20-80 A",
        year: 1989)
    case (.analogue, _):
      FaceDesign(
        style: .drums, brand: "Thornbury & Vale", type: "TV-33", accuracy: "2", current: "3x20-100 A",
        year: 1991)
    case (.electronic, 1):
      FaceDesign(
        style: .crystal, brand: "Calder Metering", type: "CM-51", accuracy: "2", current: "20-100 A",
        year: 2006)
    case (.electronic, _):
      FaceDesign(
        style: .polyphase, brand: "Calder Metering", type: "CM-83", accuracy: "B",
        current: "3x0.5-10(100) A", year: 2012, rolls: true)
    case (.smets1, _):
      FaceDesign(
        style: .smart, brand: "Wrenfield", type: "WS-100", accuracy: "B", current: "0.25-5(100) A",
        year: 2015, rolls: true)
    case (.smets2, _):
      FaceDesign(
        style: .smart, brand: "Wrenfield", type: "WS-200", accuracy: "B", current: "0.25-5(100) A",
        year: 2021, rolls: true)
    case (.modbus, 1):
      FaceDesign(
        style: .railNarrow, brand: "Pennant", type: "PR-1", accuracy: "B", current: "0.25-5(45) A",
        year: 2019, rolls: true)
    case (.modbus, _):
      FaceDesign(
        style: .railWide, brand: "Pennant", type: "PR-3", accuracy: "B", current: "3x0.25-10(100) A",
        year: 2019, rolls: true)
    }
  }
}

extension FaceDesign {
  /// The usual face of a kind, with the names of a maker and a model that are not empty.
  public static func usual(_ kind: Profile.Kind, phases: Int, maker: String, model: String) -> FaceDesign {
    var design = usual(kind, phases: phases)
    if !maker.isEmpty { design.brand = maker }
    if !model.isEmpty { design.type = model }
    return design
  }
}

extension Profile {
  /// The face it has: its own, or its kind's with the maker and model that the profile names.
  public var faceDesign: FaceDesign {
    face ?? .usual(kind, phases: phases, maker: maker, model: model)
  }
}
