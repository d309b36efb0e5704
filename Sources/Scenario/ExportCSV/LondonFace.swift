// What a London wall clock shows, turned into instants. In spring one hour is shown by no clock; in autumn
// one hour is shown twice, and only the order of rows tells the first from the second (R-SP-02, R-SP-05).

internal import Units

/// Wall-clock stamps of rows in the order of their file.
enum LondonFace {
  /// Why a column of faces cannot be turned into instants.
  struct Problem: Error {
    enum Kind { case inSpringGap, inRepeatedHour }

    var kind: Kind
    /// The row, from 0.
    var row: Int
  }

  /// The instants, and whether the repeated hour of an autumn day stands among them.
  struct Reading {
    var instants: [Instant]
    var repeatedHours: [CivilDate]
  }

  /// Reads faces, each given as the instant at which a clock on UTC would show it.
  static func read(_ faces: [Instant]) throws(Problem) -> Reading {
    var instants = faces
    var repeated: [Int: [Int]] = [:]
    var summers: [Int: Range<Instant>] = [:]
    for (row, face) in faces.enumerated() {
      let year = CivilDate(dayNumber: Int(floorDivide(face.seconds, 86_400))).year
      let summer = summers[year] ?? LondonClock.summer(of: year)
      summers[year] = summer
      // Both changes are at 01:00 UTC: the clock goes on to 02:00 in spring,
      // and from 02:00 back to 01:00 in autumn.
      let (spring, autumn) = (summer.lowerBound, summer.upperBound)
      if (spring..<spring + .hours(1)).contains(face) { throw Problem(kind: .inSpringGap, row: row) }
      if (autumn..<autumn + .hours(1)).contains(face) {
        repeated[year, default: []].append(row)
      } else if face >= spring, face < autumn {
        instants[row] = face - .hours(1)
      }
    }
    var days: [CivilDate] = []
    for (year, rows) in repeated.sorted(by: { $0.key < $1.key }) {
      guard let autumn = summers[year]?.upperBound else { continue }
      try settle(rows, autumn, faces, &instants)
      days.append(LondonClock.date(at: autumn))
    }
    return Reading(instants: instants, repeatedHours: days)
  }

  /// The four rows of an hour that came twice: in order of time, its two halves and again its two halves.
  private static func settle(
    _ rows: [Int], _ autumn: Instant, _ faces: [Instant], _ instants: inout [Instant]
  ) throws(Problem) {
    let inTime = isNewestFirst(faces, near: autumn) ? rows.reversed() : rows
    let halves = [autumn, autumn + .minutes(30)]
    guard inTime.map({ faces[$0] }) == halves + halves else {
      throw Problem(kind: .inRepeatedHour, row: rows[0])
    }
    for row in inTime.prefix(2) { instants[row] = faces[row] - .hours(1) }
  }

  /// Whether the rows of the day of a change go back in time.
  private static func isNewestFirst(_ faces: [Instant], near change: Instant) -> Bool {
    let day = faces.filter { ($0 - change).magnitude <= .hours(12) }
    let steps = zip(day, day.dropFirst())
    return steps.count { $0 > $1 } > steps.count { $0 < $1 }
  }
}
