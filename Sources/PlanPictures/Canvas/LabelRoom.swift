/// Where names can stand beside circles without lying over each other, over a circle, or outside.
struct LabelRoom {
    struct Circle {
        let x, y, radius: Double
    }

    private struct Box {
        let left, right, top, bottom: Double

        func overlap(_ other: Box) -> Double {
            max(0, min(right, other.right) - max(left, other.left)) * max(0, min(bottom, other.bottom) - max(top, other.top))
        }
    }

    private let frame: Box
    private var taken: [Box] = []

    init(left: Double, right: Double, top: Double, bottom: Double) {
        frame = Box(left: left, right: right, top: top, bottom: bottom)
    }

    /// Keeps names off a circle. All circles are taken before the first name is placed.
    mutating func take(_ circle: Circle) {
        // The square inside a circle; its edge may be touched.
        let half = circle.radius * 0.8
        taken.append(Box(left: circle.x - half, right: circle.x + half, top: circle.y - half, bottom: circle.y + half))
    }

    /// The start of the first of four places beside a circle that is free: right of it, above, below, left.
    ///
    /// - Parameter isNeeded: whether the least bad place is taken where none is free.
    /// - Returns: where the text begins and its foot; `nil` where there is no room.
    mutating func place(_ text: String, size: Double, beside circle: Circle, isNeeded: Bool = false) -> (x: Double, y: Double)? {
        let width = TextWidth.of(text, size: size)
        let gap = circle.radius + 4
        let starts = [
            (circle.x + gap, circle.y + size * 0.36), (circle.x - width / 2, circle.y - gap),
            (circle.x - width / 2, circle.y + gap + size * 0.8), (circle.x - gap - width, circle.y + size * 0.36),
        ]
        let rated = starts.map { x, y -> (x: Double, y: Double, box: Box, cost: Double) in
            let box = Box(left: x, right: x + width, top: y - size * 0.85, bottom: y + size * 0.15)
            let outside = width * size - box.overlap(frame)
            return (x, y, box, taken.reduce(max(0, outside) * 4) { $0 + $1.overlap(box) })
        }
        let best = rated.min { $0.cost < $1.cost }
        guard let best, isNeeded || best.cost < 1 else { return nil }
        taken.append(best.box)
        return (best.x, best.y)
    }
}
