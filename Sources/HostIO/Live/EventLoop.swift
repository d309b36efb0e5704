// One thread, one epoll set, one agenda. Descriptors are level-triggered; the agenda is a virtual clock
// driven by the wall, woken by one timer at absolute instants, so that lateness never adds up. A server that
// owes nothing at an instant makes no system call for its timer.

internal import CHost
internal import Glibc
internal import Timeline
internal import Units

/// Somebody with a descriptor.
protocol Watcher: AnyObject {
  /// Called when the descriptor is readable, writable, hung up or broken (EPOLL… bits).
  func ready(_ events: UInt32)
}

/// The loop behind a live server. Not `Sendable`: it and all its watchers live on the thread that runs it.
final class EventLoop {
  let clock: WallClock
  private let epoll: Int32
  private let timer: Int32
  private let agenda: VirtualClock
  private var armed: Instant?
  private var slots: [Slot] = []
  private var events = [epoll_event](repeating: epoll_event(), count: 256)
  private var isStopped = false

  /// The descriptor's watcher; the generation tells a closed descriptor's last events from its successor's.
  private struct Slot {
    var watcher: (any Watcher)?
    var generation: UInt32 = 0
  }

  init(clock: WallClock) throws(HostError) {
    self.clock = clock
    agenda = VirtualClock(at: clock.now)
    epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
    timer = chost_timer_open()
    guard epoll >= 0, timer >= 0 else { throw .descriptors(epoll < 0 ? errno : timer) }
    add(timer, EPOLLIN.rawValue)
    // Refused only by kernels without the call; then wakes are 50 us later.
    chost_set_timer_slack(1)
  }

  deinit {
    if epoll >= 0 { close(epoll) }
    if timer >= 0 { close(timer) }
  }

  /// Watches a descriptor. False: it is a file, which is always ready and cannot be watched.
  @discardableResult
  func watch(_ descriptor: Int32, _ events: UInt32, _ watcher: any Watcher) -> Bool {
    while slots.count <= Int(descriptor) { slots.append(Slot()) }
    slots[Int(descriptor)].watcher = watcher
    slots[Int(descriptor)].generation &+= 1
    return add(descriptor, events)
  }

  func change(_ descriptor: Int32, _ events: UInt32) { control(EPOLL_CTL_MOD, descriptor, events) }

  /// Forgets a descriptor; call it before closing.
  func unwatch(_ descriptor: Int32) {
    guard Int(descriptor) < slots.count, slots[Int(descriptor)].watcher != nil else { return }
    slots[Int(descriptor)].watcher = nil
    slots[Int(descriptor)].generation &+= 1
    control(EPOLL_CTL_DEL, descriptor, 0)
  }

  /// Runs an action at a wall instant, or at once when that has passed.
  func schedule(at instant: Instant, _ action: @escaping () -> Void) { agenda.schedule(at: instant, action) }

  func stop() { isStopped = true }

  /// Serves until somebody stops it, or not at all when that has happened.
  func run() {
    defer { isStopped = false }
    while !isStopped {
      arm()
      let count = epoll_wait(epoll, &events, Int32(events.count), -1)
      for index in 0..<max(Int(count), 0) { dispatch(events[index]) }
      if let due = agenda.nextDue {
        let now = clock.now
        if due <= now { agenda.run(until: now) }
      }
    }
  }

  private func dispatch(_ event: epoll_event) {
    let descriptor = Int(event.data.u64 & 0xFFFF_FFFF)
    guard descriptor < slots.count else { return }
    guard slots[descriptor].generation == UInt32(event.data.u64 >> 32) else { return }
    slots[descriptor].watcher?.ready(event.events)
  }

  /// Setting the timer also forgets that it went off.
  private func arm() {
    let due = agenda.nextDue
    if due == armed, due.map({ $0 > clock.now }) ?? true { return }
    armed = due
    chost_timer_set(timer, due.map { max(clock.monotonic(of: $0), 1) } ?? 0)
  }

  @discardableResult
  private func add(_ descriptor: Int32, _ events: UInt32) -> Bool {
    control(EPOLL_CTL_ADD, descriptor, events)
  }

  @discardableResult
  private func control(_ operation: Int32, _ descriptor: Int32, _ events: UInt32) -> Bool {
    var event = epoll_event()
    event.events = events
    let generation = Int(descriptor) < slots.count ? slots[Int(descriptor)].generation : 0
    event.data.u64 = UInt64(generation) << 32 | UInt64(UInt32(descriptor))
    return epoll_ctl(epoll, operation, descriptor, &event) == 0
  }
}

/// What a watcher wants to hear of.
enum Interest {
  static let read = EPOLLIN.rawValue
  static let write = EPOLLOUT.rawValue
}
