// A static three-phase meter: a wide display with a field for the code of what is shown, two LEDs, an optical
// port, keys, a plate, and a long terminal cover.

internal import MeterModel

/// Draws a three-phase panel meter.
enum PolyphaseFace {
  static let size = (width: 640.0, height: 900.0)

  static func draw(_ face: FaceState, on canvas: inout Canvas) {
    guard case .crystal(let crystal) = face.counter else { return }
    let shell = Outline.rectangle(40, 22, 560, 854, radius: 28)
    canvas.shadow(shell, by: 9, blur: 12)
    canvas.draw(shell, Paint(fill: .down("#e7eaec", "#c5cace"), line: .colour("#878e93"), width: 2))
    canvas.rectangle(70, 52, 500, 528, radius: 16, .down("#f8f8f5", "#e7e8e3"), line: "#70767b", width: 3)
    CrystalPanel(
      state: crystal, x: 102, y: 86, width: 436, height: 136, tallest: crystal.digits.count > 8 ? 54 : 66,
      showsCode: true
    ).draw(on: &canvas)
    legend(on: &canvas)
    plate(face, on: &canvas)
    canvas.glass(70, 52, 500, 528, radius: 16)
    terminals(face.plate, on: &canvas)
  }

  private static func legend(on canvas: inout Canvas) {
    let rows = [("1.8.0", "import kWh"), ("2.8.0", "export kWh"), ("16.7.0", "power W")]
    for (index, row) in rows.enumerated() {
      let x = 102 + Double(index) * 150
      canvas.text(row.0, x, 256, size: 9, weight: 1.4, "#2c3135")
      canvas.text(row.1, x + 44, 256, size: 9, "#4b5257")
    }
  }

  private static func plate(_ face: FaceState, on canvas: inout Canvas) {
    let (plate, ink) = (face.plate, "#1f2326")
    canvas.text(plate.brand, 102, 306, size: 19, weight: 1.6, ink, spacing: 2.6)
    canvas.text("Type \(plate.type)", 102, 334, size: 12, ink)
    canvas.text("Three phase 4 wire static meter", 102, 356, size: 10, ink)
    canvas.text(plate.voltage, 102, 382, size: 12, ink)
    canvas.text("\(plate.current)  \(plate.frequency)", 102, 406, size: 12, ink)
    let isLettered = plate.accuracy.first?.isLetter == true
    canvas.text(
      (isLettered ? "Class \(plate.accuracy) (MID)" : "Class \(plate.accuracy)") + "   \(plate.year)", 102,
      430,
      size: 12, ink)
    canvas.bars(plate.serial, 102, 454, width: 216, height: 48)
    canvas.text(plate.serial, 102, 536, size: 19, weight: 1.6, ink, spacing: 2.8)
    canvas.doubleInsulation(348, 466, 24, ink)
    canvas.window(plate.window, 480, 396, radius: 52)
    canvas.lamp(face.lamp, 420, 302)
    if let constant = plate.constant, face.lamp != nil { canvas.constant(constant, 440, 306, size: 10, ink) }
    for (index, name) in ["▲", "▼"].enumerated() {
      let y = 482 + Double(index) * 44
      canvas.rectangle(456, y, 66, 34, radius: 17, .down("#6b7379", "#3c4348"), line: "#2b3034", width: 1)
      let tip = name == "▲" ? -6.0 : 6
      canvas.draw(
        .polygon([(480, y + 17 - tip * 0.7), (498, y + 17 - tip * 0.7), (489, y + 17 + tip)]),
        .fill(.colour("#f2f4f5")))
    }
  }

  private static func terminals(_ plate: Nameplate, on canvas: inout Canvas) {
    canvas.rectangle(70, 604, 500, 244, radius: 14, .down("#dadee1", "#b3b9be"), line: "#878e93", width: 1.5)
    canvas.lines([(84, 611), (556, 611)], "#ffffff", 1.2)
    canvas.rectangle(150, 640, 340, 130, radius: 4, .colour("#f4f4f0"), line: "#8e959a", width: 1)
    if plate.hasTransformers { transformers(on: &canvas) } else { wholeCurrent(on: &canvas) }
    for (x, slot) in [(112.0, 50.0), (528, 15)] {
      canvas.screw(x, 700, 16, slot: slot)
      canvas.seal(x, 708)
    }
  }

  /// Terminals 1 3 4 6 7 9 10 12 with their phases: 4-wire, whole current.
  private static func wholeCurrent(on canvas: inout Canvas) {
    let names = ["1", "3", "4", "6", "7", "9", "10", "12"]
    for (index, name) in names.enumerated() {
      let x = 178 + Double(index) * 41
      canvas.circle(x, 738, 8, .colour("#f4f4f0"), line: "#33383c", width: 1.4)
      canvas.text(name, x, 762, size: 8, "#33383c", anchor: .middle)
      if index.isMultiple(of: 2) {
        canvas.draw(
          Outline(parsing: "M\(x) 729 L\(x) 690 L\(x + 41) 690 L\(x + 41) 729"), .line("#33383c", 1.3))
        canvas.text(
          index < 6 ? "L\(index / 2 + 1)" : "N", x + 20.5, 678, size: 9, weight: 1.3, "#33383c",
          anchor: .middle)
        if index < 6 { canvas.circle(x + 20.5, 690, 6, .colour("#f4f4f0"), line: "#33383c", width: 1.2) }
      }
    }
  }

  /// Terminals 1 to 9 in threes, current in, voltage, current out, and 11 for the neutral; a ring is a
  /// transformer.
  private static func transformers(on canvas: inout Canvas) {
    let names = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "11"]
    for (index, name) in names.enumerated() {
      let x = 172 + Double(index) * 33
      canvas.circle(x, 738, 7, .colour("#f4f4f0"), line: "#33383c", width: 1.4)
      canvas.text(name, x, 762, size: 8, "#33383c", anchor: .middle)
      guard index.isMultiple(of: 3) else { continue }
      if index == 9 {
        canvas.draw(Outline(parsing: "M\(x) 729 L\(x) 690"), .line("#33383c", 1.3))
        canvas.text("N", x, 678, size: 9, weight: 1.3, "#33383c", anchor: .middle)
      } else {
        canvas.draw(
          Outline(parsing: "M\(x) 729 L\(x) 712 L\(x + 66) 712 L\(x + 66) 729"), .line("#33383c", 1.3))
        canvas.draw(Outline(parsing: "M\(x + 33) 729 L\(x + 33) 690"), .line("#33383c", 1.3))
        canvas.draw(.circle(x + 33, 712, 9), .line("#33383c", 1.3))
        canvas.text("L\(index / 3 + 1)", x + 33, 678, size: 9, weight: 1.3, "#33383c", anchor: .middle)
      }
    }
    canvas.text("CT 5 A", 320, 656, size: 8, "#33383c", anchor: .middle)
  }
}
