// What a meter would not take of a switching table. The bounds are those of the DUIS schema 5.4: 16 days of
// 48 switches, 4 weeks, 4 seasons, 50 special days; 48 registers and 8 times of use with blocks on the
// primary element, 4 registers on a second one.

extension SwitchingTable {
  public static let mostDays = 16
  public static let mostSwitches = 48
  public static let mostWeeks = 4
  public static let mostSeasons = 4
  public static let mostSpecialDays = 50

  /// Why no meter takes it; empty where it can be.
  /// - Parameters:
  ///   - registers: how many time-of-use registers there are.
  ///   - times: how many times of use with blocks there are; 0 for none.
  public func objections(registers: Int, times: Int) -> [String] {
    var found: [String] = []
    let bounds = [
      ("days", days.count, Self.mostDays), ("weeks", weeks.count, Self.mostWeeks),
      ("seasons", seasons.count, Self.mostSeasons), ("special days", specialDays.count, Self.mostSpecialDays),
    ]
    for (what, count, most) in bounds where count > most {
      found.append("\(count) \(what), at most \(most) fit")
    }
    if days.isEmpty { found.append("there is no day") }
    for (number, day) in days.enumerated() {
      found += Self.objections(to: day, "day \(number + 1)", registers: registers, times: times)
    }
    for (number, week) in weeks.enumerated() where week.count != 7 || !week.allSatisfy(isDay) {
      found.append("week \(number + 1) does not name seven days that are there")
    }
    for season in seasons {
      if !weeks.indices.contains(season.week - 1) { found.append("there is no week \(season.week)") }
      if !season.start.exists { found.append("a season begins on a day that does not come") }
    }
    for special in specialDays {
      if !isDay(special.day) { found.append("there is no day \(special.day)") }
      if !special.date.exists { found.append("a special day that does not come") }
    }
    return found
  }

  private func isDay(_ number: Int) -> Bool { days.indices.contains(number - 1) }

  private static func objections(
    to day: [Switch], _ name: String, registers: Int, times: Int
  ) -> [String] {
    var found: [String] = []
    if day.count > mostSwitches {
      found.append("\(name) has \(day.count) switches, at most \(mostSwitches) fit")
    }
    if day.first?.minute != 0 { found.append("\(name) does not begin at 00:00Z") }
    if zip(day, day.dropFirst()).contains(where: { $0.minute >= $1.minute }) {
      found.append("\(name) is not in order of time")
    }
    for one in day {
      if !(0..<1440).contains(one.minute) || one.minute % 30 != 0 {
        found.append("\(name) switches inside a half-hour")
      }
      switch one.action {
      case .register(let number) where !(1...max(registers, 1)).contains(number):
        found.append("there is no register tou \(number): 1…\(registers)")
      case .blocks(let number) where times == 0 || !(1...times).contains(number):
        found.append(times == 0 ? "there are no blocks" : "there are no blocks of tou \(number): 1…\(times)")
      case .register, .blocks: break
      }
    }
    return found
  }
}
