// What holds for every command: where results go, where errors go, and the exit code.

import Testing

struct CommandLineTests {
  @Test("a wrong option exits with 2, says so on standard error, and prints nothing else")
  func wrongOption() throws {
    let ending = try CommandLine.backspin(["meter", "eastron-sdm120", "--sreial", "x"])
    #expect(ending.code == 2)
    #expect(ending.output.isEmpty)
    #expect(ending.errors.contains("--sreial"))
  }

  @Test("help is a result: standard output, exit 0")
  func help() throws {
    let ending = try CommandLine.backspin(["--help"])
    #expect(ending.code == 0)
    #expect(ending.errors.isEmpty)
    #expect(ending.lines.first?.hasPrefix("OVERVIEW: ") == true)
  }

  @Test("a name that nothing has exits with 2 wherever it is given")
  func unknownName() throws {
    for command in [["profiles", "show"], ["meter"], ["read", "--tcp", "127.0.0.1:1", "--profile"]] {
      let ending = try CommandLine.backspin(command + ["eastron-sdm12"])
      #expect(ending.code == 2 && ending.output.isEmpty)
      #expect(ending.errors.contains("did you mean 'eastron-sdm120'?"))
    }
  }

  @Test("a run that hangs is killed by the watchdog, and the test hears of it")
  func watchdog() {
    // A meter without input serves until somebody stops it.
    #expect(throws: CommandLine.Trouble.self) {
      try CommandLine.backspin(["meter", "disc-187.5-rev-5-digit"], patience: 1)
    }
  }
}
