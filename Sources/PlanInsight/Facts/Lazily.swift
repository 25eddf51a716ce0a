import Synchronization

/// A value computed when first asked for, and kept. Copies of what holds it share it.
final class Lazily<Value: Sendable>: Sendable {
    private let kept = Mutex<Value?>(nil)

    func callAsFunction(_ make: () -> Value) -> Value {
        kept.withLock { value in
            if let value { return value }
            let made = make()
            value = made
            return made
        }
    }
}
