import Foundation
import Synchronization

private let wish = Atomic<Bool>(false)

/// Control-C, or the polite wish of another program to end (SIGTERM), as a wish to end long work with what there is so far; a second one
/// ends the program.
enum Interrupt {
    static func listen() {
        // The handler may not be the first to touch it.
        wish.store(false, ordering: .relaxed)
        for number in [SIGINT, SIGTERM] {
            signal(number) { number in
                wish.store(true, ordering: .relaxed)
                signal(number, SIG_DFL)
            }
        }
    }

    static var isWished: Bool { wish.load(ordering: .relaxed) }
}
