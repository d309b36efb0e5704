// Our own Modbus reader, RTU and TCP, over a door: what libmodbus does at the other depths, without the
// kernel. One request, one answer or a typed failure; time-outs, and what is left in the buffer, are as
// there.

public import Line
internal import Units

/// Reads registers through a door. One read at a time; never call it from an action that runs while it waits.
public final class ModbusReader: RegisterReader {
  public let framing: Framing
  public let rules: ReaderRules
  private let door: any Door
  /// Arrived and not yet taken for an answer: a reader that does not flush takes them for the next one.
  private var left: [UInt8] = []
  private var transaction: UInt16 = 0

  public init(door: any Door, framing: Framing, rules: ReaderRules) {
    (self.door, self.framing, self.rules) = (door, framing, rules)
  }

  public func read(_ request: RegisterRequest) -> Result<[UInt16], ReadFailure> {
    if let objection = Self.objection(to: request) { return .failure(.port(objection)) }
    transaction &+= 1
    let answer = AnswerRules(asked: request, framing: framing, transaction: transaction)
    if rules.flushes {
      left.removeAll(keepingCapacity: true)
      door.flush()
    }
    let began = door.now
    door.write(answer.request)
    return listen(for: answer, since: began)
  }

  /// What no reader sends. libmodbus knows the same limits.
  private static func objection(to request: RegisterRequest) -> String? {
    guard request.function == 3 || request.function == 4 else {
      return "function \(request.function) reads no registers; 3 and 4 do"
    }
    guard request.count <= 125 else { return "a reader asks for at most 125 registers, not \(request.count)" }
    guard request.unit <= 247 else { return "units are 0 to 247, not \(request.unit)" }
    return nil
  }

  /// How many bytes wait for the next request of a reader that does not flush.
  var leftBytes: Int { left.count }

  private func listen(for answer: AnswerRules, since began: Instant) -> Result<[UInt16], ReadFailure> {
    // The first byte counts from the request, each further wait from the bytes before it. Without a time-out
    // between bytes the whole answer must come within the first.
    var patience = began + rules.firstByte
    while true {
      switch answer.length(of: left) {
      case .whole(let count):
        return answer.registers(in: take(count))
      case .tooLong(let count):
        return .failure(.frame(answer.faultOfTooLong(take(count))))
      case .wants(let count):
        if !left.isEmpty, rules.betweenBytes > .zero { patience = door.now + rules.betweenBytes }
        left += door.wait(for: count - left.count, first: patience, between: rules.betweenBytes)
        guard left.count < count else { continue }
        return .failure(take(left.count).isEmpty ? .silence : .frame(.short))
      }
    }
  }

  /// Takes bytes off the front of what has come; what is beyond them stays for the next request.
  private func take(_ count: Int) -> [UInt8] {
    let taken = Array(left.prefix(count))
    left.removeFirst(count)
    return taken
  }
}
