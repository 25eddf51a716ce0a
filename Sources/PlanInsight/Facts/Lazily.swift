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

    /// What has been computed; `nil` where nothing has.
    var known: Value? { kept.withLock { $0 } }

    /// Takes what was computed elsewhere.
    func keep(_ value: Value) { kept.withLock { $0 = value } }
}

/// Values by key, each computed when first asked for, and kept.
final class LazilyByKey<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private let kept = Mutex<[Key: Value]>([:])

    func value(_ key: Key, _ make: () -> Value) -> Value {
        if let known = kept.withLock({ $0[key] }) { return known }
        let made = make()
        kept.withLock { $0[key] = made }
        return made
    }
}
