/// An element's name.
public enum Tag: String, Sendable {
    // HTML
    case html, head, body, title, meta, link, script, style, header, footer, main, nav, section, article, aside, div, span, p, a,
        b, strong, em, small, sup, sub,
        mark, h1, h2, h3, h4, h5, h6, ul, ol, li, dl, dt, dd, table, thead, tbody, tfoot, tr, th, td, caption, colgroup, col,
        form, input, select, option, optgroup,
        textarea, button, label, fieldset, legend, datalist, details, summary, figure, figcaption, img, br, hr, pre, code, kbd,
        blockquote, time, output, dialog,
        progress, template, noscript, abbr, del, ins, i
    // SVG
    case svg, g, path, rect, circle, ellipse, line, polyline, polygon, text, tspan, defs, pattern, marker, clipPath, use, symbol,
        desc, foreignObject, linearGradient,
        stop

    /// HTML elements that hold nothing and have no end tag.
    var isVoid: Bool {
        switch self {
        case .meta, .link, .col, .input, .img, .br, .hr: true
        default: false
        }
    }

    /// SVG elements without content are closed at once, so that the same text is XML.
    var closesItself: Bool {
        switch self {
        case .path, .rect, .circle, .ellipse, .line, .polyline, .polygon, .use, .stop: true
        default: false
        }
    }
}

/// An attribute with its value, escaped when written. Absent ones are `nil` in the list of an element.
public struct Attribute: Sendable {
    let name: String
    /// `nil` for attributes that are there or not.
    let value: String?

    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    init(flag name: String) {
        self.name = name
        value = nil
    }

    public static func id(_ value: String) -> Attribute { Attribute("id", value) }
    public static func `class`(_ value: String) -> Attribute { Attribute("class", value) }
    /// The classes that hold; `nil` if none does.
    public static func classes(_ pairs: (String, Bool)...) -> Attribute? {
        let names = pairs.filter(\.1).map(\.0)
        return names.isEmpty ? nil : Attribute("class", names.joined(separator: " "))
    }
    public static func title(_ value: String) -> Attribute { Attribute("title", value) }
    public static func lang(_ value: String) -> Attribute { Attribute("lang", value) }
    public static func role(_ value: String) -> Attribute { Attribute("role", value) }
    public static func aria(_ name: String, _ value: String) -> Attribute { Attribute("aria-" + name, value) }
    public static func data(_ name: String, _ value: String) -> Attribute { Attribute("data-" + name, value) }
    public static func tabindex(_ value: Int) -> Attribute { Attribute("tabindex", String(value)) }

    /// An address. `javascript:` and other schemes that run code become `#`.
    public static func href(_ value: String) -> Attribute { Attribute("href", safe(value)) }
    public static func src(_ value: String) -> Attribute { Attribute("src", safe(value)) }
    public static func action(_ value: String) -> Attribute { Attribute("action", safe(value)) }
    public static func rel(_ value: String) -> Attribute { Attribute("rel", value) }

    public static func name(_ value: String) -> Attribute { Attribute("name", value) }
    public static func value(_ value: String) -> Attribute { Attribute("value", value) }
    public static func type(_ value: String) -> Attribute { Attribute("type", value) }
    public static func method(_ value: String) -> Attribute { Attribute("method", value) }
    public static func placeholder(_ value: String) -> Attribute { Attribute("placeholder", value) }
    public static func `for`(_ value: String) -> Attribute { Attribute("for", value) }
    public static func colspan(_ value: Int) -> Attribute { Attribute("colspan", String(value)) }
    public static func rowspan(_ value: Int) -> Attribute { Attribute("rowspan", String(value)) }
    public static let required = Attribute(flag: "required")
    public static let checked = Attribute(flag: "checked")
    public static let selected = Attribute(flag: "selected")
    public static let disabled = Attribute(flag: "disabled")
    public static let hidden = Attribute(flag: "hidden")
    public static let open = Attribute(flag: "open")
    public static let autofocus = Attribute(flag: "autofocus")
    public static let multiple = Attribute(flag: "multiple")
    public static let `defer` = Attribute(flag: "defer")

