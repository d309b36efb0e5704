// The photograph that a customer sends, with the truth of it: what the registers really say, what the picture
// shows, what the customer writes beside it, and what is wrong.

public import MeterModel
internal import Timeline
public import Units

/// What is wrong with what a photograph shows, or with what is written beside it.
public enum PhotoMistake: String, Hashable, Sendable, CaseIterable {
  /// Another page of the display was up (HR-04).
  case wrongPage = "wrong-page"
  /// The plate shows the number of a meter that was taken away (HR-08).
  case oldSerial = "old-serial"
  /// A picture of another meter, with another number and another value (HR-08).
  case otherMeter = "other-meter"
  /// Two neighbouring digits are written the wrong way round (HR-01).
  case misread
}

/// A photograph and what is said with it.
public struct CustomerPhoto {
  public let photograph: Photograph
  let look: MeterLook
  let role: RegisterRole
  let shownRole: RegisterRole
  let shown: WattHours?
  let told: WattHours?
  let mistakes: Set<PhotoMistake>

  /// Takes it. Nil flaws are drawn from the seed. Throws `StoryError` where there is nothing to photograph.
  public init(
    _ look: MeterLook, role: RegisterRole, flaws: [PhotoFlaw]?, mistakes: Set<PhotoMistake>, seed: UInt64
  ) throws {
    let profile = look.meter.profile
    let others = profile.registers.map(\.role).filter { $0 != role }
    if mistakes.contains(.wrongPage), others.isEmpty {
      throw StoryError("\(profile.name) has one page only: there is no wrong one")
    }
    let shownRole = mistakes.contains(.wrongPage) ? others.first ?? role : role
    guard var face = look.meter.face(page: DisplayPage(shownRole)), let display = profile.display else {
      throw StoryError("\(profile.name) has no display, so nobody photographs it")
    }
    let draws = RandomStream(seed: seed).stream("customer-photo")
    var shown = look.meter.sight(of: shownRole)
    if mistakes.contains(.otherMeter) {
      let value = WattHours(draws.whole(0, in: 1000...89_999) * 1000)
      face = face.numbered(String(draws.whole(1, in: 20_000_000...89_999_999))).showing(value, of: display)
      shown = look.meter.sight(of: shownRole) == nil ? nil : value
    } else if mistakes.contains(.oldSerial) {
      face = face.numbered(String(draws.whole(2, in: 10_000_000...19_999_999)))
    }
    (self.look, self.role, self.shownRole, self.shown, self.mistakes) = (
      look, role, shownRole, shown, mistakes
    )
    told = mistakes.contains(.misread) ? shown.map { Self.transposed($0, draws) } : shown
    photograph = Photograph(face: face, flaws: flaws ?? Photograph.usualFlaws(seed: seed), seed: seed)
  }

  /// Two neighbouring digits of whole kWh that differ change places.
  private static func transposed(_ value: WattHours, _ draws: RandomStream) -> WattHours {
    var digits = Array(String(value.value / 1000))
    let pairs = (1..<max(digits.count, 1)).filter { digits[$0] != digits[$0 - 1] }
    guard !pairs.isEmpty else { return value }
    let right = pairs[Int(draws.whole(3, in: 0...Int64(pairs.count - 1)))]
    digits.swapAt(right - 1, right)
    return WattHours((Int64(String(digits)) ?? 0) * 1000 + value.value % 1000)
  }

  /// The truth beside the picture.
  public func json(register: Bool, serial: Bool) -> JSONText {
    let meter = look.meter
    func wattHours(_ value: WattHours?) -> JSONText { value.map { .whole($0.value) } ?? .null }
    let registers = meter.profile.registers.map { face in
      (face.role.rawValue, wattHours(meter.shown(face.role)))
    }
    return .object([
      ("at", .text("\(look.at)")), ("profile", .text(meter.profile.name)),
      (
        "truth",
        .object([
          ("serial", .text(meter.serial)), ("registersWh", .object(registers)),
          ("register", .text(role.rawValue)), ("valueWh", wattHours(meter.displayed(role))),
          ("faults", .list(meter.presentFaults.map(JSONText.text))),
        ])
      ),
      (
        "picture",
        .object([
          ("serial", .text(photograph.face.serial)), ("register", .text(shownRole.rawValue)),
          ("valueWh", wattHours(shown)),
          ("legible", .object([("register", .flag(register && shown != nil)), ("serial", .flag(serial))])),
        ])
      ),
      (
        "told",
        .object([
          ("serial", .text(meter.serial)), ("register", .text(role.rawValue)), ("valueWh", wattHours(told)),
        ])
      ),
      (
        "flaws",
        .list(
          photograph.flaws.map {
            .object([("flaw", .text($0.kind.rawValue)), ("strength", .whole(Int64($0.strength)))])
          } + mistakes.map(\.rawValue).sorted().map { .object([("flaw", .text($0))]) })
      ),
      ("seed", .text(String(photograph.seed))),
    ])
  }
}
