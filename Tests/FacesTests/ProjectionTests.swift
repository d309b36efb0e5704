// A camera's view of a plane, worked out by hand.

import Testing

@testable import Faces

struct ProjectionTests {
  @Test("a camera that stands straight moves and scales alone")
  func straight() {
    let camera = Projection.camera(
      about: Point(x: 300, y: 400), roll: 0, yaw: 0, pitch: 0, distance: 1000, scale: 1.5,
      to: Point(x: 450, y: 600))
    #expect(camera.map(Point(x: 300, y: 400)) == Point(x: 450, y: 600))
    #expect(camera.map(Point(x: 310, y: 380)) == Point(x: 465, y: 570))
  }

  @Test("the side that is turned towards the camera is larger, and the middle stays where it is")
  func turned() {
    let camera = Projection.camera(
      about: Point(x: 0, y: 0), roll: 0, yaw: 30, pitch: 0, distance: 1000, scale: 1, to: Point(x: 0, y: 0))
    // x = 100 at 30°: 86.60 sideways, 50 towards the camera: 86.60 / 0.95 = 91.16;
    // the other side 86.60 / 1.05.
    let (near, far) = (camera.map(Point(x: 100, y: 0)), camera.map(Point(x: -100, y: 0)))
    #expect((near.x - 91.160).magnitude < 0.001 && (far.x + 82.479).magnitude < 0.001)
    #expect(camera.map(Point(x: 0, y: 0)) == Point(x: 0, y: 0))
    #expect(camera.scale(at: Point(x: 100, y: 0)) > camera.scale(at: Point(x: -100, y: 0)))
  }

  @Test("a roll turns the picture clockwise")
  func rolled() {
    let camera = Projection.camera(
      about: Point(x: 0, y: 0), roll: 90, yaw: 0, pitch: 0, distance: 1000, scale: 1, to: Point(x: 0, y: 0))
    let there = camera.map(Point(x: 10, y: 0))
    #expect(there.x.magnitude < 1e-9 && (there.y - 10).magnitude < 1e-9)
  }
}
