// The plain reference for `pharos-bench cpm`: reads the network, runs the two passes over CSR arrays of int.
// usage: cpm FILE REPEATS; prints read_seconds pass_seconds finish checksum
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

enum Kind { FS, SS, FF, SF };

struct Network {
    int count = 0;
    std::vector<int> duration, inOffset, inSource, inLag, outOffset, outTarget, outLag;
    std::vector<char> inKind, outKind;
};

static double now() {
    using namespace std::chrono;
    return duration<double>(steady_clock::now().time_since_epoch()).count();
}

static int number(const char*& p) {
    bool negative = *p == '-';
    if (negative) ++p;
    int value = 0;
    while (*p >= '0' && *p <= '9') value = value * 10 + (*p++ - '0');
    ++p;  // the separator
    return negative ? -value : value;
}

// Lines "a,duration" and "l,from,to,kind,lag", activities first, all in minutes.
static Network read(const char* path) {
    std::ifstream file(path, std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    Network n;
    std::vector<int> from, to, lag;
    std::vector<char> kind;
    const char* p = text.c_str();
    while (*p) {
        char row = *p;
        p += 2;
        if (row == 'a') {
            n.duration.push_back(number(p));
        } else {
            from.push_back(number(p));
            to.push_back(number(p));
            kind.push_back(char(number(p)));
            lag.push_back(number(p));
        }
    }
    n.count = int(n.duration.size());
    size_t links = from.size();
    n.inOffset.assign(n.count + 1, 0);
    n.outOffset.assign(n.count + 1, 0);
    for (size_t i = 0; i < links; ++i) { ++n.inOffset[to[i] + 1]; ++n.outOffset[from[i] + 1]; }
    for (int i = 0; i < n.count; ++i) { n.inOffset[i + 1] += n.inOffset[i]; n.outOffset[i + 1] += n.outOffset[i]; }
    n.inSource.resize(links); n.inLag.resize(links); n.inKind.resize(links);
    n.outTarget.resize(links); n.outLag.resize(links); n.outKind.resize(links);
    std::vector<int> in(n.inOffset), out(n.outOffset);
    for (size_t i = 0; i < links; ++i) {
        int a = in[to[i]]++, b = out[from[i]]++;
        n.inSource[a] = from[i]; n.inLag[a] = lag[i]; n.inKind[a] = kind[i];
        n.outTarget[b] = to[i]; n.outLag[b] = lag[i]; n.outKind[b] = kind[i];
    }
    return n;
}

static int pass(const Network& n, std::vector<int>& es, std::vector<int>& ef, std::vector<int>& ls, std::vector<int>& lf) {
    int finish = 0;
    for (int i = 0; i < n.count; ++i) {
        int start = 0, d = n.duration[i];
        for (int k = n.inOffset[i]; k < n.inOffset[i + 1]; ++k) {
            int s = n.inSource[k], lag = n.inLag[k], bound = 0;
            switch (n.inKind[k]) {
                case FS: bound = ef[s] + lag; break;
                case SS: bound = es[s] + lag; break;
                case FF: bound = ef[s] + lag - d; break;
                case SF: bound = es[s] + lag - d; break;
            }
            start = std::max(start, bound);
        }
        es[i] = start;
        ef[i] = start + d;
        finish = std::max(finish, ef[i]);
    }
    for (int i = n.count - 1; i >= 0; --i) {
        int late = finish, d = n.duration[i];
        for (int k = n.outOffset[i]; k < n.outOffset[i + 1]; ++k) {
            int t = n.outTarget[k], lag = n.outLag[k], bound = finish;
            switch (n.outKind[k]) {
                case FS: bound = ls[t] - lag; break;
                case SS: bound = ls[t] - lag + d; break;
                case FF: bound = lf[t] - lag; break;
                case SF: bound = lf[t] - lag + d; break;
            }
            late = std::min(late, bound);
        }
        lf[i] = late;
        ls[i] = late - d;
    }
    return finish;
}

int main(int argc, char** argv) {
    if (argc < 3) return 2;
    double start = now();
    Network n = read(argv[1]);
    double readSeconds = now() - start;
    int repeats = std::atoi(argv[2]), finish = 0;
    std::vector<double> seconds;
    std::vector<int> es(n.count), ef(n.count), ls(n.count), lf(n.count);
    for (int r = 0; r < repeats; ++r) {
        start = now();
        finish = pass(n, es, ef, ls, lf);
        seconds.push_back(now() - start);
    }
    std::sort(seconds.begin(), seconds.end());
    unsigned long long checksum = 0;
    for (int i = 0; i < n.count; ++i) checksum = checksum * 1000003ULL + unsigned(es[i]) * 31ULL + unsigned(lf[i]);
    std::printf("%.9f %.9f %d %llu\n", readSeconds, seconds[seconds.size() / 2], finish, checksum);
}
