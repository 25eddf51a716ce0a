"""The same simulation vectorised over runs with NumPy. usage: simulate.py NETWORK.bin RUNS; prints seconds of processor time, mean finish, P80."""
import sys
import time

import numpy

path, runs = sys.argv[1], int(sys.argv[2])
raw = open(path, "rb").read()
n, m, estimate = numpy.frombuffer(raw, "<i4", 3)
offset = 12


def take(kind, count):
    global offset
    values = numpy.frombuffer(raw, kind, count, offset)
    offset += 4 * int(count)
    return values


starts, origin, link = take("<i4", n + 1), take("<i4", m), take("<i4", m)
lag, low, mode, high = take("<f4", m), take("<f4", n), take("<f4", n), take("<f4", n)
random = numpy.random.default_rng(1)
begin = time.process_time()
if estimate == 0:
    width = (high - low)[:, None]
    u = random.random((n, runs), dtype=numpy.float32)
    left = (mode - low)[:, None]
    durations = numpy.where(
        u * width < left,
        low[:, None] + numpy.sqrt(u * width * left),
        high[:, None] - numpy.sqrt((1 - u) * width * (high - mode)[:, None]))
else:
    shape = (4 * (mode - low) / (high - low))[:, None]
    durations = low[:, None] + (high - low)[:, None] * random.beta(1 + shape, 5 - shape, (n, runs)).astype(numpy.float32)
durations = numpy.rint(durations)
start = numpy.zeros((n, runs), numpy.float32)
finish = numpy.zeros((n, runs), numpy.float32)
for a in range(n):
    for k in range(starts[a], starts[a + 1]):
        bound = (finish if link[k] in (0, 2) else start)[origin[k]] + lag[k]
        if link[k] >= 2:
            bound -= durations[a]
        numpy.maximum(start[a], bound, out=start[a])
    numpy.add(start[a], durations[a], out=finish[a])
ends = finish.max(axis=0)
mean, p80 = ends.mean(dtype=numpy.float64), numpy.quantile(ends, 0.8)
print(f"{time.process_time() - begin:.9f} {mean:.3f} {p80:.3f}")
