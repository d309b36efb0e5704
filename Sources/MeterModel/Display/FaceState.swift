// What a meter's front looks like at an instant: a plain value, from which it is drawn and from which a
// person reads it. Nothing in it is read back into the meter.

/// A meter's face at one instant.
public struct FaceState: Hashable, Sendable {
  /// What shows the count.
  public enum Counter: Hashable, Sendable {
    case drums(DrumTrain)
    case dials([DialPointer])
    case crystal(CrystalState)
  }

  /// The LED on the front.
  public enum Lamp: String, Hashable, Sendable { case dark, lit }

  public var style: FaceDesign.Style
  public var plate: Nameplate
  public var counter: Counter
  /// The disc, in thousandths of a degree that its mark has gone from the front's middle, 0 ..< 360 000: it
  /// goes to the right as energy is imported. Nil without a disc.
  public var discAngle: Int64?
  /// Nil for a front without an LED.
  public var lamp: Lamp?
  /// The page that is shown.
  public var page: DisplayPage
  /// Without its supply a display and its lamps are dark; drums, dials and disc stand as they stood.
  public var hasSupply = true

  public var serial: String { plate.serial }

  /// The digits that a careful person reads, cut as the meter cuts them; nil where there is nothing to read.
  /// An illegible LCD digit is nil in its place.
  public var figures: [Int?]? {
    switch counter {
    case .drums(let train): train.figures
    case .dials(let pointers): pointers.filter { !$0.isRed }.map(\.figure)
    case .crystal(let crystal):
      crystal.isBlank || page.role == nil ? nil : crystal.digits.map(\.figure)
    }
  }

  /// How many of the figures stand after the point.
  public var decimals: Int {
    if case .crystal(let crystal) = counter { return crystal.decimals }
    return 0
  }
}
