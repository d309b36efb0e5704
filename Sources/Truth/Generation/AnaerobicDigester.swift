// An anaerobic digester with its engine: constant but for steps of load, stops nobody planned, and a week of
// service each year.

internal import Foundation
internal import Timeline
internal import Units

/// An engine on biogas.
public struct AnaerobicDigester: Hashable, Sendable {
  /// Mean hours between stops, and of a stop.
  public var hoursBetweenStops = 600.0
  public var hoursOfStop = 20.0
  /// Day of the year on which a week of service begins; nil: none.
  public var serviceFrom: Int? = 166
  /// Steps of load, as a share of the rating.
  public var step = 0.05
  /// Least load as a share of the rating.
  public var leastLoad = 0.85

  public init() {}
}

/// Makes power of gas.
struct DigesterGeneration {
  /// Stops are drawn a month at a time, so that any second can be asked for.
  private static let block: Int64 = 30 * 86_400
  private static let loadHours: Int64 = 6

  private let digester: AnaerobicDigester
  private let ratedMilliwatts: Double
  private let stops: RandomStream
  private let loads: RandomStream
  private var stopsOf: (block: Int64, ranges: [Range<Int64>]) = (.min, [])

  init(_ digester: AnaerobicDigester, rated: Double, stream: RandomStream) {
    (self.digester, ratedMilliwatts) = (digester, rated)
    stops = stream.stream("stops")
    loads = stream.stream("load")
  }

  /// mW.
  mutating func milliwatts(at second: Int64) -> Int64 {
    if isServiced(at: second) || isStopped(at: second) { return 0 }
    let draw = loads.fraction(UInt64(bitPattern: floorDivide(second, Self.loadHours * 3600)))
    let steps = ((1 - digester.leastLoad) / digester.step).rounded()
    let down = (draw * (steps + 1)).rounded(.down) * digester.step
    return Int64(ratedMilliwatts * max(1 - down, digester.leastLoad))
  }

  private func isServiced(at second: Int64) -> Bool {
    guard let from = digester.serviceFrom else { return false }
    let day = ClearSky.dayOfYear(dayNumber: Int(floorDivide(second, 86_400)))
    return (from..<from + 7).contains(day)
  }

  private mutating func isStopped(at second: Int64) -> Bool {
    let block = floorDivide(second, Self.block)
    if stopsOf.block != block {
      // A stop that began in the month before may last into this one.
      stopsOf = (block, drawStops(of: block - 1) + drawStops(of: block))
    }
    return stopsOf.ranges.contains { $0.contains(second) }
  }

  private func drawStops(of block: Int64) -> [Range<Int64>] {
    var found: [Range<Int64>] = []
    var at = Double(block * Self.block)
    let end = Double((block + 1) * Self.block)
    var draw = UInt64(bitPattern: block) << 16
    while true {
      at -= log(1 - stops.fraction(draw)) * digester.hoursBetweenStops * 3600
      guard at < end else { return found }
      let length = -log(1 - stops.fraction(draw + 1)) * digester.hoursOfStop * 3600
      found.append(Int64(at)..<Int64(at + length) + 1)
      at += length
      draw += 2
    }
  }
}
