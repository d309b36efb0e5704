// USB bridges that sit in optical heads and RS-485 adapters. A bridge tells what chip it is, not what hangs
// on it: so "seen on" is all that can be said. Numbers: the list of USB ids (linux-usb.org, usb.ids); where
// they are seen: our assumption, from what bench engineers plug in.

/// A USB bridge by its numbers.
public struct KnownBridge: Hashable, Sendable {
  public var vendor: UInt16
  public var product: UInt16
  public var name: String
  /// What it is usually part of.
  public var seenOn: String
  /// Whether its driver has a latency timer (FTDI: 16 ms unless somebody sets it).
  public var hasLatencyTimer = false

  public static let all: [KnownBridge] = [
    KnownBridge(0x10C4, 0xEA60, "CP210x", "optical heads"),
    KnownBridge(0x0403, 0x6001, "FT232R", "optical heads and RS-485 adapters", hasLatencyTimer: true),
    KnownBridge(0x0403, 0x6015, "FT-X", "optical heads and RS-485 adapters", hasLatencyTimer: true),
    KnownBridge(0x0403, 0x6010, "FT2232", "RS-485 adapters", hasLatencyTimer: true),
    KnownBridge(0x0403, 0x6011, "FT4232H", "RS-485 adapters", hasLatencyTimer: true),
    KnownBridge(0x067B, 0x2303, "PL2303", "optical heads and RS-485 adapters"),
    KnownBridge(0x067B, 0x23A3, "PL2303GS", "optical heads"),
    KnownBridge(0x1A86, 0x7523, "CH340", "optical heads and RS-485 adapters"),
    KnownBridge(0x1A86, 0x5523, "CH341", "RS-485 adapters"),
    KnownBridge(0x04E2, 0x1410, "XR21V1410", "RS-485 adapters"),
    KnownBridge(0x110A, 0x1130, "UPort 1130", "RS-485 adapters"),
    KnownBridge(0x110A, 0x1150, "UPort 1150", "RS-485 adapters"),
  ]

  private init(
    _ vendor: UInt16, _ product: UInt16, _ name: String, _ seenOn: String, hasLatencyTimer: Bool = false
  ) {
    (self.vendor, self.product, self.name) = (vendor, product, name)
    (self.seenOn, self.hasLatencyTimer) = (seenOn, hasLatencyTimer)
  }
}

extension SerialPortFacts {
  /// The bridge in it, if it is one that we know.
  public var bridge: KnownBridge? {
    KnownBridge.all.first { $0.vendor == usbVendor && $0.product == usbProduct }
  }
}
