// Meters' link layers as far sides of a virtual line, with an application that only counts and echoes.

import Line
import Units
import Wire

final class HDLCFarSide: FarSide {
  let station: HDLCStation
  init(_ station: HDLCStation) { self.station = station }

  func hear(_ bytes: ArraySlice<UInt8>, at instant: Instant) { station.hear(bytes, at: instant) }
  var wakes: Instant? { station.wakes }
  func speak(at instant: Instant, into answers: inout [TimedBytes]) {
    answers += station.speak(at: instant).map { TimedBytes(at: $0.at, bytes: $0.bytes) }
  }
}

final class WrapperFarSide: FarSide {
  let station: WrapperStation
  init(_ station: WrapperStation) { self.station = station }

  func hear(_ bytes: ArraySlice<UInt8>, at instant: Instant) { station.hear(bytes, at: instant) }
  var wakes: Instant? { station.wakes }
  func speak(at instant: Instant, into answers: inout [TimedBytes]) {
    answers += station.speak(at: instant).map { TimedBytes(at: $0.at, bytes: $0.bytes) }
  }
}

/// Answers a PDU of n bytes with how often it was asked, its first byte, and many more: no two answers alike.
final class CountingResponder: PDUResponder {
  private(set) var asked = 0
  private(set) var opened = 0
  private let length: Int

  /// `length`: bytes of each answer.
  init(length: Int) { self.length = length }

  func linkOpened(client: UInt16, at: Instant) { opened += 1 }
  func linkClosed(client: UInt16, at: Instant) {}
  func answer(_ pdu: [UInt8], client: UInt16, server: UInt16, at: Instant) -> [UInt8]? {
    asked += 1
    return Self.answer(number: asked, to: pdu, length: length)
  }

  static func answer(number: Int, to pdu: [UInt8], length: Int) -> [UInt8] {
    [UInt8(truncatingIfNeeded: number)] + pdu.prefix(1)
      + (2..<max(length, 2)).map { UInt8(truncatingIfNeeded: $0 * 7 + number) }
  }
}
