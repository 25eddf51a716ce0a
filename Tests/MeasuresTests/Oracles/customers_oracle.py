"""Simulates customers of the BG/NBD and gamma-gamma models with known parameters, fits them by scipy.optimize (an
implementation of its own with scipy.special), and prints what the tests expect. Conditional expectations by direct
quadrature over the posterior with mpmath.

Run: python3 customers_oracle.py  (writes customers.tsv and customer_values.tsv)
"""
import numpy as np
from mpmath import mp, mpf, quad, beta as mbeta, log as mlog
from scipy.optimize import minimize
from scipy.special import gammaln, betaln

rng = np.random.default_rng(11)
r, alpha, a, b = 0.243, 4.414, 0.793, 2.426
p, q, v = 6.25, 3.74, 15.44
rows = []
for i in range(1500):
    T = float(rng.integers(27 * 7, 39 * 7)) / 7
    lam, drop = rng.gamma(r) / alpha, rng.beta(a, b)
    t, days = 0.0, []
    while True:
        t += rng.exponential(1 / lam)
        if t > T:
            break
        day = int(np.ceil(t * 7))
        if (not days or day > days[-1]) and day <= T * 7:
            days.append(day)
        if rng.random() < drop:
            break
    x = len(days)
    nu = rng.gamma(q) / v
    m = np.round(rng.gamma(p, 1 / nu, x).mean(), 2) if x else 0
    rows.append((x, days[-1] / 7 if x else 0.0, T, m))
data = np.array(rows)
x, tx, T, m = data.T


def cost(theta):
    r, al, a, b = np.exp(theta)
    la3 = -(r + x) * np.log(al + T)
    la4 = np.where(x > 0, np.log(a) - np.log(b + np.maximum(x, 1) - 1) - (r + x) * np.log(al + tx), -np.inf)
    return -np.sum(gammaln(r + x) - gammaln(r) + r * np.log(al) + betaln(a, b + x) - betaln(a, b) + np.logaddexp(la3, la4))


def spend(theta):
    p, q, v = np.exp(theta)
    k = x > 0
    X, M = x[k], m[k]
    return -np.sum(gammaln(p * X + q) - gammaln(p * X) - gammaln(q) + q * np.log(v) + (p * X - 1) * np.log(M)
                   + p * X * np.log(X) - (p * X + q) * np.log(v + M * X))


def fit(f, start):
    best = minimize(f, start, method="Nelder-Mead", options=dict(xatol=1e-10, fatol=1e-10, maxiter=20000, maxfev=20000))
    return np.exp(best.x), -best.fun


with open("customers.tsv", "w") as out:
    for label, (found, likelihood) in [("bgnbd", fit(cost, np.zeros(4))), ("gammagamma", fit(spend, np.array([1.0, 1.0, 2.0])))]:
        print("#" + label, *[repr(float(z)) for z in found], repr(float(likelihood)), sep="\t")
        print(label, *[repr(float(z)) for z in found], repr(float(likelihood)), sep="\t", file=out)
    for row in rows:
        print(row[0], round(row[1] * 7), round(row[2] * 7), row[3], sep="\t", file=out)

# E[purchases in (T, T+t)] = P(alive) * int_0^t E[lambda exp(-lambda p s)] ds with the posterior gamma and beta
mp.dps = 20
with open("customer_values.tsv", "w") as out:
    for (r, al, a, b) in [(0.243, 4.414, 0.793, 2.426), (1.7, 10.0, 1.0, 3.0), (0.5, 2.0, 2.5, 0.6)]:
        for (xx, ttx, TT, t) in [(2, 30.43, 38.86, 39), (0, 0, 20, 52), (26, 30.86, 31, 39), (60, 51, 52, 4), (1, 2, 50, 200)]:
            A = al + TT
            R = r + xx
            alive = mpf(1) if xx == 0 else 1 / (1 + mpf(a) / (b + xx - 1) * (mpf(A) / (al + ttx)) ** R)
            # over lambda and s in closed form: (1 - (A/(A+p t))^R)/p ; then over p ~ beta(a, b+x)
            f = lambda w: (lambda pp: (1 - (A / (A + pp * t)) ** R) / pp * pp ** (a - 1) * (1 - pp) ** (b + xx - 1))(w)
            # substitution p = u^(1/a) for the left end, 1-p = w^(1/(b+x)) for the right
            left = quad(lambda u: (lambda pp: (1 - (A / (A + pp * t)) ** R) / pp * (1 - pp) ** (b + xx - 1) / a)(u ** (1 / mpf(a))),
                        [0, mpf(1) / 64 ** 2, mpf(1) / 2 ** 4, mpf(1) / 2 ** a])
            B = mpf(b) + xx
            right = quad(lambda w: (lambda pp: (1 - (A / (A + pp * t)) ** R) / pp * pp ** (a - 1) / B)(1 - w ** (1 / B)),
                         [0, mpf(1) / 2 ** (2 * B), mpf(1) / 2 ** B])
            value = alive * (left + right) / mbeta(a, B)
            print(r, al, a, b, xx, ttx, TT, t, mp.nstr(alive, 16), mp.nstr(value, 12), sep="\t", file=out)

    # Everybody leaves at about the same rate: a and b are large, p is near a / (a + b + x), and its beta density is narrow.
    mp.dps = 30
    for (r, al, a, b) in [(2, 4, 300, 9700), (2, 4, 3000, 27000), (1.3, 7, 1e4, 1e6), (3, 10, 1e6, 1e4), (0.5, 2, 162754.79, 162754.79),
                          (0.4, 1.5, 9000, 0.2)]:
        for (xx, ttx, TT, t) in [(2, 30.43, 38.86, 26), (0, 0, 20, 4), (26, 30.86, 31, 520), (1, 2, 50, 5200)]:
            A, R, B = mpf(al) + TT, mpf(r) + xx, mpf(b) + xx
            alive = mpf(1) if xx == 0 else 1 / (1 + mpf(a) / (B - 1) * (A / (al + mpf(ttx))) ** R)
            mean, scale = a / (a + B), mp.sqrt(a * B / (a + B + 1)) / (a + B)
            # over q = 1 - p where b is below one, with q = v^(1/B); else over p
            log_beta = mp.loggamma(a) + mp.loggamma(B) - mp.loggamma(a + B)
            gain = lambda p: (1 - (A / (A + p * t)) ** R) / p
            if B < 1:
                over = quad(lambda v: mp.exp((a - 1) * mlog(1 - v ** (1 / B)) - log_beta) / B * gain(1 - v ** (1 / B)),
                            [mpf(k) ** B / mpf(a) ** B for k in (0, 1, 4, 16, 64, 90)])
            else:
                over = quad(lambda p: mp.exp((a - 1) * mlog(p) + (B - 1) * mlog(1 - p) - log_beta) * gain(p),
                            sorted({min(max(mean + k * scale, mpf(0)), mpf(1)) for k in (-60, -20, -8, -4, -2, 0, 2, 4, 8, 20, 60)}))
            print(float(r), float(al), float(a), float(b), xx, ttx, TT, t, mp.nstr(alive, 16), mp.nstr(alive * over, 12), sep="\t", file=out)
