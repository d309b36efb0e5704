// Files of half-hours for the built program, and the commands that take them in.

import Foundation

/// Two homes, two files each, and the commands of a short life of them.
enum Household {
  private static let mpans = ["9900000000015", "9900000000060"]

  /// Five days of May each, with a little export by day.
  static func write(into folder: Folder) throws {
    for home in mpans.indices {
      for part in 0..<2 {
        var dice = Dice(home * 10 + part)
        var lines = ["start_utc,export_kwh"]
        for slot in 0..<(5 * 48) {
          let minutes = slot * 30
          let (day, hour) = (1 + part * 5 + minutes / 1440, minutes / 60 % 24)
          let energy = (7...19).contains(hour) ? dice.roll(0...1800) : 0
          if dice.once(in: 70) { continue }
          lines.append(
            String(
              format: "2026-05-%02dT%02d:%02dZ,%d.%03d", day, hour, minutes % 60, energy / 1000, energy % 1000
            ))
        }
        try folder.write(lines.joined(separator: "\n") + "\n", to: "home\(home)-\(part).csv")
      }
    }
  }

  static func commands(_ folder: Folder, store: String) -> [[String]] {
    let taking = (0..<2).flatMap { part in
      mpans.indices.map { home in
        [
          "settle", "--store", store, "--reads", folder.path("home\(home)-\(part).csv"), "--licensee",
          "strict-metered", "--capacity", "3.95kWp", "--mpan", mpans[home],
        ] + prices[home]
      }
    }
    return taking + [["settle", "--store", store, "--until", "2026-06-01"]]
  }

  private static let prices = [["--flat", "4.1 p/kWh"], ["--flat", "15 p/kWh"]]

  /// Runs all commands and gives the text of the store.
  static func undisturbed(_ folder: Folder, store: String) throws -> (text: String, took: [Double]) {
    var took: [Double] = []
    for command in commands(folder, store: store) {
      let ending = try Program.run(command)
      guard ending.code == 0 else { throw Program.Trouble(words: "\(command): \(ending)") }
      took.append(ending.took)
    }
    return (try text(store), took)
  }

  static func text(_ store: String) throws -> String {
    let ending = try Program.run(["settle", "--store", store, "--dump"])
    guard ending.code == 0 else { throw Program.Trouble(words: "--dump: \(ending)") }
    return ending.output
  }
}
