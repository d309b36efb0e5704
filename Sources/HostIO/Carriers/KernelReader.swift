// libmodbus as the reader, with its only wait answered from the door's clock. Its `select` comes to `answer`
// below (CHost/select.c): the request's bytes are taken out of the kernel and given to the door, the door
// runs the world until bytes come or patience ends, and what came is put into the kernel before libmodbus is
// told. So the bytes go through real descriptors, and no load on the machine can turn an answer into a
// time-out.

internal import CHost
internal import CModbus
internal import Glibc
internal import HeadEnd
internal import Line
internal import Units

/// One libmodbus context on a kernel link. Lives on one thread, in one world.
final class KernelReader: RegisterReader {
  private let context: LibModbusContext
  private let link: KernelLink
  private let door: any Door
  private let rules: ReaderRules
  private let counter: ByteCounter

  private var requestIsDue = false
  private var request: [UInt8] = []
  /// Arrived at the door, not yet in the kernel.
  private var backlog: ArraySlice<UInt8> = []
  /// In the kernel, not yet read by libmodbus.
  private var inKernel: [UInt8] = []
  /// The first trouble: a broken port stays broken.
  private var trouble: String?

  /// Takes over the far descriptor. Call `requireHook` first.
  init(
    context: LibModbusContext, far: Int32, door: any Door, rules: ReaderRules, counter: ByteCounter
  ) {
    (self.context, self.door, self.rules, self.counter) = (context, door, rules, counter)
    link = KernelLink(near: context.descriptor, far: far)
  }

  deinit {
    context.close()
    close(link.far)
  }

  func read(_ asked: RegisterRequest) -> Result<[UInt16], ReadFailure> {
    if let trouble { return .failure(.port(trouble)) }
    if let objection = Self.objection(to: asked) { return .failure(.port(objection)) }
    if rules.flushes {
      door.flush()
      context.flush()
      backlog = []
      inKernel.removeAll(keepingCapacity: true)
    }
    (requestIsDue, request) = (true, [])
    let outcome = hooked { context.read(asked) }
    let consumed = takeConsumed()
    if let trouble { return .failure(.port(trouble)) }
    switch outcome {
    case .success(let values): return .success(values)
    case .failure(let error):
      return .failure(
        error.meaning(asked: asked, sent: request, received: consumed, framing: context.framing))
    }
  }

  /// What no reader sends, in the words of the reader at depth memory (a test holds them together).
  private static func objection(to asked: RegisterRequest) -> String? {
    guard asked.function == 3 || asked.function == 4 else {
      return "function \(asked.function) reads no registers; 3 and 4 do"
    }
    guard asked.count <= 125 else { return "a reader asks for at most 125 registers, not \(asked.count)" }
    guard asked.unit <= 247 else { return "units are 0 to 247, not \(asked.unit)" }
    return nil
  }

  /// Runs libmodbus with this reader as the answer to its `select`; a hook of an outer call comes back after.
  private func hooked<Value>(_ body: () -> Value) -> Value {
    var outerContext: UnsafeMutableRawPointer?
    let outer = chost_select_hook_now(&outerContext)
    chost_select_set_hook(answerSelect, Unmanaged.passUnretained(self).toOpaque())
    defer { chost_select_set_hook(outer, outerContext) }
    return body()
  }

  private func takeConsumed() -> [UInt8] {
    guard let left = try? link.pending() else { return inKernel }
    let count = max(0, inKernel.count - left)
    defer { inKernel.removeFirst(count) }
    return Array(inKernel.prefix(count))
  }

  /// One `select`: ready descriptors, or a negative error number.
  fileprivate func answer(_ readable: UnsafeMutablePointer<fd_set>?, _ patience: inout TimeSpan) -> Int32 {
    guard chost_set_has(readable, link.near) == 1 else { return -EBADF }
    do {
      if requestIsDue { try takeRequest() }
      if try link.pending() > 0 { return 1 }
      if backlog.isEmpty {
        let end = door.now + patience
        backlog = door.wait(until: end)[...]
        patience = max(end - door.now, TimeSpan(microseconds: 0))
        if backlog.isEmpty {
          chost_set_clear(readable)
          return 0
        }
      }
      try feed()
      return 1
    } catch {
      trouble = error.word
      return -EIO
    }
  }

  private func takeRequest() throws(KernelLink.Trouble) {
    requestIsDue = false
    request = try link.take(context.readRequestBytes)
    counter.bytes += request.count
    door.write(request)
  }

  private func feed() throws(KernelLink.Trouble) {
    let chunk = backlog.prefix(KernelLink.queueLimit)
    backlog = backlog.dropFirst(chunk.count)
    try link.deliver(chunk)
    inKernel.append(contentsOf: chunk)
    counter.bytes += chunk.count
  }
}

extension KernelReader {
  /// Throws `CarrierError` unless libmodbus' `select` comes to us; otherwise it would wait in real time.
  static func requireHook() throws {
    guard chost_select_is_ours() == 1 else {
      throw CarrierError(
        "libmodbus would wait in real time: this program must export its own `select` (link CHost into it)")
    }
  }
}

/// Bytes through descriptors, shared by a carrier and its readers.
final class ByteCounter {
  var bytes = 0
}

/// The hook itself: a function of the file, so that it belongs to no actor and runs on any thread.
private func answerSelect(
  context: UnsafeMutableRawPointer?, descriptors: Int32, readable: UnsafeMutablePointer<fd_set>?,
  writable: UnsafeMutablePointer<fd_set>?, broken: UnsafeMutablePointer<fd_set>?,
  timeout: UnsafeMutablePointer<timeval>?
) -> Int32 {
  guard let context, let timeout else { return -EINVAL }
  let reader = Unmanaged<KernelReader>.fromOpaque(context).takeUnretainedValue()
  var patience = TimeSpan(
    microseconds: Int64(timeout.pointee.tv_sec) * 1_000_000 + Int64(timeout.pointee.tv_usec))
  let answer = reader.answer(readable, &patience)
  // What is left of the time-out goes back, as Linux does: libmodbus counts on it.
  timeout.pointee.tv_sec = Int(patience.microseconds / 1_000_000)
  timeout.pointee.tv_usec = Int(patience.microseconds % 1_000_000)
  return answer
}
