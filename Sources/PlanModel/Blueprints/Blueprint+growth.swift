extension Blueprint { public static let growth = Blueprint("growth", "growth", "growth", help: Label("", ""), chapters: []) }
