// A disc meter: a bakelite case with a glass window, its plate with register and disc,
// a terminal cover below.

internal import MeterModel

/// Draws a Ferraris meter, with drums or dials.
enum DiscFace {
  static let size = (width: 600.0, height: 840.0)

  static func draw(_ face: FaceState, on canvas: inout Canvas) {
    body(on: &canvas)
    window(face, on: &canvas)
    terminals(face, on: &canvas)
  }

  private static func body(on canvas: inout Canvas) {
    let base = Outline.rectangle(34, 18, 532, 804, radius: 46)
    canvas.shadow(base, by: 10, blur: 12)
    canvas.draw(base, Paint(fill: .slanted("#3d3b39", "#1b1a19"), line: .colour("#0c0c0b"), width: 2))
    let cover = Outline.rectangle(58, 40, 484, 594, radius: 40)
    canvas.draw(cover, Paint(fill: .slanted("#4a4745", "#232120"), line: .colour("#121110"), width: 2))
    canvas.draw(
      .rectangle(60.5, 42.5, 479, 589, radius: 38), .line("#7a7672", 1.2, opacity: 0.5))
  }

  private static func window(_ face: FaceState, on canvas: inout Canvas) {
    let pane = Outline.rectangle(86, 68, 428, 538, radius: 26)
    canvas.draw(pane, Paint(fill: .down("#fbf8ee", "#ece7d8"), line: .colour("#0d0c0c"), width: 5))
    switch face.counter {
    case .drums(let train):
      let width = min(54.0, 400 / Double(train.drums.count) - 9)
      DrumWindow(train: train, drumWidth: width).draw(on: &canvas)
      places(train, width, on: &canvas)
      canvas.text("kWh", 300, 262, size: 17, weight: 1.5, "#222", anchor: .middle)
    case .dials(let pointers): DialPlate(pointers: pointers).draw(on: &canvas)
    case .crystal: break
    }
    if let angle = face.discAngle { DiscSlot(angle: angle).draw(on: &canvas) }
    plate(face.plate, on: &canvas)
    canvas.glass(86, 68, 428, 538, radius: 26)
    for (x, slot) in [(300.0, 20.0)] { canvas.screw(x, 620, 8, slot: slot, dark: true) }
  }

  /// What each drum counts, small above its window.
  private static func places(_ train: DrumTrain, _ width: Double, on canvas: inout Canvas) {
    let pitch = width + 9
    let left = 300 - Double(train.drums.count) * pitch / 2
    let black = train.drums.filter { !$0.isRed }.count
    var value = (1..<black).reduce(1) { power, _ in power * 10 }
    for (index, drum) in train.drums.enumerated() {
      canvas.text(
        drum.isRed ? "1/10" : "\(value)", left + (Double(index) + 0.5) * pitch, 113, size: 9, weight: 1.3,
        drum.isRed ? "#b3261b" : "#333", anchor: .middle)
      value /= 10
    }
  }

  private static func plate(_ plate: Nameplate, on canvas: inout Canvas) {
    let ink = "#1e1c1a"
    canvas.text(plate.brand, 300, 452, size: 17, weight: 1.5, ink, anchor: .middle, spacing: 2.6)
    let kind = plate.phases == 1 ? "SINGLE PHASE 2 WIRE METER" : "THREE PHASE 4 WIRE METER"
    canvas.text(kind, 300, 473, size: 10, ink, anchor: .middle, spacing: 2.4)
    canvas.lines([(112, 485), (488, 485)], "#8a8578", 1)
    canvas.text("Type \(plate.type)", 116, 508, size: 12, ink)
    canvas.text(plate.voltage + "  " + plate.frequency, 116, 532, size: 12, ink)
    canvas.text(plate.current, 116, 556, size: 12, ink)
    canvas.text("Class \(plate.accuracy)", 116, 580, size: 12, ink)
    if let constant = plate.constant { canvas.constant(constant, 300, 508, size: 12, ink, bold: true) }
    canvas.text("No", 300, 538, size: 11, ink)
    canvas.text(plate.serial, 326, 538, size: 15, weight: 1.6, ink)
    canvas.text("\(plate.year)", 300, 580, size: 12, ink)
    canvas.doubleInsulation(462, 562, 20, ink)
  }

  private static func terminals(_ face: FaceState, on canvas: inout Canvas) {
    let cover = Outline.rectangle(58, 652, 484, 152, radius: 22)
    canvas.draw(cover, Paint(fill: .down("#34312f", "#1c1a19"), line: .colour("#0d0c0b"), width: 2))
    canvas.lines([(76, 660), (524, 660)], "#6b6663", 1.2)
    canvas.rectangle(206, 676, 188, 66, radius: 3, .down("#e9e4d3", "#d8d2bf"), line: "#5a5548", width: 1)
    let holes = face.plate.phases == 1 ? 4 : 8
    for index in 0..<holes {
      let x = 300 + (Double(index) - Double(holes - 1) / 2) * (holes == 4 ? 36 : 21)
      canvas.circle(x, 704, 6.5, .colour("#d8d2bf"), line: "#35322b", width: 1.4)
      canvas.text("\(index + 1)", x, 730, size: 8, "#35322b", anchor: .middle)
    }
    canvas.text("LINE", 214, 690, size: 7, "#35322b")
    canvas.text("LOAD", 386, 690, size: 7, "#35322b", anchor: .end)
    for (x, slot) in [(112.0, 60.0), (488, 15)] {
      canvas.screw(x, 708, 15, slot: slot)
      canvas.seal(x, 716)
    }
  }
}
