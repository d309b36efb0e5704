// What a reader hears on a serial line after it has asked. RTU has no transaction number: that bytes answer
// this request can only be seen from unit, function and length, so all three are checked.

/// Turns bytes heard by a reader into the answer to one request. Make a new one for each request.
public struct ModbusRTUResponseDecoder {
  public enum Event: Hashable, Sendable {
    case response(ModbusResponse)
    /// Bytes that are no valid answer to the request. Nothing else is reported until silence.
    case refused(ModbusFault)
  }

  private let unit: UInt8
  private let request: ModbusRequest
  private var framer = ModbusRTUFramer(length: ModbusRTU.responseLength)

  public init(unit: UInt8, request: ModbusRequest) { (self.unit, self.request) = (unit, request) }

  /// True when no part of an answer is held and nothing is being dropped.
  public var isIdle: Bool { framer.isIdle }

  /// One byte heard. Gives an event when it completes a frame, or when it cannot belong to one.
  public mutating func take(_ byte: UInt8) -> Event? { framer.take(byte).map(event) }

  /// The line was silent: a part of an answer is given up as cut short.
  public mutating func silence() -> Event? { framer.silence().map(event) }

  private func event(_ found: ModbusRTUFramer.Found) -> Event {
    switch found {
    case .fault(let fault): return .refused(fault)
    case .frame:
      guard framer.unit == unit else { return .refused(.unit(expected: unit, received: framer.unit)) }
      do throws(ModbusFault) {
        return .response(try ModbusPDU.decodeResponse(framer.pdu, to: request))
      } catch {
        return .refused(error)
      }
    }
  }
}
