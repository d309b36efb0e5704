// Depth "tcp": the same meters on the same serial line, behind a gateway that speaks TCP to the reader. The
// gateway asks over its line at the line's own speed and hands on whole frames, so a story is read at the
// same instants, and says the same, at every depth. Gateways that answer faster keep values; that is a fault
// (PR-05).

internal import Line
internal import MeterModel
internal import Units
internal import Wire

/// A Modbus TCP far side whose answers take the time of the serial line behind it.
final class LineBehindGateway: FarSide {
  private let inner: ModbusTCPFarSide
  private let gateway: ModbusTCPFarSide.Gateway
  private var timing: MeterBus.Timing
  /// Requests under way to their meters, each with the end of its last byte on the line.
  private var asked: [(heardAt: Instant, bytes: [UInt8])] = []
  private var answers: [TimedBytes] = []
  private var lineIsFree: Instant?

  /// `gateway` is that of `inner`.
  init(_ inner: ModbusTCPFarSide, _ gateway: ModbusTCPFarSide.Gateway, settings: SerialSettings) {
    (self.inner, self.gateway, timing) = (inner, gateway, MeterBus.Timing(settings))
  }

  /// Somebody sets the gateway's side of the line anew.
  func stand(as settings: SerialSettings) {
    gateway.standing = settings
    timing = MeterBus.Timing(settings)
  }

  func hear(_ bytes: ArraySlice<UInt8>, at instant: Instant) {
    let start = max(instant, lineIsFree ?? instant)
    let heardAt = start + timing.time(ofCharacters: Self.characters(bytes.count))
    lineIsFree = heardAt + timing.silence
    asked.append((heardAt, Array(bytes)))
  }

  var wakes: Instant? {
    let first = answers.map(\.at).min()
    let next = [asked.first.map { $0.heardAt + timing.silence }, inner.wakes, first].compactMap { $0 }
    return next.min()
  }

  func speak(at instant: Instant, into said: inout [TimedBytes]) {
    while let first = asked.first, first.heardAt + timing.silence <= instant {
      asked.removeFirst()
      ask(first.bytes, heardAt: first.heardAt)
    }
    var late: [TimedBytes] = []
    inner.speak(at: instant, into: &late)
    answers += late
    said += answers.filter { $0.at <= instant }
    answers.removeAll { $0.at <= instant }
  }

  private func ask(_ bytes: [UInt8], heardAt: Instant) {
    let turn = heardAt + timing.silence
    inner.hear(bytes[...], at: turn)
    var spoken: [TimedBytes] = []
    inner.speak(at: turn, into: &spoken)
    let turnaround =
      bytes.count < ModbusTCP.headerBytes
      ? .zero : gateway.units.answering(to: bytes[ModbusTCP.headerBytes - 1])?.map.turnaround ?? .zero
    for answer in spoken {
      let began = heardAt + max(timing.silence, turnaround)
      let end = began + timing.time(ofCharacters: Self.characters(answer.bytes.count))
      lineIsFree = max(lineIsFree ?? end, end)
      answers.append(TimedBytes(at: max(answer.at, end), bytes: answer.bytes))
    }
  }

  /// The same frame on the line: unit and checksum where TCP has its header.
  private static func characters(_ tcpBytes: Int) -> Int { max(tcpBytes - ModbusTCP.headerBytes + 3, 0) }
}
