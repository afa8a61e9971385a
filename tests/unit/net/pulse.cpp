// How long ready work waits, measured.
#include "web/net/pulse.hpp"

#include <chrono>
#include <thread>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <catch2/catch.hpp>

#include "tests/unit/net/serving.hpp"

using namespace std::chrono_literals;

TEST_CASE("a thread that was busy for 200 ms is felt, once for however many requests, and then it rests") {
    boost::asio::io_context io(1);
    std::vector<std::chrono::microseconds> told;
    net::pulse pulse(io, [&](std::chrono::microseconds delay) { told.push_back(delay); });
    for (int i = 0; i < 100; ++i) pulse.beat();
    boost::asio::post(io, [] { std::this_thread::sleep_for(200ms); });
    io.run();
    REQUIRE(told.size() == 1);
    CHECK(told[0] >= 150ms);
    io.restart();
    pulse.beat();
    io.run();
    CHECK(told.size() == 2);
}

TEST_CASE("a request makes the server tell its service how long work waits") {
    net::tests::serving at;
    auto client = at.visit();
    const auto until = std::chrono::steady_clock::now() + 30s;
    while (at.service.longest.load() == 0us && std::chrono::steady_clock::now() < until) {
        REQUIRE(client.send(net::tests::get("/hello")));
        REQUIRE(net::tests::status(client.answer()) == 200);
    }
    CHECK(at.service.longest.load() > 0us);
}
