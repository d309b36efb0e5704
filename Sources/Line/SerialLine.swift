// A virtual half-duplex RS-485 line with one reader and any number of far sides on it. Characters take their
// wire time, in whole microseconds from absolute instants; who speaks while another speaks collides. Far
// sides hear the reader, not each other.

public import Timeline
internal import Units

/// The reader's end of a virtual RS-485 multi-drop line.
public final class SerialLine: VirtualPath {
  /// How the meters on the line are set.
  public let settings: SerialSettings
  /// How the reader is set: where it differs, both sides hear garbage (`MismatchedSettings`).
  public let readerSettings: SerialSettings

  /// `stream` is for faults and collisions. The world must outlive the line.
  public init(
    settings: SerialSettings, readerSettings: SerialSettings? = nil, farSides: [any FarSide],
    world: any LineWorld, stream: RandomStream
  ) {
    self.settings = settings
    self.readerSettings = readerSettings ?? settings
    let medium = Medium(readerPace: self.readerSettings, farPace: settings)
    super.init(medium, farSides: farSides, world: world, stream: stream)
  }
}
