// What a meter hears on a serial line. It frames by the length that the function code tells, and finds its
// feet again by silence ("MODBUS over Serial Line" V1.02, section 2.5.1.1).

/// Turns bytes heard by a meter into requests. A bad frame is reported once, then all drops until silence.
public struct ModbusRTURequestDecoder {
  public enum Event: Hashable, Sendable {
    case request(unit: UInt8, ModbusRequest)
    /// Bytes that make no request: a meter says nothing to them.
    case refused(ModbusFault)
  }

  private var framer = ModbusRTUFramer(length: ModbusRTU.requestLength)

  public init() {}

  /// True when no part of a request is held and nothing is being dropped.
  public var isIdle: Bool { framer.isIdle }

  /// One byte heard. Gives an event when it completes a frame, or when it cannot belong to one.
  public mutating func take(_ byte: UInt8) -> Event? { framer.take(byte).map(event) }

  /// The line was silent for t3.5.
  public mutating func silence() -> Event? { framer.silence().map(event) }

  private func event(_ found: ModbusRTUFramer.Found) -> Event {
    switch found {
    case .fault(let fault): return .refused(fault)
    case .frame:
      do throws(ModbusFault) {
        return .request(unit: framer.unit, try ModbusPDU.decodeRequest(framer.pdu))
      } catch {
        return .refused(error)
      }
    }
  }
}
