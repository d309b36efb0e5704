// A meter as it looks from the front, and what a careful person reads there.

internal import Timeline
public import Units

extension Meter {
  /// The face now. Without a page, a display that rolls shows the page whose turn it is by the meter's clock,
  /// any other its first. Nil for a meter without a display, and for a page that it has not.
  public func face(page wanted: DisplayPage? = nil) -> FaceState? {
    let pages = profile.displayPages
    guard let display = displayFace, let first = pages.first, wanted.map(pages.contains) ?? true else {
      return nil
    }
    let design = profile.faceDesign
    let page = wanted ?? (design.rolls ? rolled(pages) : first)
    let counter: FaceState.Counter
    let flaws = displayFlaws
    switch design.style {
    case .drums:
      counter = .drums(
        DrumTrain(
          count: faceCount(page), perKilowattHour: Self.perKilowattHour, digits: display.digits,
          hasTenth: design.hasTenth, carryFrom: flaws.carryFrom,
          isLate: flaws.drumsAreLate))
    case .dials:
      counter = .dials(
        DialPointer.row(
          count: faceCount(page), perKilowattHour: Self.perKilowattHour, digits: display.digits,
          hasTenth: design.hasTenth, offsets: flaws.offsets))
    default: counter = .crystal(crystal(page, display, flaws))
    }
    return FaceState(
      style: design.style, plate: Nameplate(profile, serial: serial), counter: counter, discAngle: discAngle,
      lamp: profile.disc == nil && profile.pulse?.kind == .led ? lamp : nil, page: page,
      hasSupply: isPowered)
  }

  /// What a careful person reads of a register now; `look` tells one look from another, where a draw decides.
  /// Nil where the display is blank or shows no such register.
  public func sight(of role: RegisterRole, look: UInt64 = 0) -> WattHours? {
    guard let display = displayFace, let face = face(page: DisplayPage(role)) else { return nil }
    let draws = stream.stream("sight")
    let figures: [Int]
    switch face.counter {
    case .drums(let train): figures = displayFlaws.takesComing ? train.figuresComing : train.figures
    case .dials(let pointers): figures = pointers.filter { !$0.isRed }.map(\.figure)
    case .crystal(let crystal):
      guard !crystal.isBlank else { return nil }
      figures = crystal.digits.enumerated().map { $0.element.taken(draws, look &* 16 &+ UInt64($0.offset)) }
    }
    let steps = figures.reduce(Int64(0)) { $0 * 10 + Int64($1) }
    // Below 1 Wh nothing is told.
    return display.decimals > 3
      ? WattHours((0..<(display.decimals - 3)).reduce(steps) { value, _ in value / 10 })
      : WattHours(steps * display.resolution.value)
  }

  /// The text on the display, cut to its digits, as it stands there: "15320" or "15320.4". A digit that is no
  /// figure is "?"; a display that is blank or without supply shows "". Nil without a display or such a
  /// register.
  public func display(_ role: RegisterRole) -> String? {
    guard let display = displayFace, profile.register(role) != nil else { return nil }
    let flaws = displayFlaws
    switch face(page: DisplayPage(role))?.counter {
    case .crystal(let crystal):
      guard !crystal.isBlank else { return "" }
      let digits = crystal.digits.map { $0.figure.map(String.init) ?? "?" }
      let (whole, rest) = (digits.dropLast(crystal.decimals), digits.suffix(crystal.decimals))
      return whole.joined() + (rest.isEmpty ? "" : "." + rest.joined())
    case .drums(let train) where flaws.takesComing: return train.figuresComing.map(String.init).joined()
    case .dials(let pointers) where !flaws.offsets.isEmpty:
      return pointers.filter { !$0.isRed }.map { String($0.figure) }.joined()
    default: return display.text(of: faceCount(DisplayPage(role)))
    }
  }

  /// Takes down what the registers show now: a display that stands still shows this until the next time.
  public func refreshDisplay() {
    heldCounts = Dictionary(uniqueKeysWithValues: profile.registers.map { ($0.role, exactCount($0.role)) })
  }

  /// How long a page stands still, while a fault makes it (DP-05); nil otherwise.
  public var displayDwell: TimeSpan? { displayFlaws.dwellSeconds.map { TimeSpan.seconds($0) } }

  var displayFlaws: DisplayFlaws {
    var flaws = DisplayFlaws()
    for active in faults { active.fault.bend(&flaws, of: profile, draws: stream.stream(active.id)) }
    return flaws
  }

