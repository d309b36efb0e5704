// Many faces on one sheet, each under its name.

public import MeterModel
public import Units

/// Draws a contact sheet.
public enum ContactSheet {
  /// What registers stand at on the sheet: drums just being carried, pointers between figures.
  public static let standings: [RegisterRole: WattHours] = [
    .import: WattHours(37_895_962), .export: WattHours(1_234_567), .total: WattHours(39_130_529),
  ]

  private static let cell = (width: 290.0, height: 410.0)
  private static let room = (width: 250.0, height: 350.0)

  /// Faces with their captions, so many in a row (one at least), as an SVG file.
  public static func svg(_ faces: [(caption: String, face: FaceState)], columns: Int = 4) -> String {
    let columns = max(columns, 1)
    let rows = (faces.count + columns - 1) / columns
    let (width, height) = (cell.width * Double(columns), cell.height * Double(rows) + 20)
    var paper = Canvas()
    paper.rectangle(0, 0, width, height, .down("#f4f5f6", "#e4e7e9"))
    var layers: [(Projection, [Shape])] = []
    for (index, one) in faces.enumerated() {
      let left = Double(index % columns) * cell.width
      let top = Double(index / columns) * cell.height + 20
      let size = FaceDrawing.size(of: one.face.style)
      let scale = min(room.width / size.width, room.height / size.height)
      let x = left + (cell.width - size.width * scale) / 2
      let y = top + room.height - size.height * scale
      layers.append((.moved(x: x, y: y, scale: scale), FaceDrawing.shapes(one.face)))
      paper.text(
        one.caption, left + cell.width / 2, top + room.height + 26, size: 8.5, weight: 1.2, "#3a4046",
        anchor: .middle)
    }
    return SVGWriter.picture(
      width: width, height: height, title: "Faces of meters", layers: [(.straight, paper.shapes)] + layers)
  }
}
