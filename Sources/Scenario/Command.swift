// What happens in a story, as a flat list in order of time: the fuzzer writes such lists and the shrinker
// edits them. Repetitions (`every: day`) are written out, so a command is always one thing at one instant.

public import Line
public import MeterModel
public import Settlement
public import Truth
public import Units

/// One thing that happens at one instant.
public struct Command: Hashable, Sendable {
  public var at: Instant
  public var action: Action
  /// Where it was written: the row of the timeline, from 0, and the occurrence of a repetition, from 0.
  public var row: Int
  public var occurrence: Int
  public var position: Position

  public init(at: Instant, action: Action, row: Int = 0, occurrence: Int = 0, position: Position = .nowhere) {
    (self.at, self.action, self.row) = (at, action, row)
    (self.occurrence, self.position) = (occurrence, position)
  }

  public enum Action: Hashable, Sendable {
    /// Somebody looks at the display (`customer-reads`, `visit-reads`).
    case displayRead(DisplayRead)
    /// The head-end asks a smart meter over the WAN (`remote-reads`).
    case remoteRead(RemoteRead)
    /// The head-end asks a Modbus meter over its line (`polls`).
    case poll(Poll)
    /// Somebody reads the meter through one of its ports, standing before it (`bench-reads`).
    case benchRead(BenchRead)
    /// A counter is clipped to a meter's pulse output (`pulse-logger`).
    case pulseLogger(PulseLoggerOrder)
    /// A fault holds from `at` on (`fault`).
    case fault(FaultOrder)
    /// A supplier or distributor tells a smart meter something over the WAN (`remote-order`).
    case remoteOrder(RemoteOrder)
    /// What becomes of a SMETS1 installation (`smets1`).
    case smets1(SMETS1State, meter: String)
    /// An attempt to bring a SMETS1 installation into the DCC begins (`smets1: migrating`).
    case migration(meter: String, takes: TimeSpan)
    /// The network's own voltage is so many mV until an instant (`voltage`).
    case voltage(Int64, until: Instant)
    /// The customer presses the button of a meter whose supply is armed (`presses-button`).
    case button(meter: String)
    /// Somebody settles the export of a meter (`settle`).
    case settle(meter: String)
    /// The meter is replaced (`event: meter-exchanged`).
    case meterExchanged(MeterExchange)
    /// Somebody writes a setting into a Modbus meter over its line (`writes`).
    case write(SettingWrite)
    /// Somebody sets the reader's end of a line anew (`sets-line`).
    case setLine(LineChange)
    /// A meter is switched off and on (`power-cycle`).
    case powerCycle(meter: String)
    /// The flow at the boundary is as stated from `at` until an instant, whatever the site would do (`flow`).
    case flow(PhasePower, until: Instant)
    /// A reading arrives, of a meter by its name in the story (`reading`).
    case reading(meter: String, Read)
    /// Half-hours arrive (`half-hours`).
    case halfHours(meter: String, LogRead)
    /// The settlement party hears of something (`event`).
    case event(CaseEvent)
    /// A file of a data-transfer flow arrives (`flow-file`).
    case flowFile(FlowArrival)
  }
}

/// A read of a display.
public struct DisplayRead: Hashable, Sendable {
  /// A photograph that does not show what it should; nil parts are as they truly are.
  public struct Photo: Hashable, Sendable {
    public var serial: String?
    public var register: RegisterRole?
    public var value: WattHours?
    /// What is wrong with the picture itself.
    public var flaws: [PhotoFlaw]

    public init(
      serial: String? = nil, register: RegisterRole? = nil, value: WattHours? = nil, flaws: [PhotoFlaw] = []
    ) {
      (self.serial, self.register, self.value, self.flaws) = (serial, register, value, flaws)
    }
  }

  public var meter: String
  /// `customer` or `visit`.
  public var source: ReadSource
  /// The register that is reported.
  public var register: RegisterRole
  /// The value that is reported, where it is not what the display shows: a misread.
  public var value: WattHours?
  /// Nil: no photograph was sent.
  public var photo: Photo?
  /// How long it takes to arrive.
  public var delay: TimeSpan

  public init(
    meter: String, source: ReadSource = .customer, register: RegisterRole, value: WattHours? = nil,
    photo: Photo? = nil, delay: TimeSpan = .zero
  ) {
    (self.meter, self.source, self.register, self.value) = (meter, source, register, value)
    (self.photo, self.delay) = (photo, delay)
  }
}

/// A request over the WAN.
public struct RemoteRead: Hashable, Sendable {
  /// A stretch of a log; both ends are asked for inclusively, as the meter answers.
  public enum Stretch: Hashable, Sendable {
    /// The last so long before the request: 24 h give 49 rows.
    case last(TimeSpan)
    case between(Instant, Instant)

    /// The ends for a request made at an instant.
    public func ends(at request: Instant) -> (from: Instant, through: Instant) {
      switch self {
      case .last(let span): (request - span, request)
      case .between(let from, let through): (from, through)
      }
    }
  }

  public var meter: String
  /// Which registers it is about, of those the meter has.
  public var roles: [RegisterRole]
  /// Whether the cumulative registers are asked for.
  public var registers: Bool
  /// The half-hourly log to ask for; nil for none.
  public var halfHours: Stretch?
  /// The daily snapshots to ask for; nil for none.
  public var daily: Stretch?
  /// Whether the meter is first asked which export MPAN it holds: where that is another than the meter's in
  /// the story, nothing of it is taken (`checks-mpan`).
  public var checksMPAN = false

