// How a server ends: nobody is cut who is being answered, and nobody can keep it from ending.
#include <chrono>
#include <latch>

#include <boost/asio/post.hpp>
#include <catch2/catch.hpp>

#include "tests/unit/net/serving.hpp"

using namespace net::tests;
using namespace std::chrono_literals;

TEST_CASE("a drain closes who is idle and lets nobody in") {
    serving serving({}, true, 2);
    auto fresh = serving.visit();
    auto idle = serving.visit();
    REQUIRE(idle.send(get("/hello")));
    CHECK(status(idle.answer()) == 200);
    serving.server().drain();
    serving.server().drain();
    CHECK(serving.server().draining());
    CHECK(idle.ended());
    CHECK(fresh.ended());
    serving.server().join();
    CHECK(serving.server().connections() == 0);
    CHECK_FALSE(serving.visit().connected());
}

TEST_CASE("an answer that waits is told of the drain and still arrives") {
    serving serving;
    auto client = serving.visit();
    REQUIRE(client.send(get("/wait") + get("/hello")));
    serving.service.waiting.wait();
    serving.server().drain();
    const auto answer = client.answer();
    CHECK(status(answer) == 200);
    CHECK(answer.find("Connection: close\r\n") != answer.npos);
    CHECK(client.ended());
    client.leave();
    serving.server().join();
    CHECK(serving.server().connections() == 0);
}

TEST_CASE("a request that has begun may end during a drain") {
    serving serving;
    auto client = serving.visit();
    const auto whole = post("/echo", "late", "Expect: 100-continue\r\n");
    REQUIRE(client.send(whole.substr(0, whole.size() - 4)));
    CHECK(status(client.answer()) == 100);
    serving.server().drain();
    REQUIRE(client.send("late"));
    CHECK(body(client.answer()) == "late");
    CHECK(client.ended());
    client.leave();
    serving.server().join();
}

TEST_CASE("what does not end by itself is cut when the drain's time is over") {
    net::limits limits;
    limits.drain = 50ms;
    serving serving(limits);
    auto half = serving.visit();
    REQUIRE(half.send(
        "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n"));
    CHECK(status(half.answer()) == 100);
    auto stuck = serving.visit();
    REQUIRE(stuck.send(get("/stuck")));
    serving.service.waiting.wait();
    serving.server().drain();
    serving.server().join();
    CHECK(half.ended());
}

TEST_CASE("a server that never started, or never drained, still ends") {
    serving running;
    auto client = running.visit();
    REQUIRE(client.send(get("/stuck")));
    running.service.waiting.wait();
    const certificate certificate;
    net::options options;
    options.listen = {net::endpoint{.address = "127.0.0.1", .port = 0, .tls = true}};
    options.tls = certificate.files();
    const auto never = net::server::open(options);
    REQUIRE(never);
    (*never)->drain();
    (*never)->join();
}

TEST_CASE("who leaves in the moment of a drain does not keep it from being told") {
    // The thread is held before each of the steps in which a visitor leaves, and the drain comes there.
    for (int step = 0; step < 6; ++step) {
        serving serving({}, false);
        int told = 0;
        serving.server().at_drain([&told](std::size_t) { ++told; });
        auto client = serving.visit({.tls = false});
        REQUIRE(client.send(get("/hello")));
        REQUIRE(status(client.answer()) == 200);
        auto& thread = *serving.server().contexts().at(0);
        std::vector<std::unique_ptr<std::latch>> reached, passed;
        const auto hold = [&] {
            reached.push_back(std::make_unique<std::latch>(1));
            passed.push_back(std::make_unique<std::latch>(1));
            boost::asio::post(thread, [at = reached.back().get(), on = passed.back().get()] {
                at->count_down();
                on->wait();
            });
        };
        hold();
        reached.back()->wait();
        client.leave();
        for (int i = 0; i < step; ++i) {
            hold();
            passed[passed.size() - 2]->count_down();
            reached.back()->wait();
        }
        serving.server().drain();
        passed.back()->count_down();
        serving.server().join();
        CAPTURE(step);
        CHECK(told == 1);
    }
}
