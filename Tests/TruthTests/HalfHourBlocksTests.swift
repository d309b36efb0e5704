import Testing
import Timeline
import Units

@testable import Truth

@Suite("Half-hours become constant powers that give back exactly their energies")
struct HalfHourBlocksTests {
  /// End offset in ms and power in mW of each segment of one half-hour.
  private func lay(imported: Int64, exported: Int64, order: BlockOrder = .exportFirst) -> [[Int64]] {
    var blocks = HalfHourBlocks(order: order)
    let halfHour = HalfHour(index: 0)
    blocks.append(
      halfHour,
      phases: [HalfHourEnergies(imported: FineEnergy(raw: imported), exported: FineEnergy(raw: exported))])
    return blocks.segments.map { [$0.endMilliseconds, $0.l1] }
  }

  @Test("a half-hour in one direction is one block: 1 Wh over half an hour is 2 W")
  func oneWay() {
    #expect(lay(imported: wattHour, exported: 0) == [[1_800_000, 2000]])
    #expect(lay(imported: 0, exported: 336 * wattHour) == [[1_800_000, -672_000]])
    #expect(lay(imported: 0, exported: 0) == [[1_800_000, 0]])
  }

  @Test("a remainder becomes one milliwatt more for so many milliseconds")
  func remainder() {
    // 0.0001 Wh = 360 000 mW·ms: 0 mW and 360 000 over, so 1 mW for 360 000 ms.
    #expect(lay(imported: 360_000, exported: 0) == [[360_000, 1], [1_800_000, 0]])
    // 2.5 mW for half an hour is 4 500 000 mW·ms: 3 mW for half of it, then 2 mW.
    #expect(lay(imported: 0, exported: 4_500_000) == [[900_000, -3], [1_800_000, -2]])
  }

  @Test("export and import in one half-hour share its time as they share its energy")
  func bothWays() {
    // 100 Wh out of 400 is a quarter of 1 800 000 ms; 100 Wh in 7.5 min and 300 Wh in 22.5 min are both 800
    // W.
    #expect(
      lay(imported: 300 * wattHour, exported: 100 * wattHour) == [
        [450_000, -800_000], [1_800_000, 800_000],
      ])
    #expect(
      lay(imported: 300 * wattHour, exported: 100 * wattHour, order: .importFirst)
        == [[1_350_000, 800_000], [1_800_000, -800_000]])
    // 1 Wh of 7: 257 142 ms. 3.6e9 = 14 000 × 257 142 + 12 000; 2.16e10 = 13 999 × 1 542 858 + 1 530 858.
    #expect(
      lay(imported: 6 * wattHour, exported: wattHour) == [
        [12_000, -14_001], [257_142, -14_000], [1_788_000, 14_000], [1_800_000, 13_999],
      ])
    // The least energy against the most still gets its own millisecond.
    #expect(lay(imported: 5000 * wattHour, exported: 1).first == [1, -1])
  }

  @Test("any two columns come back to the last milliwatt-millisecond, on every phase")
  func exactForAll() {
    let draws = RandomStream(seed: 11).stream("half-hours")
    var blocks = HalfHourBlocks(order: .exportFirst)
    var expected: [[Int128]] = [[0, 0], [0, 0], [0, 0]]
    var number: UInt64 = 0
    func draw() -> Int64 {
      number += 1
      let size = draws.whole(number &* 7, in: 0...4)
      return size == 0
        ? 0 : draws.whole(number, in: 0...[0, 3, 100_000, 7_777_777_777, 30_000_000_000_000][Int(size)])
    }
    for index in 0..<500 {
      let phases = (0..<3).map { _ in
        HalfHourEnergies(imported: FineEnergy(raw: draw()), exported: FineEnergy(raw: draw()))
      }
      for (phase, energies) in phases.enumerated() {
        expected[phase][0] += Int128(energies.imported.raw)
        expected[phase][1] += Int128(energies.exported.raw)
      }
      blocks.append(HalfHour(index: Int32(index)), phases: phases)
    }
    let powers: [(FlowSegment) -> Int64] = [{ $0.l1 }, { $0.l2 }, { $0.l3 }]
    for (phase, power) in powers.enumerated() {
      #expect(integral(blocks.segments, from: .epoch) { max(power($0), 0) } == expected[phase][0])
      #expect(integral(blocks.segments, from: .epoch) { max(-power($0), 0) } == expected[phase][1])
    }
    #expect(blocks.segments.last?.endMilliseconds == 900_000_000)
  }
}
