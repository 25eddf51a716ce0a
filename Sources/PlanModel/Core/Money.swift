/// An ISO 4217 currency by its three letters.
public struct Currency: Hashable, Sendable, CustomStringConvertible {
    private let packed: UInt32

    /// Three upper-case Latin letters; `nil` otherwise.
    public init?(_ code: some StringProtocol) {
        let bytes = Array(code.utf8)
        guard bytes.count == 3, bytes.allSatisfy({ (65...90).contains($0) }) else { return nil }
        packed = bytes.reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// The code of a currency that there is, in either case; `nil` for anything else.
    public init?(known code: some StringProtocol) {
        guard let currency = Currency(code.uppercased()), Currency.known.contains(currency) else { return nil }
        self = currency
    }

    /// Whether ISO 4217 has it.
    public var isKnown: Bool { Currency.known.contains(self) }

    private init(unchecked code: StaticString) {
        packed = code.withUTF8Buffer { $0.reduce(0) { $0 << 8 | UInt32($1) } }
    }

    public static let yuan = Currency(unchecked: "CNY")

    /// Those in use, as ISO 4217 has them, without metals, funds and codes for testing.
    private static let known: Set<Currency> = Set(
        """
        AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC
        CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK
        JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR
        MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP
        STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW
        ZWG
        """.split(whereSeparator: \.isWhitespace).compactMap { Currency($0) })

    public var description: String {
        String(
            decoding: [
                UInt8(truncatingIfNeeded: packed >> 16), UInt8(truncatingIfNeeded: packed >> 8),
                UInt8(truncatingIfNeeded: packed),
            ], as: UTF8.self)
    }
    /// As it stands after an amount: `元`, `CNY`.
    public func name(in language: Language) -> String { self == .yuan && language == .chinese ? "元" : description }

    public var symbol: String {
        switch description {
        case "CNY": "¥"
        case "USD": "$"
        case "EUR": "€"
        default: description + " "
        }
    }
}

/// An amount of money: exact decimal with four places, never floating point.
public struct Money: Hashable, Sendable {
    /// Ten-thousandths of the currency's unit: 48,000.50 is 480005000.
    public let units: Int64
    public let currency: Currency

    public static let unitsPerWhole: Int64 = 10_000

    public init(units: Int64, currency: Currency) {
        self.units = units
        self.currency = currency
    }

    /// Reads `48000`, `-12.5`, `1,250,000.00`, `12万`, `1.5亿`; an ISO code before or after, `元` or a sign overrides
    /// `currency`: `USD 300`, `€300`, `12万元`. `nil` for anything else, for more than four decimals and for amounts beyond
    /// ±9 × 10¹⁴.
    public init?(_ text: some StringProtocol, currency fallback: Currency) {
        var currency = fallback
        var number: Substring?
        for word in text.split(separator: " ") {
            if let named = Currency(word) ?? Currency(known: word) {
                currency = named
            } else if number == nil {
                number = Substring(word)
            } else {
                return nil
            }
        }
        guard let number else { return nil }
        let (bare, named) = Money.withoutSign(number)
        guard let units = Money.units(SpokenNumber.digits(bare.withoutThousands)) else { return nil }
        self.init(units: units, currency: named ?? currency)
    }

    /// `¥300`, `300元` and `¥300元` without what says the currency, and the currency.
    private static func withoutSign(_ text: Substring) -> (Substring, Currency?) {
        let isYuan = text.last == "元"
        let bare = isYuan ? text.dropLast() : text
        guard let sign = bare.first, let named = signs[sign], !isYuan || named == .yuan else {
            return (bare, isYuan ? .yuan : nil)
        }
        return (bare.dropFirst(), named)
    }

    private static let signs: [Character: Currency] = {
        var signs: [Character: Currency] = ["¥": .yuan, "￥": .yuan]
        signs["$"] = Currency("USD")
        signs["€"] = Currency("EUR")
        return signs
    }()

    private static func units(_ text: Substring) -> Int64? {
        var digits = 0
        var decimals: Int?
        var value: Int64 = 0
        var isNegative = false
        for (position, byte) in text.utf8.enumerated() {
            switch byte {
            case UInt8(ascii: "-") where position == 0: isNegative = true
            case UInt8(ascii: ".") where decimals == nil: decimals = 0
            case 48...57:
                guard (decimals ?? 0) < 4, value < 90_000_000_000_000_000 else { return nil }
                value = value * 10 + Int64(byte - 48)
                digits += 1
                if let places = decimals { decimals = places + 1 }
            default: return nil
            }
        }
        guard digits > 0 else { return nil }
        for _ in (decimals ?? 0)..<4 {
            let (grown, overflow) = value.multipliedReportingOverflow(by: 10)
            guard !overflow else { return nil }
            value = grown
        }
        guard value < 9_000_000_000_000_000_000 else { return nil }
        return isNegative ? -value : value
    }

    /// The shortest exact decimal: `48000`, `48000.5`.
    public var decimal: String {
        let magnitude = units.magnitude
        let whole = magnitude / 10_000
        var fraction = String(magnitude % 10_000 + 10_000).dropFirst()
        while fraction.last == "0" { fraction.removeLast() }
        return (units < 0 ? "-" : "") + String(whole) + (fraction.isEmpty ? "" : "." + fraction)
    }

    /// For ratios and pictures only, never for sums.
    public var approximate: Double { Double(units) / 10_000 }

    /// `nil` when the currencies differ or the sum overflows.
    public func adding(_ other: Money) -> Money? {
        guard currency == other.currency else { return nil }
        let (sum, overflow) = units.addingReportingOverflow(other.units)
        return overflow ? nil : Money(units: sum, currency: currency)
    }

    /// A reckoned amount in whole units of its currency, at most 9 × 10¹⁴ of them.
    public init(nearest amount: Double, currency: Currency) {
        self.init(units: Int64(Int(nearest: amount, within: 9e14)) * Money.unitsPerWhole, currency: currency)
    }

    public static func zero(_ currency: Currency) -> Money { Money(units: 0, currency: currency) }
}
