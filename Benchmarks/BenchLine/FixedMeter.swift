// A far side with no meter behind it: registers that are all 0, answered at once. It shows what the live
// server itself costs.

internal import Line
internal import Units

/// Answers FC 3 and 4 over TCP or RTU, request by request, whatever is asked.
final class FixedMeter: FarSide {
  private let isRTU: Bool
  private var held: [UInt8] = []
  private var answers: [TimedBytes] = []

  init(isRTU: Bool) { self.isRTU = isRTU }

  var wakes: Instant? { nil }

  func hear(_ bytes: ArraySlice<UInt8>, at now: Instant) {
    let size = isRTU ? 8 : 12
    if held.isEmpty, bytes.count == size { return answer(bytes, at: now) }
    held += bytes
    while held.count >= size {
      answer(held[..<size], at: now)
      held.removeFirst(size)
    }
  }

  private func answer(_ request: ArraySlice<UInt8>, at now: Instant) {
    let first = request.startIndex
    let count = Int(request[first + (isRTU ? 5 : 11)])
    let answer = [UInt8](unsafeUninitializedCapacity: 9 + 2 * count) { space, size in
      size = isRTU ? 5 + 2 * count : 9 + 2 * count
      space.initialize(repeating: 0)
      let copied = isRTU ? 2 : 8
      for index in 0..<copied { space[index] = request[first + index] }
      if !isRTU { space[5] = UInt8(truncatingIfNeeded: 3 + 2 * count) }
      space[copied] = UInt8(truncatingIfNeeded: 2 * count)
      guard isRTU else { return }
      let sum = checksum(UnsafeBufferPointer(rebasing: space[..<(size - 2)]))
      (space[size - 2], space[size - 1]) = (UInt8(sum & 0xFF), UInt8(sum >> 8))
    }
    answers.append(TimedBytes(at: now, bytes: answer))
  }

  func speak(at now: Instant, into said: inout [TimedBytes]) {
    said += answers
    answers.removeAll(keepingCapacity: true)
  }

  /// CRC-16/MODBUS, a byte at a time.
  private func checksum(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt16 {
    var sum: UInt16 = 0xFFFF
    for byte in bytes { sum = sum >> 8 ^ Self.table[Int(UInt8(truncatingIfNeeded: sum) ^ byte)] }
    return sum
  }

  private static let table: [UInt16] = (0..<256).map { index in
    (0..<8).reduce(UInt16(index)) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0xA001 : sum >> 1 }
  }
}
