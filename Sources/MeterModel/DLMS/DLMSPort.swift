// The DLMS/COSEM port of a make of meter: the part of its profile that says how it is reached, by whom, and
// which objects it has (IEC 62056-46, -47, -5-3, -6-1, -6-2).
//
// GB smart meters are read through the DCC, with DLMS inside GBCS messages; what their optical face speaks is
// the maker's secret. A port of a SMETS meter is therefore a convention of this bench, in the words of the
// open standard, and a profile that has one says so in its notes.

public import Units
public import Wire

/// A DLMS server with one logical device, as data.
public struct DLMSPort: Hashable, Sendable {
  /// The maker's FLAG code, three letters: begins the logical device name and the system title.
  public var flagCode: String
  /// Firmware version, as 1-0:0.2.0*255 says it.
  public var firmware: String
  /// 8 octets; nil: the FLAG code, then the serial number in five octets (62056-5-3, section 5.3.2).
  public var systemTitle: [UInt8]?
  /// The serial side; nil where there is none.
  public var hdlc: DLMSHDLC?
  /// The TCP side; nil where there is none.
  public var wrapper: DLMSWrapper?
  /// The largest APDU it receives, in octets; 0 for no limit.
  public var maximumPDU: UInt16
  /// What it offers; an association has what the client proposes as well.
  public var conformance: COSEMConformance
  /// Who may associate, each client address once.
  public var clients: [DLMSClient]
  public var clock: DLMSClock
  public var registers: [DLMSRegister]
  public var profiles: [DLMSProfile]
  /// Capacity of the event log 0-0:99.98.0*255, oldest overwritten; 0 where there is none.
  public var eventLogEntries: Int
  /// Whether the meter has a switch, 0-0:96.3.10*255: clients with all rights open and close it (control mode
  /// 4: from afar, at once, without anybody at the meter).
  public var hasDisconnectControl: Bool
  /// Whether a block that is asked for a second time is sent again; otherwise the transfer is aborted with
  /// "block number invalid". Makers differ; the standard wants the abort.
  public var repeatsBlocks: Bool
  /// Wrong passwords or challenges in a row that lock the server; 0: never locks.
  public var lockOutAfter: Int
  /// How long it stays locked.
  public var lockOutTime: TimeSpan

  public init(
    flagCode: String = "BSP", firmware: String = "1.0", systemTitle: [UInt8]? = nil,
    hdlc: DLMSHDLC? = DLMSHDLC(), wrapper: DLMSWrapper? = DLMSWrapper(), maximumPDU: UInt16 = 1024,
    conformance: COSEMConformance = .all, clients: [DLMSClient] = [DLMSClient(address: 16)],
    clock: DLMSClock = DLMSClock(), registers: [DLMSRegister] = [], profiles: [DLMSProfile] = [],
    eventLogEntries: Int = 0, hasDisconnectControl: Bool = false, repeatsBlocks: Bool = false,
    lockOutAfter: Int = 0, lockOutTime: TimeSpan = .minutes(5)
  ) {
    (self.flagCode, self.firmware, self.systemTitle) = (flagCode, firmware, systemTitle)
    (self.hdlc, self.wrapper, self.maximumPDU) = (hdlc, wrapper, maximumPDU)
    (self.conformance, self.clients, self.clock) = (conformance, clients, clock)
    (self.registers, self.profiles, self.eventLogEntries) = (registers, profiles, eventLogEntries)
    (self.hasDisconnectControl, self.repeatsBlocks) = (hasDisconnectControl, repeatsBlocks)
    (self.lockOutAfter, self.lockOutTime) = (lockOutAfter, lockOutTime)
  }

  public func client(_ address: UInt8) -> DLMSClient? { clients.first { $0.address == address } }
}

/// How it stands on a serial line (IEC 62056-46).
public struct DLMSHDLC: Hashable, Sendable {
  /// Upper address: the logical device; 1 is the management logical device.
  public var logicalAddress: UInt16
  /// Lower address: the physical device; nil only with an address of one byte.
  public var physicalAddress: UInt16?
  /// 1, 2 or 4 bytes of server address.
  public var addressBytes: Int
  /// Largest information field it sends and receives, in octets (128 is the standard's default).
  public var maximumInformation: UInt16
  /// Most frames it sends and takes without an answer, 1…7.
  public var window: UInt8
  /// Characters of frames are 8N1 at this speed.
  public var baud: Int
  /// Silence after which it drops the connection (120 s in the standard; zero: never).
  public var inactivity: TimeSpan

  public init(
    logicalAddress: UInt16 = 1, physicalAddress: UInt16? = nil, addressBytes: Int = 1,
    maximumInformation: UInt16 = 128, window: UInt8 = 1, baud: Int = 9600,
    inactivity: TimeSpan = .seconds(120)
  ) {
    (self.logicalAddress, self.physicalAddress) = (logicalAddress, physicalAddress)
    (self.addressBytes, self.maximumInformation, self.window) = (addressBytes, maximumInformation, window)
    (self.baud, self.inactivity) = (baud, inactivity)
  }
}

/// How it stands on TCP (IEC 62056-47).
public struct DLMSWrapper: Hashable, Sendable {
  /// The server's wPort: its logical device.
  public var port: UInt16

  public init(port: UInt16 = 1) { self.port = port }
}
