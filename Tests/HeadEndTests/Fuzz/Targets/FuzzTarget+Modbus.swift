// Modbus, both ends ("MODBUS Application Protocol" V1.1b3, "MODBUS over Serial Line" V1.02, "Messaging on
// TCP/IP" V1.0b).

import Wire

extension FuzzTarget {
  /// A read of two registers at unit 1 and its answer; the exception; a write.
  private static let frames: [[UInt8]] = [
    [0x03, 0x00, 0x04, 0x00, 0x02], [0x03, 0x04, 0x00, 0x06, 0x00, 0x05], [0x83, 0x02],
    [0x10, 0x00, 0x01, 0x00, 0x01, 0x02, 0x00, 0x0A], [0x01, 0x00, 0x13, 0x00, 0x25],
    [0x06, 0x00, 0x01, 0x00, 0x03],
  ]

  static let modbus: [FuzzTarget] = [
    stream(
      "modbus-rtu-request", seeds: frames.map { ModbusRTU.encode(pdu: $0, unit: 1) },
      holdingAtMost: .max,
      make: {
        var decoder = ModbusRTURequestDecoder()
        return FuzzedStream(
          feed: { $0.compactMap { decoder.take($0) } }, finish: { decoder.silence().map { [$0] } ?? [] })
      }),
    stream(
      "modbus-rtu-response", seeds: frames.map { ModbusRTU.encode(pdu: $0, unit: 1) },
      holdingAtMost: .max,
      make: {
        var decoder = ModbusRTUResponseDecoder(
          unit: 1, request: .readRegisters(function: 3, address: 4, count: 2))
        return FuzzedStream(
          feed: { $0.compactMap { decoder.take($0) } }, finish: { decoder.silence().map { [$0] } ?? [] })
      }),
    stream(
      "modbus-tcp", seeds: frames.compactMap { try? ModbusTCP.encode(transaction: 7, unit: 1, pdu: $0) },
      holdingAtMost: ModbusLimits.tcpBytes,
      make: {
        var decoder = ModbusTCPDecoder()
        return FuzzedStream(
          feed: { chunk in
            var rest = chunk
            var events: [ModbusTCPDecoder.Event] = []
            while let event = decoder.next(from: &rest) { events.append(event) }
            return events
          }, held: { decoder.heldBytes })
      },
      again: { event in
        guard case .frame(let frame) = event else { return nil }
        let bytes = try? ModbusTCP.encode(
          transaction: frame.transaction, unit: frame.unit, pdu: Array(frame.pdu))
        var (decoder, rest) = (ModbusTCPDecoder(), (bytes ?? [])[...])
        return decoder.next(from: &rest) == event ? nil : "\(frame) does not come back"
      }),
  ]
}
