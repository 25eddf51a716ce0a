import PlanModel

/// The parts of a Word file that hardly change.
enum DocxParts {
    static func escaped(_ text: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            default:
                // XML 1.0 has no room for other control characters or non-characters.
                if scalar.value >= 0x20 && scalar.value != 0xFFFE && scalar.value != 0xFFFF || scalar == "\n" || scalar == "\t" {
                    out.unicodeScalars.append(scalar)
                }
            }
        }
        return out
    }

    private static let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>"
    private static let namespaces =
        "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\""

    static let documentStart = head + "<w:document \(namespaces)><w:body>"

    static let contentTypes =
        head + """
            <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Default Extension="svg" ContentType="image/svg+xml"/>\
            <Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/>\
            <Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/><Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>
            """

    private static let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

    static let packageRelations =
        head + """
            <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="\(relation)/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>
            """

    static func relations(_ media: [String], links: [String]) -> String {
        head + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
            + "<Relationship Id=\"rStyles\" Type=\"\(relation)/styles\" Target=\"styles.xml\"/><Relationship Id=\"rSettings\" Type=\"\(relation)/settings\" Target=\"settings.xml\"/>"
            + "<Relationship Id=\"rHeader\" Type=\"\(relation)/header\" Target=\"header1.xml\"/><Relationship Id=\"rFooter\" Type=\"\(relation)/footer\" Target=\"footer1.xml\"/>"
            + media.map {
                "<Relationship Id=\"r_\($0.replacing(".", with: "_"))\" Type=\"\(relation)/image\" Target=\"media/\($0)\"/>"
            }.joined()
            + links.enumerated().map {
                "<Relationship Id=\"rLink\($0)\" Type=\"\(relation)/hyperlink\" Target=\"\(escaped($1))\" TargetMode=\"External\"/>"
            }.joined() + "</Relationships>"
    }

    static let settings =
        head
        + "<w:settings \(namespaces)><w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"420\"/><w:characterSpacingControl w:val=\"compressPunctuation\"/><w:compat><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat></w:settings>"

    static func header(_ title: String) -> String {
        head
            + "<w:hdr \(namespaces)><w:p><w:pPr><w:pStyle w:val=\"Header\"/></w:pPr><w:r><w:t xml:space=\"preserve\">\(escaped(title))</w:t></w:r></w:p></w:hdr>"
    }

    /// What comes before the text that a field shows until it is computed.
    static func fieldStart(_ instruction: String, isDirty: Bool = false) -> String {
        "<w:r><w:fldChar w:fldCharType=\"begin\"\(isDirty ? " w:dirty=\"true\"" : "")/></w:r><w:r><w:instrText xml:space=\"preserve\"> \(escaped(instruction)) </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>"
    }

    static let fieldEnd = "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"

    /// The end of a section of upright pages: a paragraph so low that it never goes to a page of its own.
    static func sectionEnd(hasHead: Bool) -> String {
        "<w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"20\" w:lineRule=\"exact\"/>"
            + section(landscape: false, isLast: false, hasHead: hasHead) + "</w:pPr></w:p>"
    }

    /// The cover's pairs of label and value, at the foot of the page.
    ///
    /// - Parameter titleLines: how many lines the title above takes.
    static func particulars(_ pairs: [(String, String)], below titleLines: Int) -> String {
        func cell(_ text: String, _ width: Int, _ style: String) -> String {
            "<w:tc><w:tcPr><w:tcW w:w=\"\(width)\" w:type=\"dxa\"/></w:tcPr><w:p><w:pPr><w:pStyle w:val=\"\(style)\"/></w:pPr><w:r><w:t xml:space=\"preserve\">\(escaped(text))</w:t></w:r></w:p></w:tc>"
        }
        let rule = "w:val=\"single\" w:sz=\"4\" w:color=\"AAB1B6\""
        // A paragraph's space rather than a floating table, which not every reader places.
        let space = max(7000 - pairs.count * 520 - (titleLines - 1) * 860, 400)
        return
            "<w:p><w:pPr><w:spacing w:before=\"\(space)\" w:line=\"20\" w:lineRule=\"exact\"/></w:pPr></w:p><w:tbl><w:tblPr><w:tblW w:w=\"8844\" w:type=\"dxa\"/><w:tblBorders><w:top \(rule)/><w:bottom \(rule)/><w:insideH \(rule)/></w:tblBorders><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid><w:gridCol w:w=\"2000\"/><w:gridCol w:w=\"6844\"/></w:tblGrid>"
            + pairs.map { "<w:tr>" + cell($0, 2000, "ParticularsLabel") + cell($1, 6844, "Particulars") + "</w:tr>" }.joined()
            + "</w:tbl>"
    }

    static func footer(_ language: Language) -> String {
        func field(_ name: String) -> String { fieldStart(name) + "<w:r><w:t>1</w:t></w:r>" + fieldEnd }
        func text(_ text: String) -> String { "<w:r><w:t xml:space=\"preserve\">\(text)</w:t></w:r>" }
        let words =
            language == .chinese
            ? [text("第 "), field("PAGE"), text(" 页，共 "), field("NUMPAGES"), text(" 页")]
            : [field("PAGE"), text(" / "), field("NUMPAGES")]
        return head + "<w:ftr \(namespaces)><w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr>\(words.joined())</w:p></w:ftr>"
    }

    static func properties(_ manuscript: Manuscript) -> String {
        head
            + "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>\(escaped(manuscript.title))</dc:title><dc:language>\(manuscript.language.rawValue)</dc:language></cp:coreProperties>"
    }

    /// A4 with the type area of GB/T 9704, or turned sideways.
    static func section(landscape: Bool, isLast: Bool, hasHead: Bool) -> String {
        let references =
            hasHead
            ? "<w:headerReference w:type=\"default\" r:id=\"rHeader\"/><w:footerReference w:type=\"default\" r:id=\"rFooter\"/>"
            : ""
        let size =
            landscape
            ? "<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/><w:pgMar w:top=\"1474\" w:right=\"1247\" w:bottom=\"1361\" w:left=\"1247\" w:header=\"850\" w:footer=\"850\" w:gutter=\"0\"/>"
            : "<w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1588\" w:header=\"1247\" w:footer=\"1134\" w:gutter=\"0\"/>"
        return "<w:sectPr>\(references)<w:type w:val=\"nextPage\"/>\(size)</w:sectPr>"
    }

    static func drawing(number: Int, width: Int, height: Int, sentence: String) -> String {
        """
        <w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="\(width)" cy="\(height)"/><wp:docPr id="\(100 + number)" name="Picture \(number)" descr="\(escaped(sentence))"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="\(200 + number)" name="image\(number)"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="r_image\(number)_png"><a:extLst><a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}"><asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="r_image\(number)_svg"/></a:ext></a:extLst></a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="\(width)" cy="\(height)"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>
        """
    }

    // MARK: Styles

    private static let song =
        "<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"宋体\" w:cs=\"Times New Roman\"/>"
    private static let hei = "<w:rFonts w:ascii=\"Arial\" w:hAnsi=\"Arial\" w:eastAsia=\"黑体\" w:cs=\"Arial\"/>"

    private static func style(
        _ id: String, _ name: String, based: String? = "Normal", paragraph: String = "", run: String = "", next: String? = nil
    ) -> String {
        "<w:style w:type=\"paragraph\" w:styleId=\"\(id)\"><w:name w:val=\"\(name)\"/>"
            + (based.map { "<w:basedOn w:val=\"\($0)\"/>" } ?? "") + (next.map { "<w:next w:val=\"\($0)\"/>" } ?? "")
            + "<w:qFormat/><w:pPr>\(paragraph)</w:pPr><w:rPr>\(run)</w:rPr></w:style>"
    }

    private static func heading(_ level: Int, size: Int, before: Int, after: Int) -> String {
        style(
            "Heading\(level)", "heading \(level)",
            paragraph:
                "<w:keepNext/><w:keepLines/><w:spacing w:before=\"\(before)\" w:after=\"\(after)\" w:line=\"340\" w:lineRule=\"auto\"/><w:outlineLvl w:val=\"\(level - 1)\"/>",
            run: hei + "<w:b/><w:sz w:val=\"\(size)\"/><w:szCs w:val=\"\(size)\"/>", next: "BodyText")
    }

    static let styles =
        head
        + "<w:styles \(namespaces)><w:docDefaults><w:rPrDefault><w:rPr>\(song)<w:sz w:val=\"24\"/><w:szCs w:val=\"24\"/><w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:widowControl/><w:spacing w:after=\"0\" w:line=\"300\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault></w:docDefaults>"
        + "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style>"
        + heading(1, size: 32, before: 480, after: 200) + heading(2, size: 26, before: 320, after: 120)
        + heading(3, size: 24, before: 240, after: 80) + heading(4, size: 24, before: 160, after: 60)
        + style(
            "BodyText", "Body Text",
            paragraph:
                "<w:spacing w:after=\"120\" w:line=\"440\" w:lineRule=\"exact\"/><w:ind w:firstLineChars=\"200\" w:firstLine=\"480\"/><w:jc w:val=\"both\"/>"
        )
        + style(
            "ListItem", "List Item",
            paragraph: "<w:spacing w:after=\"60\" w:line=\"340\" w:lineRule=\"auto\"/><w:ind w:left=\"840\" w:hanging=\"420\"/>")
        + style(
            "Quote", "Quote", paragraph: "<w:ind w:left=\"480\"/><w:spacing w:after=\"120\"/>", run: "<w:color w:val=\"46525D\"/>"
        )
        + style(
            "Code", "Code", paragraph: "<w:spacing w:after=\"120\"/>",
            run: "<w:rFonts w:ascii=\"Consolas\" w:hAnsi=\"Consolas\"/><w:sz w:val=\"20\"/>")
        + style(
            "Title", "Title", paragraph: "<w:spacing w:before=\"2400\" w:after=\"200\"/>",
            run: hei + "<w:b/><w:sz w:val=\"56\"/><w:szCs w:val=\"56\"/>")
        + style(
            "Subtitle", "Subtitle", paragraph: "<w:spacing w:after=\"160\"/>",
            run: hei + "<w:color w:val=\"46525D\"/><w:sz w:val=\"28\"/>")
        + style("Organisation", "Organisation", run: hei + "<w:color w:val=\"46525D\"/>")
        + style(
            "Particulars", "Particulars", paragraph: "<w:spacing w:before=\"80\" w:after=\"80\"/>",
            run: hei + "<w:sz w:val=\"21\"/>")
        + style(
            "ParticularsLabel", "Particulars Label", based: "Particulars", run: "<w:color w:val=\"6A757F\"/>")
        + style(
            "ContentsTitle", "Contents Title", paragraph: "<w:spacing w:after=\"200\"/>", run: hei + "<w:b/><w:sz w:val=\"32\"/>")
        + style(
            "TOC1", "toc 1",
            paragraph: "<w:tabs><w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"8844\"/></w:tabs><w:spacing w:before=\"60\"/>")
        + style(
            "TOC2", "toc 2",
            paragraph: "<w:tabs><w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"8844\"/></w:tabs><w:ind w:left=\"420\"/>",
            run: "<w:sz w:val=\"22\"/>")
        + style(
            "Caption", "caption", paragraph: "<w:spacing w:before=\"80\" w:after=\"160\"/><w:jc w:val=\"center\"/>",
            run: hei + "<w:sz w:val=\"18\"/>")
        + style(
            "TableCaption", "Table Caption", based: "Caption",
            paragraph: "<w:keepNext/><w:spacing w:before=\"160\" w:after=\"80\"/>")
        + style(
            "TableNote", "Table Note", based: "TableCaption", paragraph: "<w:spacing w:before=\"0\" w:after=\"80\"/>",
            run: "<w:sz w:val=\"17\"/><w:color w:val=\"333C44\"/>")
        + style("DetailText", "Detail Text", based: "TableText", run: "<w:sz w:val=\"17\"/><w:color w:val=\"333C44\"/>")
        + style(
            "EntryTitle", "Entry Title",
            paragraph:
                "<w:keepNext/><w:pBdr><w:top w:val=\"single\" w:sz=\"4\" w:space=\"4\" w:color=\"15191D\"/></w:pBdr><w:spacing w:before=\"160\" w:after=\"40\"/>",
            run: hei + "<w:b/><w:sz w:val=\"21\"/>")
        + style(
            "EntryText", "Entry Text", paragraph: "<w:spacing w:after=\"40\" w:line=\"280\" w:lineRule=\"auto\"/>",
            run: "<w:sz w:val=\"20\"/>")
        + style(
            "ProseHeading", "Prose Heading", paragraph: "<w:keepNext/><w:spacing w:before=\"120\" w:after=\"60\"/>",
            run: hei + "<w:b/><w:sz w:val=\"22\"/>")
        + style(
            "Rule", "Rule",
            paragraph:
                "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"1\" w:color=\"AAB1B6\"/></w:pBdr><w:spacing w:after=\"160\" w:line=\"120\" w:lineRule=\"exact\"/>"
        )
        + "<w:style w:type=\"character\" w:styleId=\"DetailLabel\"><w:name w:val=\"Detail Label\"/><w:rPr>\(hei)<w:color w:val=\"626D77\"/></w:rPr></w:style><w:style w:type=\"character\" w:styleId=\"Hyperlink\"><w:name w:val=\"Hyperlink\"/><w:rPr><w:color w:val=\"225280\"/><w:u w:val=\"single\"/></w:rPr></w:style>"
        + style(
            "TableHead", "Table Head",
            paragraph: "<w:keepNext/><w:spacing w:before=\"40\" w:after=\"40\" w:line=\"250\" w:lineRule=\"auto\"/>",
            run: hei + "<w:b/><w:sz w:val=\"17\"/>")
        + style(
            "TableText", "Table Text",
            paragraph: "<w:spacing w:before=\"30\" w:after=\"30\" w:line=\"250\" w:lineRule=\"auto\"/>",
            run: "<w:sz w:val=\"18\"/>")
        + style(
            "DenseText", "Dense Text", based: "TableText",
            paragraph: "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"230\" w:lineRule=\"auto\"/>", run: "<w:sz w:val=\"17\"/>"
        )
        + style("AfterTable", "After Table", paragraph: "<w:spacing w:after=\"80\" w:line=\"160\" w:lineRule=\"exact\"/>")
        + style("Picture", "Picture", paragraph: "<w:keepNext/><w:spacing w:before=\"120\"/><w:jc w:val=\"center\"/>")
        + style(
            "Header", "header",
            paragraph: "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"4\" w:color=\"AAB1B6\"/></w:pBdr>",
            run: hei + "<w:color w:val=\"6A757F\"/><w:sz w:val=\"17\"/>")
        + style(
            "Footer", "footer", paragraph: "<w:jc w:val=\"center\"/>",
            run: hei + "<w:color w:val=\"46525D\"/><w:sz w:val=\"18\"/>")
        + "<w:style w:type=\"table\" w:styleId=\"ThreeLine\"><w:name w:val=\"Three Line\"/><w:tblPr><w:tblBorders><w:top w:val=\"single\" w:sz=\"9\" w:color=\"15191D\"/><w:bottom w:val=\"single\" w:sz=\"9\" w:color=\"15191D\"/><w:insideH w:val=\"single\" w:sz=\"2\" w:color=\"D9DCD8\"/></w:tblBorders><w:tblCellMar><w:left w:w=\"80\" w:type=\"dxa\"/><w:right w:w=\"80\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style></w:styles>"
}
