// How a head-end asks a meter for registers, and who carries the bytes. One attempt gives registers or a
// typed failure, never a guess; schedules, retries and the making of a `Read` stand above this.

public import Line
public import Units

/// One Modbus read of consecutive 16-bit registers.
public struct RegisterRequest: Hashable, Sendable {
  public var unit: UInt8
  /// 3 (holding) or 4 (input).
  public var function: UInt8
  public var address: UInt16
  public var count: UInt16

  public init(unit: UInt8, function: UInt8, address: UInt16, count: UInt16) {
    (self.unit, self.function, self.address, self.count) = (unit, function, address, count)
  }
}

/// Why an attempt gave no registers.
public enum ReadFailure: Error, Hashable, Sendable {
  /// No byte came within the first-byte time-out.
  case silence
  /// Bytes came that are no valid answer to this request.
  case frame(FrameFault)
  /// The meter (or a gateway) refused with a Modbus exception code.
  case exception(UInt8)
  /// The port or connection was lost, with the system's own word.
  case port(String)

  public enum FrameFault: String, Hashable, Sendable, CaseIterable {
    case checksum, short, wrongUnit, wrongFunction, wrongLength, wrongTransaction
  }
}

/// A reader's own rules: part of its profile, and equal at every depth.
public struct ReaderRules: Hashable, Sendable {
  /// How long to wait for the first byte of an answer.
  public var firstByte: TimeSpan
  /// How long a pause inside an answer may be.
  public var betweenBytes: TimeSpan
  /// Attempts after the first that failed.
  public var retries: Int
  /// Pause before a retry.
  public var retryPause: TimeSpan
  /// Whether bytes left over are dropped before a request. False is a fault of real pollers, kept for its
  /// story.
  public var flushes: Bool

  public init(
    firstByte: TimeSpan = .milliseconds(500), betweenBytes: TimeSpan = .milliseconds(500), retries: Int = 2,
    retryPause: TimeSpan = .milliseconds(100), flushes: Bool = true
  ) {
    (self.firstByte, self.betweenBytes, self.retries) = (firstByte, betweenBytes, retries)
    (self.retryPause, self.flushes) = (retryPause, flushes)
  }
}

/// One attempt to read registers.
public protocol RegisterReader: AnyObject {
  func read(_ request: RegisterRequest) -> Result<[UInt16], ReadFailure>
}

/// How a Modbus answer is framed on the line.
public enum Framing: String, Hashable, Sendable { case rtu, tcp }

/// Who carries the bytes between a reader and a door: the depth of a story.
public protocol Carrier: AnyObject {
  /// `memory`, `pty` or `tcp`.
  var depth: String { get }
  /// A reader whose bytes this carrier takes to the door. Throws `CarrierError` when the machine refuses.
  func reader(at door: any Door, framing: Framing, rules: ReaderRules) throws -> any RegisterReader
  /// A door whose bytes this carrier takes to `door`, for readers of our own: it is the same line with the
  /// kernel between, in the same time. Throws `CarrierError` when the machine refuses.
  func door(at door: any Door) throws -> any Door
  /// Bytes that went through kernel descriptors so far; 0 for memory.
  var bytesThroughDescriptors: Int { get }
}

/// The machine would not carry: no pty left, no socket, no permission.
public struct CarrierError: Error, Hashable, Sendable {
  public var message: String
  public init(_ message: String) { self.message = message }
}
