import Testing
import Units

@testable import MeterModel

@Suite("Modbus register maps")
struct ModbusMapTests {
  static let block = ModbusMap.Block(functions: [3, 4], addresses: 0...99, gap: .zero)

  static func refusal(
    blocks: [ModbusMap.Block] = [block], points: [ModbusPoint], settings: [ModbusSetting] = []
  ) -> ModbusMapError? {
    do throws(ModbusMapError) {
      _ = try ModbusMap(blocks: blocks, points: points, settings: settings)
      return nil
    } catch {
      return error
    }
  }

  @Test("registers that overlap are refused, with both names and the address")
  func overlap() {
    let error = Self.refusal(points: [
      ModbusFixture.point("frequency", at: 4), ModbusFixture.point("voltage-l1", at: 3),
    ])
    #expect(error?.row == .point(1))
    #expect(error?.reason == .overlap(with: "frequency", function: 4, address: 4))
    #expect(error?.message == "shares register 4 of function 4 with 'frequency'")
  }

  @Test("a point and a setting may share an address only for different functions")
  func functionsApart() throws {
    let setting = ModbusSetting(name: "mode", functions: [3], address: 4, number: .uint16, source: "")
    #expect(Self.refusal(points: [ModbusFixture.point("frequency", at: 4)], settings: [setting]) == nil)
    let error = Self.refusal(points: [ModbusFixture.point("frequency", at: 4, [3])], settings: [setting])
    #expect(error?.row == .setting(0))
    #expect(error?.reason == .overlap(with: "frequency", function: 3, address: 4))
  }

  @Test("a value must lie in a block, with all its registers")
  func outside() {
    let straddling = Self.refusal(points: [ModbusFixture.point("frequency", at: 99)])
    #expect(straddling?.reason == .outsideBlocks(function: 4))
    let unreached = ModbusSetting(name: "mode", functions: [16], address: 4, number: .uint16, source: "")
    #expect(Self.refusal(points: [], settings: [unreached])?.reason == .outsideBlocks(function: 16))
    let last = ModbusMap.Block(functions: [4], addresses: 65_000...65_535, gap: .zero)
    let past = Self.refusal(blocks: [last], points: [ModbusFixture.point("frequency", at: 65_535)])
    #expect(past?.reason == .pastLastAddress)
  }

  @Test("blocks of one function do not overlap, and name functions that can be spoken")
  func blocks() {
    let other = ModbusMap.Block(functions: [4, 16], addresses: 99...120, gap: .zero)
    let error = Self.refusal(blocks: [Self.block, other], points: [])
    #expect(error?.row == .block(1))
    #expect(error?.reason == .blocksOverlap(with: 0, function: 4))
    let coils = ModbusMap.Block(functions: [1], addresses: 0...9, gap: .zero)
    #expect(Self.refusal(blocks: [coils], points: [])?.reason == .function(1))
    let written = ModbusFixture.point("frequency", at: 4, [16])
    #expect(Self.refusal(points: [written])?.reason == .function(16))
  }

  @Test("a table of addresses keeps what is put in, and nothing else")
  func table() {
    var table = ModbusAddressTable()
    let put: [UInt16: Int] = [0: 1, 255: 2, 256: 3, 0xF920: 4, 65_535: 5]
    for (address, slot) in put { table[address] = .gap(.zero).holding(slot) }
    for address in UInt16.min...UInt16.max {
      #expect(table[address].slot == put[address])
    }
  }

  @Test("every quantity is found by its written name")
  func names() {
    for quantity in ModbusQuantity.all { #expect(ModbusQuantity(named: quantity.name) == quantity) }
    #expect(ModbusQuantity(named: "active-power-total")?.kind == .activePower)
    #expect(ModbusQuantity(named: "active-energy-import")?.place == .whole)
    #expect(ModbusQuantity(named: "active-power") == nil, "power is measured somewhere")
    #expect(ModbusQuantity(named: "frequency-l1") == nil)
    #expect(ModbusQuantity(.voltage, at: .whole) == nil)
  }
}
