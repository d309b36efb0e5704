// libFuzzer's way in. BACKSPIN_FUZZ names the target; with `--list` the targets are printed, with
// `--seeds FOLDER` the target's seeds are written there as a first corpus.

import Foundation

/// The target of this run.
private let target: FuzzTarget = {
  let name = ProcessInfo.processInfo.environment["BACKSPIN_FUZZ"] ?? ""
  guard let found = FuzzTarget.named(name) else {
    FileHandle.standardError.write(Data("fuzz: no target \"\(name)\"; --list has them all\n".utf8))
    exit(2)
  }
  return found
}()

/// One execution: what does not hold ends the run, as libFuzzer wants it.
@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  if let problem = target.check(Array(UnsafeBufferPointer(start: start, count: count))) {
    FileHandle.standardError.write(Data("\(target.name): \(problem)\n".utf8))
    abort()
  }
  return 0
}

typealias Arguments = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>

@_silgen_name("LLVMFuzzerRunDriver")
func runDriver(
  _ count: UnsafeMutablePointer<Int32>, _ arguments: UnsafeMutablePointer<Arguments>,
  _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32

/// What SwiftPM makes `main` of: this program has its arguments before libFuzzer has.
@_cdecl("Fuzz_main")
func fuzzMain(_ count: Int32, _ arguments: Arguments) -> Int32 {
  let words = CommandLine.arguments
  if words.dropFirst().first == "--list" {
    for one in FuzzTarget.all { print(one.name) }
    return 0
  }
  if words.count == 3, words[1] == "--seeds" { return writeSeeds(to: words[2]) }
  var (count, arguments) = (count, arguments)
  return runDriver(&count, &arguments, testOneInput)
}

private func writeSeeds(to folder: String) -> Int32 {
  for (index, seed) in target.seeds.enumerated() {
    let file = URL(fileURLWithPath: folder).appendingPathComponent("seed-\(index)")
    do {
      try Data(seed).write(to: file)
    } catch {
      FileHandle.standardError.write(Data("fuzz: \(error)\n".utf8))
      return 1
    }
  }
  return 0
}
