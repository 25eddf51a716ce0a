/// The arrays one thread works on. Raw memory, because the loops over it must neither check bounds nor count references.
struct Workspace: ~Copyable {
    typealias Floats = UnsafeMutablePointer<Float>

    /// Per position × lane.
    let start, finish: Floats
    /// Per position × lane: 1 where the activity is critical.
    let critical: UnsafeMutablePointer<Int32>
    /// Per lane.
    let duration, value, projectFinish: Floats
    let cost: UnsafeMutablePointer<Double>
    let draws: UnsafeMutablePointer<Int32>
    /// Per risk × lane: 1 where the event happens, and how hard it strikes as a draw.
    let happens: Floats
    let severity: UnsafeMutablePointer<Int32>
    /// Per stretch of the exposures × lane: speed of work.
    let speed: Floats
    /// Per checkpoint × lane: overrun counted there.
    let overrun: Floats

    init(positions: Int, risks: Int, stretches: Int, checkpoints: Int) {
        func floats(_ rows: Int) -> Floats {
            let memory = Floats.allocate(capacity: max(rows, 1) * Lanes.count)
            memory.initialize(repeating: 0, count: max(rows, 1) * Lanes.count)
            return memory
        }
        func integers(_ rows: Int) -> UnsafeMutablePointer<Int32> {
            let memory = UnsafeMutablePointer<Int32>.allocate(capacity: max(rows, 1) * Lanes.count)
            memory.initialize(repeating: 0, count: max(rows, 1) * Lanes.count)
            return memory
        }
        (start, finish, critical) = (floats(positions), floats(positions), integers(positions))
        (duration, value, projectFinish) = (floats(1), floats(1), floats(1))
        cost = .allocate(capacity: Lanes.count)
        cost.initialize(repeating: 0, count: Lanes.count)
        draws = integers(1)
        happens = floats(risks)
        severity = integers(risks)
        speed = floats(stretches)
        overrun = floats(checkpoints)
    }

    deinit {
        for memory in [start, finish, duration, value, projectFinish, happens, speed, overrun] { memory.deallocate() }
        cost.deallocate()
        critical.deallocate()
        draws.deallocate()
        severity.deallocate()
    }
}
