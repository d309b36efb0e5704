// The Modbus side of a make of meter, as data: which registers there are, what they show and in which form,
// and what the meter does with requests beyond them. One part of a profile; nothing in it changes while a
// meter lives.

public import Units

/// The registers and manners of a make of Modbus meter.
public struct ModbusMap: Hashable, Sendable {
  /// The factory settings of its line.
  public struct Line: Hashable, Sendable {
    public enum Parity: String, Hashable, Sendable, CaseIterable { case none, even, odd }

    /// 1…247.
    public var unit: UInt8
    public var baud: Int
    public var parity: Parity
    /// 1 or 2.
    public var stopBits: Int

    public init(unit: UInt8 = 1, baud: Int = 9600, parity: Parity = .none, stopBits: Int = 1) {
      (self.unit, self.baud, self.parity, self.stopBits) = (unit, baud, parity, stopBits)
    }
  }

  /// What addresses inside a block give that hold nothing.
  public enum Gap: String, Hashable, Sendable, CaseIterable {
    case zero
    /// Exception 02, as for an address outside all blocks.
    case exception
    /// The register before it in the same answer; 0 for the first (our assumption).
    case lastValue = "last-value"
    /// FFFF: the largest number of a register without sign.
    case ones
  }

  /// A stretch of addresses that some functions reach.
  public struct Block: Hashable, Sendable {
    /// Of those in `speakableFunctions`.
    public var functions: Set<UInt8>
    public var addresses: ClosedRange<UInt16>
    public var gap: Gap
    /// Whether a read must begin at an even address (else exception 02) and take an even count (else 03).
    public var evenOnly: Bool

    public init(functions: Set<UInt8>, addresses: ClosedRange<UInt16>, gap: Gap, evenOnly: Bool = false) {
      (self.functions, self.addresses, self.gap, self.evenOnly) = (functions, addresses, gap, evenOnly)
    }
  }

  public var line: Line
  public var supply: Supply
  /// How many registers one read may take, 1…125: exception 03 above it.
  public var maximumRegisters: Int
  public var overflow: ModbusOverflow
  /// The least time from the end of a request to the start of its answer; never below t3.5.
  public var turnaround: TimeSpan
  /// A request that begins sooner than this after the meter's last answer is not heard.
  public var minimumGap: TimeSpan
  /// What a quantity that the meter has not shows.
  public var absent: ModbusAbsence
  /// How long the mean of a demand register is taken over, where no setting says otherwise.
  public var demandPeriod: TimeSpan
  /// The step by which that period slides, where a document of the make says that it does; nil: periods lie
  /// end to end.
  public var demandSlides: TimeSpan?
  /// The rarer functions.
  public var services: ModbusServices
  public let coils: [ModbusCoil]
  public let blocks: [Block]
  public let points: [ModbusPoint]
  public let settings: [ModbusSetting]
  let index: ModbusAddressIndex

  /// Throws `ModbusMapError` where registers overlap, lie outside the blocks, or do not fit their function.
  public init(
    line: Line = Line(), supply: Supply = .nominal, maximumRegisters: Int = ModbusMap.mostRegisters,
    overflow: ModbusOverflow = .saturate, turnaround: TimeSpan = .zero, minimumGap: TimeSpan = .zero,
    absent: ModbusAbsence = .sunspec, demandPeriod: TimeSpan = .minutes(60),
    demandSlides: TimeSpan? = nil, services: ModbusServices = ModbusServices(), coils: [ModbusCoil] = [],
    blocks: [Block],
    points: [ModbusPoint], settings: [ModbusSetting] = []
  ) throws(ModbusMapError) {
    (self.line, self.supply, self.maximumRegisters) = (line, supply, maximumRegisters)
    (self.overflow, self.turnaround, self.minimumGap) = (overflow, turnaround, minimumGap)
    (self.absent, self.demandPeriod, self.services, self.coils) = (absent, demandPeriod, services, coils)
    self.demandSlides = demandSlides
    (self.blocks, self.points, self.settings) = (blocks, points, settings)
    index = try ModbusAddressIndex(blocks: blocks, points: points, settings: settings, absent: absent)
  }

  /// The standard's largest read (V1.1b3 section 6.3).
  public static let mostRegisters = 125

  /// The functions that a block may name: reads of registers, and writes to settings (V1.1b3 section 6).
  public static let speakableFunctions: Set<UInt8> = [3, 4, 6, 16, 22, 23]

  /// The functions that read registers; 23 reads those of 3.
  static let readFunctions: Set<UInt8> = [3, 4]

  /// The functions it speaks at all; any other gives exception 01.
  public var functions: Set<UInt8> {
    var all = blocks.reduce(into: Set<UInt8>()) { $0.formUnion($1.functions) }
    for coil in coils { all.formUnion(coil.functions) }
    if services.loopback { all.insert(8) }
    if services.serverID != nil { all.insert(17) }
    if !services.identification.isEmpty { all.insert(43) }
    return all
  }

  /// Whether somebody can read a mean over the demand period.
  public var showsDemand: Bool {
    points.contains { if case .quantity(let quantity) = $0.shows { quantity.kind.isDemand } else { false } }
  }

  /// Where a quantity is read: the first point of that name.
  public func point(_ quantity: ModbusQuantity) -> ModbusPoint? {
    points.first { $0.shows == .quantity(quantity) }
  }
}
