// What the cells of a column look like, by the first one that is filled.

internal import Truth
internal import Units

/// How a cell reads, whatever its header says.
enum CellKind: Hashable {
  case blank
  case stamp(hasOffset: Bool)
  case date
  case time
  case whole(Int)
  case number
  case text

  init(_ cell: String) {
    let text = cell.trimmed
    if text.isEmpty {
      self = .blank
    } else if let number = Int(text), text.count != 8 {
      self = .whole(number)
    } else if let stamp = try? StampText(parsing: text) {
      self = stamp.day == nil ? .time : stamp.seconds == nil ? .date : .stamp(hasOffset: stamp.offset != nil)
    } else if DecimalMark.allCases.contains(where: { (try? $0.number(text)) != nil }) {
      self = .number
    } else {
      self = .text
    }
  }

  /// For people.
  var words: String {
    switch self {
    case .blank: "blank"
    case .stamp: "date and time"
    case .date: "a date"
    case .time: "a time"
    case .whole, .number: "numbers"
    case .text: "words"
    }
  }

  var isNumber: Bool {
    switch self {
    case .whole, .number, .blank: true
    default: false
    }
  }
}

/// A column with what its header and its cells say.
struct SeenColumn {
  var number: Int
  var header: String
  var words: HeaderWords
  var kind: CellKind

  /// Rows that are looked at to learn what a column holds.
  private static let probed = 100

  static func all(of source: CSVSource) -> [SeenColumn] {
    source.table.header.enumerated().map { number, cell in
      let first = source.table.rows.prefix(probed).lazy.map { CellKind($0[number].text) }.first {
        $0 != .blank
      }
      return SeenColumn(
        number: number, header: cell.text, words: HeaderWords(cell.text), kind: first ?? .blank)
    }
  }
}
