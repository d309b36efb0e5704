// What an importer did that a person should know of. Nothing is done silently; a note is no error.

/// One note on a file, with a stable word for machines.
public struct ImportNote: Hashable, Sendable, CustomStringConvertible {
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// An hour that came twice was told apart by the order of rows.
    case repeatedHour = "repeated-hour"
    /// Ends are written as the clock of the start and half an hour.
    case endsByStart = "ends-by-start"
    /// 00:00 after 23:30 of the same date ends that date.
    case lateMidnight = "late-midnight"
    /// Half-hours without a row counted as zero, as stated.
    case zerosFilled = "zeros-filled"
    /// Half-hours without a row, or with an empty cell, are missing.
    case missing
    /// Numbers finer than 1 Wh were rounded.
    case rounded
    /// Rows outside the span, or of another supply, were left out.
    case leftOut = "left-out"
    /// What a person stated contradicts the header.
    case overruled
    /// Pages of an answer are not in the file.
    case morePages = "more-pages"
    /// Times without a price.
    case priceGap = "price-gap"
    /// Something was assumed, and can be stated.
    case assumed
    /// The terms pay on something else than half-hours.
    case basis
    /// The count at the end of a flow file is not that of its records (FLOW_COUNT).
    case flowCount = "flow-count"
    /// The same flow file came before (FLOW_DUPLICATE).
    case flowDuplicate = "flow-duplicate"
    /// A day has another number of half-hours than its clock has (VAL_PERIOD_COUNT).
    case periodCount = "period-count"
    /// Records that the flow does not have here were skipped.
    case unknownRecord = "unknown-record"
    /// Readings marked as failed, deemed, or of an unknown type were left out.
    case failedReading = "failed-reading"
    case deemedReading = "deemed-reading"
    case unknownReading = "unknown-reading"
    /// The file is marked as a test.
    case testFile = "test-file"
  }

  public var kind: Kind
  public var text: String

  public init(_ kind: Kind, _ text: String) { (self.kind, self.text) = (kind, text) }

  public var description: String { text }

  /// `1 row is`, `3 rows are`.
  static func count(_ count: Int, _ noun: String, _ verbs: (one: String, many: String)) -> String {
    count == 1 ? "1 \(noun) \(verbs.one)" : "\(count) \(noun)s \(verbs.many)"
  }
}

/// How a file was understood: shown before anything is made of it.
public struct ImportMapping: Hashable, Sendable {
  /// One choice.
  public struct Choice: Hashable, Sendable {
    /// `export`, `zone`, `unit` …
    public var what: String
    public var value: String
    /// What told so: the header, the rows, or an option.
    public var because: String
  }

  public private(set) var choices: [Choice] = []

  public init() {}

  mutating func add(_ what: String, _ value: String, _ because: String = "") {
    choices.append(Choice(what: what, value: value, because: because))
  }

  /// The same choices with every text changed.
  public func mappingTexts(_ change: (String) -> String) -> ImportMapping {
    var mapping = ImportMapping()
    for one in choices { mapping.add(change(one.what), change(one.value), change(one.because)) }
    return mapping
  }

  /// The value of a choice.
  public subscript(_ what: String) -> String? { choices.first { $0.what == what }?.value }
}
