// What a display with pages can show: a meter with more registers than lines shows them one after the other,
// and whoever reads the wrong page reads the wrong register (HR-04).

public import Units

/// One page of a display.
public enum DisplayPage: String, Hashable, Sendable, CaseIterable {
  case `import`
  case export
  case secondaryImport = "secondary-import"
  case total
  case generation
  /// Active power now, in W.
  case power
  /// The meter's own clock, in UTC.
  case clock
  /// All segments lit: shown first at power-up.
  case test

  /// The page of a register.
  public init(_ role: RegisterRole) {
    switch role {
    case .import: self = .import
    case .export: self = .export
    case .secondaryImport: self = .secondaryImport
    case .total: self = .total
    case .generation: self = .generation
    }
  }

  /// The register that it shows; nil for a page that shows none.
  public var role: RegisterRole? {
    switch self {
    case .import: .import
    case .export: .export
    case .secondaryImport: .secondaryImport
    case .total: .total
    case .generation: .generation
    case .power, .clock, .test: nil
    }
  }

  /// How long a page of a display roll stands. Our assumption; displays seen stand for 6 to 15 s.
  public static let dwell = TimeSpan.seconds(10)
}

extension Profile {
  /// The pages its display has, the first page first; none without a display.
  public var displayPages: [DisplayPage] {
    guard display != nil else { return [] }
    let registers = registers.map { DisplayPage($0.role) }
    switch faceDesign.style {
    case .drums, .dials: return Array(registers.prefix(1))
    case .crystal, .largeDigits: return registers + [.test]
    case .smart, .polyphase, .railNarrow, .railWide:
      return registers + [.power] + (clock == nil ? [] : [.clock]) + [.test]
    }
  }
}
