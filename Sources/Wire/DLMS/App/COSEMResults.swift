// The words with which a server says no (IEC 62056-5-3, section 9.5: Data-Access-Result, Action-Result,
// ExceptionResponse, ConfirmedServiceError).

/// How an access to an attribute ended. A number that the table does not hold keeps its number.
public struct DataAccessResult: RawRepresentable, Error, Hashable, Sendable {
  public var rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  public static let success = DataAccessResult(rawValue: 0)
  public static let hardwareFault = DataAccessResult(rawValue: 1)
  public static let temporaryFailure = DataAccessResult(rawValue: 2)
  public static let readWriteDenied = DataAccessResult(rawValue: 3)
  public static let objectUndefined = DataAccessResult(rawValue: 4)
  public static let classInconsistent = DataAccessResult(rawValue: 9)
  public static let objectUnavailable = DataAccessResult(rawValue: 11)
  public static let typeUnmatched = DataAccessResult(rawValue: 12)
  public static let scopeViolated = DataAccessResult(rawValue: 13)
  public static let blockUnavailable = DataAccessResult(rawValue: 14)
  public static let longGetAborted = DataAccessResult(rawValue: 15)
  public static let noLongGet = DataAccessResult(rawValue: 16)
  public static let longSetAborted = DataAccessResult(rawValue: 17)
  public static let noLongSet = DataAccessResult(rawValue: 18)
  public static let blockNumberInvalid = DataAccessResult(rawValue: 19)
  public static let other = DataAccessResult(rawValue: 250)

  private static let words: [UInt8: String] = [
    0: "success", 1: "hardware fault", 2: "temporary failure", 3: "read-write denied", 4: "object undefined",
    9: "object class inconsistent", 11: "object unavailable", 12: "type unmatched",
    13: "scope of access violated", 14: "data block unavailable", 15: "long get aborted",
    16: "no long get in progress", 17: "long set aborted", 18: "no long set in progress",
    19: "data block number invalid", 250: "other reason",
  ]

  /// The standard's word.
  public var word: String { Self.words[rawValue] ?? "result \(rawValue)" }
}

/// What a get gave.
public enum COSEMResult: Hashable, Sendable {
  case data(COSEMValue)
  case error(DataAccessResult)
}

/// What a method gave: a result, and perhaps data. The codes are those of `DataAccessResult`.
public struct COSEMActionResult: Hashable, Sendable {
  public var result: DataAccessResult
  public var returned: COSEMResult?

  public init(_ result: DataAccessResult, _ returned: COSEMResult? = nil) {
    (self.result, self.returned) = (result, returned)
  }
}

/// exception-response.
public struct COSEMException: Hashable, Sendable {
  /// 1 service not allowed, 2 service unknown.
  public var state: UInt8
  /// 1 operation not possible, 2 service not supported, 3 other reason, 4 PDU too long, 5 deciphering
  /// error, 6 invocation counter error.
  public var service: UInt8
  /// With service error 6: the invocation counter that the server expects at least.
  public var counter: UInt32?

  public init(state: UInt8, service: UInt8, counter: UInt32? = nil) {
    (self.state, self.service, self.counter) = (state, service, counter)
  }

  /// The request has no place in this state of the association.
  public static let notAllowed = COSEMException(state: 1, service: 1)
  public static let notSupported = COSEMException(state: 2, service: 2)
  public static let unreadable = COSEMException(state: 2, service: 3)
  public static let tooLong = COSEMException(state: 1, service: 4)
  public static let deciphering = COSEMException(state: 1, service: 5)

  public static func counter(expected: UInt32) -> COSEMException {
    COSEMException(state: 1, service: 6, counter: expected)
  }

  private static let words: [UInt8: String] = [
    1: "operation not possible", 2: "service not supported", 3: "other reason", 4: "PDU too long",
    5: "deciphering error", 6: "invocation counter error",
  ]

  public var word: String {
    let state = state == 1 ? "service not allowed" : state == 2 ? "service unknown" : "state error \(state)"
    return "\(state), \(Self.words[service] ?? "service error \(service)")"
  }

  public var octets: [UInt8] {
    var writer = AXDRWriter()
    writer.raw([COSEMMessageTag.exception, state, service])
    if service == 6, let counter { writer.uint32(counter) }
    return writer.octets
  }
}

/// confirmedServiceError: service (1 initiate, 5 read, 6 write), then what was wrong by class and number.
public struct COSEMServiceError: Hashable, Sendable {
  public var service: UInt8
  public var kind: UInt8
  public var value: UInt8

  public init(service: UInt8, kind: UInt8, value: UInt8) {
    (self.service, self.kind, self.value) = (service, kind, value)
  }

  public var octets: [UInt8] { [COSEMMessageTag.confirmedServiceError, service, kind, value] }

  public var word: String { "service error \(service), class \(kind), number \(value)" }
}
