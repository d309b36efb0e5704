// Who and which: MPAN, OBIS code, register role, and the number of a journal entry.

/// The number of a journal entry, and nothing more: enough for a penny to be walked back to bytes and watts.
public struct Cause: Hashable, Sendable {
  /// 0 means "no cause is known"; entries are numbered from 1.
  public var number: UInt32

  public init(number: UInt32) { self.number = number }

  public static let none = Cause(number: 0)
}

/// What a register counts. The OBIS code is the same fact in IEC 62056-6-1 words.
public enum RegisterRole: String, Hashable, Sendable, CaseIterable {
  /// Active import, A+ (1.8.0).
  case `import`
  /// Active export, A− (2.8.0).
  case export
  /// Active import through the second element of a twin-element meter (SMETS2 variant B).
  case secondaryImport = "secondary-import"
  /// The "total" of a Modbus meter, whose meaning is a setting (import, import + export, or import − export).
  case total
  /// What a generator made: never an export register (R-READ-08).
  case generation
}
