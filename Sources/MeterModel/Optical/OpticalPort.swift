// The optical port of a make of meter, as data: how it greets (IEC 62056-21:2002, clauses 5 and 6), what it
// lists, what it lets a reader do, and how patient it is. One part of a profile; nothing in it changes while
// a meter lives.

public import Units

/// The IEC 62056-21 side of a make of meter.
public struct OpticalPort: Hashable, Sendable {
  /// The five protocol modes (clauses 6.4.1 to 6.4.5).
  public enum Mode: String, Hashable, Sendable, CaseIterable {
    /// 300 baud throughout, the meter lists by itself.
    case a
    /// The meter changes to its speed and lists by itself.
    case b
    /// The reader chooses speed and option.
    case c
    /// 2400 baud, one way: the meter pushes.
    case d
    /// As C, and HDLC when the reader asks for it.
    case e
  }

  /// What the meter does when no acknowledgement follows its identification in modes C and E.
  public enum Fallback: String, Hashable, Sendable, CaseIterable {
    /// The readout at 300 baud, as many readers expect.
    case readout
    case silence
  }

  /// What stands in the time stamps of the port; the meter's own clock runs in UTC.
  public enum Zone: String, Hashable, Sendable, CaseIterable {
    /// Season digit 2 where there is one.
    case utc
    /// London wall time: season digit 0 in winter, 1 in summer.
    case local
  }

  /// How the data block is broken into lines.
  public struct Layout: Hashable, Sendable {
    /// Data sets before each CR LF, 1 or more. The standard wants lines of at most 78 characters.
    public var setsPerLine: Int
    /// Whether CR LF stands between the last data set and `!`; some meters leave it out.
    public var breaksBeforeEnd: Bool

    public static let usual = Layout()

    public init(setsPerLine: Int = 1, breaksBeforeEnd: Bool = true) {
      (self.setsPerLine, self.breaksBeforeEnd) = (setsPerLine, breaksBeforeEnd)
    }
  }

  public var mode: Mode
  /// The maker's FLAG code, three letters: `LGZ`, `ISk`. A small third letter announces a reaction time of 20
  /// ms.
  public var flag: String
  /// The escapes between Z and the text, without backslash, one character each: `2` announces mode E.
  public var escapes: [String]
  /// The identification after the escapes: 0…16 printable characters by the standard, longer in the field;
  /// no `/` and no `!`.
  public var text: String
  /// What the meter proposes: 300, 600, 1200, 2400, 4800, 9600 or 19 200 baud. Mode A stays at 300 whatever
  /// stands here; mode D pushes at it (2400 by the standard).
  public var topBaud: Int
  /// The character Z where it is not the one of `topBaud`: a mode A meter's free choice, or a maker's own.
  public var proposal: String?
  /// Its device address, up to 32 of 0-9, A-Z, a-z and blank; leading zeros do not count. Nil: the serial.
  public var address: String?
  public var fallback: Fallback
  public var timing: OpticalTiming
  /// What it lists for each option character Y of the acknowledgement: `0` always, `6`…`9` by the maker.
  public var lists: [OpticalList]
  public var layout: Layout
  public var zone: Zone
  /// Nil where it has no programming mode.
  public var programming: OpticalProgramming?
  /// Half-hours by P.01 and the like; empty where it keeps none.
  public var profiles: [OpticalProfile]
  /// Rate windows of its clock (in `zone`), on whole half-hours; empty: one rate, the first.
  public var rates: [OpticalRateWindow]
  /// Mode D: how often it pushes; nil for once at each push of its button.
  public var pushes: TimeSpan?

  public init(
    mode: Mode, flag: String, escapes: [String] = [], text: String, topBaud: Int = 300,
    proposal: String? = nil, address: String? = nil, fallback: Fallback = .readout,
    timing: OpticalTiming = OpticalTiming(), lists: [OpticalList], layout: Layout = .usual,
    zone: Zone = .utc, programming: OpticalProgramming? = nil, profiles: [OpticalProfile] = [],
    rates: [OpticalRateWindow] = [], pushes: TimeSpan? = nil
  ) {
    (self.mode, self.flag, self.escapes, self.text) = (mode, flag, escapes, text)
    (self.topBaud, self.proposal, self.address, self.fallback) = (topBaud, proposal, address, fallback)
    (self.timing, self.lists, self.layout, self.zone) = (timing, lists, layout, zone)
    (self.programming, self.profiles, self.rates, self.pushes) = (programming, profiles, rates, pushes)
  }

  /// The speeds that the characters Z of modes B and C can name.
  public static let bauds = [300, 600, 1200, 2400, 4800, 9600, 19_200]
}

/// A daily window in which a rate counts, in minutes of the day; it may pass midnight. The first that holds
/// a half-hour decides; outside all windows rate 1 counts.
public struct OpticalRateWindow: Hashable, Sendable {
  /// Multiples of 30 in 0..<1440.
  public var fromMinute: Int
  public var toMinute: Int
  /// 1…8.
  public var rate: Int

  public init(fromMinute: Int, toMinute: Int, rate: Int) {
    (self.fromMinute, self.toMinute, self.rate) = (fromMinute, toMinute, rate)
  }
}
