// bench_ceilings: how fast one part of taking a report goes when nothing else does: no connection, no page.
//
//   --part seal    --profile FILE --threads T    route and seal a report to its desk
//   --part argon   --threads T                   a receipt's mailbox: Argon2id
//   --part commit  --file DB --waiting N         reports into the journal, N of them under way at once; DB is
//   a file
//                                                or a postgresql:// address
//   --part append  --file F --waiting N          as many bytes, N reports of them at once, written and
//   fdatasync'ed always: --seconds S; prints {"count":…,"seconds":…,"cpu":…}
#include <atomic>
#include <fcntl.h>
#include <functional>
#include <sys/resource.h>
#include <thread>
#include <unistd.h>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <fmt/format.h>

#include "crypto/receipt.hpp"
#include "server/store/open.hpp"
#include "tests/bench/arguments.hpp"
#include "tests/bench/rows.hpp"
#include "tests/bench/world.hpp"

namespace {

using clock = std::chrono::steady_clock;

double own_seconds() {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    return static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
           static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

struct seen {
    std::size_t count = 0;
    double seconds = 0, cpu = 0;
};

// Of the work alone, not of what comes before it.
seen timed(const std::function<std::size_t()>& work) {
    const auto from = clock::now();
    const auto before = own_seconds();
    seen out;
    out.count = work();
    out.seconds = std::chrono::duration<double>(clock::now() - from).count();
    out.cpu = own_seconds() - before;
    return out;
}

// Every thread does its own work over and over until the time is up.
std::size_t repeat(std::size_t threads, double seconds, const std::function<std::function<void()>()>& work) {
    std::atomic<std::size_t> count = 0;
    const auto until = clock::now() + std::chrono::duration<double>(seconds);
    std::vector<std::jthread> running;
    for (std::size_t i = 0; i < threads; ++i)
        running.emplace_back([&count, until, one = work()] {
            std::size_t own = 0;
            for (; clock::now() < until; ++own) one();
            count += own;
        });
    running.clear();
    return count;
}

seen seal(const bench::arguments& given) {
    const auto world = bench::world::fetch(given.text("--profile"));
    const auto work = [&world]() -> std::function<void()> {
        auto report = std::make_shared<protocol::report>(bench::typical_report());
        return [&world, report] { (void)world.seal(*report, false); };
    };
    return timed([&] { return repeat(given.number("--threads"), given.seconds(), work); });
}

seen argon(const bench::arguments& given) {
    const auto work = []() -> std::function<void()> {
        return [] { (void)crypto::open_mailbox(crypto::receipt::from(crypto::seed::random())); };
    };
    return timed([&] { return repeat(given.number("--threads"), given.seconds(), work); });
}

struct feeding {
    store::store& store;
    clock::time_point until;
    std::size_t count = 0;
};

async::task<void> feed(feeding& all) {
    while (clock::now() < all.until) {
        auto report = bench::row("rotterdam");
        const auto added = co_await all.store.add_report(std::move(report));
        if (!added) {
            fmt::print(stderr, "bench_ceilings: {}\n", store::text(added.error()));
            std::exit(1);
        }
        ++all.count;
    }
}

seen commit(const bench::arguments& given) {
    store::limits hasty;  // the most that the journal can do
    hasty.pace = {};
    auto store = store::open(given.text("--file"), hasty);
    if (!store) {
        fmt::print(stderr, "bench_ceilings: {}\n", store::text(store.error()));
        std::exit(1);
    }
    const auto out = timed([&] {
        boost::asio::io_context context(1);
        const auto span =
            std::chrono::duration_cast<clock::duration>(std::chrono::duration<double>(given.seconds()));
        feeding all{**store, clock::now() + span};
        for (std::size_t i = 0; i < given.number("--waiting"); ++i)
            boost::asio::co_spawn(context, feed(all), boost::asio::detached);
        context.run();
        return all.count;
    });
    (*store)->close();
    return out;
}

// What a journal without a database would be: bytes appended to a file, and on the disk before they count.
seen append(const bench::arguments& given) {
    const int file = ::open(given.text("--file").c_str(), O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
    const auto at_once = given.number("--waiting");
    const std::string bytes(at_once * (bench::row("rotterdam").body.size() + 400), 'x');
    const auto out = timed([&] {
        const auto until = clock::now() + std::chrono::duration_cast<clock::duration>(
                                              std::chrono::duration<double>(given.seconds()));
        std::size_t count = 0;
        for (; clock::now() < until; count += at_once)
            if (::write(file, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()) ||
                ::fdatasync(file) != 0) {
                fmt::print(stderr, "bench_ceilings: the file cannot be written\n");
                std::exit(1);
            }
        return count;
    });
    ::close(file);
    return out;
}

}  // namespace

int main(int argc, char** argv) {
    crypto::start();
    const bench::arguments given(argc, argv);
    const auto& part = given.text("--part");
    const auto work = part == "seal" ? seal : part == "argon" ? argon : part == "append" ? append : commit;
    const auto seen = work(given);
    fmt::print("{{\"count\":{},\"seconds\":{:.6f},\"cpu\":{:.6f}}}\n", seen.count, seen.seconds, seen.cpu);
    return 0;
}