  public init(
    meter: String, roles: [RegisterRole], registers: Bool = true, halfHours: Stretch? = nil,
    daily: Stretch? = nil
  ) {
    (self.meter, self.roles, self.registers) = (meter, roles, registers)
    (self.halfHours, self.daily) = (halfHours, daily)
  }
}

/// An order over the WAN.
public struct RemoteOrder: Hashable, Sendable {
  public var meter: String
  public var order: WANOrder
  /// In which part it is sent.
  public var sender: WANRole

  public init(meter: String, order: WANOrder, sender: WANRole) {
    (self.meter, self.order, self.sender) = (meter, order, sender)
  }
}

/// A read of cumulative registers over a Modbus line.
public struct Poll: Hashable, Sendable {
  public var meter: String
  public var roles: [RegisterRole]
  /// Whether each answer goes to settlement as a register read.
  public var givesReads: Bool
  /// Whether a logger makes half-hours of consecutive answers at :00 and :30.
  public var givesHalfHours: Bool
  /// The unit number that is asked; nil for the one that the story gave the meter.
  public var unit: UInt8?

  public init(
    meter: String, roles: [RegisterRole], givesReads: Bool = true, givesHalfHours: Bool = false,
    unit: UInt8? = nil
  ) {
    (self.meter, self.roles, self.unit) = (meter, roles, unit)
    (self.givesReads, self.givesHalfHours) = (givesReads, givesHalfHours)
  }
}

/// The reader's end of a line, set anew; nil parts stay as they are.
public struct LineChange: Hashable, Sendable {
  public var line: String
  public var baud: Int?
  public var parity: LineSetup.Parity?
  public var stopBits: Int?

  public init(line: String, baud: Int? = nil, parity: LineSetup.Parity? = nil, stopBits: Int? = nil) {
    (self.line, self.baud, self.parity, self.stopBits) = (line, baud, parity, stopBits)
  }
}

/// A fault with its target and its end.
public struct FaultOrder: Hashable, Sendable {
  public enum Target: Hashable, Sendable {
    case meter(String)
    case line(String)
    /// What flows.
    case site
    /// Whoever reads displays.
    case customer
    /// The contract.
    case agreement

    public var place: FaultPlace {
      switch self {
      case .meter: .meter
      case .line: .line
      case .site: .site
      case .customer: .customer
      case .agreement: .agreement
      }
    }

    public var name: String {
      switch self {
      case .meter(let name), .line(let name): name
      case .site, .customer, .agreement: place.rawValue
      }
    }
  }

  public var setting: FaultSetting
  public var target: Target
  /// The port whose answers it befalls, of those the meter has; nil: the usual one that can have it.
  public var port: MeterProtocol?
  /// When it ends; the end of the story where nothing is said.
  public var until: Instant

  public init(setting: FaultSetting, target: Target, port: MeterProtocol? = nil, until: Instant) {
    (self.setting, self.target, self.port, self.until) = (setting, target, port, until)
  }
}

/// One meter taken away, another put in its place.
public struct MeterExchange: Hashable, Sendable {
  public var meter: String
  /// Profile, serial and initial registers of the new one; it keeps the name, place, line and unit of the
  /// old.
  public var new: MeterSetup
  /// Whether final and initial values were written down (R-READ-10).
  public var readsTaken: Bool
  /// When the licensee hears of it.
  public var received: Instant

  public init(meter: String, new: MeterSetup, readsTaken: Bool, received: Instant) {
    (self.meter, self.new, self.readsTaken, self.received) = (meter, new, readsTaken, received)
  }
}

/// A setting written into a Modbus meter over its line.
public struct SettingWrite: Hashable, Sendable {
  public enum Setting: Hashable, Sendable {
    /// What the `total` register adds up (Eastron holding register 0xF920): 1, 2 or 3.
    case accumulation(Int)
    /// How reverse flow is counted (register 0x1103 of the EM300 series): by direction, or all as import.
    case direction(isBoth: Bool)
    case unit(UInt8)
    /// Bits per second.
    case baud(Int)
    case frame(ModbusFrame)
  }

  public var meter: String
  public var setting: Setting
  /// The unit number that is written to; nil for the one that the story gave the meter.
  public var unit: UInt8?

  public init(meter: String, setting: Setting, unit: UInt8? = nil) {
    (self.meter, self.setting, self.unit) = (meter, setting, unit)
  }

  /// The meter's own setting, and the number that stands for what is written; nil where it has none.
  public func place(in map: ModbusMap) -> (setting: ModbusSetting, value: Int64)? {
    func find(_ meanings: ModbusSetting.Meaning...) -> ModbusSetting? {
      map.settings.first { meanings.contains($0.meaning) && !$0.functions.isDisjoint(with: [6, 16]) }
    }
    func code(_ setting: ModbusSetting, _ value: Int) -> Int64? {
      setting.codes.first { $0.value == value }?.key
    }
    switch setting {
    case .accumulation(let mode): return find(.measurementMode).map { ($0, Int64(mode)) }
    case .direction(let isBoth): return find(.directionMode).map { ($0, isBoth ? 1 : 0) }
    case .unit(let unit): return find(.unit).map { ($0, Int64(unit)) }
    case .baud(let baud): return find(.baud).flatMap { one in code(one, baud).map { (one, $0) } }
    case .frame(let frame): return find(.frame).flatMap { one in code(one, frame.rawValue).map { (one, $0) } }
    }
  }
}
