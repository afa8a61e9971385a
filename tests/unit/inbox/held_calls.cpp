// Four held lists a member, and whose goes where somebody else needs the connection.
#include "server/inbox/held_calls.hpp"

#include <boost/asio/io_context.hpp>
#include <catch2/catch.hpp>

using inbox::held_calls;

namespace {

struct waiting {
    async::bell bell;
    boost::asio::io_context context{1};
    held_calls calls;
    struct one {
        std::unique_ptr<async::bell::listening> waits;
        std::unique_ptr<held_calls::call> call;
        one(waiting& at, std::string member)
            : waits(at.bell.listen("rotterdam", at.context.get_executor())),
              call(at.calls.begin(std::move(member), *waits)) {}
        [[nodiscard]] bool ended() const { return waits->ended(); }
    };
};

}  // namespace

TEST_CASE("a fifth held call of a member ends their oldest, and nobody else's") {
    waiting at;
    waiting::one a(at, "rotterdam a"), other(at, "rotterdam b"), b(at, "rotterdam a"), c(at, "rotterdam a"),
        d(at, "rotterdam a");
    CHECK_FALSE(a.ended());
    waiting::one e(at, "rotterdam a");
    CHECK(a.ended());
    CHECK_FALSE(a.call->gave_way());
    waiting::one f(at, "rotterdam a");
    CHECK(b.ended());
    for (const auto* one : {&c, &d, &e, &f, &other}) CHECK_FALSE(one->ended());
}

TEST_CASE("a call that was answered is no held call any more") {
    waiting at;
    waiting::one a(at, "x");
    for (int i = 0; i < 10; ++i) waiting::one another(at, "x");
    CHECK_FALSE(a.ended());
}

TEST_CASE("the call that was held longest gives way, whosever it is, until none is left") {
    waiting at;
    CHECK_FALSE(at.calls.give_way());
    waiting::one a(at, "x"), b(at, "y");
    CHECK(at.calls.give_way());
    CHECK(a.ended());
    CHECK(a.call->gave_way());
    CHECK_FALSE(b.ended());
    CHECK(at.calls.give_way());
    CHECK(b.call->gave_way());
    CHECK_FALSE(at.calls.give_way());
}
