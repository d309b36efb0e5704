// Why a dialogue with a meter (IEC 62056-21, DLMS/COSEM) gave no value. One failure stands for the whole
// exchange that was asked for; a number that is not certain is never returned in its place.

internal import Line
public import Units

/// A read that gave nothing.
public struct DialogueFailure: Error, Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// No byte came in time.
    case silence
    /// Bytes came that are no message of the protocol: wrong speed, noise, another protocol.
    case unreadable
    /// A message came whose BCC, HCS, FCS or checksum is wrong, also after all repeats.
    case checksum
    /// A message began and did not end in time.
    case incomplete
    /// A well-formed message that has no place in the dialogue here.
    case unexpected
    /// The meter says no: NAK, error text, data-access-result, exception-response, rejected association.
    case refused
    /// Password, challenge or key was not accepted.
    case authentication
    /// A ciphered message cannot be trusted: wrong tag, an invocation counter that does not grow.
    case security
    /// The meter answers, but has no such register or object.
    case absent
    /// The port or connection was lost, with the system's own word.
    case port
  }

  public var kind: Kind
  /// One clause for people: what came, what was expected.
  public var detail: String
  public var at: Instant

  public init(_ kind: Kind, _ detail: String, at: Instant) {
    (self.kind, self.detail, self.at) = (kind, detail, at)
  }

  /// A failure at a door: where nothing more came because the port itself has gone, that is the failure.
  init(_ kind: Kind, _ detail: String, at door: any Door) {
    let isShort = kind == .silence || kind == .incomplete
    if isShort, let trouble = door.trouble {
      self.init(.port, "\(detail): \(trouble)", at: door.now)
    } else {
      self.init(kind, detail, at: door.now)
    }
  }
}
