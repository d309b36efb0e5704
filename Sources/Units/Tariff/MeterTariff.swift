// What a supplier tells a smart meter of its import tariff, prices left out (DUIS 1.1.1, GBCS use case
// ECS01a): when import goes to which register, and where its blocks end. Export has no such thing: one
// register, whatever the time.

/// The primary element's switching table and the thresholds of its blocks.
public struct MeterTariff: Hashable, Sendable {
  public var table: SwitchingTable
  /// Ends of blocks 1…3 by time of use 1…8, rising: what was counted in that time of use since the counters
  /// were last set to zero (that they are sums and not lengths is our assumption, from published examples).
  /// None: all is block 1.
  public var thresholds: [Int: [WattHours]]

  public init(table: SwitchingTable, thresholds: [Int: [WattHours]] = [:]) {
    (self.table, self.thresholds) = (table, thresholds)
  }

  /// What a meter has before anybody tells it anything: all in the first register (our assumption).
  public static let single = MeterTariff(table: .single)

  public static let blocks = 4
  public static let timesWithBlocks = 8
  /// An unsigned 32-bit number of Wh, which also stands for "no end".
  public static let highestThreshold = WattHours(Int64(UInt32.max))

  /// Why a meter with so many time-of-use registers does not take it; empty where it does.
  public func objections(registers: Int, times: Int = MeterTariff.timesWithBlocks) -> [String] {
    var found = table.objections(registers: registers, times: times)
    for (time, ends) in thresholds.sorted(by: { $0.key < $1.key }) {
      if !(1...Self.timesWithBlocks).contains(time) { found.append("thresholds of tou \(time): 1…8") }
      if ends.isEmpty || ends.count >= Self.blocks {
        found.append("tou \(time) has \(ends.count) thresholds: 1…3")
      }
      if zip(ends, ends.dropFirst()).contains(where: { $0 >= $1 }) {
        found.append("the thresholds of tou \(time) do not rise")
      }
      if ends.contains(where: { $0 <= .zero || $0 > Self.highestThreshold }) {
        found.append("a threshold of tou \(time) is not 1 Wh to \(Self.highestThreshold)")
      }
    }
    return found
  }
}
