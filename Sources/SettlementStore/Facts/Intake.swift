// What is taken into a store, and what became of it.

public import Settlement
public import Units

/// A file that facts came from.
public struct SourceFile: Hashable, Sendable {
  /// What the numbers that facts bring with them count in this file.
  public enum Numbers: String, Hashable, Sendable {
    case lines
    /// Entries of the journal of a story that was lived from the file.
    case entries
  }

  public var name: String
  public var numbers: Numbers
  public var size: Int
  /// SHA-256 of its bytes.
  public var digest: [UInt8]

  public init(name: String, bytes: [UInt8], numbers: Numbers = .lines) {
    (self.name, self.numbers, size, digest) = (name, numbers, bytes.count, SHA256.digest(bytes))
  }
}

/// What has arrived for one agreement, with the agreement's terms or without.
public struct Intake: Sendable {
  /// What a store knows the agreement by.
  public let agreement: String
  /// The terms, as a case without facts; nil for facts of an agreement that is there.
  public let terms: SettlementCase?
  public var reads: [Read]
  public var logs: [LogRead]
  public var events: [CaseEvent]
  public var file: SourceFile?

  /// Everything of a case but how far to settle: that is asked for each time.
  public init(_ one: SettlementCase, file: SourceFile? = nil) {
    agreement = Self.name(of: one.agreement)
    (reads, logs, events, self.file) = (one.reads, one.logs, one.events, file)
    var terms = one
    (terms.reads, terms.logs, terms.events) = ([], [], [])
    self.terms = terms
  }

  public init(
    to agreement: String, reads: [Read] = [], logs: [LogRead] = [], events: [CaseEvent] = [],
    file: SourceFile? = nil
  ) {
    (self.agreement, terms) = (agreement, nil)
    (self.reads, self.logs, self.events, self.file) = (reads, logs, events, file)
  }

  /// Licensee and export MPAN, or the meters where there is no MPAN.
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
