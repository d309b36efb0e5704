// Runs the conformance suite once more in a child of this test program, over libserialport, with the
// preloaded library of Tests/Interop.

import Foundation
import Testing

@Suite(.enabled(if: !isAdapterChild)) struct AdapterOnPtyTests {
  @Test("libserialport passes the same conformance suite, in a child process", .timeLimit(.minutes(2)))
  func conformance() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "backspin-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let source = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Interop/pty_as_adapter.c")
    let library = folder.appending(path: "pty_as_adapter.so")
    let compiled = try run(
      "/usr/bin/env", ["cc", "-shared", "-fPIC", "-O1", "-o", library.path, source.path, "-ldl"])
    try #require(compiled.code == 0, "\(compiled.text)")

    let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let child = try run(
      program, ["--testing-library", "swift-testing", "--filter", "SerialConformanceTests"],
      environment: ["LD_PRELOAD": library.path, "BACKSPIN_TEST_PTY_AS_ADAPTER": "1"])
    #expect(child.code == 0, "\(child.text)")
    // Ten tests must have run, each with the one backend of the child.
    #expect(child.text.contains("Test run with 10 tests in 1 suite passed"), "\(child.text)")
    #expect(child.text.contains("every byte value goes through unchanged"))
  }

  private func run(
    _ program: String, _ arguments: [String], environment: [String: String] = [:]
  ) throws -> (code: Int32, text: String) {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let watchdog = DispatchWorkItem { [process] in process.terminate() }
    DispatchQueue.global().asyncAfter(deadline: .now() + 90, execute: watchdog)
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    watchdog.cancel()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }
}
