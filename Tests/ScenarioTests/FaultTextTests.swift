// Faults as they are typed on a command line; scenarios give the same by a map.

import Scenario
import Testing
import Units

@Suite("Faults as text")
struct FaultTextTests {
  @Test(
    "a fault is read with its parameters, in any unit of the right quantity",
    arguments: [
      ("WN-01", FaultSetting(id: "WN-01")),
      ("CK-01,ppm=-100ppm", FaultSetting(id: "CK-01", whole: ["ppm": -100])),
      ("CK-01,ppm=100 ppm", FaultSetting(id: "CK-01", whole: ["ppm": 100])),
      ("CL-03,delay=1.5s,share=50%", FaultSetting(id: "CL-03", whole: ["delay": 1500, "share": 50])),
      ("CL-03,delay=20ms,share=7 per cent", FaultSetting(id: "CL-03", whole: ["delay": 20, "share": 7])),
      ("ME-09,phase=2", FaultSetting(id: "ME-09", choices: ["phase": "2"])),
      ("RG-12,add=1.5 kWh", FaultSetting(id: "RG-12", whole: ["add": 1500])),
      ("RG-11,repeat=2", FaultSetting(id: "RG-11", whole: ["repeat": 2])),
      ("RG-11,repeat=2 reads", FaultSetting(id: "RG-11", whole: ["repeat": 2])),
    ])
  func read(text: String, setting: FaultSetting) throws {
    #expect(try FaultSetting(parsing: text, among: Shelf.faults) == setting)
  }

  @Test("what was typed has no place in a file, so none is told")
  func noPlace() {
    let error = #expect(throws: Diagnostic.self) { try FaultSetting(parsing: "ME-90", among: Shelf.faults) }
    #expect(error?.description == "no fault has the id 'ME-90'; did you mean 'ME-09'? [BS-SCN-23]")
  }

  @Test(
    "a fault that is wrong is refused with its code",
    arguments: [
      ("ME-99", "BS-SCN-23"), ("CK-01,ppm=100", "BS-SCN-24"), ("CK-01,ppm=1000ppm", "BS-SCN-24"),
      ("CK-01,ppm", "BS-SCN-24"), ("CK-01,drift=1ppm", "BS-SCN-24"), ("CL-03,delay=1.5ms", "BS-SCN-24"),
      ("CL-03,delay=20", "BS-SCN-13"), ("ME-09,phase=4", "BS-SCN-24"), ("CL-03,share=half", "BS-SCN-24"),
    ])
  func refused(text: String, code: String) {
    let error = #expect(throws: Diagnostic.self) { try FaultSetting(parsing: text, among: Shelf.faults) }
    #expect(error?.code == code)
  }
}
