// What the tests of this folder share: short ways to write instants and to look at a flow.

import Testing
import Timeline
import Truth
import Units

func at(_ text: String) throws -> Instant { try Instant(parsing: text) }

/// A flow in words: "until milliseconds: l1 mW", neighbours of equal power joined.
func joined(_ segments: [FlowSegment]) -> [FlowSegment] {
  var result: [FlowSegment] = []
  for segment in segments {
    if let last = result.last, (last.l1, last.l2, last.l3) == (segment.l1, segment.l2, segment.l3) {
      result[result.count - 1].endMilliseconds = segment.endMilliseconds
    } else {
      result.append(segment)
    }
  }
  return result
}

/// The signed integral of one phase in mW·ms, added up in the plainest way.
func integral(_ segments: [FlowSegment], from: Instant, of phase: (FlowSegment) -> Int64 = { $0.l1 })
  -> Int128
{
  var sum: Int128 = 0
  var start = from.milliseconds
  for segment in segments {
    sum += Int128(phase(segment)) * Int128(segment.endMilliseconds - start)
    start = segment.endMilliseconds
  }
  return sum
}

extension Site {
  /// The whole flow until an instant, asked for in blocks.
  func flow(until end: Instant, inBlocksOf block: TimeSpan) -> [FlowSegment] {
    var segments: [FlowSegment] = []
    while now < end { flow(until: min(now + block, end), into: &segments) }
    return segments
  }
}

/// Half-hourly prices, kWh and the like are worked in the comments of each test; this is 1 Wh in mW·ms.
let wattHour: Int64 = 3_600_000_000
