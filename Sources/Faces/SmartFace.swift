// A smart meter: a white case with the communications hub on top, a display of pages, keys below it, and its
// two optical windows.

internal import MeterModel

/// Draws a SMETS1 or SMETS2 meter.
enum SmartFace {
  static let size = (width: 600.0, height: 920.0)

  static func draw(_ face: FaceState, on canvas: inout Canvas) {
    guard case .crystal(let crystal) = face.counter else { return }
    hub(face, on: &canvas)
    let shell = Outline.rectangle(54, 196, 492, 700, radius: 26)
    canvas.shadow(shell, by: 9, blur: 11)
    canvas.draw(shell, Paint(fill: .down("#fbfcfc", "#e2e6e8"), line: .colour("#a7adb1"), width: 2))
    canvas.rectangle(84, 222, 432, 248, radius: 12, .down("#30363c", "#1f2429"), line: "#14181b", width: 1.5)
    CrystalPanel(
      state: crystal, x: 112, y: 248, width: 376, height: 138, tallest: crystal.digits.count > 6 ? 62 : 70
    ).draw(on: &canvas)
    canvas.text(face.plate.brand, 112, 440, size: 17, weight: 1.5, "#e9edf0", spacing: 2.6)
    canvas.lamp(face.lamp, 470, 432)
    if face.lamp != nil, let constant = face.plate.constant {
      canvas.constant(constant, 352, 438, size: 10, "#c4cbd1")
    }
    canvas.glass(84, 222, 432, 248, radius: 12)
    keys(on: &canvas)
    plate(face.plate, on: &canvas)
    canvas.screw(84, 868, 10, slot: 40)
    canvas.screw(516, 868, 10, slot: 75)
  }

  private static func hub(_ face: FaceState, on canvas: inout Canvas) {
    let shell = Outline.rectangle(84, 20, 432, 186, radius: 20)
    canvas.shadow(shell, by: 6, blur: 9)
    canvas.draw(shell, Paint(fill: .down("#f4f6f7", "#d9dee1"), line: .colour("#aab1b5"), width: 2))
    canvas.text(
      face.plate.hasHub ? "COMMUNICATIONS HUB" : "GSM MODEM", 112, 62, size: 11, weight: 1.3, "#5a6268",
      spacing: 2.6)
    let names = face.plate.hasHub ? ["SW", "WAN", "MESH", "HAN", "GAS"] : ["PWR", "WAN", "HAN"]
    for (index, name) in names.enumerated() {
      let x = 136 + Double(index) * 82
      let isLit = face.hasSupply && name != "MESH" && name != "GAS"
      canvas.circle(
        x, 108, 8, .slanted(isLit ? "#c9ffd2" : "#cfd5d9", isLit ? "#27b34a" : "#9aa2a7"), line: "#7b8388",
        width: 1)
      canvas.text(name, x, 140, size: 10, weight: 1.3, "#5a6268", anchor: .middle)
    }
    canvas.lines([(100, 172), (500, 172)], "#c2c9cd", 1.4)
  }

  private static func keys(on canvas: inout Canvas) {
    let names = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "A", "0", "B"]
    for (index, name) in names.enumerated() {
      let x = 96 + Double(index % 3) * 62
      let y = 496 + Double(index / 3) * 56
      let isLetter = name == "A" || name == "B"
      canvas.rectangle(
        x, y, 52, 44, radius: 9,
        isLetter ? .down("#5b9bd0", "#2f6da3") : .down("#f8f9fa", "#cfd5d9"),
        line: isLetter ? "#275a87" : "#a3abb0",
        width: 1.2)
      canvas.text(
        name, x + 26, y + 30, size: 16, weight: 1.5, isLetter ? "#ffffff" : "#2b3136", anchor: .middle)
    }
    canvas.text("A  next page    B  back", 98, 742, size: 8.5, "#5a6268")
  }

  private static func plate(_ plate: Nameplate, on canvas: inout Canvas) {
    let ink = "#24292d"
    let lines = [
      "Type \(plate.type)", plate.phases == 1 ? "1ph 2w  \(plate.voltage)" : "3ph 4w  \(plate.voltage)",
      "\(plate.current)  \(plate.frequency)", "Class \(plate.accuracy)   \(plate.year)",
    ]
    for (index, line) in lines.enumerated() {
      canvas.text(line, 306, 516 + Double(index) * 24, size: 12, ink)
    }
    canvas.window(plate.window, 450, 664, radius: 40)
    canvas.doubleInsulation(306, 606, 22, ink)
    canvas.text("Electricity", 306, 664, size: 10, ink)
    canvas.text("meter", 306, 682, size: 10, ink)
    canvas.rectangle(96, 764, 408, 104, radius: 4, .colour("#ffffff"), line: "#b9c0c4", width: 1)
    canvas.bars(plate.serial, 112, 778, width: 250, height: 42)
    canvas.text(plate.serial, 112, 850, size: 19, weight: 1.6, ink, spacing: 2.8)
    canvas.text("MSN", 392, 850, size: 11, ink)
  }
}
