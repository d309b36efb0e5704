// Who stands behind a settlement target of the user's own: another program, whose lines HostIO carries.

public import Units

/// The far end of a target's lines.
public protocol TargetPeer: AnyObject {
  /// Sends a line and waits for one. Gives what came without its line end; `trouble` says why that is no
  /// whole line, and is nil where it is one.
  func ask(
    _ line: [UInt8], within patience: TimeSpan, longest: Int
  ) -> (bytes: [UInt8], trouble: String?)

  /// Ends it for good: how it ended, and the last that it wrote to its standard error.
  func end() -> (status: String, errors: String)
}
