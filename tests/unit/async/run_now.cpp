// Running one task to its end.
#include "base/async/run_now.hpp"

#include <memory>
#include <stdexcept>
#include <thread>

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <catch2/catch.hpp>

namespace {

async::task<std::unique_ptr<int>> made() { co_return std::make_unique<int>(7); }
async::task<int> thrown() {
    throw std::runtime_error("a bug");
    co_return 0;
}
async::task<std::thread::id> after_a_detour() {
    co_await boost::asio::post(boost::asio::use_awaitable);
    co_return std::this_thread::get_id();
}
async::task<void> counted(int& count) {
    ++count;
    co_return;
}

}  // namespace

TEST_CASE("run_now: gives the value, on this thread; an exception comes out") {
    CHECK(*async::run_now(made()) == 7);
    CHECK(async::run_now(after_a_detour()) == std::this_thread::get_id());
    CHECK_THROWS_WITH(async::run_now(thrown()), "a bug");
    int count = 0;
    async::run_now(counted(count));
    CHECK(count == 1);
}
