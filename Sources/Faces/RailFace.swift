// Meters on a DIN rail: one module wide, or four; terminals with their screws above and below, a lit display.

internal import MeterModel

/// Draws a rail-mounted sub-meter.
enum RailFace {
  static let narrow = (width: 300.0, height: 900.0)
  static let wide = (width: 640.0, height: 800.0)

  static func draw(_ face: FaceState, on canvas: inout Canvas) {
    if face.style == .railNarrow { single(face, on: &canvas) } else { four(face, on: &canvas) }
  }

  private static func single(_ face: FaceState, on canvas: inout Canvas) {
    guard case .crystal(let crystal) = face.counter else { return }
    let plate = face.plate
    let shell = Outline.rectangle(54, 24, 192, 852, radius: 8)
    canvas.shadow(shell, by: 7, blur: 10)
    canvas.draw(
      shell, Paint(fill: .across("#f5f6f6", "#e6e9ea", "#d3d7d9"), line: .colour("#9aa0a4"), width: 2))
    terminals(["1 L in", "3"], x: 150, y: 88, pitch: 78, below: true, on: &canvas)
    canvas.rectangle(70, 206, 160, 488, radius: 6, .down("#fcfdfd", "#eceff0"), line: "#a9afb3", width: 1.4)
    CrystalPanel(
      state: crystal, x: 86, y: 232, width: 128, height: 62, tallest: crystal.digits.count > 6 ? 23 : 27
    ).draw(on: &canvas)
    let ink = "#22272b"
    canvas.circle(194, 346, 17, .down("#dfe4e7", "#aab2b7"), line: "#7d858a", width: 1.2)
    canvas.lamp(face.lamp, 104, 346, radius: 6)
    if let constant = plate.constant { canvas.constant(constant, 86, 378, size: 7, ink) }
    canvas.text(plate.brand, 150, 424, size: 14, weight: 1.6, ink, anchor: .middle)
    canvas.text(plate.type, 150, 446, size: 10, weight: 1.3, ink, anchor: .middle)
    let lines = [plate.voltage, plate.current, plate.frequency, "Class \(plate.accuracy)"]
    for (index, line) in lines.enumerated() {
      canvas.text(line, 86, 482 + Double(index) * 21, size: 9.5, ink)
    }
    canvas.doubleInsulation(190, 530, 18, ink)
    canvas.bars(plate.serial, 86, 572, width: 128, height: 34)
    canvas.text(plate.serial, 150, 630, size: 11.5, weight: 1.5, ink, anchor: .middle)
    if plate.hasBus { canvas.text("RS485  A  B  G", 150, 656, size: 8, ink, anchor: .middle) }
    canvas.text("\(plate.year)", 150, 678, size: 8, ink, anchor: .middle)
    terminals(["4", "6 L out"], x: 150, y: 800, pitch: 78, below: false, on: &canvas)
  }

  private static func four(_ face: FaceState, on canvas: inout Canvas) {
    guard case .crystal(let crystal) = face.counter else { return }
    let (plate, ink) = (face.plate, "#22272b")
    let shell = Outline.rectangle(40, 24, 560, 752, radius: 10)
    canvas.shadow(shell, by: 8, blur: 11)
    canvas.draw(shell, Paint(fill: .down("#f2f4f5", "#d5dadd"), line: .colour("#9aa0a4"), width: 2))
    terminals(["1", "3", "5", "7"], x: 320, y: 84, pitch: 118, below: true, on: &canvas)
    canvas.rectangle(66, 176, 508, 448, radius: 8, .down("#fcfdfd", "#e9edef"), line: "#a9afb3", width: 1.4)
    CrystalPanel(
      state: crystal, x: 104, y: 214, width: 432, height: 140, tallest: crystal.digits.count > 8 ? 56 : 64
    ).draw(on: &canvas)
    for (index, name) in ["M", "P", "E", "OK"].enumerated() {
      let x = 140 + Double(index) * 76
      canvas.rectangle(
        x - 28, 390, 56, 34, radius: 6, .down("#e3e8ea", "#b4bcc1"), line: "#828a8f", width: 1.2)
      canvas.text(name, x, 412, size: 11, weight: 1.4, ink, anchor: .middle)
    }
    canvas.lamp(face.lamp, 500, 400)
    if let constant = plate.constant { canvas.constant(constant, 450, 428, size: 8, ink) }
    canvas.text(plate.brand, 104, 470, size: 19, weight: 1.6, ink, spacing: 2.6)
    canvas.text(plate.type, 104, 496, size: 12, weight: 1.3, ink)
    canvas.text("\(plate.voltage)  \(plate.current)  \(plate.frequency)", 104, 526, size: 11.5, ink)
    canvas.text("Class \(plate.accuracy)   \(plate.year)   RS485 Modbus RTU", 104, 552, size: 11, ink)
    canvas.bars(plate.serial, 368, 446, width: 168, height: 36)
    canvas.text(plate.serial, 536, 604, size: 15, weight: 1.5, ink, anchor: .end)
    canvas.text("S/N", 392, 604, size: 10, ink)
    canvas.doubleInsulation(104, 582, 24, ink)
    canvas.glass(66, 176, 508, 448, radius: 8)
    terminals(["2", "4", "6", "8"], x: 320, y: 712, pitch: 118, below: false, on: &canvas)
  }

  /// Clamps in their chambers, each with its screw and number.
  private static func terminals(
    _ names: [String], x: Double, y: Double, pitch: Double, below: Bool, on canvas: inout Canvas
  ) {
    for (index, name) in names.enumerated() {
      let middle = x + (Double(index) - Double(names.count - 1) / 2) * pitch
      canvas.rectangle(
        middle - 32, y - 36, 64, 72, radius: 6, .down("#5a6166", "#2f3438"), line: "#22272a", width: 1.2)
      canvas.screw(middle, y, 23, slot: Double(index * 47 + 20))
      canvas.text(name, middle, below ? y + 58 : y - 46, size: 10, weight: 1.2, "#3b4247", anchor: .middle)
    }
  }
}
