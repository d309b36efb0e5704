// How a fault's setting is checked against its declaration, for every fault of this module.

import BackspinTesting
import Line
import Testing
import Timeline
import Units

struct FaultSettingTests {
  @Test("the catalogue's faults of lines and of the WAN are declared once each")
  func catalogue() {
    #expect(
      LineFaults.all.map(\.id) == [
        "CL-01", "CL-02", "CL-03", "CL-04", "CL-05", "CL-06", "CL-07", "CL-08", "CL-09", "CL-10", "CL-11",
        "WN-01", "WN-02", "WN-03", "WN-04", "WN-05",
      ])
    #expect(LineFaults.all.allSatisfy { $0.layer == ($0.id.hasPrefix("CL") ? .line : .wan) })
    #expect(LineFaults.declaration("CL-03")?.title == "Late or slow reply")
    #expect(LineFaults.declaration("ME-01") == nil)
  }

  @Test("every default is a value that may be set", arguments: LineFaults.all)
  func defaults(_ declaration: FaultDeclaration) throws {
    let values = try declaration.resolve(FaultSetting(id: declaration.id))
    var explicit = FaultSetting(id: declaration.id)
    for parameter in declaration.parameters {
      switch parameter.kind {
      case .whole: explicit.whole[parameter.name] = values.whole(parameter.name)
      case .choice: explicit.choices[parameter.name] = values.choice(parameter.name)
      }
    }
    #expect(try declaration.resolve(explicit) == values)
  }

  @Test("a setting that does not fit is refused with what would fit")
  func refused() {
    TextTable.each(
      """
      | id    | parameter | value | message                                                               |
      | CL-01 | rate      | 10001 | CL-01: rate is a whole number of ppm, 1 to 10000, not 10001           |
      | CL-01 | rate      | 0     | CL-01: rate is a whole number of ppm, 1 to 10000, not 0               |
      | CL-01 | rate      | often | CL-01: rate is a whole number of ppm, 1 to 10000, not 'often'         |
      | CL-01 | burst     | 51    | CL-01: burst is a whole number of bits, 1 to 50, not 51               |
      | CL-01 | direction | up    | CL-01: direction is one of both, request, answer, not 'up'            |
      | CL-01 | direction | 1     | CL-01: direction is one of both, request, answer, not 1               |
      | CL-01 | speed     | 3     | CL-01: no parameter 'speed'; it has rate, burst, direction, unit      |
      | CL-02 | rate      | 9     | CL-02: rate is a whole number of ppm, 10 to 10000, not 9              |
      | CL-02 | kind      | lost  | CL-02: kind is one of both, dropped, doubled, not 'lost'              |
      | CL-03 | delay     | 10001 | CL-03: delay is a whole number of ms, 0 to 10000, not 10001           |
      | CL-03 | pause     | 2001  | CL-03: pause is a whole number of ms, 0 to 2000, not 2001             |
      | CL-09 | share     | 101   | CL-09: share is a whole number of per cent, 0 to 100, not 101         |
      | CL-09 | min-gap   | 501   | CL-09: min-gap is a whole number of ms, 0 to 500, not 501             |
      | WN-01 | requests  | lost  | WN-01: requests is one of wait, fail, not 'lost'                      |
      | WN-03 | delay     | 1     | WN-03: no parameter 'delay'; it has none                              |
      """
    ) { row in
      var setting = FaultSetting(id: try row.text("id"))
      let value = try row.text("value")
      if let number = Int64(value) {
        setting.whole[try row.text("parameter")] = number
      } else {
        setting.choices[try row.text("parameter")] = value
      }
      let error = #expect(throws: FaultRefusal.self, sourceLocation: row.sourceLocation) {
        try LineFaults.check(setting)
      }
      #expect(try error?.description == row.text("message"), sourceLocation: row.sourceLocation)
    }
  }

  @Test("an id that is no fault of a line is refused with those that are")
  func unknown() {
    let error = #expect(throws: FaultRefusal.self) { try LineFaults.check(FaultSetting(id: "XX-01")) }
    let known =
      "CL-01, CL-02, CL-03, CL-04, CL-05, CL-06, CL-07, CL-08, CL-09, CL-10, CL-11, "
      + "WN-01, WN-02, WN-03, WN-04, WN-05"
    #expect(error?.description == "XX-01: no fault of this line; it can have \(known)")
  }

  @Test("a declaration refuses another fault's setting")
  func otherID() throws {
    let error = #expect(throws: FaultRefusal.self) {
      try LineFaults.all[0].resolve(FaultSetting(id: "CL-02"))
    }
    #expect(error?.description == "CL-02: this is CL-01, not CL-02")
  }

  @Test("a line refuses a fault that is present, and allows it once for each unit")
  func twice() throws {
    let bench = Bench([])
    try bench.line.begin(FaultSetting(id: "CL-09", whole: ["unit": 3]))
    try bench.line.begin(FaultSetting(id: "CL-09", whole: ["unit": 2]))
    #expect(throws: FaultRefusal.self) {
      try bench.line.begin(FaultSetting(id: "CL-09", whole: ["unit": 3, "share": 50]))
    }
    #expect(bench.line.presentFaults == ["CL-09", "CL-09"])
    #expect(bench.line.end("CL-09", unit: 3))
    #expect(!bench.line.end("CL-09", unit: 3))
    #expect(bench.line.end("CL-09"))
    #expect(!bench.line.end("CL-09"))
    #expect(bench.line.presentFaults == [])
  }
}
