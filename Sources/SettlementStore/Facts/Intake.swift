// What is taken into a store, and what became of it.

public import Settlement

/// A file that facts came from.
public struct SourceFile: Hashable, Sendable {
  public var name: String
  public var size: Int
  /// SHA-256 of its bytes.
  public var digest: [UInt8]

  public init(name: String, bytes: [UInt8]) {
    (self.name, size, digest) = (name, bytes.count, SHA256.digest(bytes))
  }
}

/// An agreement with what has arrived for it. Everything is kept; `until` is not: how far to settle is asked
/// for each time.
public struct Intake: Sendable {
  public var one: SettlementCase
  public var file: SourceFile?

  public init(_ one: SettlementCase, file: SourceFile? = nil) { (self.one, self.file) = (one, file) }

  /// What a store knows an agreement by: licensee and export MPAN, or the meters where there is no MPAN.
  public var agreement: String { Self.name(of: one.agreement) }

  public static func name(of agreement: Agreement) -> String {
    let meters = agreement.meters.map(\.serial).sorted().joined(separator: "+")
    return "\(agreement.licensee) \(agreement.exportMPAN ?? "meter \(meters)")"
  }
}

/// What one intake brought.
public struct Taken: Hashable, Sendable {
  /// Facts of one kind: new ones, and ones that were there.
  public struct Count: Hashable, Sendable {
    public var new = 0
    public var known = 0
  }

  public var agreement: String
  public var isNewAgreement = false
  /// The agreement was there, with other terms.
  public var isNewVersion = false
  public var isKnownFile = false
  public var reads = Count()
  public var logs = Count()
  /// Half-hours in the new logs.
  public var halfHours = 0
  public var events = Count()
  public var settlements = Count()
  /// New facts that say they were received by a settlement that is done: they count as known after it.
  public var late = 0

  public var hasNews: Bool {
    isNewAgreement || isNewVersion || reads.new + logs.new + events.new + settlements.new > 0
  }
}
