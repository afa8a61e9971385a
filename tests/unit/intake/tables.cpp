// The three tables behind the mailboxes, without a thread: what is kept, what goes first, what is wiped.
#include <algorithm>
#include <array>
#include <set>
#include <vector>

#include <catch2/catch.hpp>

#include "server/intake/given.hpp"
#include "server/intake/queue.hpp"
#include "server/intake/stock.hpp"

namespace {

crypto::seed seed(std::uint8_t number) {
    crypto::block<32> bytes{};
    bytes.fill(number);
    return *crypto::seed::from(bytes);
}

protocol::mailbox_keys keys(std::uint8_t number) {
    protocol::mailbox_keys out;
    out.box_key.fill(number);
    out.sign_key.fill(static_cast<std::uint8_t>(number + 100));
    return out;
}

bool same(const std::optional<protocol::mailbox_keys>& a, const protocol::mailbox_keys& b) {
    return a && a->box_key == b.box_key && a->sign_key == b.sign_key;
}

}  // namespace

TEST_CASE("given: the oldest goes first, and keeping one again does not make it twice") {
    receipts::given given(2);
    const auto one = receipts::mark_of(seed(1)), two = receipts::mark_of(seed(2)),
               three = receipts::mark_of(seed(3));
    CHECK_FALSE(given.find(one));
    given.keep(one, keys(1));
    given.keep(two, keys(2));
    given.keep(two, keys(2));
    CHECK(same(given.find(one), keys(1)));
    given.keep(three, keys(3));
    CHECK_FALSE(given.find(one));
    CHECK(same(given.find(two), keys(2)));
    CHECK(same(given.find(three), keys(3)));
}

TEST_CASE("given: a table for nothing keeps nothing") {
    receipts::given given(0);
    given.keep(receipts::mark_of(seed(1)), keys(1));
    CHECK_FALSE(given.find(receipts::mark_of(seed(1))));
}

TEST_CASE("stock: each seed comes out once, with its own keys, and its place is filled anew") {
    receipts::stock stock(3);
    crypto::seed out;
    CHECK_FALSE(stock.take(out));
    for (int round = 0; round < 2; ++round) {
        for (std::uint8_t i = 1; i <= 3; ++i) {
            CHECK_FALSE(stock.full());
            stock.put(seed(i), keys(i));
        }
        CHECK(stock.full());
        std::array<int, 4> taken{};
        for (int i = 0; i < 3; ++i) {
            const auto of = stock.take(out);
            REQUIRE(of);
            const auto number = out.view()[0];
            REQUIRE(number <= 3);
            CHECK(std::ranges::equal(out.view(), seed(number).view()));
            CHECK(same(of, keys(number)));
            ++taken[number];
        }
        CHECK(taken == std::array{0, 1, 1, 1});
        CHECK_FALSE(stock.take(out));
    }
}

TEST_CASE("stock: room for none is always full") { CHECK(receipts::stock(0).full()); }

namespace {

using receipts::origin;
using receipts::rank;

// A queue whose chance always falls on this place.
class at_queue {
  public:
    explicit at_queue(std::size_t most, std::size_t place = 0)
        : queue(most, [place](std::size_t below) { return std::min(place, below - 1); }) {}
    // The numbers of those who were sent away for it.
    std::vector<int> ask(std::uint8_t number, rank who = rank::ordinary, origin from = origin::given_out) {
        gone_.clear();
        auto gone = queue.add(
            receipts::mark_of(seed(number)), seed(number),
            [this, number](const receipts::answer&) { gone_.push_back(number); }, who, from);
        for (auto& one : gone) one(std::unexpected(receipts::errc::busy));
        return gone_;
    }
    // The number of the next one, 0 where there is none.
    int next() {
        const auto job = queue.next();
        return job ? job->seed.view()[0] : 0;
    }
    receipts::queue queue;

  private:
    std::vector<int> gone_;
};

using numbers = std::vector<int>;

}  // namespace

TEST_CASE("queue: who asks for what waits, or is under way, joins, also when the queue is full") {
    at_queue at(1);
    CHECK(at.ask(1).empty());
    CHECK(at.queue.full(rank::ordinary));
    CHECK(at.ask(1).empty());
    CHECK(at.next() == 1);
    CHECK(at.queue.empty());
    CHECK(at.ask(2).empty());
    CHECK(at.ask(1).empty());
    CHECK(at.queue.done(receipts::mark_of(seed(1))).size() == 3);
    CHECK(at.queue.done(receipts::mark_of(seed(1))).empty());
    CHECK(at.queue.clear().size() == 1);
    CHECK(at.queue.empty());
    CHECK(at.next() == 0);
}

TEST_CASE("queue: when it is full a random one goes, not the newest, and all who waited for it hear it") {
    at_queue at(3, 1);
    for (const auto i : std::initializer_list<std::uint8_t>{1, 2, 2, 3}) CHECK(at.ask(i).empty());
    CHECK(at.ask(4) == numbers{2, 2});
    CHECK(at.ask(5) == numbers{3});
    CHECK(numbers{at.next(), at.next(), at.next(), at.next()} == numbers{1, 4, 5, 0});
}

TEST_CASE("queue: a made-up seed waits behind all that were given out, and goes before any of them") {
    at_queue at(3);
    for (const auto i : std::initializer_list<std::uint8_t>{11, 12, 13})
        CHECK(at.ask(i, rank::ordinary, origin::invented).empty());
    CHECK(at.ask(1) == numbers{11});
    CHECK(at.ask(2) == numbers{12});
    CHECK(at.ask(14, rank::ordinary, origin::invented) == numbers{13});
    CHECK(at.ask(3) == numbers{14});
    CHECK(at.ask(15, rank::ordinary, origin::invented) == numbers{15});
    CHECK(at.ask(4) == numbers{1});
    CHECK(numbers{at.next(), at.next(), at.next(), at.next()} == numbers{2, 3, 4, 0});
}

TEST_CASE("queue: who calls it urgent has a queue of its own, and the two are served in turn") {
    at_queue at(2);
    for (const auto i : std::initializer_list<std::uint8_t>{1, 2}) CHECK(at.ask(i, rank::urgent).empty());
    for (const auto i : std::initializer_list<std::uint8_t>{11, 12}) CHECK(at.ask(i).empty());
    CHECK(at.ask(3, rank::urgent) == numbers{1});
    CHECK(at.ask(13) == numbers{11});
    CHECK(numbers{at.next(), at.next(), at.next(), at.next()} == numbers{2, 12, 3, 13});
}

TEST_CASE("queue: chance falls on every place") {
    std::set<int> gone;
    for (int i = 0; i < 2000 && gone.size() < 4; ++i) {
        receipts::queue queue(3);
        for (std::uint8_t number = 1; number <= 4; ++number)
            for (auto& one : queue.add(receipts::mark_of(seed(number)), seed(number),
                                       [&gone, number](const receipts::answer&) { gone.insert(number); }))
                one(std::unexpected(receipts::errc::busy));
    }
    CHECK(gone == std::set<int>{1, 2, 3, 4});
}
