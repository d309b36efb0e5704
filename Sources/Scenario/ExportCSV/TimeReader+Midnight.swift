// The end stamp 00:00 belongs to the day before (R-SP-04). Some files give it the date of that day before:
// then it follows 23:30 of its own date, and only the order of rows shows it (DH-08).

internal import Truth
internal import Units

extension TimeReader {
  /// Moves each 00:00 that ends its own date to the start of the next; returns whether there was one.
  func moveMidnights(_ faces: inout ClockFaces) throws -> Bool {
    let shown = faces.faces
    let steps = zip(shown, shown.dropFirst())
    let isNewestFirst = steps.count { $0 > $1 } > steps.count { $0 < $1 }
    var late: [Int] = []
    var early: [Int] = []
    for row in shown.indices where floorModulo(shown[row].seconds, 86_400) == 0 {
      let (before, after) = isNewestFirst ? (row + 1, row - 1) : (row - 1, row + 1)
      let day = TimeSpan.days(1)
      if shown.indices.contains(before) {
        let isLate = shown[before] > shown[row] && shown[before] < shown[row] + day
        if isLate { late.append(row) } else { early.append(row) }
      } else if shown.indices.contains(after) {
        if shown[after] >= shown[row] + day { late.append(row) } else { early.append(row) }
      }
    }
    guard let first = late.first else { return false }
    // A 24:00 is already where it belongs, and stands beside no 00:00 of the late kind.
    if let other = early.first {
      throw source.fault(
        "BS-IMP-29", faces.cells[max(first, other)],
        "00:00 ends its own date in line \(faces.cells[first].line) and the date before it in line "
          + "\(faces.cells[other].line)", help: "write the rows in order of time, all midnights one way")
    }
    for row in late { faces.faces[row] = shown[row] + .days(1) }
    return true
  }
}
