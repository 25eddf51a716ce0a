"""Writes before_after.tsv: method, before, after, expected numbers; by scipy and numpy.

Run: python3 before_after_oracle.py > before_after.tsv
"""
import numpy as np
from scipy import stats

rng = np.random.default_rng(20260301)


def line(name, a, b, out):
    f = lambda v: ",".join(repr(float(x)) for x in v)
    print(name, f(a), f(b), f(out), sep="\t")


for n, m, s in [(12, 9, 3.0), (40, 25, 8.0), (6, 30, 1.0)]:
    a, b = np.round(rng.normal(50, s, n), 3), np.round(rng.normal(44, 2 * s, m), 3)
    r = stats.ttest_ind(b, a, equal_var=False)
    ci = r.confidence_interval(0.95)
    line("welch", a, b, [r.pvalue, ci.low, ci.high])
    u = stats.mannwhitneyu(b, a, method="exact")
    # Hodges-Lehmann interval from all pairs and the exact distribution by enumeration of scipy's p-values
    d = np.sort((b[:, None] - a[None, :]).ravel())
    line("mannwhitney", a, b, [u.statistic, u.pvalue, np.median(d)])
for n, m in [(15, 20), (60, 70)]:
    a, b = rng.integers(0, 12, n), rng.integers(2, 14, m)
    u = stats.mannwhitneyu(b, a, method="asymptotic", use_continuity=True)
    d = (b[:, None] - a[None, :]).ravel()
    line("mannwhitney", a, b, [u.statistic, u.pvalue, np.median(d)])


def newcombe(x1, n1, x2, n2):
    w1 = stats.binomtest(x1, n1).proportion_ci(method="wilson")
    w2 = stats.binomtest(x2, n2).proportion_ci(method="wilson")
    p1, p2 = x1 / n1, x2 / n2
    return (p2 - p1 - np.hypot(p2 - w2.low, w1.high - p1), p2 - p1 + np.hypot(w2.high - p2, p1 - w1.low))


for x1, n1, x2, n2 in [(56, 70, 48, 80), (9, 10, 3, 10), (0, 10, 0, 10), (120, 1500, 75, 1500)]:
    lo, hi = newcombe(x1, n1, x2, n2)
    table = [[x1, n1 - x1], [x2, n2 - x2]]
    expected = min(n1, n2) * min((x1 + x2) / (n1 + n2), 1 - (x1 + x2) / (n1 + n2))
    if expected < 5:
        p = stats.fisher_exact(table)[1]
    else:
        p = stats.chi2_contingency(table, correction=False)[1]
    line("proportions", [x1, n1], [x2, n2], [lo, hi, p])

for x1, t1, x2, t2 in [(60, 52.0, 30, 40.0), (5, 10.0, 0, 10.0), (3, 7.5, 9, 7.5)]:
    t = stats.binomtest(x2, x1 + x2, t2 / (t1 + t2))
    ci = t.proportion_ci(method="exact")
    ratio = lambda s: s / (1 - s) * t1 / t2
    p = min(1, 2 * min(stats.binom.cdf(x2, x1 + x2, t2 / (t1 + t2)), stats.binom.sf(x2 - 1, x1 + x2, t2 / (t1 + t2))))
    line("rates", [x1, t1], [x2, t2], [ratio(ci.low), ratio(ci.high), p])

for n, start in [(24, 12), (60, 40)]:
    e = np.zeros(n)
    for i in range(1, n):
        e[i] = 0.5 * e[i - 1] + rng.normal(0, 1)
    t = np.arange(n)
    y = np.round(30 + 0.1 * t - 6 * (t >= start) - 0.2 * np.maximum(0, t - start) + e, 4)
    X = np.column_stack([np.ones(n), t, t >= start, np.maximum(0, t - start)]).astype(float)
    beta, *_ = np.linalg.lstsq(X, y, rcond=None)
    u = y - X @ beta
    L = int(np.floor(4 * (n / 100) ** (2 / 9)))
    g = X * u[:, None]
    S = g.T @ g
    for lag in range(1, L + 1):
        G = g[lag:].T @ g[:-lag]
        S += (1 - lag / (L + 1)) * (G + G.T)
    B = np.linalg.inv(X.T @ X)
    V = B @ S @ B * n / (n - 4)
    r = (u[1:] @ u[:-1]) / (u @ u)
    rho = min(0.9, max(0, r + (4 + 3 * r) / n))
    O = rho ** np.abs(t[:, None] - t[None, :])
    A = B @ X.T @ O @ X @ B * (u @ u) / np.trace((np.eye(n) - X @ B @ X.T) @ O)
    larger = lambda w: np.sqrt(max(w @ V @ w, w @ A @ w))
    q = stats.t.ppf(0.975, n - 4)
    w = np.array([0, 0, 1, (n - start - 1) / 2])
    line("series", y, [start], [*beta, q * larger(np.eye(4)[2]), q * larger(np.eye(4)[3]), w @ beta, q * larger(w)])
