import Testing

@testable import Faces

@Suite struct TurnTests {
  @Test(
    "sine and cosine are right to ten places, also beyond a turn",
    arguments: [
      (0.0, 0.0, 1.0), (30, 0.5, 0.8660254037844387), (90, 1, 0),
      (135, 0.7071067811865476, -0.7071067811865475),
      (180, 0, -1), (270, -1, 0), (-45, -0.7071067811865475, 0.7071067811865476),
      (750, 0.5, 0.8660254037844387),
    ])
  func values(degrees: Double, sine: Double, cosine: Double) {
    #expect((Turn.sin(degrees) - sine).magnitude < 1e-10)
    #expect((Turn.cos(degrees) - cosine).magnitude < 1e-10)
  }
}
