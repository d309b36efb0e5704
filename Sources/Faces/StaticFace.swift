// A static single-phase meter that is not smart: a grey case, a display, an LED, a plate, terminals below.
// With large digits it is small and the display fills its front.

internal import MeterModel

/// Draws a single-phase electronic meter.
enum StaticFace {
  static let size = (width: 600.0, height: 760.0)

  static func draw(_ face: FaceState, on canvas: inout Canvas) {
    guard case .crystal(let crystal) = face.counter else { return }
    let isLarge = face.style == .largeDigits
    let shell = Outline.rectangle(46, 22, 508, 716, radius: isLarge ? 16 : 34)
    canvas.shadow(shell, by: 9, blur: 11)
    canvas.draw(
      shell,
      Paint(
        fill: isLarge ? .down("#2f3236", "#1d1f22") : .down("#eceef0", "#cfd3d6"),
        line: .colour(isLarge ? "#101113" : "#8f9599"), width: 2))
    let pane = Outline.rectangle(78, 52, 444, 434, radius: 14)
    canvas.draw(
      pane, Paint(fill: .down("#f6f6f2", "#e3e4df"), line: .colour(isLarge ? "#0c0c0d" : "#777c80"), width: 3)
    )
    let panel =
      isLarge
      ? CrystalPanel(state: crystal, x: 100, y: 82, width: 400, height: 132, tallest: 78)
      : CrystalPanel(state: crystal, x: 116, y: 88, width: 368, height: 112, tallest: 62)
    panel.draw(on: &canvas)
    plate(face, isLarge, on: &canvas)
    canvas.glass(78, 52, 444, 434, radius: 14)
    terminals(isLarge, on: &canvas)
  }

  private static func plate(_ face: FaceState, _ isLarge: Bool, on canvas: inout Canvas) {
    let (plate, ink) = (face.plate, "#1d1f21")
    let top = isLarge ? 262.0 : 250.0
    canvas.text(plate.brand, 104, top, size: 17, weight: 1.6, ink, spacing: 2.4)
    canvas.text("Type \(plate.type)", 104, top + 26, size: 11, ink)
    canvas.text("Single phase 2 wire static watt-hour meter", 104, top + 46, size: 9, ink)
    canvas.text("\(plate.voltage)  \(plate.current)  \(plate.frequency)", 104, top + 70, size: 12, ink)
    let isLettered = plate.accuracy.first?.isLetter == true
    canvas.text(
      isLettered ? "Class \(plate.accuracy) (MID)" : "Class \(plate.accuracy)", 104, top + 94, size: 11, ink)
    canvas.text("\(plate.year)", 236, top + 94, size: 11, ink)
    if face.lamp != nil {
      canvas.lamp(face.lamp, 474, top - 8)
      if let constant = plate.constant { canvas.constant(constant, 352, top + 22, size: 10, ink) }
    }
    canvas.window(plate.window, 446, top + 92, radius: 42)
    canvas.bars(plate.serial, 104, top + 112, width: 190, height: 44)
    canvas.text("S/N \(plate.serial)", 104, top + 184, size: 15, weight: 1.6, ink)
    canvas.doubleInsulation(318, top + 112, 22, ink)
    canvas.text("→ import", 318, top + 162, size: 9, ink)
  }

  private static func terminals(_ isLarge: Bool, on canvas: inout Canvas) {
    canvas.rectangle(
      78, 510, 444, 204, radius: 12, isLarge ? .down("#26282c", "#17181b") : .down("#dfe2e4", "#bfc4c8"),
      line: isLarge ? "#0d0e0f" : "#8d9398", width: 1.5)
    let edge = isLarge ? "#4a4d52" : "#ffffff"
    canvas.lines([(92, 516), (508, 516)], edge, 1.2)
    canvas.text(
      "DISCONNECT SUPPLY BEFORE REMOVING COVER", 300, 672, size: 9, isLarge ? "#9fa3a8" : "#6b7176",
      anchor: .middle)
    for (x, slot) in [(128.0, 70.0), (472, 25)] {
      canvas.screw(x, 586, 17, slot: slot)
      canvas.seal(x, 596)
    }
    // A danger sign.
    canvas.draw(
      .polygon([(300, 548), (334, 608), (266, 608)]),
      Paint(fill: .colour("#f5c518"), line: .colour("#222"), width: 3, isRound: true))
    canvas.draw(
      .polygon([(304, 562), (292, 586), (299, 586), (295, 602), (309, 580), (301, 580), (308, 562)]),
      .fill(.colour("#222")))
  }
}
