"""Writes control_constants.tsv: n, d2, d3, c4 by Gauss-Legendre quadrature of the range's distribution with scipy.

Run: python3 control_oracle.py > control_constants.tsv
"""
import numpy as np
from scipy.special import ndtr, gammaln

nodes, weights = np.polynomial.legendre.leggauss(200)


def pieces(low, high, count):
    edges = np.linspace(low, high, count + 1)
    half = (edges[1:] - edges[:-1])[:, None] / 2
    return ((edges[:-1, None] + half) + half * nodes).ravel(), (half * weights).ravel()


w, ww = pieces(0, 14, 4)
x, wx = pieces(-10, 10, 4)
for n in [2, 3, 4, 5, 6, 8, 10, 15, 20, 25]:
    inner = np.exp(-x ** 2 / 2) / np.sqrt(2 * np.pi) * np.clip(ndtr(x[None] + w[:, None]) - ndtr(x)[None], 0, 1) ** (n - 1)
    above = 1 - n * inner @ wx
    d2, second = (above * ww).sum(), 2 * (w * above * ww).sum()
    c4 = np.sqrt(2 / (n - 1)) * np.exp(gammaln(n / 2) - gammaln((n - 1) / 2))
    print(n, f"{d2:.12g}", f"{np.sqrt(second - d2 ** 2):.12g}", f"{c4:.12g}", sep="\t")