    // SVG geometry; numbers are written with at most two decimals.
    public static func x(_ value: Double) -> Attribute { Attribute("x", value.coordinate) }
    public static func y(_ value: Double) -> Attribute { Attribute("y", value.coordinate) }
    public static func width(_ value: Double) -> Attribute { Attribute("width", value.coordinate) }
    public static func height(_ value: Double) -> Attribute { Attribute("height", value.coordinate) }
    public static func cx(_ value: Double) -> Attribute { Attribute("cx", value.coordinate) }
    public static func cy(_ value: Double) -> Attribute { Attribute("cy", value.coordinate) }
    public static func r(_ value: Double) -> Attribute { Attribute("r", value.coordinate) }
    public static func d(_ value: String) -> Attribute { Attribute("d", value) }
    /// - Parameter margin: what is left free at the left and at the right.
    public static func viewBox(_ width: Double, _ height: Double, margin: Double = 0) -> Attribute {
        Attribute("viewBox", "\((0 - margin).coordinate) 0 \((width + 2 * margin).coordinate) \(height.coordinate)")
    }
    public static func transform(_ value: String) -> Attribute { Attribute("transform", value) }
    public static func fill(_ value: String) -> Attribute { Attribute("fill", value) }
    public static func stroke(_ value: String) -> Attribute { Attribute("stroke", value) }

    private static func safe(_ address: String) -> String {
        let lowered = address.filter { !$0.isWhitespace && $0 != "\0" }.lowercased()
        guard let colon = lowered.firstIndex(of: ":") else { return address }
        let scheme = lowered[..<colon]
        let isRelative = scheme.contains { "/?#".contains($0) }
        return isRelative || ["http", "https", "mailto", "webcal", "tel"].contains(scheme) || lowered.hasPrefix("data:image/")
            ? address : "#"
    }
}

extension Double {
    /// At most two decimals, without trailing zeros; not-a-number and infinities become 0.
    public var coordinate: String {
        guard isFinite else { return "0" }
        let scaled = (self * 100).rounded()
        guard abs(scaled) < 1e15 else { return "0" }
        let hundredths = Int(scaled)
        let (whole, rest) = (abs(hundredths) / 100, abs(hundredths) % 100)
        let sign = hundredths < 0 ? "-" : ""
        if rest == 0 { return sign + String(whole) }
        return sign + String(whole) + (rest % 10 == 0 ? ".\(rest / 10)" : rest < 10 ? ".0\(rest)" : ".\(rest)")
    }
}

/// An element with its attributes and what stands in it.
public func el(_ tag: Tag, _ attributes: Attribute?..., @MarkupBuilder content: () -> Markup = { Markup() }) -> Markup {
    el(tag, attributes, content())
}

/// As `el(_:_:content:)`, for lists of attributes made elsewhere.
public func el(_ tag: Tag, _ attributes: [Attribute?], _ content: Markup = Markup()) -> Markup {
    let name = tag.rawValue.utf8
    var bytes: [UInt8] = []
    bytes.reserveCapacity(content.bytes.count + name.count * 2 + 5 + attributes.count * 24)
    bytes.append(UInt8(ascii: "<"))
    bytes += name
    for case let attribute? in attributes {
        bytes.append(UInt8(ascii: " "))
        bytes += attribute.name.utf8
        if let value = attribute.value {
            bytes += "=\"".utf8
            bytes.appendEscaped(value)
            bytes.append(UInt8(ascii: "\""))
        }
    }
    if tag.closesItself, content.isEmpty {
        bytes += "/>".utf8
        return Markup(bytes: bytes)
    }
    bytes.append(UInt8(ascii: ">"))
    if tag.isVoid { return Markup(bytes: bytes) }
    bytes += content.bytes
    bytes += "</".utf8
    bytes += name
    bytes.append(UInt8(ascii: ">"))
    return Markup(bytes: bytes)
}
