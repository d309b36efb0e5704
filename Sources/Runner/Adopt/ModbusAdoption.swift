// A recorded Modbus dialogue, decoded: which registers were read, what they held, and which known make of
// meter has values at just these addresses.

internal import Line
internal import MeterModel
internal import Units
internal import Wire

/// The reads of a Modbus trace.
struct ModbusAdoption {
  /// Registers that were read and answered.
  struct Span: Hashable {
    var at: TimeSpan
    var unit: UInt8
    var function: UInt8
    var address: UInt16
    var words: [UInt16]
  }

  let spans: [Span]
  /// Questions without a right answer: silence, exceptions, bad checks.
  let unanswered: Int

  init(_ trace: Trace) {
    let found = trace.tongue == .modbusTCP ? Self.tcp(trace) : Self.rtu(trace)
    (spans, unanswered) = found
  }

  // MARK: Decoding

  private static func rtu(_ trace: Trace) -> ([Span], Int) {
    var (spans, unanswered) = ([Span](), 0)
    for exchange in trace.exchanges where !exchange.request.isEmpty {
      guard let (unit, request) = rtuRequest(exchange.request) else { continue }
      var decoder = ModbusRTUResponseDecoder(unit: unit, request: request)
      var found: Span?
      for byte in exchange.answer where found == nil {
        if case .response(let response) = decoder.take(byte) {
          found = span(exchange.at, unit, request, response)
        }
      }
      if let found { spans.append(found) } else { unanswered += 1 }
    }
    return (spans, unanswered)
  }

  /// The last request of what a reader said: one that asked again said it twice.
  private static func rtuRequest(_ bytes: [UInt8]) -> (UInt8, ModbusRequest)? {
    var last: (UInt8, ModbusRequest)?
    for start in bytes.indices {
      var decoder = ModbusRTURequestDecoder()
      for byte in bytes[start...] {
        guard let event = decoder.take(byte) else { continue }
        if case .request(let unit, let request) = event { last = (unit, request) }
        break
      }
    }
    return last
  }

  private static func tcp(_ trace: Trace) -> ([Span], Int) {
    var (spans, asked) = ([Span](), [UInt16: (TimeSpan, UInt8, ModbusRequest)]())
    var unanswered = 0
    var (questions, answers) = (ModbusTCPDecoder(), ModbusTCPDecoder())
    for exchange in trace.exchanges {
      var request = exchange.request[...]
      while let event = questions.next(from: &request) {
        guard case .frame(let frame) = event, let one = try? ModbusPDU.decodeRequest(frame.pdu) else {
          continue
        }
        asked[frame.transaction] = (exchange.at, frame.unit, one)
      }
      var answer = exchange.answer[...]
      while let event = answers.next(from: &answer) {
        guard case .frame(let frame) = event,
          let (at, unit, request) = asked.removeValue(forKey: frame.transaction)
        else { continue }
        let response = try? ModbusPDU.decodeResponse(frame.pdu, to: request)
        if let found = response.flatMap({ span(at, unit, request, $0) }) {
          spans.append(found)
        } else {
          unanswered += 1
        }
      }
    }
    return (spans, unanswered + asked.count)
  }

  private static func span(
    _ at: TimeSpan, _ unit: UInt8, _ request: ModbusRequest, _ response: ModbusResponse
  ) -> Span? {
    guard case .readRegisters(let function, let address, _) = request,
      case .registers(_, let words) = response
    else { return nil }
    return Span(at: at, unit: unit, function: function, address: address, words: words)
  }

  // MARK: Makes

  /// The makes whose maps have a value at the beginning of everything that was read, with the values that
  /// each finds; the one that finds most first.
  func makes(among profiles: [Profile]) -> [(profile: Profile, values: [Reading])] {
    guard !spans.isEmpty else { return [] }
    let found = profiles.compactMap { profile -> (profile: Profile, values: [Reading])? in
      guard let map = profile.modbus else { return nil }
      let parts = spans.map { Self.readings(of: $0, map) }
      return parts.contains(where: \.isEmpty) ? nil : (profile, parts.flatMap { $0 })
    }
    return found.sorted {
      ($1.values.count, $0.profile.name) < ($0.values.count, $1.profile.name)
    }
  }

  /// A value of a map in what was read.
  struct Reading {
    var span: Span
    var point: ModbusPoint
    var words: [UInt16]
    var text: String { PointReading.text(of: words, point) }
  }

  /// The values of a map that lie wholly in a span; none where no value begins at the span's own beginning.
  private static func readings(of span: Span, _ map: ModbusMap) -> [Reading] {
    let points = map.points.filter { $0.functions.contains(span.function) }.sorted { $0.address < $1.address }
    guard points.contains(where: { $0.address == span.address }) else { return [] }
    return points.compactMap { point in
      let start = Int(point.address) - Int(span.address)
      guard start >= 0, start + point.registers <= span.words.count else { return nil }
      return Reading(
        span: span, point: point, words: Array(span.words[start..<start + point.registers]))
    }
  }

  /// Every register by itself, for a make that nobody knows.
  var words: [AdoptedValue] {
    spans.flatMap { span in
      span.words.enumerated().map { offset, word in
        AdoptedValue(
          at: span.at, address: "\(span.function):\(Int(span.address) + offset)", text: "\(word)",
          raw: Self.hexadecimal([word]))
      }
    }
  }

  static func hexadecimal(_ words: [UInt16]) -> String {
    words.map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 4 - digits.utf8.count) + digits
    }.joined(separator: " ")
  }
}
