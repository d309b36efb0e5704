// What is told of a read after it came: that it is withdrawn, corrected, or that its proof failed. The read
// is named by register and instant; what is told of it holds whether the read came before or after
// (R-READ-07, -11).

internal import Units

struct ReadChange: Hashable {
  enum Kind: Hashable {
    case withdrawn
    case corrected(to: WattHours)
    /// The customer was asked for proof, and what came did not satisfy.
    case unproven
    /// What came did.
    case proven
  }

  var kind: Kind
  var serial: String
  var register: RegisterRole
  /// The instant of the read.
  var taken: Instant
  /// Only a read of this value is meant, where one is told.
  var value: WattHours?
  var received: Instant
  var cause: Cause

  func isAbout(_ read: Read) -> Bool {
    read.serial == serial && read.register == register && read.at == taken
      && (value == nil || value == read.value)
  }

  /// A read with all that is known of it; nil if it counts no more. `changes` are in order of arrival.
  static func apply(_ changes: [ReadChange], to read: Read) -> Read? {
    var kept: Read? = read
    for change in changes where change.isAbout(read) {
      switch change.kind {
      case .withdrawn, .unproven: kept = nil
      case .proven: kept = kept ?? read
      case .corrected(let value):
        kept = read
        kept?.value = value
        kept?.received = max(read.received, change.received)
        kept?.photo = nil
        kept?.cause = change.cause == .none ? read.cause : change.cause
      }
    }
    return kept
  }
}
