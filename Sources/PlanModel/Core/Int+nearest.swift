extension Int {
    /// The whole number nearest to one that was reckoned, at most `limit` away from 0; 0 for what is no number.
    ///
    /// What people enter is bounded when it is taken. What is reckoned from it, and data of earlier versions, may still be beyond any
    /// whole number, where a plain conversion ends the program.
    public init(nearest number: Double, within limit: Double = 9e15) {
        self = number.isNaN ? 0 : Int(Swift.min(Swift.max(number.rounded(), -limit), limit))
    }
}
