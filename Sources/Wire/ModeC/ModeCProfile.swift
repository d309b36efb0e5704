// The answer to a load profile request (the VDEW convention for P.01; IEC 62056-21 leaves it to the maker): a
// header with the first row's stamp, status, interval, columns; then the rows' numbers; a new header at every
// discontinuity.

/// A load profile as it came.
public struct ModeCProfile: Hashable, Sendable {
  public struct Column: Hashable, Sendable {
    public var address: String
    public var unit: String

    public init(address: String, unit: String) { (self.address, self.unit) = (address, unit) }
  }

  /// A header and the rows that follow it without a discontinuity.
  public struct Section: Hashable, Sendable {
    /// The profile's own, before the brackets: `P.01`.
    public var address: String
    /// As written: digits, with or without a season digit.
    public var stamp: String
    public var status: UInt32
    /// Minutes between rows.
    public var minutes: Int
    public var columns: [Column]
    public var rows: [[String]]

    public init(
      address: String, stamp: String, status: UInt32, minutes: Int, columns: [Column], rows: [[String]]
    ) {
      self.address = address
      (self.stamp, self.status, self.minutes) = (stamp, status, minutes)
      (self.columns, self.rows) = (columns, rows)
    }
  }

  public var sections: [Section]

  /// More columns than any profile has.
  static let mostColumns = 64

  /// From the data sets of an answer. Throws `grammar`, with the number of the data set, where a header lacks
  /// something or the numbers do not fill its rows.
  public init(_ block: ModeCDataBlock) throws(ModeCFault) {
    sections = []
    var numbers: [String] = []
    var last = 0
    for (at, set) in block.sets.enumerated() {
      if set.address.isEmpty {
        guard !sections.isEmpty, set.values.allSatisfy({ $0.unit == nil }) else { throw .grammar(at: at) }
        numbers += set.values.map(\.text)
        continue
      }
      try close(&numbers, at: last)
      last = at
      let (section, rest) = try Self.header(set, at: at)
      sections.append(section)
      numbers = rest
    }
    try close(&numbers, at: last)
  }

  private mutating func close(_ numbers: inout [String], at place: Int) throws(ModeCFault) {
    defer { numbers = [] }
    guard let index = sections.indices.last else { return }
    let width = sections[index].columns.count
    guard width > 0 else {
      if numbers.isEmpty { return }
      throw .grammar(at: place)
    }
    guard numbers.count % width == 0 else { throw .grammar(at: place) }
    sections[index].rows = stride(from: 0, to: numbers.count, by: width).map {
      Array(numbers[$0..<($0 + width)])
    }
  }

  private static func header(_ set: ModeCDataSet, at place: Int) throws(ModeCFault) -> (Section, [String]) {
    let texts = set.values.map(\.text)
    guard texts.count >= 4, let status = texts[1].isEmpty ? 0 : UInt32(texts[1], radix: 16),
      let minutes = texts[2].isEmpty ? 0 : Int(texts[2]), (0...1440).contains(minutes),
      let count = Int(texts[3]), (0...mostColumns).contains(count), texts.count >= 4 + 2 * count
    else { throw .grammar(at: place) }
    let columns = (0..<count).map { Column(address: texts[4 + 2 * $0], unit: texts[5 + 2 * $0]) }
    let section = Section(
      address: set.address, stamp: texts[0], status: status, minutes: minutes, columns: columns, rows: [])
    return (section, Array(texts.dropFirst(4 + 2 * count)))
  }
}
