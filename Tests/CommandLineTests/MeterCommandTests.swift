// `backspin meter`: what it refuses and in which words, and what it says over standard input. What it says
// over wires is seen by other programs, in Tests/Interop.

import BackspinTesting
import Foundation
import Testing

struct MeterCommandTests {
  @Test("what cannot be is refused before anything is opened, with exit code 2 and what to do")
  func refusals() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    try scratch.write(
      "- {profile: eastron-sdm230, unit: 1}\n- {profile: eastron-sdm120, unt: 1}\n", to: "bus.yaml")
    try scratch.write("- {profile: disc-187.5-rev-5-digit, unit: 1, power: 2 kWh}\n", to: "disc.yaml")
    var transcript = Transcript(scratch)
    for line in Self.refused { try transcript.run("meter " + line) }
    Golden().expect(transcript.text, matches: "meter-refusals.txt")
    #expect(transcript.text.components(separatedBy: "exit 2\n").count == Self.refused.count + 1)
  }

  private static let refused = [
    "", "eastron-sdm12", "eastron-sdm120 --bus SCRATCH/bus.yaml", "--bus SCRATCH/none.yaml",
    "--bus SCRATCH/bus.yaml",
    "--bus SCRATCH/disc.yaml", "--bus SCRATCH/bus.yaml --unit 3", "--bus SCRATCH/bus.yaml --set import=1kWh",
    "eastron-sdm120 --unit 0", "eastron-sdm120 --unit 248", "eastron-sdm120 --unit x",
    "eastron-sdm120 --serial a --tcp b", "eastron-sdm120 --tcp 1502", "eastron-sdm120 --tcp 127.0.0.1:99999",
    "eastron-sdm120 --baud 9600", "eastron-sdm120 --serial SCRATCH/link --baud 12",
    "eastron-sdm120 --power 2", "eastron-sdm120 --power -2kWh", "eastron-sdm120 --power",
    "eastron-sdm120 --site SCRATCH/none.yaml", "eastron-sdm120 --site a --power 1kW",
    "eastron-sdm120 --set import", "eastron-sdm120 --set import=10", "eastron-sdm120 --set import=-1kWh",
    "eastron-sdm120 --set import=1000000kWh", "eastron-sdm120 --set generation=1kWh",
    "eastron-sdm120 --set import=1kWh,import=2kWh",
    "eastron-sdm120 --clock slow", "eastron-sdm120 --clock x0", "eastron-sdm120 --clock x100001",
    "eastron-sdm120 --fault ME-41", "eastron-sdm120 --fault ME-14,side=left",
    "eastron-sdm120 --fault RG-11,read",
    "eastron-sdm120 --fault RG-11,read=0", "eastron-sdm120 --fault CK-01,ppm=100ppm",
    "eastron-sdm120 --fault ME-02",
    "eastron-sdm120 --fault ME-14 --fault ME-14", "eastron-sdm120 --fault CL-09",
    "eastron-sdm120 --fault WN-01",
    "eastron-sdm120 --tcp 127.0.0.1:0 --fault CL-01", "eastron-sdm120 --tcp 127.0.0.1:0 --fault WN-03",
    "disc-187.5-rev-5-digit --serial SCRATCH/link", "smets2-single-element --tcp 127.0.0.1:0",
    "disc-187.5-rev-5-digit --unit 1", "disc-187.5-rev-5-digit --fault PR-05",
  ]

  @Test("a place that cannot be had is refused with exit code 7, a stable code, and what to do")
  func places() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    try scratch.write("mine", to: "file")
    var transcript = Transcript(scratch)
    for line in [
      "--serial SCRATCH/file", "--serial SCRATCH", "--serial SCRATCH/none/link", "--serial /dev/null",
      "--tcp 192.0.2.1:1502",
    ] {
      try transcript.run("meter eastron-sdm120 " + line)
    }
    Golden().expect(transcript.text, matches: "meter-places.txt")
    #expect(try scratch.text(of: "file") == "mine")
  }

  @Test("a dialogue over standard input, word for word")
  func dialogue() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    try scratch.write(
      "- {profile: eastron-sdm230, unit: 1, power: -2 kW, faults: [ME-14]}\n"
        + "- {profile: eastron-sdm120, unit: 2, reads: {import: 10 kWh}}\n", to: "bus.yaml")
    var transcript = Transcript(scratch)
    try transcript.run(
      "meter eastron-sdm230 --clock manual --power -2kW --set import=10kWh", input: Self.said)
    try transcript.run(
      "meter disc-187.5-rev-5-digit --clock manual --power -1MW", input: "{\"advance\":\"1h\"}\n")
    try transcript.run("meter --bus SCRATCH/bus.yaml --clock manual", input: Self.saidToMany)
    Golden().expect(transcript.text, matches: "meter-dialogue.txt")
  }

  private static let said = """
    {"registers": true}
    {"advance": "30m"}
    {"fault": "ME-14", "on": true}
    {"power": "1.5 kW"}
    {"advance": "2h"}
    {"fault": "ME-14", "on": false}
    {"fault": "PR-05", "on": true, "with": {"kind": "stale", "age": "5 min"}}
    {"fault": "RG-11", "on": true, "with": {"read": 3}}
    {"set": {"total": "0 kWh"}}
    power
    {"pwer": "1 kW"}
    {"quit": true}
    {"registers": true}

    """

  private static let saidToMany = """
    {"advance": "1h"}
    {"power": "1 kW"}
    {"unit": 2, "power": "-1 kW"}
    {"unit": 3, "registers": true}
    {"advance": "1h"}

    """

  @Test("every fault is listed, those of Modbus answers too")
  func faults() throws {
    let list = try CommandLine.backspin(["faults"])
    for id in ["CK-01", "CL-01", "CL-02", "CL-03", "CL-09", "ME-14", "PR-05", "RG-12", "WN-03"] {
      #expect(list.lines.contains { $0.hasPrefix(id + " ") }, "\(id)")
    }
    #expect(try CommandLine.backspin(["faults", "show", "pr-05"]).output.contains("impostor"))
  }
}
