import Dispatch

extension Array where Element: Sendable {
    /// Elements made each from its number, on all cores.
    ///
    /// - Parameter stretch: how many one core makes at a time; no more than these are made by one alone.
    package init(count: Int, stretch: Int = 1, concurrently make: @Sendable (Int) -> Element) {
        self.init(unsafeUninitializedCapacity: count) { buffer, filled in
            nonisolated(unsafe) let places = buffer
            @Sendable func fill(_ numbers: Range<Int>) {
                for number in numbers { places.initializeElement(at: number, to: make(number)) }
            }
            let stretches = (count + stretch - 1) / stretch
            if stretches > 1 {
                DispatchQueue.concurrentPerform(iterations: stretches) {
                    fill($0 * stretch..<Swift.min(count, ($0 + 1) * stretch))
                }
            } else {
                fill(0..<count)
            }
            filled = count
        }
    }
}
