// A column of energies in whole Wh. Numbers are read exactly, never through floating point: `0E-20` is zero,
// and
// `1.3150001` is 1.3150001 (DH-02). Meters log whole Wh, so what is finer is an artefact of a conversion: it
// is rounded to the nearest Wh, half to even so that many of them do not drift (our assumption),
// and told in a note.

internal import Truth
internal import Units

/// What a column of energies holds.
struct ReadEnergies {
  /// By row; nil where the cell is empty.
  var values: [WattHours?] = []
  /// The step of the file's own numbers: 1 Wh for three decimals of a kWh, 100 Wh for one (R-UNIT-01).
  var resolution = WattHours(1)
  var notes: [ImportNote] = []
}

struct EnergyReader {
  let source: CSVSource
  let rows: [[CSVTable.Cell]]
  let column: Int
  let unit: ExportOptions.Unit
  let mark: DecimalMark

  func read() throws -> ReadEnergies {
    try refuseTornEnd()
    var read = ReadEnergies()
    var faults = RowFaults()
    var rounding = RoundingTally()
    var step: Int?
    for row in rows {
      let cell = row[column]
      guard !cell.text.trimmed.isEmpty else {
        read.values.append(nil)
        continue
      }
      do {
        let number = try mark.number(cell.text.trimmed)
        let whole = number.wholeWattHours(power: unit.power)
        read.values.append(whole.map { WattHours($0.value) } ?? .zero)
        guard let whole else {
          faults.add(
            source.fault("BS-IMP-23", cell, "\(cell.text) \(unit.rawValue) is more than can be counted"))
          continue
        }
        if whole.isRounded { rounding.add(whole, cell) }
        if number.mantissa != 0, number.decimals >= 0 {
          step = min(step ?? .max, max(unit.power - number.decimals, 0))
        }
      } catch {
        read.values.append(nil)
        faults.add(source.fault("BS-IMP-22", cell, "'\(cell.text)' is not a number: \(error.message)"))
      }
    }
    try faults.finish()
    if rounding.count > 0 { step = 0 }
    for _ in 0..<(step ?? 0) { read.resolution = WattHours(read.resolution.value * 10) }
    read.notes = rounding.notes
    return read
  }

  /// A file that was cut inside its last number still splits well: its last line has no end, and fewer
  /// decimals than every other.
  private func refuseTornEnd() throws {
    guard source.endsInsideLine, column == source.table.header.count - 1,
      let last = source.table.rows.last?[column], source.table.rows.count > 2
    else { return }
    let point: Character = mark == .point ? "." : ","
    func decimals(_ text: String) -> Int {
      text.firstIndex(of: point).map { text.distance(from: $0, to: text.endIndex) - 1 } ?? 0
    }
    let others = Set(source.table.rows.dropLast().map { decimals($0[column].text.trimmed) })
    guard others.count == 1, let usual = others.first, usual > 0, decimals(last.text.trimmed) < usual else {
      return
    }
    throw source.fault(
      "BS-IMP-26", last,
      "the file ends inside this line, and every number above has \(usual) "
        + (usual == 1 ? "decimal" : "decimals"),
      help: "the last line is torn; get the file again, or remove the line")
  }
}

/// A number in Wh, rounded where it is finer.
struct WholeEnergy {
  var value: Int64
  var isRounded: Bool
  /// What rounding added, in 1e-9 Wh.
  var change: Int64
}

/// Roundings of one column, told together.
private struct RoundingTally {
  private(set) var count = 0
  private var change: Int64 = 0
  private var largest: (change: Int64, cell: CSVTable.Cell)?

  mutating func add(_ one: WholeEnergy, _ cell: CSVTable.Cell) {
    count += 1
    change += one.change
    if let known = largest, known.change.magnitude >= one.change.magnitude { return }
    largest = (one.change, cell)
  }

  var notes: [ImportNote] {
    guard let largest else { return [] }
    let all = count == 1 ? "1 number is" : "\(count) numbers are"
    return [
      ImportNote(
        .rounded,
        "\(all) finer than 1 Wh and rounded to the nearest, half to even: \(Self.text(change)) Wh together, at most "
          + "\(Self.text(largest.change)) Wh ('\(largest.cell.text)' in line \(largest.cell.line))")
    ]
  }

  private static func text(_ change: Int64) -> String {
    let sign = change < 0 ? "−" : "+"
    if change == 0 { return "less than 0.000000001" }
    return sign + DecimalText(mantissa: Int128(change.magnitude), decimals: 9).shortDescription
  }
}

extension DecimalText {
  /// The number times ten to the power, as whole Wh, half to even; nil where 64 bits do not hold it.
  func wholeWattHours(power: Int) -> WholeEnergy? {
    if let whole = whole(timesTenTo: power) {
      return Int64(exactly: whole).map { WholeEnergy(value: $0, isRounded: false, change: 0) }
    }
    var drop = decimals - power
    guard drop > 0 else { return nil }
    guard drop <= 38 else { return WholeEnergy(value: 0, isRounded: true, change: 0) }
    var divisor: Int128 = 1
    for _ in 0..<drop { divisor *= 10 }
    let floor = floorDivide(mantissa, divisor)
    let rest = mantissa - floor * divisor
    let isUp = rest > divisor - rest || (rest == divisor - rest && floor % 2 != 0)
    guard let value = Int64(exactly: floor + (isUp ? 1 : 0)) else { return nil }
    // 1e-9 Wh is fine enough to tell of, and 18 digits of the rest say it.
    var part = isUp ? divisor - rest : -rest
    while drop > 18 { (part, divisor, drop) = (part / 10, divisor / 10, drop - 1) }
    return WholeEnergy(value: value, isRounded: true, change: Int64(part * 1_000_000_000 / divisor))
  }

  /// Without needless zeros at the end.
  fileprivate var shortDescription: String {
    var text = description
    while text.contains("."), text.last == "0" { text.removeLast() }
    if text.last == "." { text.removeLast() }
    return text
  }
}