  static let perKilowattHour = Int128(FineEnergy.perWattHour) * 1000

  private func rolled(_ pages: [DisplayPage]) -> DisplayPage {
    let shown = pages.filter { $0 != .test }
    let turn = floorDivide(clock(at: now).seconds, DisplayPage.dwell.microseconds / 1_000_000)
    return shown[Int(floorModulo(turn, Int64(shown.count)))]
  }

  /// The count behind a page, in mW·ms, with what faults make of it on its way to the display.
  private func faceCount(_ page: DisplayPage) -> Int128 {
    guard let role = page.role else { return 0 }
    let held = displayFlaws.dwellSeconds == nil ? nil : heldCounts?[role]
    return faced(held ?? exactCount(role), of: role)
  }

  /// How far the mark has gone from the middle of the front. A disc that is held turns no more than its
  /// register does.
  private var discAngle: Int64? {
    guard let disc = profile.disc, let role = profile.registers.first?.role else { return nil }
    let turn: Int128 = 360_000
    let turned = floorDivide(
      exactCount(role) * turn * Int128(disc.numerator), Self.perKilowattHour * Int128(disc.denominator))
    return Int64(floorModulo(turned, turn))
  }

  /// An LED is lit for its pulse's width after each quantum; it stands steadily lit while nothing flows, as
  /// Elster's A100C does below its starting current (anti-creep). Without supply it is dark.
  private var lamp: FaceState.Lamp {
    guard isPowered, let pulse = profile.pulse, let role = profile.registers.first?.role else { return .dark }
    let (l1, l2, l3) = power
    let flow = (l1 + l2 + l3).magnitude.milliwatts
    guard flow > 0 else { return .lit }
    let quantum = Self.perKilowattHour * Int128(pulse.constant.denominator)
    let since = floorModulo(exactCount(role) * Int128(pulse.constant.numerator), quantum)
    let lit = Int128(flow) * Int128(pulse.width.microseconds) * Int128(pulse.constant.numerator) / 1000
    return since < lit ? .lit : .dark
  }
}

extension Meter {
  private func crystal(_ page: DisplayPage, _ display: DisplayFace, _ flaws: DisplayFlaws) -> CrystalState {
    let (l1, l2, l3) = power
    let net = (l1 + l2 + l3).milliwatts
    var state = CrystalState(
      page: page, digits: [], decimals: 0, colons: [], signs: [],
      isLit: profile.kind == .modbus && isPowered, isBlank: flaws.isBlank || !isPowered)
    let places = display.digits + display.decimals
    switch page {
    case .import, .export, .total, .generation:
      let text = display.text(of: faceCount(page)).filter { $0 != "." }
      state.digits = text.map { SevenSegments(figure: $0.wholeNumberValue ?? 0) }
      state.decimals = display.decimals
      state.signs.insert(.kilowattHours)
    case .power:
      state.digits = Self.padded(String(abs(net) / 1000), to: places)
      state.signs.insert(.watts)
    case .clock:
      // HHMMSS by its own clock, in what it calls UTC.
      let second = floorModulo(told(clock(at: now)).seconds, 86_400)
      let parts = [second / 3600, second / 60 % 60, second % 60]
      let text = parts.map { ($0 < 10 ? "0" : "") + String($0) }.joined()
      state.digits = Self.padded(String(text.prefix(places / 2 * 2)), to: places)
      state.colons = [places - 3, places - 5].filter { $0 >= 0 && places >= 6 }
    case .test:
      state.digits = Array(repeating: .all, count: places)
      state.signs = Set(CrystalState.Sign.allCases)
      state.decimals = display.decimals
    }
    if net > 0 { state.signs.insert(.importing) }
    if net < 0 { state.signs.insert(.exporting) }
    if reverseRun?.hasRun == true { state.signs.insert(.reverseRun) }
    if profile.phases == 3 { state.signs.formUnion([.phase1, .phase2, .phase3]) }
    for (digit, dead) in flaws.dead where state.digits.indices.contains(digit) {
      state.digits[digit] = state.digits[digit].without(dead)
    }
    return state
  }

  private static func padded(_ text: String, to places: Int) -> [SevenSegments] {
    let figures = text.suffix(places).map { SevenSegments(figure: $0.wholeNumberValue ?? 0) }
    return Array(repeating: .dark, count: max(places - figures.count, 0)) + figures
  }
}
