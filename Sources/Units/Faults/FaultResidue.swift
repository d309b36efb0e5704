// What a fault leaves behind when it ends: what physics, or a file that was sent, does not take back. A fault
// that states nothing leaves nothing: whoever looks afterwards sees what they would have seen without it.

/// Something that is otherwise after a fault than it would have been without it, and why.
public struct FaultResidue: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// A count stands elsewhere and goes on from there as it would have: a register, whoever counts pulses.
    case count
    /// Half-hours of its time stay in the log as they were logged.
    case log
    /// The clock, and stamps with it, until somebody sets it.
    case clock
    /// The number of the next message.
    case messages
    /// Entries in the meter's log of events.
    case events
    /// What was told of the contract stays told.
    case papers
  }

  public var kind: Kind
  /// Why nothing takes it back.
  public var because: String

  public init(_ kind: Kind, _ because: String) { (self.kind, self.because) = (kind, because) }
}

extension [FaultResidue] {
  /// Of a meter that measured wrongly: neither its registers nor its half-hours are counted anew.
  public static let miscounted = [
    FaultResidue(.count, "a register goes on from where it stands; nothing is counted a second time"),
    FaultResidue(.log, "half-hours of its time stay logged as they were counted"),
  ]

  /// Of a site: what flowed, flowed.
  public static let flowed = [
    FaultResidue(.count, "what flowed meanwhile was other energy, and was counted as it flowed"),
    FaultResidue(.log, "half-hours of its time hold what flowed in them"),
  ]

  /// Of a count that was set: it goes on from there.
  public static let moved = [
    FaultResidue(.count, "a register goes on from where it was put; nothing brings the old count back")
  ]

  /// Of a clock that is wrong.
  public static let misset = [
    FaultResidue(.clock, "a clock that is wrong stays wrong until somebody sets it"),
    FaultResidue(.log, "half-hours stay logged under the stamps that the clock gave them"),
  ]

  /// Of pulses that were counted wrongly.
  public static let misheard = [
    FaultResidue(.count, "whoever counts pulses goes on from what they counted")
  ]

  /// Of a contract.
  public static let told = [FaultResidue(.papers, "what was told stays told until somebody tells otherwise")]

  /// With entries in the meter's log of events.
  public func noting(_ because: String = "the log of events keeps its entry") -> [FaultResidue] {
    self + [FaultResidue(.events, because)]
  }
}
