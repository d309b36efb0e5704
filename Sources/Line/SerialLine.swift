// A virtual half-duplex line with one reader and any number of far sides on it: RS-485, or an optical head on
// a meter. Characters take their wire time, in whole microseconds from absolute instants; who speaks while
// another speaks collides. Far sides hear the reader, not each other.

public import Timeline
internal import Units

/// The reader's end of a virtual multi-drop line, or of an optical head.
public final class SerialLine: VirtualPath {
  /// How the meters on the line are set that do not say themselves (`FarSide.settings`).
  public let meterSettings: SerialSettings

  /// `readerSettings` is how the reader's UART stands at first: where it differs from the meters', both sides
  /// hear garbage (`MismatchedSettings`). `stream` is for faults and collisions.
  /// The world must outlive the line.
  public init(
    settings: SerialSettings, readerSettings: SerialSettings? = nil, farSides: [any FarSide],
    world: any LineWorld, stream: RandomStream
  ) {
    meterSettings = settings
    let medium = Medium(readerPace: readerSettings ?? settings, farPace: settings)
    super.init(medium, farSides: farSides, world: world, stream: stream)
  }

  /// An optical head on a meter. Both UARTs stand at `settings` at first; the reader's with eight data bits
  /// where the head has no others. No frame names a station: a fault of one unit befalls none.
  public init(
    head: OpticalHead, settings: SerialSettings, readerSettings: SerialSettings? = nil, farSide: any FarSide,
    world: any LineWorld, stream: RandomStream
  ) {
    meterSettings = settings
    let wanted = readerSettings ?? settings
    let medium = Medium(
      readerPace: head.allows(wanted) ? wanted : wanted.onWire, farPace: settings, unitIndex: nil, head: head)
    super.init(medium, farSides: [farSide], world: world, stream: stream)
  }
}
