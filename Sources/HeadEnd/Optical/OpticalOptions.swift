// How a reader goes about an optical port: what it may find out by itself, and what it is told. Times are
// those of IEC 62056-21:2002, clause 6.4 and annex A.

public import Units

/// Settings of an `OpticalReader`.
public struct OpticalOptions: Hashable, Sendable {
  /// The protocol mode to expect; `auto`: what the identification says, and a push or a one-way stream where
  /// nobody answers.
  public enum Mode: String, Hashable, Sendable, CaseIterable { case auto, a, b, c, d, e }

  /// The speed after the identification.
  public enum Speed: Hashable, Sendable {
    /// What the meter proposes.
    case proposed
    /// What the meter proposes, but no more than this.
    case atMost(Int)
    /// This, whatever the meter proposes.
    case force(Int)
  }

  /// Whether the head throws back what it sends.
  public enum Echo: String, Hashable, Sendable, CaseIterable { case auto, none, strip }

  public enum Parity: String, Hashable, Sendable, CaseIterable {
    /// By the port where it can do 7E1, else in software.
    case auto
    /// In bit 7 of 8N1.
    case software
    /// 8N1, bit 7 sent as 0 and ignored.
    case none
  }

  /// What local times without a season digit mean.
  public enum Zone: String, Hashable, Sendable, CaseIterable { case utc, london }

  public enum Mark: String, Hashable, Sendable, CaseIterable { case start, end }

  /// Baud of the request; 300 by the standard.
  public var startBaud = 300
  public var speed = Speed.proposed
  public var mode = Mode.auto
  public var echo = Echo.auto
  public var parity = Parity.auto
  /// Whether zeros are sent before the request, for a battery meter (annex B).
  public var wakesUp = false
  /// The meter's device address; empty: whoever is there.
  public var address = ""
  /// The password for P1; nil: none is sent.
  public var password: String?
  /// The option character Y of a readout: `0`, or a maker's `6`…`9`.
  public var list: Character = "0"
  /// Rest after the acknowledgement has left and before the UART changes its speed: 0…400 ms for USB heads.
  public var baudChangeDelay = TimeSpan.zero
  /// From the end of a message to the first character of its answer.
  public var answerWait = TimeSpan.milliseconds(1500)
  /// The longest pause between two characters.
  public var characterGap = TimeSpan.milliseconds(1500)
  /// From the end of an answer to the next message. Nil: 200 ms, or 20 ms where the meter says it is quick.
  public var reaction: TimeSpan?
  /// How often anything is tried: a request, one message by NAK, a whole session.
  public var tries = 3
  /// How long a push or a one-way message is waited for at each speed.
  public var listening = TimeSpan.seconds(6)
  /// The speeds at which is listened, in this order.
  public var listeningBauds = [2400, 9600, 4800]
  public var zone = Zone.utc
  /// Whether requests for a profile write a season digit before their stamps.
  public var writesSeason = true
  /// Which end of an interval a profile's stamps mark.
  public var mark = Mark.end

  public init() {}
}
