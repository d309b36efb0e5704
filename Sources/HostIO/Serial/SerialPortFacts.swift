// What the system tells of a serial adapter: enough for a person to know which plug it is.

internal import CSerialPort

/// A serial adapter of this machine.
public struct SerialPortFacts: Hashable, Sendable {
  public enum Transport: String, Hashable, Sendable { case native, usb, bluetooth }

  /// Its device, e.g. `/dev/ttyUSB0`.
  public var path: String
  /// What it calls itself, or its device's name.
  public var text: String
  public var transport: Transport
  /// USB vendor and product numbers, for USB adapters.
  public var usbVendor: UInt16?
  public var usbProduct: UInt16?
  public var usbManufacturer: String?
  public var usbSerial: String?

  public init(
    path: String, text: String, transport: Transport, usbVendor: UInt16? = nil, usbProduct: UInt16? = nil,
    usbManufacturer: String? = nil, usbSerial: String? = nil
  ) {
    (self.path, self.text, self.transport) = (path, text, transport)
    (self.usbVendor, self.usbProduct) = (usbVendor, usbProduct)
    (self.usbManufacturer, self.usbSerial) = (usbManufacturer, usbSerial)
  }

  init(_ port: OpaquePointer) {
    func text(_ bytes: UnsafeMutablePointer<CChar>?) -> String? { bytes.map { String(cString: $0) } }
    path = text(sp_get_port_name(port)) ?? ""
    self.text = text(sp_get_port_description(port)) ?? path
    switch sp_get_port_transport(port) {
    case SP_TRANSPORT_USB: transport = .usb
    case SP_TRANSPORT_BLUETOOTH: transport = .bluetooth
    default: transport = .native
    }
    guard transport == .usb else { return }
    var (vendor, product) = (Int32(0), Int32(0))
    if sp_get_port_usb_vid_pid(port, &vendor, &product) == SP_OK {
      (usbVendor, usbProduct) = (UInt16(truncatingIfNeeded: vendor), UInt16(truncatingIfNeeded: product))
    }
    usbManufacturer = text(sp_get_port_usb_manufacturer(port))
    usbSerial = text(sp_get_port_usb_serial(port))
  }
}

extension SerialPortFacts: CustomStringConvertible {
  /// One line: `/dev/ttyUSB0  usb 0403:6001  FT232R USB UART  serial A50285BI`.
  public var description: String {
    var parts = [path, transport.rawValue]
    if let usbVendor, let usbProduct { parts[1] += " \(hex(usbVendor)):\(hex(usbProduct))" }
    if text != path { parts.append(text) }
    if let usbManufacturer { parts.append("by \(usbManufacturer)") }
    if let usbSerial { parts.append("serial \(usbSerial)") }
    if let bridge { parts.append("seen on \(bridge.seenOn)") }
    return parts.joined(separator: "  ")
  }

  private func hex(_ number: UInt16) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 4 - digits.count) + digits
  }
}
