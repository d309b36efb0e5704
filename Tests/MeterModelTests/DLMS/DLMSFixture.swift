// A DLMS port such as the tests of this module need: three clients, four registers, two profiles.

import MeterModel
import Units
import Wire

enum DLMSFixture {
  static let encryption = "000102030405060708090A0B0C0D0E0F"
  static let authentication = "D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF"

  static func name(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8, _ e: UInt8) -> OBIS {
    OBIS(medium: a, channel: b, quantity: c, processing: d, rate: e, billingPeriod: 255)
  }

  static let importRegister = name(1, 0, 1, 8, 0)
  static let exportRegister = name(1, 0, 2, 8, 0)

  static func port() -> DLMSPort {
    let keys = COSEMKeys(encryptionHex: encryption, authenticationHex: authentication)
    return DLMSPort(
      clients: [
        DLMSClient(address: 16, rights: .open),
        DLMSClient(address: 32, mechanism: .low, password: Array("12345678".utf8)),
        DLMSClient(address: 48, mechanism: .gmac, keys: keys, policy: .both, rights: .management),
      ],
      registers: [
        DLMSRegister(importRegister, .import), DLMSRegister(exportRegister, .export),
        DLMSRegister(name(1, 0, 16, 8, 0), .net, width: .int64),
        DLMSRegister(name(1, 0, 1, 7, 0), .importPower),
      ],
      profiles: [
        DLMSProfile(
          name(1, 0, 99, 1, 0), columns: [.clock, .status, .interval(.import), .interval(.export)]),
        DLMSProfile(
          name(1, 0, 99, 2, 0), period: 86_400,
          columns: [.clock, .register(importRegister), .register(exportRegister)]),
      ],
      eventLogEntries: 100, hasDisconnectControl: true)
  }
}
