/// What makes a file no well-formed XML, or none that is accepted, and what would be right.
enum XMLFlaw {
    case noRoot
    case tooLong
    case tooDeep(Int)
    case tooManyAttributes(Int)
    /// The file ends while this tag is open.
    case cutOff(String)
    /// The file ends within a tag, comment or reference.
    case unended
    case documentType
    case unknownDeclaration
    case declaration
    case lateDeclaration
    case instructionName
    case hyphensInComment
    case textOutside(isBehind: Bool)
    case secondRoot
    case character(UInt8)
    case endOfCharacterData
    case ampersand
    case unknownEntity(String)
    case characterReference(String)
    case lessThan
    case lessThanInValue(String)
    case endTagTooMany
    case otherEndTag(String)
    case endTagWithMore
    case slashInTag
    case attributeName
    case noBlank
    case noValue(String)
    case noQuotes(String)
    case repeated(String)

    var words: MiningWords {
        switch self {
        case .noRoot: MiningWords("文件里没有任何元素；XES 的根元素是 <log>。", "The file has no element; the root of XES is <log>.")
        case .tooLong:
            MiningWords(
                "这里开始的标签或注释超过 1 MB，没有结束；请检查引号和 >。",
                "The tag or comment that begins here has no end within 1 MB; check its quotes and its >.")
        case .tooDeep(let most): MiningWords("嵌套超过 \(most) 层。", "Elements are nested deeper than \(most).")
        case .tooManyAttributes(let most): MiningWords("一个标签有超过 \(most) 个属性。", "A tag has more than \(most) attributes.")
        case .cutOff(let name):
            MiningWords(
                "文件到此为止，而 <\(name)> 还没有闭合；缺 </\(name)>。", "The file ends here while <\(name)> is open; </\(name)> is missing.")
        case .unended: MiningWords("从这里开始的标签、注释或引用没有结束，文件不完整。", "What begins here never ends; the file is cut off.")
        case .documentType:
            MiningWords("文档类型声明（DOCTYPE）不被接受；请删去。", "Document types (DOCTYPE) are not accepted; remove it.")
        case .unknownDeclaration:
            MiningWords(
                "<! 之后只能是注释 <!-- … --> 或 <![CDATA[ … ]]>。", "Only a comment <!-- … --> or <![CDATA[ … ]]> begins with <!.")
        case .declaration:
            MiningWords(
                "XML 声明不合格式；应为 <?xml version=\"1.0\" encoding=\"UTF-8\"?>。",
                "The XML declaration is not as it should be: <?xml version=\"1.0\" encoding=\"UTF-8\"?>.")
        case .lateDeclaration:
            MiningWords(
                "XML 声明须在文件的最开头，前面不能有空白或其他内容。",
                "The XML declaration must be the very first thing in the file, with no blank before it.")
        case .instructionName:
            MiningWords("<? 之后须紧跟名称，如 <?xml … ?>。", "A name must follow <? at once, as in <?xml … ?>.")
        case .hyphensInComment:
            MiningWords("注释里不能有 --；请改用单个 - 或删去。", "A comment must not hold --; write a single - or leave it out.")
        case .textOutside(isBehind: true): MiningWords("根元素结束之后不能再有文字；请删去。", "No text may follow the root; remove it.")
        case .textOutside(isBehind: false): MiningWords("根元素之前不能有文字；请删去。", "No text may come before the root; remove it.")
        case .secondRoot:
            MiningWords("根元素结束之后又有一个元素；一个文件只能有一个 <log>。", "A second element follows the root; a file has one <log> only.")
        case .character(let byte):
            MiningWords(
                "XML 不允许控制字符（字节 \(Self.hex(byte))）；请删去。",
                "XML does not allow control characters (byte \(Self.hex(byte))); remove it.")
        case .endOfCharacterData:
            MiningWords("文字里不能有 ]]>；请写成 ]]&gt;。", "Text must not hold ]]>; write ]]&gt;.")
        case .ampersand:
            MiningWords("& 之后不是实体；文字里的 & 请写成 &amp;。", "This & begins no entity; write &amp; for an & in text.")
        case .unknownEntity(let name):
            MiningWords(
                "没有 &\(name); 这个实体；XML 只有 &lt; &gt; &amp; &quot; &apos;，其他字符直接写或写成 &#编号;。",
                "There is no entity &\(name);: XML has &lt; &gt; &amp; &quot; &apos;, and any other character as itself or as &#NUMBER;."
            )
        case .characterReference(let name):
            MiningWords(
                "&\(name); 不是 XML 里的字符；应如 &#20013; 或 &#x4E2D;。",
                "&\(name); is no character of XML; it should be like &#20013; or &#x4E2D;.")
        case .lessThan:
            MiningWords("< 之后没有标签名；文字里的 < 请写成 &lt;。", "No name of a tag follows this <; write &lt; for a < in text.")
        case .lessThanInValue(let name):
            MiningWords(
                "属性 \(name) 的值里有 <；请写成 &lt;，或在它之前补上结束的引号。",
                "The value of \(name) holds a <; write &lt;, or close the quotes before it.")
        case .endTagTooMany: MiningWords("多出一个结束标签，没有与它对应的开始标签。", "An end tag too many: no tag is open.")
        case .otherEndTag(let name):
            MiningWords(
                "结束标签与开始标签不符；这里应为 </\(name)>。", "The end tag is not that of the tag which is open; </\(name)> should be here.")
        case .endTagWithMore: MiningWords("结束标签的名称之后只能是 >。", "Only > may follow the name in an end tag.")
        case .slashInTag: MiningWords("标签里的 / 之后须紧跟 >。", "In a tag, > must follow / at once.")
        case .attributeName:
            MiningWords("这里应为属性名、/> 或 >；属性写成 名称=\"值\"。", "An attribute, /> or > should be here; an attribute is NAME=\"VALUE\".")
        case .noBlank: MiningWords("两个属性之间缺空格。", "A space is missing between two attributes.")
        case .noValue(let name):
            MiningWords("属性 \(name) 没有值；写成 \(name)=\"…\"。", "The attribute \(name) has no value; write \(name)=\"…\".")
        case .noQuotes(let name):
            MiningWords("属性 \(name) 的值没有引号；写成 \(name)=\"…\"。", "The value of \(name) has no quotes; write \(name)=\"…\".")
        case .repeated(let name):
            MiningWords("属性 \(name) 在同一标签里出现两次；只留一个。", "The attribute \(name) is there twice in one tag; keep one.")
        }
    }

    private static func hex(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return "0x" + String(repeating: "0", count: 2 - digits.count) + digits
    }
}
