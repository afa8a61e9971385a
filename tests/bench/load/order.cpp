#include "tests/bench/load/order.hpp"

#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>

#include <fmt/format.h>

namespace load {
namespace {

constexpr std::string_view usage =
    "usage: bench_load KIND --port N (--request FILE | --requests FILE)\n"
    "  KIND: closed, open, visitors, handshakes, idle\n"
    "  --connections N   64          --seconds S   1        --warm S      0.3\n"
    "  --rate R          a second    --expect N    200      --watch PID,PID\n"
    "  --requests: each is sent once, and stands after its length in four bytes, the lowest first";

[[noreturn]] void refuse(const std::string& why) {
    fmt::print(stderr, "bench_load: {}\n{}\n", why, usage);
    std::exit(2);
}

kind kind_of(const std::string& name) {
    if (name == "closed") return kind::closed;
    if (name == "open") return kind::open;
    if (name == "visitors") return kind::visitors;
    if (name == "handshakes") return kind::handshakes;
    if (name == "idle") return kind::idle;
    refuse("there is no kind '" + name + "'");
}

std::string whole(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) refuse("cannot read " + path);
    return {std::istreambuf_iterator<char>(file), {}};
}

void split(order& out) {
    const std::string_view all = out.requests;
    for (std::size_t at = 0; at < all.size();) {
        std::uint32_t size = 0;
        if (at + sizeof size > all.size()) refuse("the file of requests ends within a length");
        std::memcpy(&size, all.data() + at, sizeof size);
        at += sizeof size;
        if (size == 0 || at + size > all.size()) refuse("the file of requests ends within a request");
        out.parts.push_back(all.substr(at, size));
        at += size;
    }
}

std::vector<int> numbers(const std::string& list) {
    std::vector<int> out;
    for (std::size_t at = 0; at <= list.size();) {
        const auto end = std::min(list.find(',', at), list.size());
        if (end > at) out.push_back(std::stoi(list.substr(at, end - at)));
        at = end + 1;
    }
    return out;
}

void put(order& out, const std::string& name, const std::string& value) {
    if (name == "--port")
        out.port = static_cast<std::uint16_t>(std::stoul(value));
    else if (name == "--connections")
        out.connections = std::stoul(value);
    else if (name == "--seconds")
        out.seconds = std::stod(value);
    else if (name == "--warm")
        out.warm = std::stod(value);
    else if (name == "--rate")
        out.rate = std::stod(value);
    else if (name == "--expect")
        out.expected = static_cast<unsigned>(std::stoul(value));
    else if (name == "--watch")
        out.watched = numbers(value);
    else if (name == "--request" || name == "--requests")
        out.requests = whole(value), out.once = name == "--requests";
    else
        refuse("there is no option " + name);
}

}  // namespace

order order::read(int argc, char** argv) {
    if (argc < 2 || argc % 2 != 0) refuse("name a kind, then options with a value each");
    order out;
    out.kind = kind_of(argv[1]);
    try {
        for (int i = 2; i + 1 < argc; i += 2) put(out, argv[i], argv[i + 1]);
    } catch (const std::exception&) {
        refuse("a number is not one");
    }
    if (out.port == 0 || out.connections == 0) refuse("a port and connections are needed");
    const bool timed = out.kind == kind::open || out.kind == kind::visitors;
    if (timed && out.rate <= 0) refuse("a rate is needed");
    if (out.requests.empty() && out.kind != kind::handshakes) refuse("a request is needed");
    if (out.once)
        split(out);
    else
        out.parts.push_back(out.requests);
    return out;
}

}  // namespace load
