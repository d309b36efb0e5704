// Flow files to read in tests, put together from their records.

import Testing
import Units

@testable import Scenario

enum FlowSample {
  /// A file with a true count.
  static func file(_ flow: String, id: String = "0000000007", _ records: [String], count: Int? = nil)
    -> String
  {
    (["ZHV|\(id)|\(flow)|D|UDMS|X|MERT|20260702060000||||OPER|"] + records
      + ["ZPT|\(id)|\(count ?? records.count)||1|20260702060000|"]).joined(separator: "\n") + "\n"
  }

  /// Two readings of one register of one meter.
  static let readings = [
    "026|9900000000015|V|", "028|F75A 00802|R|", "030|01|20260501000000|01000.0|||T|N|",
    "030|01|20260701000000|01250.1|||T|N|",
  ]

  /// A day of half-hours of 0.1, 0.2 … 0.9, 0.0, 0.1 … kWh.
  static func day(_ head: [String], _ halfHour: String, count: Int, decimals: Int = 1) -> [String] {
    head
      + (1...count).map { number in
        "\(halfHour)|A|0.\(number % 10)\(String(repeating: "0", count: decimals - 1))|"
      }
  }

  static func read(_ text: String, clock: FlowFile.Clock = .london) throws -> FlowFile {
    try FlowFile(text, file: "in/flow.usr", clock: clock)
  }

  static func at(_ text: String) throws -> Instant { try Instant(parsing: text) }
}
