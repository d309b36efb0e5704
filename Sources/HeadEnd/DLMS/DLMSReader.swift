// Our reader of DLMS/COSEM meters: association, registers, profiles, over whatever carries its PDUs (IEC
// 62056-5-3, 62056-6-2). It gives a value that the dialogue vouches for, or a typed failure; a link that is
// lost is opened again a few times, and a long answer goes on where it broke off.

internal import Units
public import Wire

/// Reads one meter through one channel. Blocking: only the channel's waiting moves time.
public final class DLMSReader {
  public struct Settings: Hashable, Sendable {
    public var session: COSEMSession.Settings
    /// How deviations in stamps are read.
    public var stamps: DLMSStampRule
    /// Whether lists are asked for where the meter has them.
    public var usesLists: Bool
    /// How often a lost link is opened anew within one call.
    public var reconnections: Int

    public init(
      session: COSEMSession.Settings = .init(), stamps: DLMSStampRule = .init(), usesLists: Bool = true,
      reconnections: Int = 2
    ) {
      (self.session, self.stamps) = (session, stamps)
      (self.usesLists, self.reconnections) = (usesLists, reconnections)
    }
  }

  public let settings: Settings
  let channel: any PDUChannel
  public private(set) var session: COSEMSession
  private var isOpen = false
  var ownRemarks: [String] = []
  /// Scalers and units by register: they do not change while a meter lives.
  var scalers: [COSEMDescriptor: ScalerUnit] = [:]

  /// - Parameter counter: the first invocation counter; above every one used with these keys before. Too low
  ///   a number costs one more exchange: the meter says which one it expects.
  /// - Parameter serverCounter: the last one that the meter used in an earlier session: what it ciphers now
  ///   must be above. Nil: nothing is known of it, and its first message is believed.
  public init(
    channel: any PDUChannel, settings: Settings = Settings(), counter: UInt32 = 1,
    serverCounter: UInt32? = nil
  ) {
    (self.channel, self.settings) = (channel, settings)
    session = COSEMSession(settings.session, counter: counter, serverCounter: serverCounter)
  }

  /// What vouches for the values: the cipher, or what the channel has.
  public var protection: MeterValue.Protection {
    session.isCiphered && settings.session.policy.contains(.authenticated)
      ? .authenticated : channel.protection
  }

  /// What a person should know: of the link and of the dialogue.
  public var remarks: [String] { channel.remarks + ownRemarks }

  // MARK: association

  /// Opens the channel and associates.
  public func associate() throws(DialogueFailure) {
    if !isOpen {
      try channel.open()
      isOpen = true
    }
    try associateOnce(mayRecover: true)
    guard session.state == .challenged else { return }
    let pass = session.challengeRequest()
    let answer = try exchange(pass.octets)
    do throws(COSEMSession.Fault) {
      try session.takeChallengeAnswer(answer, to: pass.request)
    } catch { throw failure(error) }
  }

  private func associateOnce(mayRecover: Bool) throws(DialogueFailure) {
    let answer = try exchange(session.associationRequest())
    do throws(COSEMSession.Fault) {
      try session.takeAssociation(answer)
    } catch {
      guard mayRecover, recover(error) else { throw failure(error) }
      try associateOnce(mayRecover: false)
    }
  }

  /// Goes on from the counter that the meter expects. False for any other fault, and for a counter that
  /// would go back.
  private func recover(_ fault: COSEMSession.Fault) -> Bool {
    guard case .counter(let expected) = fault, session.raiseCounter(to: expected) else { return false }
    ownRemarks.append("the meter expects invocation counter \(expected)")
    return true
  }

  /// Releases the association and closes the channel. What goes wrong here changes no value.
  public func release() {
    guard isOpen else { return }
    if session.state != .idle { _ = try? channel.exchange(session.releaseRequest()) }
    close()
  }

  private func close() {
    channel.close()
    isOpen = false
  }

  /// Opens a lost link anew and associates.
  func reconnect(after failure: DialogueFailure) throws(DialogueFailure) {
    close()
    ownRemarks.append("the link was lost (\(failure.detail)) and opened again")
    try associate()
  }

  // MARK: exchange

  private func exchange(_ pdu: [UInt8]) throws(DialogueFailure) -> [UInt8] {
    do throws(DialogueFailure) {
      return try channel.exchange(pdu)
    } catch {
      // The link is lost with it: whoever goes on opens it anew.
      close()
      throw error
    }
  }

  /// One request and its answer. An invocation counter that the meter did not expect is put right once.
  func ask(_ make: (InvokeID) -> COSEMRequest) throws(DialogueFailure) -> COSEMResponse {
    guard session.state == .associated else { throw failure(.unexpected("there is no association")) }
    let asked = session.request(make)
    let answer = try exchange(asked.octets)
    do throws(COSEMSession.Fault) {
      return try session.response(answer, to: asked.request)
    } catch {
      guard recover(error) else { throw failure(error) }
    }
    let again = try exchange(session.sealed(asked.request))
    do throws(COSEMSession.Fault) {
      return try session.response(again, to: asked.request)
    } catch { throw failure(error) }
  }

  // MARK: failures

  func failure(_ fault: COSEMSession.Fault) -> DialogueFailure {
    let now = channel.now
    return switch fault {
    case .unreadable(let fault):
      DialogueFailure(.unreadable, "an answer that is no message: \(fault)", at: now)
    case .unexpected(let word): DialogueFailure(.unexpected, word, at: now)
    case .refused(let word), .rejected(let word): DialogueFailure(.refused, word, at: now)
    case .authentication(let word): DialogueFailure(.authentication, word, at: now)
    case .security(let word): DialogueFailure(.security, word, at: now)
    case .counter(let expected):
      DialogueFailure(.security, "the meter expects invocation counter \(expected)", at: now)
    }
  }

  func failure(_ kind: DialogueFailure.Kind, _ detail: String) -> DialogueFailure {
    DialogueFailure(kind, detail, at: channel.now)
  }

  /// What a data-access-result of an object means to whoever asked for it.
  func failure(_ result: DataAccessResult, of item: COSEMDescriptor) -> DialogueFailure {
    let isAbsent = result == .objectUndefined || result == .objectUnavailable
    return failure(isAbsent ? .absent : .refused, "\(item): \(result.word)")
  }

  /// A failure of the link or of a message on it, after which asking again on a new link may help.
  static func isOfTheLink(_ failure: DialogueFailure) -> Bool {
    switch failure.kind {
    case .silence, .checksum, .incomplete, .unreadable, .unexpected: true
    case .refused, .authentication, .security, .absent, .port: false
    }
  }
}
