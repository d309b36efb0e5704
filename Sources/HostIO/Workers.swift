// Plain threads for work that shares nothing: one world, one thread, and no `async` inside a world.

internal import Foundation

/// Runs independent pieces of work on some threads.
public enum Workers {
  /// Applies `work` to each index in 0 ..< `count` on up to `threads` threads, and hands each result to
  /// `done` in order of index, on the calling thread, as soon as it and all before it are there. `done`
  /// answers whether to go on; what was not begun is then left out.
  public static func run<Result: Sendable>(
    count: Int, threads: Int, work: @escaping @Sendable (Int) -> Result, done: (Int, Result) -> Bool
  ) {
    let board = Board<Result>(count: count)
    for _ in 0..<max(1, min(threads, count)) {
      let thread = Thread {
        while let index = board.take() { board.put(work(index), at: index) }
      }
      // A world keeps its nested waits on the stack.
      thread.stackSize = 16 << 20
      thread.start()
    }
    for index in 0..<count {
      guard let result = board.wait(for: index) else { return }
      guard done(index, result) else { return board.close() }
    }
  }

  /// What is to do, and what is done.
  private final class Board<Result: Sendable>: @unchecked Sendable {
    private let condition = NSCondition()
    private let count: Int
    private var next = 0
    private var results: [Int: Result] = [:]
    private var isClosed = false

    init(count: Int) { self.count = count }

    func take() -> Int? {
      condition.lock()
      defer { condition.unlock() }
      guard next < count, !isClosed else { return nil }
      next += 1
      return next - 1
    }

    func put(_ result: Result, at index: Int) {
      condition.lock()
      results[index] = result
      condition.broadcast()
      condition.unlock()
    }

    func wait(for index: Int) -> Result? {
      condition.lock()
      defer { condition.unlock() }
      while results[index] == nil { condition.wait() }
      return results.removeValue(forKey: index)
    }

    func close() {
      condition.lock()
      isClosed = true
      condition.unlock()
    }
  }
}
