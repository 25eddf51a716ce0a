// Each behaviour does one thing, finds its elements by attributes and knows no page.
import "./theme.js";
import "./keys.js";
import "./margin.js";
import "./edit.js";
import "./live.js";
import "./notice.js";
import "./drag.js";
import "./gantt.js";
import "./confirm.js";
import "./pick.js";
import "./order.js";
import "./clock.js";
import "./seg.js";
import "./timer.js";
