// Modbus RTU frames over a stream: what a transparent serial server makes of a line. A stream keeps no
// silence between frames, so a frame ends where its function says that it must; only what cannot be told so,
// or was damaged, waits for a pause (as pymodbus, mbpoll over a serial server, and most gateways' "RTU over
// TCP" do: no standard describes it).

public import Line
internal import MeterModel
public import Units
internal import Wire

/// Modbus meters at the end of one connection that carries RTU frames.
public final class ModbusRTUStream: FarSide {
  /// A pause that ends a frame whose length its function does not tell, and confusion. Our assumption.
  public static let usualPause = TimeSpan.milliseconds(20)

  /// Called before registers are read or written, so that the world can bring the meters up to that instant.
  public var onVisit: ((Instant) -> Void)?

  private let gateway: ModbusTCPFarSide.Gateway
  private let pause: TimeSpan
  private var decoder = ModbusRTURequestDecoder()
  private var heardAt: Instant?
  private var ready: [TimedBytes] = []

  public init(_ gateway: ModbusTCPFarSide.Gateway, pause: TimeSpan = ModbusRTUStream.usualPause) {
    (self.gateway, self.pause) = (gateway, pause)
  }

  public func hear(_ bytes: ArraySlice<UInt8>, at instant: Instant) {
    endFrame(before: instant)
    for byte in bytes {
      if let event = decoder.take(byte) { take(event, at: instant) }
    }
    heardAt = decoder.isIdle ? nil : instant
  }

  public var wakes: Instant? {
    let answer = ready.lazy.map(\.at).min()
    guard let heardAt else { return answer }
    return answer.map { min($0, heardAt + pause) } ?? heardAt + pause
  }

  public func speak(at instant: Instant, into answers: inout [TimedBytes]) {
    endFrame(before: instant)
    answers += ready
    ready.removeAll(keepingCapacity: true)
  }

  private func endFrame(before instant: Instant) {
    guard let end = heardAt.map({ $0 + pause }), instant >= end else { return }
    if let event = decoder.silence() { take(event, at: end) }
    heardAt = nil
  }

  private func take(_ event: ModbusRTURequestDecoder.Event, at instant: Instant) {
    // What is damaged is met with silence, as on a line.
    guard case .request(let unit, let request) = event, request.function & ModbusPDU.exceptionBit == 0 else {
      return
    }
    guard unit != 0 else {
      onVisit?(instant)
      for meter in gateway.units.all { meter.obey(request, at: instant) }
      return
    }
    guard let meter = gateway.units.answering(to: unit), !meter.isSilent else { return }
    onVisit?(instant)
    var answer = [unit == meter.unit ? meter.answeringUnit : unit]
    meter.answer(request, at: instant, into: &answer)
    ModbusRTU.appendChecksum(to: &answer)
    ready.append(TimedBytes(at: instant + meter.map.turnaround, bytes: answer))
  }
}
