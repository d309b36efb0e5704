// The logical link control sublayer: IEC 62056-46:2002, 5.3 (ISO/IEC 8802-2 as a mere header). It stands once
// before a PDU, in the first frame.

/// The three bytes before a PDU.
public enum LLC {
  /// Destination E6, source E6, quality 0: from a client.
  public static let command: [UInt8] = [0xE6, 0xE6, 0x00]
  /// Destination E6, source E7: from a server.
  public static let response: [UInt8] = [0xE6, 0xE7, 0x00]
}
