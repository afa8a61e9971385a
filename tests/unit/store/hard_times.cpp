// A full disk, a disk that refuses, and a process killed in the middle of commits: what was acknowledged is
// there, what was not is not there by half.
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include "server/store/sqlite/connection.hpp"
#include "tests/unit/store/samples.hpp"

using namespace samples;
using store::errc;
using store::sqlite::connection;
using store::sqlite::mode;

namespace {

// A small disk of its own.
struct small_disk {
    scratch at;
    bool mounted = ::mount("tmpfs", at.path.c_str(), "tmpfs", MS_NOSUID | MS_NODEV, "size=2m,mode=700") == 0;
    ~small_disk() {
        if (mounted) ::umount2(at.path.c_str(), MNT_DETACH);
    }
    // Takes all the space that is left.
    void fill() const {
        int fd = ::open((at / "ballast").c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
        std::string block(4096, 'x');
        while (::write(fd, block.data(), block.size()) > 0) {
        }
        ::close(fd);
    }
    void free() const { ::unlink((at / "ballast").c_str()); }
};

bool sound(const std::string& file) {
    auto db = connection::open(file, mode::read).value();
    auto rows = db->query("PRAGMA integrity_check").value();
    return rows.next().value() && rows.text(0) == "ok";
}

// Reports and lines that fail now: nothing of them shows, and reading goes on.
void all_refused(store::store& store, const std::string& kept_desk) {
    for (int i = 0; i < 3; ++i) {
        auto sent = report("later");
        sent.body = sealed(262144, 7);
        auto id = sent.id;
        CHECK(refusal(run_now(store.add_report(std::move(sent)))) == errc::unavailable);
        CHECK(refusal(run_now(store.report("later", id))) == errc::not_found);
        CHECK(refusal(run_now(store.append(line("rotterdam", "refused")))) == errc::unavailable);
        CHECK(refusal(run_now(store.add_membership({"rotterdam", "l", "m", "t", {}}, line("rotterdam")))) ==
              errc::unavailable);
    }
    CHECK(run_now(store.list({.desk = "later", .status = {}})).value().rows.empty());
    CHECK(run_now(store.list({.desk = kept_desk, .status = {}})).value().rows.size() == 1);
    CHECK(run_now(store.trust()).value().memberships.empty());
    CHECK(walked(store, "rotterdam").line == 1);
}

void all_taken(store::store& store) {
    CHECK(run_now(store.add_report(report("later"))).value().fresh);
    CHECK(run_now(store.append(line("rotterdam", "taken"))).value().line == 2);
    CHECK(walked(store, "rotterdam").line == 2);
}

// The child's part: writers that say each id on the pipe once it is acknowledged. Ends only by being killed.
[[noreturn]] void write_for_ever(const std::string& file, int pipe) {
    auto store = store::open(file);
    if (!store) ::_exit(1);
    std::vector<std::thread> writers;
    for (int t = 0; t < 4; ++t)
        writers.emplace_back([&store = **store, pipe] {
            for (;;) {
                auto sent = report("rotterdam");
                sent.body = sealed(16384, 7);
                auto id = sent.id;
                if (!run_now(store.add_report(std::move(sent))) || !run_now(store.append(line("rotterdam"))))
                    ::_exit(1);
                if (::write(pipe, id.bytes.data(), id.bytes.size()) != 16) ::_exit(1);
            }
        });
    writers[0].join();
    ::_exit(1);
}

}  // namespace

TEST_CASE("a full disk: refused whole, read on, and written again when there is space", "[sqlite]") {
    small_disk disk;
    if (!disk.mounted) {
        std::puts("skipped: a small disk could not be mounted here");
        return;
    }
    auto store = open(disk.at / "baken.db");
    REQUIRE(run_now(store->add_report(report("rotterdam"))));
    REQUIRE(run_now(store->append(line("rotterdam"))));
    disk.fill();
    all_refused(*store, "rotterdam");
    disk.free();
    all_taken(*store);
    store = nullptr;
    CHECK(sound(disk.at / "baken.db"));
    store = open(disk.at / "baken.db");
    CHECK(run_now(store->list({.desk = "later", .status = {}})).value().rows.size() == 1);
}

TEST_CASE("a disk that takes no more bytes in a file: the same", "[sqlite]") {
    scratch dir;
    auto store = open(dir / "baken.db");
    REQUIRE(run_now(store->add_report(report("rotterdam"))));
    REQUIRE(run_now(store->append(line("rotterdam"))));
    auto handler = std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    REQUIRE(::getrlimit(RLIMIT_FSIZE, &before) == 0);
    rlimit none = before;
    none.rlim_cur = 4096;
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &none) == 0);
    all_refused(*store, "rotterdam");
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &before) == 0);
    std::signal(SIGXFSZ, handler);
    all_taken(*store);
    store = nullptr;
    CHECK(sound(dir / "baken.db"));
}

TEST_CASE("killed in the middle of commits, again and again: everything acknowledged is there", "[sqlite]") {
    scratch dir;
    std::vector<crypto::uuid> acknowledged;
    for (int round = 0; round < 3; ++round) {
        int ends[2];
        REQUIRE(::pipe(ends) == 0);
        auto child = ::fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            ::close(ends[0]);
            write_for_ever(dir / "baken.db", ends[1]);
        }
        ::close(ends[1]);
        crypto::uuid id;
        for (int heard = 0; ::read(ends[0], id.bytes.data(), 16) == 16; ++heard) {
            acknowledged.push_back(id);
            if (heard == 60 + 17 * round) ::kill(child, SIGKILL);
        }
        ::close(ends[0]);
        int status = 0;
        REQUIRE(::waitpid(child, &status, 0) == child);
        REQUIRE((WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL));

        auto store = open(dir / "baken.db");
        for (const auto& one : acknowledged) {
            auto found = run_now(store->report("rotterdam", one));
            REQUIRE(found);
            REQUIRE(found->listed.body.size() == 16384);
            REQUIRE(found->recipients.size() == 1);
        }
        // Nobody was told of the others, but none is there by half.
        auto all =
            run_now(store->list({.desk = "rotterdam", .status = {}, .limit = 100000, .with_body = true}))
                .value();
        CHECK(all.rows.size() >= acknowledged.size());
        for (const auto& row : all.rows) REQUIRE(row.body.view()[16383] == 7);
        CHECK(walked(*store, "rotterdam").line >= static_cast<std::int64_t>(acknowledged.size()));
        store = nullptr;
        CHECK(sound(dir / "baken.db"));
    }
}
