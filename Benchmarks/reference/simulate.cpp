// A plain Monte Carlo simulation of a project network: run after run, activity after activity, one thread.
// usage: simulate NETWORK.bin RUNS
// NETWORK.bin, little endian: int32 n, m, kind of estimate (0 triangular, 1 table); int32 starts[n+1], from[m], type[m]; float lag[m];
// float low[n], mode[n], high[n]; float table[n][257], quantiles at k/256.
// Prints seconds of processor time for: draws and forward pass; the same with critical activities; forward pass alone over given durations;
// then mean finish, P80, and the sum of criticality indices.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <vector>

struct Network {
    int32_t n, m, estimate;
    std::vector<int32_t> starts, from, type;
    std::vector<float> lag, low, mode, high, table;
};

struct Random {  // xoshiro128+, Blackman & Vigna
    uint32_t s[4] = {1, 2, 3, 4};
    uint32_t next() {
        uint32_t result = s[0] + s[3], t = s[1] << 9;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= t;
        s[3] = (s[3] << 11) | (s[3] >> 21);
        return result;
    }
    float uniform() { return (next() >> 8) * 0x1p-24f; }
};

template <typename T> static std::vector<T> numbers(FILE *file, size_t count) {
    std::vector<T> values(count);
    if (fread(values.data(), sizeof(T), count, file) != count) exit(2);
    return values;
}

static inline float draw(const Network &net, int a, Random &random) {
    float u = random.uniform();
    if (net.estimate == 0) {
        float low = net.low[a], mode = net.mode[a], high = net.high[a], width = high - low;
        return u * width < mode - low ? low + std::sqrt(u * width * (mode - low)) : high - std::sqrt((1 - u) * width * (high - mode));
    }
    const float *table = &net.table[(size_t)a * 257];
    float x = u * 256;
    int cell = (int)x;
    return table[cell] + (x - cell) * (table[cell + 1] - table[cell]);
}

static inline float whole(float x) { return (float)(int)(x + 0.5f); }

static inline float place(const Network &net, int a, float duration, float *start, float *finish) {
    float es = 0;
    for (int k = net.starts[a]; k < net.starts[a + 1]; k++) {
        int p = net.from[k];
        float bound = (net.type[k] == 0 || net.type[k] == 2 ? finish[p] : start[p]) + net.lag[k];
        if (net.type[k] >= 2) bound -= duration;
        es = std::max(es, bound);
    }
    start[a] = es;
    return finish[a] = es + duration;
}

static double seconds() {
    timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return time.tv_sec + 1e-9 * time.tv_nsec;
}

int main(int argc, char **argv) {
    if (argc != 3) return 1;
    FILE *file = fopen(argv[1], "rb");
    if (!file) return 1;
    const int runs = atoi(argv[2]);
    Network net;
    auto head = numbers<int32_t>(file, 3);
    net.n = head[0], net.m = head[1], net.estimate = head[2];
    net.starts = numbers<int32_t>(file, net.n + 1), net.from = numbers<int32_t>(file, net.m), net.type = numbers<int32_t>(file, net.m);
    net.lag = numbers<float>(file, net.m), net.low = numbers<float>(file, net.n), net.mode = numbers<float>(file, net.n);
    net.high = numbers<float>(file, net.n), net.table = numbers<float>(file, (size_t)net.n * 257);
    std::vector<float> start(net.n), finish(net.n), ends(runs);

    Random random;
    double t0 = seconds();
    for (int run = 0; run < runs; run++) {
        float end = 0;
        for (int a = 0; a < net.n; a++)
            end = std::max(end, place(net, a, whole(draw(net, a, random)), start.data(), finish.data()));
        ends[run] = end;
    }
    double drawn = seconds() - t0;

    std::vector<int32_t> critical(net.n), mark(net.n);
    t0 = seconds();
    for (int run = 0; run < runs; run++) {
        float end = 0;
        for (int a = 0; a < net.n; a++)
            end = std::max(end, place(net, a, whole(draw(net, a, random)), start.data(), finish.data()));
        ends[run] = end;
        std::fill(mark.begin(), mark.end(), 0);
        for (int a = net.n - 1; a >= 0; a--) {
            if (!mark[a] && finish[a] != end) continue;
            critical[a]++;
            for (int k = net.starts[a]; k < net.starts[a + 1]; k++) {
                int p = net.from[k];
                float bound = (net.type[k] == 0 || net.type[k] == 2 ? finish[p] : start[p]) + net.lag[k];
                if (bound == (net.type[k] >= 2 ? finish[a] : start[a])) mark[p] = 1;
            }
        }
    }
    double traced = seconds() - t0;

    // Given durations for 256 runs, used again and again: the pass alone.
    const int kept = 256;
    std::vector<float> durations((size_t)kept * net.n);
    for (int run = 0; run < kept; run++)
        for (int a = 0; a < net.n; a++) durations[(size_t)run * net.n + a] = whole(draw(net, a, random));
    std::vector<float> other(runs);
    t0 = seconds();
    for (int run = 0; run < runs; run++) {
        const float *d = &durations[(size_t)(run % kept) * net.n];
        float end = 0;
        for (int a = 0; a < net.n; a++) end = std::max(end, place(net, a, d[a], start.data(), finish.data()));
        other[run] = end;
    }
    double pass = seconds() - t0;

    double mean = 0, index = 0;
    for (float end : ends) mean += end;
    for (int32_t count : critical) index += (double)count / runs;
    std::sort(ends.begin(), ends.end());
    printf("%.9f %.9f %.9f %.3f %.3f %.6f %.1f\n", drawn, traced, pass, mean / runs, (double)ends[(size_t)(0.8 * (runs - 1))], index, (double)other[0]);
}
