"""Writes distributions.tsv: tails and quantiles to 20 digits by mpmath.

columns: distribution, parameters (;-separated, 0 where there is only one), x, P(X<=x), P(X>x)
Run: python3 distributions_oracle.py > distributions.tsv
"""
from mpmath import mp, mpf, quad, gammainc, betainc, erfc, sqrt, binomial, exp, factorial, loggamma

mp.dps = 40


def gamma_tails(a, x):
    return gammainc(a, 0, x, regularized=True), gammainc(a, x, mp.inf, regularized=True)


def fraction(a, b, x):
    """DLMF 8.17.22 from the bottom up at 60 digits, for parameters where the hypergeometric series is hopeless."""
    with mp.workdps(60):
        n = int(60 + 30 * sqrt(max(a, b)))
        value = mpf(0)
        for k in range(n, 0, -1):
            m = k // 2
            if k % 2:
                d = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            else:
                d = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
            value = d / (1 + value)
        lead = exp(a * mp.log(x) + b * mp.log(1 - x) + loggamma(a + b) - loggamma(a) - loggamma(b)) / a
        return lead / (1 + value)


def beta_tails(a, b, x, y=None):
    with mp.workdps(400 if False else 60):
        a, b, x = mpf(a), mpf(b), mpf(x)
        y = 1 - x if y is None else y
        if x <= (a + 1) / (a + b + 2):
            low = fraction(a, b, x)
            return low, 1 - low
        up = fraction(b, a, y)
        return 1 - up, up


def line(name, p, x, tails):
    print(name, ";".join(repr(float(v)) for v in p), repr(float(x)), mp.nstr(tails[0], 20), mp.nstr(tails[1], 20), sep="\t")


for x in [-37.0, -20.0, -8.5, -5.0, -3.0, -1.0, -0.1, 0.0, 1e-5, 0.5, 1.96, 3.3, 7.0, 25.0]:
    line("normal", (0, 1), x, (erfc(-mpf(x) / sqrt(2)) / 2, erfc(mpf(x) / sqrt(2)) / 2))

for a in [0.05, 0.5, 1.0, 2.5, 9.5, 10.5, 40.0, 333.0, 5000.0, 1e6]:
    for z in [-6, -3, -1, 0, 0.5, 2, 5, 9]:
        x = a + z * a ** 0.5
        if x <= 0:
            x = a * 10.0 ** z
        if a == 1e6:
            with mp.workdps(60):
                am, xm = mpf(a), mpf(x)
                lead = exp(am * mp.log(xm) - xm - loggamma(am + 1))
                s = t = mpf(1)
                k = 0
                while t > mpf(10) ** -45 * s:
                    k += 1
                    t = t * xm / (am + k)
                    s += t
                low = lead * s
                tails = (low, 1 - low)
        else:
            tails = gamma_tails(mpf(a), mpf(x))
        line("gamma", (a, 1), x, tails)
for k in [1.0, 2.0, 3.0, 10.0, 99.0]:
    for x in [1e-4, 0.3, 1.0, 3.841, 20.0, 150.0]:
        line("chisquared", (k, 0), x, gamma_tails(mpf(k) / 2, mpf(x) / 2))

for a, b in [(0.1, 0.2), (0.5, 0.5), (1.0, 3.0), (2.5, 7.5), (9.5, 30.0), (250.0, 3.0), (5000.0, 7000.0), (1e6, 9e5)]:
    m = a / (a + b)
    s = (a * b / ((a + b) ** 2 * (a + b + 1))) ** 0.5
    for x in [m - 7 * s, m - 3 * s, m - s, m, m + 0.5 * s, m + 2 * s, m + 6 * s, 1e-3, 0.999]:
        if not 0 < x < 1 or (a > 4000 and abs(x - m) > 20 * s):
            continue
        line("beta", (a, b), x, beta_tails(a, b, x))

for v in [0.5, 1.0, 2.0, 3.7, 10.0, 30.0, 200.0, 1e6]:
    for x in [-40.0, -6.0, -2.0, -0.5, -1e-6, 0.3, 1.0, 2.5, 12.0]:
        t2 = mpf(x) ** 2
        w = beta_tails(mpf(1) / 2, mpf(v) / 2, t2 / (v + t2), v / (v + t2))
        tail = w[1] / 2
        line("student", (v, 0), x, (tail, 1 - tail) if x < 0 else (1 - tail, tail))

for d1, d2 in [(1.0, 1.0), (1.0, 10.0), (5.0, 2.0), (12.0, 40.0), (300.0, 7.5), (4000.0, 5000.0)]:
    for x in [0.01, 0.5, 0.95, 1.0, 1.05, 3.0, 30.0]:
        w = d1 * mpf(x)
        line("fisher", (d1, d2), x, beta_tails(d1 / 2, d2 / 2, w / (w + d2), d2 / (w + d2)))

for m in [0.01, 0.7, 4.2, 30.0, 1000.0]:
    for z in [-4, -1, 0, 1, 3, 8]:
        k = max(0, int(m + z * m ** 0.5))
        up, low = gamma_tails(mpf(k + 1), mpf(m))
        line("poisson", (m, 0), k, (low, up))

for n, p in [(1, 0.3), (10, 0.5), (20, 0.05), (100, 0.97), (1000, 0.2), (50000, 0.001)]:
    for z in [-4, -1, 0, 1, 3, 8]:
        k = int(n * p + z * (n * p * (1 - p)) ** 0.5)
        if not 0 <= k < n:
            continue
        up, low = beta_tails(k + 1, n - k, mpf(p))
        line("binomial", (n, p), k, (low, up))
