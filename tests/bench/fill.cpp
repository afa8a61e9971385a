// bench_fill: puts stored reports into a database through the store's own interface, thousands to a commit:
// half of them for the first desk named, the rest for the others in turn.
//
//   --file DB --count N --desks ID,ID,…
#include <string>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <fmt/format.h>

#include "crypto/plain.hpp"
#include "server/store/open.hpp"
#include "tests/bench/arguments.hpp"
#include "tests/bench/rows.hpp"

namespace {

struct filling {
    store::store& store;
    std::vector<std::string> desks;
    std::size_t left;

    [[nodiscard]] const std::string& desk() const {
        if (left % 2 == 0 || desks.size() == 1) return desks[0];
        return desks[1 + left / 2 % (desks.size() - 1)];
    }
};

async::task<void> fill(filling& all) {
    while (all.left > 0) {
        auto report = bench::row(all.desk());
        --all.left;
        const auto added = co_await all.store.add_report(std::move(report));
        if (!added) {
            fmt::print(stderr, "bench_fill: {}\n", store::text(added.error()));
            std::exit(1);
        }
    }
}

std::vector<std::string> split(const std::string& list) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at <= list.size();) {
        const auto end = std::min(list.find(',', at), list.size());
        out.push_back(list.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

}  // namespace

int main(int argc, char** argv) {
    crypto::start();
    const bench::arguments given(argc, argv);
    auto store = store::open(given.text("--file"));
    if (!store) {
        fmt::print(stderr, "bench_fill: {}\n", store::text(store.error()));
        return 1;
    }
    filling all{**store, split(given.text("--desks")), given.number("--count")};
    boost::asio::io_context context(1);
    constexpr std::size_t at_once = 3000;
    for (std::size_t i = 0; i < at_once; ++i)
        boost::asio::co_spawn(context, fill(all), boost::asio::detached);
    context.run();
    (*store)->close();
    return 0;
}
