// A secret of this folder: drawn once, kept in a file that only its owner can read.

internal import Foundation
internal import Glibc

/// 128 bits that nobody else knows.
public struct SecretKey: Sendable {
  public let words: (UInt64, UInt64)

  /// Reads the key of a file, or draws one and keeps it there. Throws `system` where the file is no key or
  /// cannot be written.
  public init(at path: String) throws(HostError) {
    if let text = try? String(contentsOfFile: path, encoding: .utf8) {
      let digits = text.prefix { !$0.isNewline }
      guard digits.count == 32, let high = UInt64(digits.prefix(16), radix: 16),
        let low = UInt64(digits.dropFirst(16), radix: 16)
      else {
        throw HostError(
          .system, "\(path) is no key of 32 hexadecimal digits", help: "remove it, or give another")
      }
      words = (high, low)
      return
    }
    words = (UInt64.random(in: 0...UInt64.max), UInt64.random(in: 0...UInt64.max))
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw HostError(
        .system, "cannot keep a key in \(path) (\(systemWord(errno)))",
        help: "masks need a folder that can be written")
    }
    defer { close(descriptor) }
    let text = Self.hex(words.0) + Self.hex(words.1) + "\n"
    guard write(descriptor, text, text.utf8.count) == text.utf8.count else {
      throw HostError(.system, "cannot write \(path) (\(systemWord(errno)))", help: "is the disk full?")
    }
  }

  private static func hex(_ word: UInt64) -> String {
    let digits = String(word, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
