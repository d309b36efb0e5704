// Bytes read as a script: what a dialogue hears, or what befalls it. Frames whose checks are right get where
// mutated bytes never would.

/// Takes small numbers and strings off the front of a fuzzer's input; zeros when it is at its end.
struct FuzzScript {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func byte() -> UInt8 { rest.popFirst() ?? 0 }

  mutating func bytes(_ count: Int) -> [UInt8] {
    let taken = Array(rest.prefix(count))
    rest = rest.dropFirst(count)
    return taken
  }
}
