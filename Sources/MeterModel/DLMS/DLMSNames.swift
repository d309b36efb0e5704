// What a DLMS server is called: logical device name and system title.

internal import Units

/// Names made of a FLAG code and a serial number.
struct DLMSNames {
  let port: DLMSPort
  let serial: String

  /// FLAG code and serial number, 16 characters (IEC 62056-6-2, section 4.1.8.2). The serial is filled up
  /// with zeros on the left, or its last 13 characters are taken.
  var logicalDeviceName: [UInt8] {
    let digits = Array(serial.utf8.suffix(13))
    let zeros = [UInt8](repeating: UInt8(ascii: "0"), count: 13 - digits.count)
    return Array(port.flagCode.utf8) + zeros + digits
  }

  /// What the port states, or the FLAG code and the serial's digits as a number in five octets (62056-5-3,
  /// section 5.3.2).
  var systemTitle: [UInt8] {
    if let stated = port.systemTitle { return stated }
    let number = serial.utf8.filter { (48...57).contains($0) }.reduce(UInt64(0)) {
      $0 &* 10 &+ UInt64($1 - 48)
    }
    return Array(port.flagCode.utf8) + [32, 24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
  }
}
