// Work on threads of its own, because a world lives on one thread and never awaits.

import Foundation

/// Runs `work` on `count` new threads at once and returns their results in order of number.
func onThreads<Value: Sendable>(_ count: Int, _ work: @escaping @Sendable (Int) -> Value) -> [Value] {
  let boxes = (0..<count).map { _ in Box<Value>() }
  let done = DispatchSemaphore(value: 0)
  for (number, box) in boxes.enumerated() {
    Thread {
      box.value = work(number)
      done.signal()
    }.start()
  }
  for _ in boxes { done.wait() }
  return boxes.compactMap(\.value)
}

private final class Box<Value>: @unchecked Sendable {
  var value: Value?
}
