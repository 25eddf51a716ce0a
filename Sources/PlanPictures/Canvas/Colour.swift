/// The colours of pictures by their meaning: the page's tokens on the screen, fixed light values in print.
enum Colour {
    case ink, ink2, ink3, ink4, line, line2, paper, rest, sunk
    case plan, planInk, planMid, planSoft, planWash
    /// `onSignal` is for words on amber.
    case signal, signalInk, onSignal, good, warn, bad
    case none

    func value(_ style: PictureStyle) -> String {
        let (name, light) = tokens
        return self == .none ? "none" : style == .screen ? "var(--\(name))" : light
    }

    private var tokens: (String, String) {
        switch self {
        case .ink: ("ink", "#17212b")
        case .ink2: ("ink-2", "#46525d")
        case .ink3: ("ink-3", "#626d77")
        case .ink4: ("ink-4", "#aab1b6")
        case .line: ("line", "#e5e6e1")
        case .line2: ("line-2", "#cdd1cd")
        case .paper: ("paper", "#ffffff")
        case .rest: ("rest", "#f0f0eb")
        case .sunk: ("sunk", "#f5f5f1")
        case .plan: ("plan", "#2d6496")
        case .planInk: ("plan-ink", "#225280")
        case .planMid: ("plan-mid", "#86a8c5")
        case .planSoft: ("plan-soft", "#cfdeea")
        case .planWash: ("plan-wash", "#eef3f7")
        case .signal: ("signal", "#e88f00")
        case .signalInk: ("signal-ink", "#8a5300")
        case .onSignal: ("on-signal", "#17212b")
        case .good: ("good", "#3a7857")
        case .warn: ("warn", "#786620")
        case .bad: ("bad", "#a5403a")
        case .none: ("", "none")
        }
    }

    /// One hue from light to dark, for amounts in cells; `share` is 0…1.
    static func heat(_ share: Double) -> Colour {
        share < 0.15 ? .planWash : share < 0.5 ? .planSoft : share < 0.85 ? .planMid : .plan
    }
}
